// What every command starts from: the global options, where to write, and what the settings say, read when first asked.
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

  /// The settings file that was named, or the default one; it need not be there.
  [[nodiscard]] std::string settings_file() const;

  /// The daemon's settings, as far as this user can read them: the defaults when there is no file, or none for our
  /// eyes. "usage" with every fault when the file is wrong, or was named and cannot be read.
  boost::system::result<Settings, Failure> settings();

  /// Where the daemon listens.
  boost::system::result<std::string, Failure> socket();

 private:
  GlobalOptions options_;
  Console console_;
  std::optional<Settings> settings_;
};

}  // namespace azrestored::cli
