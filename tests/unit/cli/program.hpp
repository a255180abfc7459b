// A program of this project, run with posix_spawn: its output, line by line while it runs, and its end. Every wait has
// a deadline; the destructor kills a program that still runs.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "daemon/os/file_descriptor.hpp"

namespace azrestored::test {

class Program {
 public:
  /// Standard input is /dev/null; the environment is passed on, including NO_COLOR.
  Program(const std::string& path, const std::vector<std::string>& arguments);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  /// The next line of standard output, without its newline. Throws after 20 seconds.
  std::string next_line();
  /// Waits until standard error contains the text.
  void wait_for_error(const std::string& text);
  /// Waits for the end. Returns the exit code; 128 and more for a signal.
  int wait();

  [[nodiscard]] const std::string& output() const { return output_; }  // everything read so far
  [[nodiscard]] const std::string& errors() const { return errors_; }

 private:
  /// Reads what is available on either pipe; false at the end of both.
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

}  // namespace azrestored::test
