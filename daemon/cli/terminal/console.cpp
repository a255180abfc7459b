#include "daemon/cli/terminal/console.hpp"

#include <iostream>
#include <nlohmann/json.hpp>

#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

std::string one_line(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// For people. Broken between words, so that an id can be copied whole.
std::string in_words(const std::string& sentence) {
  return wrapped("azrestorectl: " + harmless(sentence), error_width(), 0);
}

}  // namespace

// Flushed at once: the reader of a pipe must see each line of `watch` without delay.
void Console::result(const nlohmann::json& value) const {
  std::cout << one_line(value) << std::endl;
}

void Console::text(const std::string& text) const {
  std::cout << text << std::flush;
}

void Console::table(const Table& table, bool titles) const {
  Table::Options options;
  options.titles = titles;
  options.width = output_width();
  options.colours = wants_colour();
  text(table.text(options));
}

void Console::note(const std::string& sentence) const {
  if (json_) {
    nlohmann::json line;
    line["note"] = sentence;
    std::cerr << one_line(line) << std::endl;
  } else {
    std::cerr << in_words(sentence) << std::endl;
  }
}

ExitCode Console::fail(const Failure& failure) const {
  if (json_) {
    nlohmann::json line;
    line["error"]["code"] = failure.code();
    line["error"]["message"] = failure.message();
    std::cerr << one_line(line) << std::endl;
  } else {
    std::cerr << in_words(failure.message()) << std::endl;
  }
  return exit_code_of_error(failure.code());
}

}  // namespace azrestored::cli
