// Output of azrestorectl: results on standard output, everything else on standard error. With --json each line of both
// is a JSON object. Errors are {"error": {"code", "message"}} on standard error, so that the next program of a pipeline
// does not take an error for a result.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "daemon/cli/terminal/exit_codes.hpp"
#include "daemon/cli/terminal/failure.hpp"
#include "daemon/cli/terminal/table.hpp"

namespace azrestored::cli {

class Console {
 public:
  explicit Console(bool json) : json_(json) {}

  [[nodiscard]] bool json() const { return json_; }

  /// A result: one line of JSON.
  void result(const nlohmann::json& value) const;
  /// A result for people, written unchanged. The caller makes it harmless.
  void text(const std::string& text) const;
  void table(const Table& table, bool titles = true) const;

  /// A remark that is not a result.
  void note(const std::string& sentence) const;

  /// Prints why there is no result. Returns the code to exit with.
  ExitCode fail(const Failure& failure) const;

 private:
  bool json_;
};

}  // namespace azrestored::cli
