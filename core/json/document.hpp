// A JSON text that a person wrote (job file, settings), together with where everything in it stands, so that a fault
// can be told with pointer, line and column. nlohmann_json reads the value; a small scanner of ours, which only ever
// sees text that nlohmann_json has accepted, notes the places and finds what that library lets pass: a name given twice
// and too deep nesting.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/locations.hpp"

namespace azrestored {

/// One thing wrong with a file: where, and a sentence that says what was found and what is expected.
struct Fault {
  std::string pointer;  // RFC 6901; "" is the whole document
  int line = 0;         // from 1; 0 when the fault has no place in the text
  int column = 0;       // from 1, in bytes
  std::string sentence;

  /// "/restore/region, line 7, column 15: ..."
  [[nodiscard]] std::string text() const;
};

/// More faults than a person mends in one go are not told: it bounds what a hostile file can make of itself.
inline constexpr std::size_t most_faults = 100;

/// Appends the fault while there are fewer than most_faults.
void add_fault(std::vector<Fault>& faults, Fault fault);

class JsonDocument {
 public:
  struct Options {
    bool comments = false;  // allow // and /* */
    int max_depth = 64;     // of nested objects and arrays
  };

  /// Reads the text. On failure the result is empty and `faults` says why.
  static std::optional<JsonDocument> parse(std::string_view text, Options options, std::vector<Fault>& faults);

  [[nodiscard]] const nlohmann::json& value() const { return value_; }

  /// A fault at the place of `pointer`, or of its nearest ancestor that is in the text (for what is missing).
  [[nodiscard]] Fault fault(std::string pointer, std::string sentence) const;

 private:
  nlohmann::json value_;
  JsonPlace root_;
};

/// What a value is, in words: "the number 5", "the text \"abc\"", "an object", "null". Long texts are cut.
std::string describe(const nlohmann::json& value);

/// The text in quotes, fit for a log line or a terminal: escaped as in JSON, ASCII only, cut when long.
std::string in_quotes(std::string_view text);

/// `pointer` with one more segment, escaped by RFC 6901.
std::string child_pointer(const std::string& pointer, std::string_view name);

}  // namespace azrestored
