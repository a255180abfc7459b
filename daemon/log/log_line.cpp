#include "daemon/log/log_line.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/utf8.hpp"

namespace azrestored::log {
namespace {

/// A plain word unchanged; any other value in quotes, with quotes and backslashes escaped.
std::string quoted_if_needed(const std::string& value) {
  const std::string shown = printable(value);
  if (!shown.empty() && shown == value && value.find_first_of(" =\"\\") == std::string::npos) return value;
  std::string escaped;
  for (const char c : value) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return '"' + printable(escaped) + '"';
}

std::string to_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted_if_needed(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::get<bool>(value) ? "true" : "false";
}

std::string text_line(std::string_view event, std::span<const Field> fields) {
  std::string text = "event=" + std::string(event);
  for (const Field& field : fields) {
    text += ' ';
    text += field.name();
    text += '=';
    text += to_text(field.value());
  }
  return text;
}

std::string json_line(nlohmann::ordered_json object, std::string_view event, std::span<const Field> fields) {
  object["event"] = event;
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { object[std::string(field.name())] = value; }, field.value());
  }
  return object.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace

int syslog_priority(Level level) {
  switch (level) {
    case Level::error:
      return 3;
    case Level::warning:
      return 4;
    case Level::info:
      return 6;
    case Level::debug:
      return 7;
  }
  return 3;
}

std::string_view to_text(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::info:
      return "info";
    case Level::debug:
      return "debug";
  }
  return "";
}

std::string line(Style style, Instant at, Level level, std::string_view event, std::span<const Field> fields) {
  const std::string prefix = style.prefix ? "<" + std::to_string(syslog_priority(level)) + ">" : "";
  if (style.format == Format::json) {
    nlohmann::ordered_json object;
    if (!style.journal) object["time"] = to_rfc3339(at);
    object["level"] = to_text(level);
    return prefix + json_line(std::move(object), event, fields);
  }
  if (style.journal) return prefix + text_line(event, fields);
  return to_rfc3339(at) + " " + std::string(to_text(level)) + " " + text_line(event, fields);
}

}  // namespace azrestored::log
