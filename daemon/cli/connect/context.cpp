#include "daemon/cli/connect/context.hpp"
#include "core/json/fault.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace azrestored::cli {

std::string Context::settings_file() const {
  return options_.config.empty() ? std::string(default_settings_file) : options_.config;
}

boost::system::result<Settings, Failure> Context::settings() {
  if (settings_) return *settings_;
  std::string path = options_.config;
  if (path.empty()) {
    path = default_settings_file;
    if (::access(path.c_str(), R_OK) != 0) {
      if (errno != ENOENT && errno != ENOTDIR) {
        console_.note(path + " cannot be read (" + std::generic_category().message(errno) +
                      "): using the default settings");
      }
      settings_.emplace();
      return *settings_;
    }
  }
  std::vector<Fault> faults;
  settings_ = read_settings_file(path, faults);
  if (settings_) return *settings_;
  std::string sentence = "the settings in " + path + " are wrong; correct them, or name another file with --config:";
  for (const Fault& fault : faults) sentence += " " + fault.text();
  return Failure("usage", sentence);
}

boost::system::result<std::string, Failure> Context::socket() {
  if (!options_.socket.empty()) return options_.socket;
  const auto read = settings();
  if (!read) return read.error();
  return read->control.socket;
}

}  // namespace azrestored::cli
