// What a systemd unit lets its service write, as far as the unit of azrestored goes: ReadWritePaths=, StateDirectory=
// and RuntimeDirectory=, over ProtectSystem=strict, ProtectHome= and PrivateTmp=. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored::cli {

struct SandboxRefusal {
  std::string why;   // "the unit lets azrestored write below ... only"
  std::string line;  // of the unit, that allows it: "ReadWritePaths=..."; "" when another path is the better way
};

/// Why the service cannot write below `path`; nullopt when it can, or the unit restricts nothing. `unit` is the unit's
/// text with those of its drop-ins behind it.
std::optional<SandboxRefusal> sandbox_refusal(std::string_view unit, const std::string& path);

}  // namespace azrestored::cli
