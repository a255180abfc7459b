#include "daemon/cli/terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/base/utf8.hpp"
#include "core/job/state.hpp"

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

struct Range {
  char32_t first, last;
};
/// Characters of width 0 and of width 2 that occur in names and messages (Unicode's East Asian Width).
constexpr std::array combining{Range{0x300, 0x36F}, Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF},
                               Range{0xFE00, 0xFE0F}};
constexpr std::array wide{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
                          Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
                          Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
                          Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

std::size_t places_of(char32_t code_point) {
  const auto has_it = [code_point](const Range& range) {
    return range.first <= code_point && code_point <= range.last;
  };
  if (std::ranges::any_of(combining, has_it)) return 0;
  return std::ranges::any_of(wide, has_it) ? 2 : 1;
}

/// Removes the first character of a text, which is well-formed UTF-8 and not empty. Returns its width in columns.
std::size_t take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  char32_t code_point = lead < 0x80U ? lead : lead < 0xE0U ? lead & 0x1FU : lead < 0xF0U ? lead & 0x0FU : lead & 0x07U;
  text.remove_prefix(1);
  while (!text.empty() && is_continuation(text.front())) {
    code_point = (code_point << 6U) | (static_cast<unsigned char>(text.front()) & 0x3FU);
    text.remove_prefix(1);
  }
  return places_of(code_point);
}

/// Length in bytes of the characters that fit into `places` columns.
std::size_t bytes_of(std::string_view text, std::size_t places) {
  std::string_view rest = text;
  std::size_t bytes = 0;
  for (std::size_t used = 0; !rest.empty(); bytes = text.size() - rest.size()) {
    used += take_character(rest);
    if (used > places) break;
  }
  return bytes;
}

TerminalSize size_of(int terminal) {
  TerminalSize size;
  winsize reported{};
  if (::ioctl(terminal, TIOCGWINSZ, &reported) == 0 && reported.ws_col > 0 && reported.ws_row > 0) {
    size.columns = reported.ws_col;
    size.rows = reported.ws_row;
  }
  return size;
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
  std::size_t places = 0;
  while (!text.empty()) places += take_character(text);
  return places;
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

Colour colour_of_state(std::string_view name) {
  const StateFacts* const state = state_facts(name);
  if (state == nullptr) return Colour::red;  // of a newer azrestored: its exit code is that of a failure
  switch (state->reported_as) {
    case ReportedAs::waiting:
      return Colour::none;
    case ReportedAs::running:
      return Colour::cyan;
    case ReportedAs::done:
      return Colour::green;
    case ReportedAs::in_doubt:  // for now; it resolves itself, or becomes held
    case ReportedAs::done_with_warnings:
    case ReportedAs::cancelled:
      return Colour::yellow;
    case ReportedAs::held:
    case ReportedAs::failed:
      return Colour::red;
  }
  return Colour::red;
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
  return size_of(STDOUT_FILENO);
}

std::size_t output_width() {
  return is_terminal() ? terminal_size().columns : 0;
}

std::size_t error_width() {
  return ::isatty(STDERR_FILENO) == 1 ? size_of(STDERR_FILENO).columns : 0;
}

}  // namespace azrestored::cli
