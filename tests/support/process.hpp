// A program that a test runs: its output goes to files, its end can be waited for with a deadline, and it does not
// outlive the test. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/wait.hpp"

namespace azrestored::test {

struct Command {
  std::vector<std::string> words;                  // the program and its arguments
  std::map<std::string, std::string> environment;  // added to ours
};

/// How a program ended: its exit code, or minus the signal that killed it.
using Ending = int;

class Process {
 public:
  /// Starts the program; its output is appended to `out` and `err`.
  Process(const Command& command, const std::filesystem::path& out, const std::filesystem::path& err);
  /// Kills the program if it is still there.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// nullopt while it runs.
  std::optional<Ending> ending();
  /// nullopt when it still runs after `limit`.
  std::optional<Ending> wait(std::chrono::milliseconds limit = patience);
  void send(int signal);

 private:
  pid_t pid_ = -1;
  std::optional<Ending> ending_;
};

struct Outcome {
  Ending ending = 0;
  std::string out, err;
};

/// Runs a program to its end. Throws when it does not come to one.
Outcome run(const Command& command);

}  // namespace azrestored::test
