// Report of `doctor`: a list of findings, as text, as JSON (--json), and as an exit code. A finding is printed when it
// is added, so that a slow check does not delay earlier results.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/cli/terminal/console.hpp"

namespace azrestored::cli {

enum class CheckStatus {
  ok,
  note,         // nothing is wrong, but worth knowing
  not_checked,  // could not be checked; says nothing about the service
  warning,      // azrestored works for now
  problem,      // azrestored cannot do its work
};

/// How to fix a problem: a command that can be copied, or a sentence.
struct Remedy {
  bool is_command = true;
  std::string text;

  static Remedy command(std::string text) { return {true, std::move(text)}; }
  static Remedy advice(std::string text) { return {false, std::move(text)}; }
};

struct Finding {
  CheckStatus verdict = CheckStatus::ok;
  std::string subject;  // name of the check, such as "settings" or "sign-in"; the same in every run
  std::string sentence;
  std::vector<Remedy> remedies;
  ExitCode code = ExitCode::done;  // the exit code if it were the only finding

  static Finding ok(std::string subject, std::string sentence);
  static Finding note(std::string subject, std::string sentence, std::vector<Remedy> remedies = {});
  static Finding not_checked(std::string subject, std::string sentence, std::vector<Remedy> remedies = {});
  static Finding warning(std::string subject, std::string sentence, std::vector<Remedy> remedies);
  /// `code` is the kind of the problem.
  static Finding problem(std::string subject, ExitCode code, std::string sentence, std::vector<Remedy> remedies);
};

/// The word for a shell command, in quotes if it contains special characters.
std::string shell_word(const std::string& word);

/// The verdict as printed, such as "not checked".
std::string_view name_of(CheckStatus verdict);

/// The code to exit with: that of the problem to fix first.
ExitCode exit_code_of(const std::vector<Finding>& findings);

/// The lines of a finding, broken between words at `width` columns (0: never). A command is only broken before an
/// option.
std::string finding_text(const Finding& finding, std::size_t width, bool colours);

/// "2 problems, 1 warning; 3 not checked", or that nothing is wrong.
std::string summary_text(const std::vector<Finding>& findings);

/// {"verdict", "exitCode", "checks": [{"check", "verdict", "sentence", "remedies": [{"command"} or {"advice"}]}]}
nlohmann::json findings_json(const std::vector<Finding>& findings);

class Report {
 public:
  explicit Report(const Console& console) : console_(console) {}

  void add(Finding finding);
  /// Prints the summary or the JSON. Returns the code to exit with.
  ExitCode finish();

 private:
  const Console& console_;
  std::vector<Finding> findings_;
};

}  // namespace azrestored::cli
