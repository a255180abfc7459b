#include "daemon/cli/terminal/table.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace azrestored::cli {
namespace {

constexpr std::size_t gap = 2;

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (const std::size_t width : widths) {
    if (width > 0) sum += width + gap;
  }
  return sum > 0 ? sum - gap : 0;
}

std::string line_of(const std::vector<Table::Cell>& cells, const std::vector<std::size_t>& widths, bool colours) {
  std::string line;
  std::size_t blanks = 0;  // to write before the next text, so that no line ends in blanks
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (widths[i] == 0) continue;
    const std::string text = cut_to(cells[i].text, widths[i]);
    if (!text.empty()) {
      line.append(blanks, ' ');
      line += colours ? coloured(text, cells[i].colour) : text;
      blanks = 0;
    }
    blanks += widths[i] - text_width(text) + gap;
  }
  return line;
}

}  // namespace

void Table::add(std::vector<Cell> cells) {
  for (Cell& cell : cells) cell.text = harmless(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<std::size_t> Table::natural(const Options& options) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = 0;
    for (const auto& row : rows_) width = std::max(width, text_width(row[i].text));
    const bool left_out = width == 0 && columns_[i].fit == Fit::optional;
    if (options.titles && !left_out) width = std::max(width, text_width(columns_[i].title));
    widths.push_back(width);
  }
  return widths;
}

std::vector<std::size_t> Table::cut(std::vector<std::size_t> widths, std::size_t width) const {
  while (total(widths) > width) {
    // One column of the terminal at a time, from the widest text column that may be cut.
    std::optional<std::size_t> widest;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].fit == Fit::whole || widths[i] <= columns_[i].least) continue;
      if (!widest || widths[i] > widths[*widest]) widest = i;
    }
    if (!widest) break;
    --widths[*widest];
  }
  return widths;
}

std::vector<std::size_t> Table::fitted(const Options& options) const {
  std::vector<std::size_t> wanted = natural(options);
  if (options.width == 0) return wanted;
  for (std::size_t i = columns_.size();;) {
    std::vector<std::size_t> widths = cut(wanted, options.width);
    if (total(widths) <= options.width) return widths;
    // Still too wide: leave out the last remaining optional column.
    while (i > 0 && (columns_[i - 1].fit != Fit::optional || wanted[i - 1] == 0)) --i;
    if (i == 0) return widths;
    wanted[--i] = 0;
  }
}

std::vector<std::vector<Table::Cell>> Table::rows_to_print(const Options& options) const {
  std::vector<std::vector<Cell>> rows;
  if (options.titles) {
    rows.emplace_back();
    for (const Column& column : columns_) rows.back().emplace_back(column.title, Colour::bold);
  }
  rows.insert(rows.end(), rows_.begin(), rows_.end());
  return rows;
}

std::vector<Table::Lines> Table::blocks(const Options& options) const {
  const std::vector<std::size_t> widths = fitted(options);
  const bool fits = options.width == 0 || total(widths) <= options.width;
  if (!fits && options.stacks && columns_.size() > 1) return stacked(options);
  std::vector<Lines> blocks;
  for (const auto& row : rows_to_print(options)) blocks.push_back({line_of(row, widths, options.colours)});
  return blocks;
}

std::vector<Table::Lines> Table::stacked(const Options& options) const {
  constexpr std::size_t indent = 2;
  Table below({columns_.begin() + 1, columns_.end()});
  for (const auto& row : rows_) below.rows_.emplace_back(row.begin() + 1, row.end());
  Options narrower = options;
  narrower.width = options.width > indent ? options.width - indent : 1;
  const std::vector<Lines> rest = below.blocks(narrower);

  std::vector<Lines> blocks;
  for (const auto& row : rows_to_print(options)) {
    const Cell& first = row.front();
    Lines lines{options.colours ? coloured(first.text, first.colour) : first.text};
    for (const std::string& line : rest.at(blocks.size())) {
      if (!line.empty()) lines.push_back(std::string(indent, ' ') + line);
    }
    blocks.push_back(std::move(lines));
  }
  return blocks;
}

std::vector<std::string> Table::lines(const Options& options) const {
  Lines out;
  for (Lines& block : blocks(options)) std::ranges::move(block, std::back_inserter(out));
  return out;
}

std::string Table::text(const Options& options) const {
  std::string out;
  for (const std::string& line : lines(options)) out += line + "\n";
  return out;
}

}  // namespace azrestored::cli
