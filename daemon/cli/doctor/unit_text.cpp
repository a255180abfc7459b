#include "daemon/cli/doctor/unit_text.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <vector>

#include "core/base/text.hpp"

namespace azrestored::cli {
namespace {

/// What the unit's lines allow.
struct Sandbox {
  std::vector<std::string> writable;
  bool strict = false;
  bool hides_home = false;
};

void add_folders(std::vector<std::string>& folders, const std::string& names, const std::string& above) {
  std::istringstream words(names);
  for (std::string word; words >> word;) {
    while (word.starts_with('-') || word.starts_with('+')) word.erase(0, 1);
    folders.push_back(above + word);
  }
}

Sandbox read_unit(std::string_view unit) {
  Sandbox sandbox;
  std::istringstream lines{std::string(unit)};
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals == std::string::npos || line.starts_with('#')) continue;
    const std::string name = line.substr(0, equals);
    const std::string value = line.substr(equals + 1);
    if (name == "ReadWritePaths" && value.empty()) sandbox.writable.clear();
    if (name == "ReadWritePaths") add_folders(sandbox.writable, value, "");
    if (name == "StateDirectory") add_folders(sandbox.writable, value, "/var/lib/");
    if (name == "RuntimeDirectory") add_folders(sandbox.writable, value, "/run/");
    if (name == "ProtectSystem") sandbox.strict = value == "strict";
    if (name == "ProtectHome") sandbox.hides_home = value == "yes" || value == "true";
  }
  return sandbox;
}

bool is_below(const std::string& path, const std::string& folder) {
  return path == folder || (path.starts_with(folder) && (folder.ends_with('/') || path[folder.size()] == '/'));
}

}  // namespace

std::optional<SandboxRefusal> sandbox_refusal(std::string_view unit, const std::string& path) {
  constexpr std::array homes{"/home", "/root", "/run/user"};
  const Sandbox sandbox = read_unit(unit);
  const auto holds = [&](const std::string& folder) { return is_below(path, folder); };
  if (sandbox.hides_home && std::ranges::any_of(homes, holds))
    return SandboxRefusal{"the unit hides home directories from azrestored (ProtectHome=)", ""};
  if (!sandbox.strict || std::ranges::any_of(sandbox.writable, holds)) return std::nullopt;
  return SandboxRefusal{"the unit lets azrestored write below " + join_and(sandbox.writable) + " only",
                        "ReadWritePaths=" + path};
}

}  // namespace azrestored::cli
