// Where a systemd unit lets its service write, for the settings that the unit of azrestored uses: ReadWritePaths=,
// StateDirectory= and RuntimeDirectory= with ProtectSystem=strict and ProtectHome=. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace azrestored::cli {

struct SandboxRefusal {
  std::string why;   // "the unit lets azrestored write below ... only"
  std::string line;  // for the unit, to allow it: "ReadWritePaths=..."; "" if another path is the better fix
};

/// Why the service cannot write below `path`. nullopt if it can. `unit` is the text of the unit, followed by the texts
/// of its drop-ins.
std::optional<SandboxRefusal> sandbox_refusal(std::string_view unit, const std::string& path);

}  // namespace azrestored::cli
