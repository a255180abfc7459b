// What `doctor` has found out, a finding at a time: how it is told to people, to programs (--json), and by the exit
// code. Printed as it is added, so that a check that takes long does not keep back what is known already.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/cli/terminal/console.hpp"

namespace azrestored::cli {

enum class Verdict {
  ok,
  note,         // nothing is wrong, but it is good to know
  not_checked,  // cannot be told from here; says nothing about the service
  warning,      // works for now
  problem,      // azrestored cannot do its work
};

/// What mends it: a command, printed so that it can be copied, or a sentence.
struct Remedy {
  bool is_command = true;
  std::string text;

  static Remedy command(std::string text) { return {true, std::move(text)}; }
  static Remedy advice(std::string text) { return {false, std::move(text)}; }
};

struct Finding {
  Verdict verdict = Verdict::ok;
  std::string subject;  // "settings", "sign-in": a name of the check, the same in every run
  std::string sentence;
  std::vector<Remedy> remedies;
  ExitCode code = ExitCode::done;  // what it alone would end with

  static Finding ok(std::string subject, std::string sentence);
  static Finding note(std::string subject, std::string sentence, std::vector<Remedy> remedies = {});
  static Finding not_checked(std::string subject, std::string sentence, std::vector<Remedy> remedies = {});
  static Finding warning(std::string subject, std::string sentence, std::vector<Remedy> remedies);
  /// `code` tells what kind of problem it is.
  static Finding problem(std::string subject, ExitCode code, std::string sentence, std::vector<Remedy> remedies);
};

/// The word as a shell has to be given it: in quotes if it holds anything odd.
std::string shell_word(const std::string& word);

/// "not checked"
std::string_view name_of(Verdict verdict);

/// The code to end with: what has to be mended first decides.
ExitCode exit_code_of(const std::vector<Finding>& findings);

/// A finding's lines, broken between words at `width` places (0: never), but for its commands.
std::string finding_text(const Finding& finding, std::size_t width, bool colours);

/// "2 problems, 1 warning; 3 checks were not made", or that all is well.
std::string summary_text(const std::vector<Finding>& findings);

/// {"verdict", "exitCode", "checks": [{"check", "verdict", "sentence", "remedies": [{"command"} or {"advice"}]}]}
nlohmann::json findings_json(const std::vector<Finding>& findings);

class Report {
 public:
  explicit Report(const Console& console) : console_(console) {}

  void add(Finding finding);
  /// Prints the end; the code to exit with.
  ExitCode finish();

 private:
  const Console& console_;
  std::vector<Finding> findings_;
};

}  // namespace azrestored::cli
