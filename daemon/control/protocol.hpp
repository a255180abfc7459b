// The protocol between azrestored and azrestorectl: HTTP/1.1 with JSON bodies over a Unix socket.
//
//   GET  /v1/status               {"version", "pid", "startedAt", "jobs": {state: count}, "active", "store",
//                                  "settings": {"file", "modifiedAt", "needsRestart": [setting...]},
//                                  "spool": {"directory", "accepted", "rejected", "leftAlone"} (since the start),
//                                  "signIn": {"ok", "problem", "profiles": [{"name", "method", "ok", "problem"}...]},
//                                  "arm"}
//   GET  /v1/spool[?limit=N]      the files of the spool that became no job, as in daemon/spool/listing.hpp; limit: of
//                                 each folder, at most 1000, by default 100
//   GET  /v1/jobs[?state=S][&vault=NAME][&vm=VM][&since=TIME][&order=oldest][&limit=N][&after=ID]
//                                 {"jobs": [summary...], "next": id|null}; since: submitted at TIME or later; the
//                                 newest first by default; limit: at most 200, by default 100; "next" is the "after" of
//                                 the next page
//   GET  /v1/jobs/{job}[?watch=1] details (core/view/job_view.hpp); watch=1 asks for fresh details of a running job
//   GET  /v1/jobs/{job}/events    {"id", "events": [history line...]}
//   GET  /v1/jobs/{job}/explain   as core/view/explain.hpp
//   POST /v1/jobs/{job}/cancel    {"job": summary, "answer": "one sentence"}, as for the next three
//   POST /v1/jobs/{job}/hold      keeps a job from starting; possible until its restore is requested
//   POST /v1/jobs/{job}/release   continues a held job; if a restore may be running, azrestored searches Azure again
//   POST /v1/jobs/{job}/retry[?nothingRuns=1]   a new attempt of a job that failed, was cancelled or is held;
//                                 nothingRuns=1: the operator has made sure that no restore of it runs in Azure
//   GET  /v1/vms?vault=ID[&auth=PROFILE][&region=R]
//                                 as protected_vms() in core/queries/inventory.hpp; region: the secondary region
//   GET  /v1/points?vault=ID&vm=VM[&auth=][&region=][&before=][&after=][&consistency=][&tier=][&notOlderThan=]
//                                 as recovery_points() there
//   GET  /metrics                 the daemon's metrics for Prometheus: OpenMetrics if the Accept header asks for it,
//                                 otherwise the older text format
//   POST /v1/dry-run              the body is a job file; as core/queries/dry_run.hpp, within about two minutes
//
// {job} is an id, a unique prefix of one (4 characters or more), or a name (core/view/job_lookup.hpp). It is one path
// segment, percent-encoded as in RFC 3986 2.1. The values of the query are encoded in the same way.
//
// Errors: {"error": {"code": "notFound|ambiguous|notAuthorized|conflict|badRequest|azureRefused|azureUnavailable|
// unavailable|internal", "message": sentence}} with status 404, 409 (ambiguous, conflict, azureRefused), 403, 400 (413
// and 431 when too large, 405 for a wrong method), 503 (azureUnavailable, unavailable), 500. An error of Azure for vms
// or points keeps Azure's words and is notFound, notAuthorized (also a failed sign-in), azureRefused, or
// azureUnavailable if it may be temporary. In a dry run it is the "problem" of the response.
//
// Every response to a request has the header Azrestored-Time: the daemon's time (RFC 3339), to which the times in the
// response refer. It differs from the machine's time after that one was set (daemon/os/monotonic_utc_clock.hpp).
//
// The client is identified by SO_PEERCRED; only root and the daemon's own user have access. The server answers other
// clients, and clients beyond the connection limit, without reading their request, and closes the connection.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace azrestored {

inline constexpr std::string_view control_api_prefix = "v1";
inline constexpr std::string_view control_time_header = "Azrestored-Time";

/// The limits of one request. Its line, headers and body together have at most 64 KiB.
inline constexpr std::size_t max_control_header_bytes = 8U << 10U;
inline constexpr std::size_t max_control_body_bytes = (64U << 10U) - max_control_header_bytes;

inline constexpr int default_jobs_per_page = 100;
inline constexpr int most_jobs_per_page = 200;
inline constexpr int default_files_per_folder = 100;
inline constexpr int most_files_per_folder = 1000;

/// The target of a request, decoded: "/v1/jobs/a%20b?watch=1" is {"v1", "jobs", "a b"} and {watch: 1}.
struct ControlTarget {
  std::vector<std::string> path;
  std::map<std::string, std::string> query;

  /// nullopt if the text does not begin with "/" or an escape is malformed.
  static std::optional<ControlTarget> parse(std::string_view text);

  [[nodiscard]] std::string text() const;
};

}  // namespace azrestored
