// Columns of text, fitted to the terminal. A column says what may happen to it when the line is too long; ids are
// columns that nothing may happen to, since half an id is of no use to anybody.
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
    cut,       // may be cut to `least` places
    optional,  // as `cut`, and left out when even that does not help, or when there is nothing in it
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
    std::size_t width = 0;  // 0: as wide as it gets (a file or pipe)
    bool colours = false;
    bool titles = true;
    bool stacks =
        true;  // a row that does not fit takes several lines, its first cell alone in one; else it is too long
  };

  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell for each column. Texts are made harmless here.
  void add(std::vector<Cell> cells);

  /// A line for the titles and one for each row, without blanks at their ends. Where the columns do not fit beside each
  /// other, the first stands above the others, and so on: a line is longer than `width` only when one cell is.
  [[nodiscard]] std::vector<std::string> lines(const Options& options) const;
  /// The same as one text, each line ended.
  [[nodiscard]] std::string text(const Options& options) const;

 private:
  using Lines = std::vector<std::string>;

  /// The lines of the titles, when they are wanted, and of each row.
  [[nodiscard]] std::vector<Lines> blocks(const Options& options) const;
  [[nodiscard]] std::vector<Lines> stacked(const Options& options) const;
  /// The titles, when they are wanted, and the rows.
  [[nodiscard]] std::vector<std::vector<Cell>> rows_to_print(const Options& options) const;
  /// The width of each column as its texts want it; 0 for an optional one without any.
  [[nodiscard]] std::vector<std::size_t> natural(const Options& options) const;
  /// The widths with as much cut off as the columns allow and `width` demands.
  [[nodiscard]] std::vector<std::size_t> cut(std::vector<std::size_t> widths, std::size_t width) const;
  /// The widths as they fit; 0 for a column that is left out.
  [[nodiscard]] std::vector<std::size_t> fitted(const Options& options) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace azrestored::cli
