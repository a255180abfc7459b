// The path and query of a control request, both ways (RFC 3986 2.1, 3.4). "+" is not a blank here.
#include "daemon/control/protocol.hpp"

namespace azrestored {
namespace {

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

/// The part of `rest` before `separator`; `rest` keeps what comes behind it.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return part;
}

}  // namespace

std::optional<ControlTarget> ControlTarget::parse(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  ControlTarget target;
  std::string_view query = text;
  std::string_view path = take_until(query, '?').substr(1);
  while (!path.empty()) {
    auto segment = decoded(take_until(path, '/'));
    if (!segment) return std::nullopt;
    target.path.push_back(std::move(*segment));
  }
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const auto name = decoded(take_until(value, '='));
    auto decoded_value = decoded(value);
    if (!name || !decoded_value) return std::nullopt;
    target.query[*name] = std::move(*decoded_value);
  }
  return target;
}

std::string ControlTarget::text() const {
  std::string out;
  for (const std::string& segment : path) out += '/' + encoded(segment);
  char separator = '?';
  for (const auto& [name, value] : query) {
    out += separator + encoded(name) + '=' + encoded(value);
    separator = '&';
  }
  return out;
}

}  // namespace azrestored
