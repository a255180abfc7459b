// Columns of text, fitted to the terminal. A column states whether it may be cut or left out if the line is too long.
// Ids are never cut: a part of an id cannot be used.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {

class Table {
 public:
  enum class Fit {
    whole,     // never cut
    cut,       // may be cut to `least` columns of the terminal
    optional,  // as `cut`; left out if cutting is not enough, or if it has no text
  };
  struct Column {
    std::string title;
    Fit fit = Fit::whole;
    std::size_t least = 8;
  };
  struct Cell {
    Cell(std::string content, Colour shade = Colour::none) : text(std::move(content)), colour(shade) {}
    std::string text;
    Colour colour = Colour::none;
  };
  struct Options {
    std::size_t width = 0;  // columns of the terminal; 0: unlimited (a file or pipe)
    bool colours = false;
    bool titles = true;
    bool stacks =
        true;  // a row that does not fit takes several lines, the first with the first cell; false: it is too long
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell for each column. Makes texts harmless.
  void add(std::vector<Cell> cells);

  /// A line for the titles and one for each row, without trailing blanks. If the columns do not fit into one line, the
  /// first column has a line of its own above the others, and so on. Only a single cell can be longer than `width`.
  [[nodiscard]] std::vector<std::string> lines(const Options& options) const;
  /// The same as one text. Each line ends with a newline.
  [[nodiscard]] std::string text(const Options& options) const;

 private:
  using Lines = std::vector<std::string>;

  /// The lines of the titles, if wanted, and of each row.
  [[nodiscard]] std::vector<Lines> blocks(const Options& options) const;
  [[nodiscard]] std::vector<Lines> stacked(const Options& options) const;
  /// The titles, if wanted, and the rows.
  [[nodiscard]] std::vector<std::vector<Cell>> rows_to_print(const Options& options) const;
  /// The width of each column's longest text. 0 for an optional column without text.
  [[nodiscard]] std::vector<std::size_t> natural(const Options& options) const;
  /// The widths, cut to a total of `width` as far as the columns allow.
  [[nodiscard]] std::vector<std::size_t> cut(std::vector<std::size_t> widths, std::size_t width) const;
  /// The widths to print. 0 for a column that is left out.
  [[nodiscard]] std::vector<std::size_t> fitted(const Options& options) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace azrestored::cli
