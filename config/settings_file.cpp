#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "config/settings.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

std::optional<Settings> read_settings_file(const std::string& path, std::vector<Fault>& faults) {
  const auto unreadable = [&](const std::string& why) {
    add_fault(faults, {"", 0, 0, "the settings file " + path + " cannot be read: " + why});
    return std::nullopt;
  };
  constexpr std::size_t most_bytes = 1U << 20U;
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return unreadable(std::strerror(errno));
  std::string text(most_bytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return unreadable(std::strerror(errno));  // a directory can be opened but not read
  if (text.size() > most_bytes) return unreadable("it is larger than 1 MiB");
  return read_settings(text, faults);
}

std::optional<Instant> settings_modified_at(const std::string& path) {
  std::error_code not_seen;
  const auto written = std::filesystem::last_write_time(path, not_seen);
  if (not_seen) return std::nullopt;
  return std::chrono::floor<Millis>(std::filesystem::file_time_type::clock::to_sys(written));
}

}  // namespace azrestored
