// A program of ours, run with posix_spawn: what it writes, line by line while it runs, and how it ends. Every wait has
// a deadline; a program that outlives its object is killed.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "daemon/os/file_descriptor.hpp"

namespace azrestored::tests {

class Program {
 public:
  /// Standard input is /dev/null; NO_COLOR and all else of the environment is handed on.
  Program(const std::string& path, const std::vector<std::string>& arguments);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  /// The next line of standard output, without its end; throws when none comes within 20 seconds.
  std::string next_line();
  /// Waits until standard error holds that text.
  void wait_for_error(const std::string& text);
  /// Waits for the end. The exit code; 128 and more for a signal.
  int wait();

  [[nodiscard]] const std::string& output() const { return output_; }  // everything read so far
  [[nodiscard]] const std::string& errors() const { return errors_; }

 private:
  /// Reads what has come on either pipe; false at the end of both.
  bool read_more();

  pid_t pid_ = -1;
  FileDescriptor output_pipe_;
  FileDescriptor error_pipe_;
  std::string output_;
  std::string errors_;
  std::size_t line_begin_ = 0;
};

/// A finished run.
struct Ended {
  int code = 0;
  std::string output;
  std::string errors;
};

/// Runs azrestorectl to its end.
Ended azrestorectl(const std::vector<std::string>& arguments);

}  // namespace azrestored::tests
