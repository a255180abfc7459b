// The entry for every request. It counts the request, looks for a due fault, checks the token, gets the response from
// Azure (or from the token endpoint, or from the simulator's own `_sim` calls), and decides how to deliver it. It has
// no sockets: a test calls `answer` with a time of its choice. Not thread-safe; one loop owns it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "arm_headers.hpp"
#include "azure.hpp"
#include "faults.hpp"
#include "http_message.hpp"
#include "journal.hpp"
#include "rate_limits.hpp"
#include "report.hpp"
#include "tokens.hpp"
#include "world.hpp"

namespace azsim {

struct Delivery {
  enum class How {
    whole,
    silent_close,  // after `pause`, close without a byte
    torn,          // announce more than is sent, then close
    garbage,       // bytes that are not HTTP, then close
    slow,          // one byte every `pause`
    huge           // 200 with `bytes` characters in one JSON string
  };
  How how = How::whole;
  Ticks pause{0};
  std::uint64_t bytes = 0;
};

struct Answer {
  Response response;
  Delivery delivery;
  std::string fault;  // as injected, or ""
};

struct FrontSettings {
  WorldSettings world;
  AzureSettings azure;
  RateLimitSettings limits;
  std::int64_t token_lifetime_s = 3599;
  std::uint64_t seed = 1;
  std::string journal;  // a path, or ""
  bool require_auth = true;
};

class Front {
 public:
  /// Throws FaultError for an invalid fault.
  Front(State state, FrontSettings settings, const std::vector<std::string>& faults);

  [[nodiscard]] Answer answer(const Request& request, Instant now);
  /// Called once for every TLS connection, before the handshake.
  [[nodiscard]] bool wrong_certificate_due();
  void handshake_failed() { ++counters_.handshake_failures; }

 private:
  [[nodiscard]] Response serve(const Request& request, const RouteMatch& match, Instant now);
  [[nodiscard]] Response sim_call(const Request& request, const RouteMatch& match, Instant now);
  [[nodiscard]] Response add_faults(const std::string& body);
  [[nodiscard]] Response replace_token_errors(const std::string& body);
  [[nodiscard]] Response refuse_token(TokenVerdict verdict, const Request& request, Instant now);
  void count(const Request& request, const RouteMatch& match);
  void note_outcome(const Request& request, const RouteMatch& match, const Response& response);

  const FrontSettings settings_;
  Journal journal_;
  Identifiers ids_;
  const std::string key_;  // signs tokens and addresses
  World world_;
  Tokens tokens_;
  ArmHeaders headers_;
  Azure azure_;
  Faults faults_;
  Counters counters_;
};

}  // namespace azsim
