// The path and query of a control request, both ways (RFC 3986 2.1, 3.4). "+" is not a space here.
#include "core/http/percent_encoding.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored {
namespace {

/// The part of `rest` before `separator`; `rest` keeps the part after it.
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
    auto segment = percent_decode(take_until(path, '/'));
    if (!segment) return std::nullopt;
    target.path.push_back(std::move(*segment));
  }
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const auto name = percent_decode(take_until(value, '='));
    auto decoded_value = percent_decode(value);
    if (!name || !decoded_value) return std::nullopt;
    target.query[*name] = std::move(*decoded_value);
  }
  return target;
}

std::string ControlTarget::text() const {
  std::string out;
  for (const std::string& segment : path) out += '/' + percent_encode(segment);
  char separator = '?';
  for (const auto& [name, value] : query) {
    out += separator + percent_encode(name) + '=' + percent_encode(value);
    separator = '&';
  }
  return out;
}

}  // namespace azrestored
