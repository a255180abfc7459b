// A program that a test runs. Its output goes to files, the test can wait for its end with a deadline, and it does not
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
  std::map<std::string, std::string> environment;  // added to the environment of the test
};

/// How a program ended: its exit code, or minus the signal that killed it.
using Ending = int;

class Process {
 public:
  /// Starts the program; its output is appended to `out` and `err`.
  Process(const Command& command, const std::filesystem::path& out, const std::filesystem::path& err);
  /// Kills the program if it still runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// nullopt while it runs.
  std::optional<Ending> ending();
  /// nullopt if it still runs after `limit`.
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

/// Runs a program to its end. Throws if the program does not end.
Outcome run(const Command& command);

}  // namespace azrestored::test
