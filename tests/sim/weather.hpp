// The faults in Azure and on the way to it. The run's only source of randomness decides when they occur. Off for the
// last part of a run, so that the run can end.
#pragma once

#include <deque>
#include <variant>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"
#include "tests/support/chance.hpp"

namespace azrestored::sim {

/// The outcome of a POST that requests a restore.
enum class PostFate {
  accepted,
  operation_fails,  // accepted; then the operation fails: no backup job, no restore
  not_connected,
  throttled,
  conflict_409,  // "another operation is in progress"
  unauthorized_401,
  refused_400,
  // The answer is unclear, and nothing starts:
  busy_503,
  reset_without_effect,
  timeout_408_without_effect,
  // The answer is unclear, and the restore starts, at once or up to Weather::longest_effect later:
  timeout_504,
  bad_gateway_502,
  error_500,
  no_answer,
  url_lost,
};

struct Weather {
  bool on = true;
  int fault_one_in = 6;         // reads and cancels
  int bad_post_one_in = 2;      // restore POSTs
  int token_dies_one_in = 100;  // calls
  Millis longest_effect = std::chrono::minutes(3);
  Millis longest_list_lag = std::chrono::minutes(5);
  std::deque<PostFate> posts;  // outcomes of the first POSTs, also if `on` is false; later POSTs are random

  PostFate next_post(Chance& chance);
};

/// True if the restore does not start, also if the response is unclear.
bool is_without_effect(PostFate fate);

/// A response without a result, or none. `arrived`: the request takes effect.
std::variant<HttpResponse, TransportFailure> disturbance(Chance& chance, Instant now, bool& arrived);

/// 429 as Azure and its proxies send it: with seconds, a date, zero, or no header.
HttpResponse throttled(Chance& chance, Instant now);

/// An error in ARM's envelope.
HttpResponse error_answer(int status, const std::string& code);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(Instant at);

}  // namespace azrestored::sim
