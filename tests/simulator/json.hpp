// The JSON type of the simulator: members keep the order in which they were written, as in the service's bodies.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace azsim {

using Json = nlohmann::ordered_json;

/// Never throws: bytes of a request that are not UTF-8 (for example in a path) become replacement characters.
[[nodiscard]] inline std::string to_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace azsim
