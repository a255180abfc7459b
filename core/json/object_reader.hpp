// Reads one object of a JsonDocument member by member. Every fault is added to one list and reading continues, so that
// the operator sees all faults at once. Job files, their "restore" object and the settings are read with it; therefore
// their messages have the same form.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

class ObjectReader {
 public:
  /// `object` is the object at `pointer` in `document`. The references must outlive the reader.
  ObjectReader(const JsonDocument& document, const nlohmann::json& object, std::string pointer,
               std::vector<Fault>& faults);

  /// The member; nullptr if it is missing.
  [[nodiscard]] const nlohmann::json* find(std::string_view name) const;

  /// True if the member exists and is not null.
  [[nodiscard]] bool has_value(std::string_view name) const;

  /// The member if it is a string. A value of another type is a fault; a missing member is not.
  std::optional<std::string> text(std::string_view name, std::string_view expected);

  /// A reader of the member if it is an object. A value of another type is a fault; a missing member is not.
  std::optional<ObjectReader> object(std::string_view name, std::string_view expected);

  /// Adds the fault "found the number 5; expected ...".
  void unexpected(std::string_view name, std::string_view expected);
  void unexpected_at(std::string pointer, const nlohmann::json& value, std::string_view expected);

  /// Adds a fault for a value that is none of the legal words. It names the nearest one.
  void unknown_word_at(std::string pointer, const nlohmann::json& value, std::span<const std::string_view> words);

  void fault(std::string_view name, std::string sentence);
  void fault_at(std::string pointer, std::string sentence);

  [[nodiscard]] const nlohmann::json& value() const { return *object_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] std::string pointer_of(std::string_view name) const { return child_pointer(pointer_, name); }
  [[nodiscard]] std::string pointer_of(std::string_view list, std::size_t index) const;

 private:
  const JsonDocument* document_;
  const nlohmann::json* object_;
  std::string pointer_;
  std::vector<Fault>* faults_;
};

}  // namespace azrestored
