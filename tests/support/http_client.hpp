// Requests of a test to the simulator, over its plain port on loopback.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace azrestored::test {

/// The body of a successful answer, null if it has none. Throws after any other answer.
nlohmann::json get_json(std::uint16_t port, const std::string& target);
nlohmann::json post_json(std::uint16_t port, const std::string& target, const nlohmann::json& body,
                         const std::map<std::string, std::string>& headers = {});

}  // namespace azrestored::test
