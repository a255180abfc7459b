// What the simulator saw, so that tests can check a client: GET /_sim/report. Only Azure's calls are counted, never
// `_sim` ones. The restores themselves are facts of the World and survive `reset`; everything else here is a counter.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "json.hpp"
#include "tokens.hpp"
#include "world.hpp"

namespace azsim {

struct ActionCount {
  std::uint64_t requests = 0, throttled = 0;  // throttled: by an enforced limit, not by a fault
};

struct Counters {
  std::uint64_t requests = 0, restore_posts = 0, unauthenticated = 0, handshake_failures = 0;
  std::map<std::string, std::uint64_t> by_route, faults;
  std::map<std::string, ActionCount> by_action;  // of Resource Manager's calls (rate_limits.hpp)
  std::set<std::uint64_t> connections;           // those with at least one request
  Json bad_requests = Json::array();             // {"request","code","message"}: 400s and 415s that no fault caused
  Json unknown_routes = Json::array();           // "METHOD target"
};

[[nodiscard]] Json report_body(const Counters& counters, const World& world, const Tokens& tokens, Instant now);

}  // namespace azsim
