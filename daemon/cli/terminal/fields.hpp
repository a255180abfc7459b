// Lines of label and value, and the texts in them, for `show`, `explain` and the dry run. Made from the daemon's JSON;
// a member that is missing or null gives no text. Pure.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace azrestored::cli {

/// Lines of "  label   value". A label without a value has no line. Makes values harmless.
class Fields {
 public:
  /// Values are broken between words into lines of at most `width` columns (0: never). Further lines are aligned with
  /// the start of the value.
  explicit Fields(std::size_t width = 0) : width_(width) {}

  void add(std::string_view label, std::string_view value);
  /// Adds `painted`, which is already fit for the terminal, followed by `rest`.
  void add_painted(std::string_view label, const std::string& painted, std::string_view rest);
  /// A line for each text of the list. Only the first has the label.
  void add_each(std::string_view label, const nlohmann::json& list, std::string_view mark = "");

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t width_;
  std::string text_;
};

/// The text broken between words into lines of at most `width` columns (0: never). The first line is assumed to start
/// at column `indent`; the others are indented to it. A word, and so an id, is never broken.
std::string wrapped(const std::string& text, std::size_t width, std::size_t indent);

/// The member, or a null value.
const nlohmann::json& member_of(const nlohmann::json& object, std::string_view name);

/// The value as a text: a string unchanged, "" for null, otherwise JSON.
std::string scalar_text(const nlohmann::json& value);

/// A time without fractions of a second.
std::string short_time(const nlohmann::json& object, std::string_view member);

/// "2026-11-22T16:00:00Z (5m 3s ago)" or "(in 30s)"
std::string moment_text(const nlohmann::json& object, std::string_view member, Instant now);

/// "a, b". Empty parts are left out.
std::string joined(const std::vector<std::string>& parts);

/// "name value", or "" if there is no value.
std::string named(std::string_view name, const nlohmann::json& value);

/// A text member, or "" if it is absent, null or not a text.
std::string text_of(const nlohmann::json& object, std::string_view member);

}  // namespace azrestored::cli
