#include "tests/unit/cli/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

extern char** environ;  // NOLINT: as environ(7) says

namespace azrestored::test {
namespace {

constexpr int deadline_ms = 20'000;

/// Appends the available bytes; closes the descriptor at its end.
void drain(FileDescriptor& pipe, std::string& text) {
  std::array<char, 4096> buffer{};
  const ssize_t got = ::read(pipe.get(), buffer.data(), buffer.size());
  if (got > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
  } else {
    pipe = FileDescriptor();
  }
}

}  // namespace

Program::Program(const std::string& path, const std::vector<std::string>& arguments) {
  std::array<int, 2> out{};
  std::array<int, 2> err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  output_pipe_ = FileDescriptor(out[0]);
  error_pipe_ = FileDescriptor(err[0]);
  const FileDescriptor out_end(out[1]);
  const FileDescriptor error_end(err[1]);

  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, out_end.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, error_end.get(), STDERR_FILENO);
  std::vector<char*> argv{const_cast<char*>(path.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const int failed = ::posix_spawn(&pid_, path.c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error("cannot start " + path);
}

Program::~Program() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

bool Program::read_more() {
  if (!output_pipe_.is_open() && !error_pipe_.is_open()) return false;
  // The descriptor of a closed pipe is -1, which poll() ignores.
  std::array<pollfd, 2> pipes{pollfd{output_pipe_.get(), POLLIN, 0}, pollfd{error_pipe_.get(), POLLIN, 0}};
  if (::poll(pipes.data(), pipes.size(), deadline_ms) <= 0) {
    throw std::runtime_error("nothing came within 20 seconds; so far: " + output_ + errors_);
  }
  if (pipes[0].revents != 0) drain(output_pipe_, output_);
  if (pipes[1].revents != 0) drain(error_pipe_, errors_);
  return true;
}

std::string Program::next_line() {
  for (;;) {
    const std::size_t end = output_.find('\n', line_begin_);
    if (end != std::string::npos) {
      const std::string line = output_.substr(line_begin_, end - line_begin_);
      line_begin_ = end + 1;
      return line;
    }
    if (!read_more()) throw std::runtime_error("the program ended without another line; its errors: " + errors_);
  }
}

void Program::wait_for_error(const std::string& text) {
  while (errors_.find(text) == std::string::npos) {
    if (!read_more()) throw std::runtime_error("the program ended without saying \"" + text + "\": " + errors_);
  }
}

int Program::wait() {
  while (read_more()) {
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Ended azrestorectl(const std::vector<std::string>& arguments) {
  Program program(AZRESTORECTL, arguments);
  Ended run;
  run.code = program.wait();
  run.output = program.output();
  run.errors = program.errors();
  return run;
}

}  // namespace azrestored::test
