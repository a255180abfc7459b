#include "daemon/cli/terminal/screen.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {
namespace {

constexpr std::string_view enter = "\033[?1049h";
constexpr std::string_view leave = "\033[H\033[J\033[?1049l";  // clears a console that has no alternate screen
/// Signals that end a program.
constexpr std::array ending{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/// Ignores errors: a terminal that cannot be written to is gone.
void write_all(std::string_view text) {
  [[maybe_unused]] const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
}

void leave_and_end(int signal) {
  write_all(leave);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// Handles Ctrl-Z. After SIGCONT the program continues here.
void step_aside(int) {
  write_all(leave);
  std::raise(SIGSTOP);
  write_all(enter);
}

/// Exists to interrupt sleep_or_resize().
void on_resize(int) {}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigaction(signal, &action, nullptr);
}

}  // namespace

bool can_draw() {
  const char* term = std::getenv("TERM");
  return is_terminal() && term != nullptr && *term != '\0' && std::string_view(term) != "dumb";
}

OtherScreen::OtherScreen() {
  for (const int signal : ending) handle(signal, leave_and_end);
  handle(SIGTSTP, step_aside);
  handle(SIGWINCH, on_resize);
  write_all(enter);
}

OtherScreen::~OtherScreen() {
  write_all(leave);
  for (const int signal : ending) handle(signal, SIG_DFL);
  handle(SIGTSTP, SIG_DFL);
  handle(SIGWINCH, SIG_DFL);
}

void sleep_or_resize(Millis duration) {
  ::poll(nullptr, 0, static_cast<int>(std::max<Millis::rep>(duration.count(), 0)));
}

}  // namespace azrestored::cli
