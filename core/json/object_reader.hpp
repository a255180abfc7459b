// One object of a text that a person wrote (JsonDocument), read member by member. Every complaint goes into one list of
// faults and reading goes on, so that a person sees everything that is wrong at once. Job files, their "restore" and
// the settings are all read with it, which is why their faults read alike.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

class MemberReader {
 public:
  /// `object` is an object in `document` and stands at `pointer`. The references outlive the reader.
  MemberReader(const JsonDocument& document, const nlohmann::json& object, std::string pointer,
               std::vector<Fault>& faults);

  /// The member; nullptr when there is none.
  [[nodiscard]] const nlohmann::json* find(std::string_view name) const;

  /// True when there is such a member and it is not null.
  [[nodiscard]] bool gives(std::string_view name) const;

  /// The member when it is a text. Something else is a fault; no member is not.
  std::optional<std::string> text(std::string_view name, std::string_view expected);

  /// A reader of the member when it is an object. Something else is a fault; no member is not.
  std::optional<MemberReader> object(std::string_view name, std::string_view expected);

  /// "found the number 5; expected ..." of a member that is there.
  void unexpected(std::string_view name, std::string_view expected);
  void unexpected_at(std::string pointer, const nlohmann::json& value, std::string_view expected);

  /// Of a value that is none of the legal words; tells the nearest one.
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
