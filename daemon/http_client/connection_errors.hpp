// The sentences for a failed connection: which host, what failed, and why. They are shown to people and stored in the
// job's row and the log, so they contain no headers and no path or query of a URL.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "daemon/http_client/transport_options.hpp"

namespace azrestored {

using boost::system::error_code;

/// How much of a response has arrived.
struct ReadProgress {
  bool head_done = false;
  std::uint64_t body_bytes = 0;
  std::optional<std::uint64_t> body_length;  // if the header contains it
};

/// True if the peer or the network ended the connection; false for a deadline or our own close().
bool is_disconnect(const error_code& problem);

std::string lookup_problem(const error_code& problem, const std::string& host, Millis deadline);
std::string connect_problem(const error_code& problem, const std::string& place, Millis deadline);
std::string handshake_time_out(const std::string& place, Millis deadline);
std::string write_problem(const error_code& problem, const std::string& place, Millis deadline);
/// `progress` is nullopt if no byte of a response arrived.
std::string read_problem(const error_code& problem, const std::string& place,
                         const std::optional<ReadProgress>& progress, const TransportOptions& options);

}  // namespace azrestored
