#include "daemon/cli/terminal/fields.hpp"

#include <nlohmann/json.hpp>

#include "core/base/duration.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

constexpr std::size_t label_width = 18;
constexpr std::size_t value_indent = 2 + label_width;
/// Columns. With less room than this the terminal itself breaks the lines.
constexpr std::size_t least_room = 30;

}  // namespace

std::string wrapped(const std::string& text, std::size_t width, std::size_t indent) {
  if (width < indent + least_room) return text;
  const std::size_t room = width - indent;
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t places = text_width(word);
    if (used > 0 && used + 1 + places > room) {
      out += "\n" + std::string(indent, ' ');
      used = 0;
    } else if (at > 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += places;
    at = end + 1;
  }
  return out;
}

void Fields::add(std::string_view label, std::string_view value) {
  if (value.empty()) return;
  text_ += "  " + padded(std::string(label), label_width) + wrapped(harmless(value), width_, value_indent) + "\n";
}

void Fields::add_painted(std::string_view label, const std::string& painted, std::string_view rest) {
  text_ += "  " + padded(std::string(label), label_width) + painted + harmless(rest) + "\n";
}

void Fields::add_each(std::string_view label, const json& list, std::string_view mark) {
  if (!list.is_array()) return;
  for (const json& each : list) {
    const std::string text = scalar_text(each);
    if (text.empty()) continue;
    add(label, std::string(mark) + text);
    label = "";
  }
}

const json& member_of(const json& object, std::string_view name) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

std::string scalar_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_null()) return "";
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string short_time(const json& object, std::string_view member) {
  const std::string text = text_of(object, member);
  const auto at = parse_rfc3339(text);
  return at ? to_rfc3339(std::chrono::floor<std::chrono::seconds>(*at)) : text;
}

std::string moment_text(const json& object, std::string_view member, Instant now) {
  const std::string text = text_of(object, member);
  const auto at = parse_rfc3339(text);
  if (!at) return text;
  return short_time(object, member) +
         (*at > now ? " (in " + to_age(*at - now) + ")" : " (" + to_age(now - *at) + " ago)");
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!text.empty()) text += ", ";
    text += part;
  }
  return text;
}

std::string named(std::string_view name, const json& value) {
  const std::string text = scalar_text(value);
  return text.empty() ? "" : std::string(name) + " " + text;
}

std::string text_of(const json& object, std::string_view member) {
  const json& value = member_of(object, member);
  return value.is_string() ? value.get<std::string>() : "";
}

}  // namespace azrestored::cli
