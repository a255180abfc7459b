// Text on its way to a terminal: made harmless, measured, cut and coloured. Pure, but for the questions at the end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace azrestored::cli {

/// The text with control characters and malformed UTF-8 written as \xNN: names and Azure's sentences come from outside
/// and must not move the cursor or set the window's title. Other UTF-8 stays, for the service's words are localised.
std::string harmless(std::string_view text);

/// Places that the text takes on a terminal: two for each ideograph and the like, none for a mark above another letter.
std::size_t text_width(std::string_view text);

/// The text in at most `width` places; what is cut ends in "…".
std::string cut_to(std::string_view text, std::size_t width);

/// The text followed by blanks up to `width` places.
std::string padded(std::string text, std::size_t width);

enum class Colour { none, bold, green, yellow, red, cyan };

/// The text between the escape sequences for the colour.
std::string coloured(std::string_view text, Colour colour);

/// How a job's state is coloured: green well ended, red needs a person, yellow look at it, cyan under way.
Colour colour_of_state(std::string_view state);

/// Standard output is a terminal.
bool is_terminal();

/// Standard output is a terminal, and neither NO_COLOR (no-color.org) nor TERM=dumb speaks against colours.
bool wants_colour();

/// Columns and rows of the terminal; 80 x 24 when it does not tell.
struct TerminalSize {
  std::size_t columns = 80;
  std::size_t rows = 24;
};
TerminalSize terminal_size();

/// Where lines have to be broken on standard output and standard error: the terminal's columns; 0, never, in a file or
/// pipe.
std::size_t output_width();
std::size_t error_width();

}  // namespace azrestored::cli
