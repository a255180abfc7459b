// A JSON text that a person wrote (job file, settings) and the location of everything in it, so that a fault has a
// pointer, a line and a column. nlohmann_json parses the value. The scanner of locations.hpp then records the locations
// and finds what nlohmann_json accepts: a name that is given twice, and nesting that is too deep.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/fault.hpp"
#include "core/json/locations.hpp"

namespace azrestored {

class JsonDocument {
 public:
  struct Options {
    bool comments = false;  // allow // and /* */
    int max_depth = 64;     // of nested objects and arrays
  };

  /// Parses the text. On failure the result is empty and `faults` contains the reasons.
  static std::optional<JsonDocument> parse(std::string_view text, Options options, std::vector<Fault>& faults);

  [[nodiscard]] const nlohmann::json& value() const { return value_; }

  /// Calls `edit` with the pointer and the text of every string value, to change the text. Locations stay as they are.
  void edit_strings(const std::function<void(std::string_view pointer, std::string& text)>& edit);

  /// A fault at the location of `pointer` or, for a missing value, of its nearest ancestor in the text.
  [[nodiscard]] Fault fault(std::string pointer, std::string sentence) const;

 private:
  nlohmann::json value_;
  JsonPlace root_;
};

/// Whether the text ends before its JSON value does, so that more text could complete it: an empty text, or one that is
/// cut off inside an object, a word or a character. Also if it ends in NUL bytes, which a writer leaves that reserves
/// the space first. False for a complete value, and for a text that no continuation makes JSON.
bool ends_inside_json(std::string_view text);

}  // namespace azrestored
