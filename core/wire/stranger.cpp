#include "core/wire/stranger.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/http/web_page.hpp"
#include "core/json/lenient.hpp"
#include "core/wire/errors.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

bool has_header_of_azure(const HttpResponse& response) {
  return std::ranges::any_of(response.headers, [](const auto& header) {
    return istarts_with(header.first, "x-ms-") || iequals(header.first, "Azure-AsyncOperation");
  });
}

bool has_error_of_azure(const HttpResponse& response) {
  const json body = json::parse(response.body, nullptr, false);
  return member(body, "error").is_object() || (body.is_object() && body.contains("ErrorCode"));
}

/// True if the status alone, without headers and error of Azure, would end a job or drop a token.
bool is_verdict(int status) {
  switch (classify_status(status)) {
    case StatusClass::refused:
    case StatusClass::not_found:
    case StatusClass::unauthorized:
      return true;
    case StatusClass::ok:
    case StatusClass::transient:
    case StatusClass::throttled:
      break;
  }
  return false;
}

}  // namespace

std::optional<std::string> stranger_in(const HttpResponse& response) {
  const bool is_suspect = is_web_page(response) || is_verdict(response.status);
  if (!is_suspect || has_header_of_azure(response) || has_error_of_azure(response)) return std::nullopt;
  return "a web filter, proxy or gateway responded in place of Azure: " + describe_stranger(response);
}

}  // namespace azrestored
