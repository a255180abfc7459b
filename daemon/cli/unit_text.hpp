// What a systemd unit lets its service write, as far as the unit of azrestored goes: ReadWritePaths=, StateDirectory=
// and RuntimeDirectory=, over ProtectSystem=strict, ProtectHome= and PrivateTmp=. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored::cli {

/// Why the service cannot write below `path`, "it may write below ... only"; "" when it can, or the unit restricts
/// nothing. `unit` is the unit's text with those of its drop-ins behind it.
std::string sandbox_refusal(std::string_view unit, const std::string& path);

}  // namespace azrestored::cli
