#include "core/json/object_reader.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/spelling.hpp"
#include "core/base/text.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

using nlohmann::json;

ObjectReader::ObjectReader(const JsonDocument& document, const json& object, std::string pointer,
                           std::vector<Fault>& faults)
    : document_(&document), object_(&object), pointer_(std::move(pointer)), faults_(&faults) {}

const json* ObjectReader::find(std::string_view name) const {
  const auto found = object_->find(name);
  return found == object_->end() ? nullptr : &*found;
}

bool ObjectReader::has_value(std::string_view name) const {
  const json* member = find(name);
  return member != nullptr && !member->is_null();
}

std::optional<std::string> ObjectReader::text(std::string_view name, std::string_view expected) {
  const json* member = find(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_string()) return member->get<std::string>();
  unexpected(name, "a string in double quotes: " + std::string(expected));
  return std::nullopt;
}

std::optional<ObjectReader> ObjectReader::object(std::string_view name, std::string_view expected) {
  const json* member = find(name);
  if (member == nullptr) return std::nullopt;
  if (member->is_object()) return ObjectReader(*document_, *member, pointer_of(name), *faults_);
  unexpected(name, expected);
  return std::nullopt;
}

void ObjectReader::unexpected(std::string_view name, std::string_view expected) {
  const json* member = find(name);
  unexpected_at(pointer_of(name), member == nullptr ? json() : *member, expected);
}

void ObjectReader::unexpected_at(std::string pointer, const json& value, std::string_view expected) {
  fault_at(std::move(pointer), "found " + describe(value) + "; expected " + std::string(expected));
}

void ObjectReader::unknown_word_at(std::string pointer, const json& value, std::span<const std::string_view> words) {
  std::string sentence = "found " + describe(value);
  if (value.is_string()) {
    const std::string near = nearest_name(value.get_ref<const std::string&>(), words);
    if (!near.empty()) sentence += ", perhaps meant to be " + in_quotes(near);
  }
  fault_at(std::move(pointer), sentence + "; expected " + quoted_alternatives(words));
}

void ObjectReader::fault(std::string_view name, std::string sentence) {
  fault_at(pointer_of(name), std::move(sentence));
}

void ObjectReader::fault_at(std::string pointer, std::string sentence) {
  add_fault(*faults_, document_->fault(std::move(pointer), std::move(sentence)));
}

std::string ObjectReader::pointer_of(std::string_view list, std::size_t index) const {
  return child_pointer(pointer_of(list), std::to_string(index));
}

}  // namespace azrestored
