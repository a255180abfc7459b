#include "tests/contract/hammer.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace azrestored {

Hammer::Hammer(const std::string& database, unsigned seed) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot create a pipe");
  output_ = ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::string program = STORE_HAMMER;
  std::string path = database;
  std::string number = std::to_string(seed);
  std::array<char*, 4> arguments = {program.data(), path.data(), number.data(), nullptr};
  const int error = ::posix_spawn(&process_, STORE_HAMMER, &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (error != 0) throw std::runtime_error("store_hammer cannot be started");
}

Hammer::~Hammer() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(output_);
}

void Hammer::listen(int confirmations) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (lines_ < confirmations) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd waiting = {output_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(std::max<long>(left.count(), 0))) <= 0) {
      throw std::runtime_error("store_hammer confirmed nothing in time");
    }
    if (!read_some()) throw std::runtime_error("store_hammer ended unexpectedly; standard error has the reason");
  }
}

void Hammer::kill() {
  ::kill(process_, SIGKILL);
  while (read_some()) {
  }
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

/// False at the end of the output.
bool Hammer::read_some() {
  std::array<char, 4096> bytes{};
  const ssize_t count = ::read(output_, bytes.data(), bytes.size());
  if (count <= 0) return false;
  unread_.append(bytes.data(), static_cast<std::size_t>(count));
  std::size_t begin = 0;
  for (std::size_t end; (end = unread_.find('\n', begin)) != std::string::npos; begin = end + 1) {
    note(unread_.substr(begin, end - begin));
  }
  unread_.erase(0, begin);
  return true;
}

void Hammer::note(const std::string& line) {
  const std::size_t space = line.find(' ');
  std::int64_t& highest = confirmed_[line.substr(0, space)];
  highest = std::max<std::int64_t>(highest, std::stoll(line.substr(space + 1)));
  ++lines_;
}

}  // namespace azrestored
