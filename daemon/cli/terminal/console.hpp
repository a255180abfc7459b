// Where azrestorectl writes: results on standard output, everything else on standard error, for people or, with --json,
// one JSON object a line on both. Errors go to standard error as {"error": {"code", "message"}}, so that whatever reads
// the results of a pipeline never takes an error for one.
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
  /// A result in words, written as it is.
  void text(const std::string& text) const;
  void table(const Table& table, bool titles = true) const;

  /// Something to know beside the result.
  void note(const std::string& sentence) const;

  /// Says why there is no result. The code to exit with.
  ExitCode fail(const Failure& failure) const;

 private:
  bool json_;
};

}  // namespace azrestored::cli
