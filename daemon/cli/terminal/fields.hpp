// Lines of label and value, and the small pieces of text that they are made of: what `show`, `explain` and the dry run
// have in common. Made of the daemon's JSON; a member that is missing or null reads as nothing. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// Lines of "  label   value"; what has no value has no line. Values are made harmless here.
class Fields {
 public:
  /// Values are broken between words to keep within `width` places, and go on below where they began; 0: never.
  explicit Fields(std::size_t width = 0) : width_(width) {}

  void add(std::string_view label, std::string_view value);
  /// The same, beginning with a text that is already fit for the terminal.
  void add_painted(std::string_view label, const std::string& painted, std::string_view rest);
  /// A line for each text of the list; the label stands before the first.
  void add_each(std::string_view label, const nlohmann::json& list, std::string_view mark = "");

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t width_;
  std::string text_;
};

/// The text broken between words into lines of `width` places at most (0: never), each behind the first indented so
/// far; the first begins there. A word, and so an id, is never broken.
std::string wrapped(const std::string& text, std::size_t width, std::size_t indent);

/// The member, or a null value.
const nlohmann::json& member_of(const nlohmann::json& object, std::string_view name);

/// The value as a text: as it is, "" for null, else as JSON.
std::string scalar_text(const nlohmann::json& value);

/// A time without its fractions of a second, which help nobody to read it.
std::string short_time(const nlohmann::json& object, std::string_view member);

/// "2026-11-22T16:00:00Z (5m 3s ago)" or "(in 30s)"
std::string moment_text(const nlohmann::json& object, std::string_view member, Instant now);

/// "a, b"; parts without a value are left out.
std::string joined(const std::vector<std::string>& parts);

/// "name value", or "" when there is no value.
std::string named(std::string_view name, const nlohmann::json& value);

/// A text member, or "" when it is absent, null or no text.
std::string text_of(const nlohmann::json& object, std::string_view member);

}  // namespace azrestored::cli
