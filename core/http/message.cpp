#include "core/http/message.hpp"

#include "core/base/text.hpp"

namespace azrestored {

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (iequals(key, name)) return value;
  }
  return std::nullopt;
}

}  // namespace azrestored
