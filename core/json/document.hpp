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

#include "core/json/fault.hpp"
#include "core/json/locations.hpp"

namespace azrestored {

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

}  // namespace azrestored
