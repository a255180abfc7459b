#include "daemon/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/job_view.hpp"
#include "core/text.hpp"

namespace azrestored::cli {
namespace {

/// True for the second and later bytes of a UTF-8 sequence.
bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The code points U+0080 to U+009F are control characters too (C1): in UTF-8, C2 80 to C2 9F.
bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x20 || byte == 0x7F) return true;
  return byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

std::string escaped(char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  return {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
}

/// The length of the first `places` code points.
std::size_t bytes_of(std::string_view text, std::size_t places) {
  std::size_t at = 0;
  while (at < text.size() && (places > 0 || is_continuation(text[at]))) {
    if (!is_continuation(text[at])) --places;
    ++at;
  }
  return at;
}

}  // namespace

std::string harmless(std::string_view text) {
  if (!is_utf8(text)) return printable(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_control(text, i)) {
      out += text[i];
      continue;
    }
    out += escaped(text[i]);
    if (text[i] == '\xC2') out += escaped(text[++i]);
  }
  return out;
}

std::size_t text_width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation(c); }));
}

std::string cut_to(std::string_view text, std::size_t width) {
  if (text_width(text) <= width) return std::string(text);
  if (width == 0) return "";
  return std::string(text.substr(0, bytes_of(text, width - 1))) + "…";
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t used = text_width(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::string coloured(std::string_view text, Colour colour) {
  constexpr std::array<std::string_view, 6> codes{"", "1", "32", "33", "31", "36"};
  if (colour == Colour::none) return std::string(text);
  return "\033[" + std::string(codes.at(static_cast<std::size_t>(colour))) + "m" + std::string(text) + "\033[0m";
}

Colour colour_of_state(std::string_view state) {
  if (state == "in-doubt") return Colour::yellow;  // for now; it resolves itself, or becomes held
  switch (exit_code_of(state)) {
    case 0:
      return Colour::green;
    case 1:
    case 7:
      return Colour::red;
    case 6:
      return state == "queued" ? Colour::none : Colour::cyan;
    default:
      return Colour::yellow;
  }
}

bool is_terminal() {
  return ::isatty(STDOUT_FILENO) == 1;
}

bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool is_dumb = term != nullptr && std::string_view(term) == "dumb";
  return is_terminal() && (no_color == nullptr || *no_color == '\0') && !is_dumb;
}

TerminalSize terminal_size() {
  TerminalSize size;
  winsize told{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &told) == 0 && told.ws_col > 0 && told.ws_row > 0) {
    size.columns = told.ws_col;
    size.rows = told.ws_row;
  }
  return size;
}

}  // namespace azrestored::cli
