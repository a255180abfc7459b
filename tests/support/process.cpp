#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <system_error>

#include "tests/support/files.hpp"

namespace azrestored::test {
namespace {

int open_output(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) throw std::system_error(errno, std::generic_category(), path.string());
  return file;
}

/// In the child: becomes the program.
[[noreturn]] void become(char* const* words, char* const* environment, int out, int err) {
  // Not posix_spawn: only this way does the program end with the test when ctest kills the test after its timeout.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  ::execve(words[0], words, environment);
  ::_exit(127);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Process::Process(const Command& command, const std::filesystem::path& out, const std::filesystem::path& err) {
  std::vector<std::string> words = command.words;
  std::vector<std::string> environment;
  for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
  for (char** entry = ::environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!command.environment.contains(text.substr(0, text.find('=')))) environment.push_back(text);
  }
  const std::vector<char*> word_pointers = pointers(words);
  const std::vector<char*> environment_pointers = pointers(environment);
  const int out_file = open_output(out);
  const int err_file = open_output(err);
  pid_ = ::fork();
  if (pid_ == 0) become(word_pointers.data(), environment_pointers.data(), out_file, err_file);
  ::close(out_file);
  ::close(err_file);
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
}

Process::~Process() {
  if (ending()) return;
  send(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::optional<Ending> Process::ending() {
  int status = 0;
  if (!ending_ && ::waitpid(pid_, &status, WNOHANG) == pid_) {
    ending_ = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }
  return ending_;
}

std::optional<Ending> Process::wait(std::chrono::milliseconds limit) {
  (void)wait_until([this] { return ending().has_value(); }, limit);
  return ending_;
}

void Process::send(int signal) {
  if (!ending_) ::kill(pid_, signal);
}

Outcome run(const Command& command) {
  const TempDir folder;
  const auto out = folder.path() / "out";
  const auto err = folder.path() / "err";
  Process process(command, out, err);
  const auto ending = process.wait();
  if (!ending) throw std::runtime_error(command.words.front() + " does not end");
  return {*ending, read_file(out), read_file(err)};
}

}  // namespace azrestored::test
