// The sentences of a connection that failed: who, what, why. They go to people, into the job's row and the log, so they
// hold neither headers nor the path and query of a URL.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "daemon/http_client/transport_options.hpp"

namespace azrestored {

using boost::system::error_code;

/// How far an answer came that has begun.
struct ReadProgress {
  bool head_done = false;
  std::uint64_t body_bytes = 0;
  std::optional<std::uint64_t> body_length;  // when the head told it
};

/// The peer, or the network between, ended the connection; not a deadline, not us.
bool is_disconnect(const error_code& problem);

std::string lookup_problem(const error_code& problem, const std::string& host, Millis deadline);
std::string connect_problem(const error_code& problem, const std::string& place, Millis deadline);
std::string handshake_time_out(const std::string& place, Millis deadline);
std::string write_problem(const error_code& problem, const std::string& place, Millis deadline);
/// `progress` is nullopt when not a byte of an answer came.
std::string read_problem(const error_code& problem, const std::string& place,
                         const std::optional<ReadProgress>& progress, const TransportOptions& options);

}  // namespace azrestored
