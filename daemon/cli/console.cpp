#include "daemon/cli/console.hpp"

#include <iostream>

namespace azrestored::cli {
namespace {

std::string one_line(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

// Flushed at once: a pipe's reader must see a line of `watch` when it happens.
void Console::result(const nlohmann::json& value) const {
  std::cout << one_line(value) << std::endl;
}

void Console::text(const std::string& text) const {
  std::cout << text << std::flush;
}

void Console::table(const Table& table, bool titles) const {
  Table::Options options;
  options.titles = titles;
  if (is_terminal()) options.width = terminal_size().columns;
  options.colours = wants_colour();
  text(table.text(options));
}

void Console::note(const std::string& sentence) const {
  if (json_) {
    nlohmann::json line;
    line["note"] = sentence;
    std::cerr << one_line(line) << std::endl;
  } else {
    std::cerr << "azrestorectl: " << harmless(sentence) << std::endl;
  }
}

ExitCode Console::fail(const Failure& failure) const {
  if (json_) {
    nlohmann::json line;
    line["error"]["code"] = failure.code();
    line["error"]["message"] = failure.message();
    std::cerr << one_line(line) << std::endl;
  } else {
    std::cerr << "azrestorectl: " << harmless(failure.message()) << std::endl;
  }
  return exit_code_of_error(failure.code());
}

}  // namespace azrestored::cli
