// Text for a terminal: made harmless, measured, cut and coloured. Pure, except the queries of the terminal at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azrestored::cli {

/// The text with control characters and malformed UTF-8 written as \xNN. Names and Azure's messages are untrusted, and
/// must not move the cursor or set the window's title. Other UTF-8 is kept, because Azure's messages are localised.
std::string harmless(std::string_view text);

/// Columns that the text takes on a terminal: two for an ideograph or another wide character, none for a combining
/// mark.
std::size_t text_width(std::string_view text);

/// The text in at most `width` columns. A text that was cut ends in "…".
std::string cut_to(std::string_view text, std::size_t width);

/// The text followed by blanks up to `width` columns.
std::string padded(std::string text, std::size_t width);

enum class Colour { none, bold, green, yellow, red, cyan };

/// The text between the escape sequences for the colour.
std::string coloured(std::string_view text, Colour colour);

/// Colour of a job's state: green succeeded, red needs an operator, yellow worth a look, cyan in progress.
Colour colour_of_state(std::string_view state);

/// Standard output is a terminal.
bool is_terminal();

/// Standard output is a terminal, and neither NO_COLOR (no-color.org) nor TERM=dumb disables colours.
bool wants_colour();

/// Columns and rows of the terminal. 80 x 24 if it does not report them.
struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};
TerminalSize terminal_size();

/// Width of lines on standard output and standard error: the terminal's columns, or 0 (unlimited) for a file or pipe.
std::size_t output_width();
std::size_t error_width();

}  // namespace azrestored::cli
