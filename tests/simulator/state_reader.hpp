// Reads the state file: a Reader returns the typed members of one JSON object and then refuses the members that were
// not read. So the list of known names always matches the code that reads them. Private to state_*.cpp.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "state_file.hpp"

namespace azsim {

[[noreturn]] void fail(const std::string& path, const std::string& sentence);

class Reader {
 public:
  Reader(const Json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) fail(path_, "must be a JSON object");
  }

  [[nodiscard]] std::string where(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

  const Json* find(const char* name) {
    asked_.insert(name);
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
  }

  std::string required_text(const char* name) {
    std::string text;
    optional_text(name, text);
    if (text.empty()) fail(where(name), "is required and must be a string that is not empty");
    return text;
  }

  void optional_text(const char* name, std::string& into) {
    if (const Json* value = find(name)) {
      if (!value->is_string()) fail(where(name), "must be a string");
      into = value->get<std::string>();
    }
  }

  /// null has its own meaning: leave out the member.
  void optional_fact(const char* name, std::optional<std::string>& into) {
    const Json* value = find(name);
    if (value == nullptr) return;
    if (value->is_null()) {
      into.reset();
    } else {
      into.emplace();
      optional_text(name, *into);
    }
  }

  void optional_flag(const char* name, bool& into) {
    if (const Json* value = find(name)) {
      if (!value->is_boolean()) fail(where(name), "must be true or false");
      into = value->get<bool>();
    }
  }

  void optional_number(const char* name, double& into, double highest) {
    if (const Json* value = find(name)) {
      if (!value->is_number() || value->get<double>() < 0 || value->get<double>() > highest)
        fail(where(name), "must be a number from 0 to " + std::to_string(static_cast<long long>(highest)));
      into = value->get<double>();
    }
  }

  void optional_integer(const char* name, int& into) {
    if (const Json* value = find(name)) {
      if (!value->is_number_integer()) fail(where(name), "must be a whole number");
      into = value->get<int>();
    }
  }

  void optional_texts(const char* name, std::vector<std::string>& into) {
    each(
        name,
        [&](const Json& value, const std::string& path) {
          if (!value.is_string()) fail(path, "must be a string");
          into.push_back(value.get<std::string>());
        },
        [&] { into.clear(); });
  }

  void optional_luns(const char* name, std::vector<int>& into) {
    each(name, [&](const Json& value, const std::string& path) {
      if (!value.is_number_integer() || value.get<int>() < 0) fail(path, "must be a LUN, a whole number from 0");
      into.push_back(value.get<int>());
    });
  }

  template <class Value, std::size_t N>
  void optional_choice(const char* name, Value& into, const std::array<std::pair<const char*, Value>, N>& table) {
    const Json* value = find(name);
    if (value == nullptr) return;
    std::string choices;
    for (const auto& [word, meaning] : table) {
      if (value->is_string() && value->get<std::string>() == word) {
        into = meaning;
        return;
      }
      choices += (choices.empty() ? "" : ", ") + std::string(word);
    }
    fail(where(name), "must be one of " + choices);
  }

  template <class Visit, class Before>
  void each(const char* name, Visit visit, Before before) {
    const Json* list = find(name);
    if (list == nullptr) return;
    if (!list->is_array()) fail(where(name), "must be a JSON array");
    before();
    std::size_t index = 0;
    for (const Json& value : *list) visit(value, where(name) + "[" + std::to_string(index++) + "]");
  }
  template <class Visit>
  void each(const char* name, Visit visit) {
    each(name, visit, [] {});
  }

  /// Call last: a member that was not read is probably a typing error.
  void finish() const {
    for (const auto& [name, value] : object_.items()) {
      if (!asked_.contains(name)) fail(path_.empty() ? name : path_ + "." + name, "is not a known member");
    }
  }

 private:
  const Json& object_;
  std::string path_;
  std::set<std::string> asked_;
};

[[nodiscard]] ItemSpec read_item(const Json& json, const std::string& path);
/// The members of the state for clients and their sign-in methods.
void read_sign_in(Reader& state_reader, State& state);
[[nodiscard]] TokenError read_token_error(const Json& json, const std::string& path);

}  // namespace azsim
