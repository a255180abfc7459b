// Context of a command: the global options, the console, and the settings, which are read at first use.
#pragma once

#include <boost/system/result.hpp>
#include <optional>
#include <string>

#include "config/settings.hpp"
#include "daemon/cli/terminal/console.hpp"
#include "daemon/cli/terminal/failure.hpp"

namespace azrestored::cli {

struct GlobalOptions {
  std::string config;  // "": the default file, if there is one
  std::string socket;  // "": as the settings say
  bool json = false;
};

class Context {
 public:
  explicit Context(GlobalOptions options) : options_(std::move(options)), console_(options_.json) {}

  [[nodiscard]] const Console& console() const { return console_; }

  /// The settings file of --config, or the default one. It need not exist.
  [[nodiscard]] std::string settings_file() const;

  /// The daemon's settings. The default settings if the default file does not exist or this user may not read it.
  /// "usage" with every fault if the file is wrong, or if --config names it and it cannot be read.
  boost::system::result<Settings, Failure> settings();

  /// Path of the daemon's control socket.
  boost::system::result<std::string, Failure> socket();

 private:
  GlobalOptions options_;
  Console console_;
  std::optional<Settings> settings_;
};

}  // namespace azrestored::cli
