#include "core/http/web_page.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

constexpr std::size_t longest_shown = 80;

std::string_view from_first_letter(std::string_view body) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
  return body.substr(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
}

std::string shown(std::string_view text) {
  text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  text = text.substr(0, text.find_first_of("\r\n"));
  return "\"" + printable(text.substr(0, longest_shown)) + "\"";
}

/// The text between <title> and the next tag; "" without one.
std::string_view title_of(std::string_view body) {
  constexpr std::string_view tag = "<title>";
  constexpr std::size_t most = 64U << 10U;  // of the body are searched
  const auto at = to_lower(body.substr(0, most)).find(tag);
  if (at == std::string::npos) return "";
  body.remove_prefix(at + tag.size());
  return body.substr(0, body.find('<'));
}

}  // namespace

bool is_web_page(const HttpResponse& response) {
  const std::string type = to_lower(response.header("Content-Type").value_or(""));
  if (type.find("html") != std::string::npos) return true;
  const std::string_view body = from_first_letter(response.body);
  return istarts_with(body, "<!doctype html") || istarts_with(body, "<html");
}

std::string describe_stranger(const HttpResponse& response) {
  std::string text = "HTTP " + std::to_string(response.status);
  if (is_web_page(response)) {
    text += ", an HTML page";
    if (const auto title = title_of(response.body); !title.empty()) text += " with the title " + shown(title);
  } else if (response.body.empty()) {
    text += " without a body";
  }
  if (const auto server = response.header("Server"); server && !server->empty())
    text += ", from the server " + shown(*server);
  return text;
}

}  // namespace azrestored
