// What azrestored and azrestorectl say to each other: HTTP/1.1 with JSON bodies over a Unix socket.
//
//   GET  /v1/status               {"version", "pid", "startedAt", "jobs": {state: count}, "active", "store",
//                                  "settings": {"file", "modifiedAt", "needsRestart": [setting...]},
//                                  "spool": {"directory", "accepted", "rejected", "leftAlone"} (since the start),
//                                  "signIn": {"ok", "problem", "profiles": [{"name", "method", "ok", "problem"}...]},
//                                  "arm"}
//   GET  /v1/jobs[?state=S][&vault=NAME][&vm=VM][&since=TIME][&order=oldest][&limit=N][&after=ID]
//                                 {"jobs": [summary...], "next": id|null}; those taken in since then; newest first
//                                 unless told; at most 200 a page, 100 unless told; "next" is the "after" of the page
//                                 behind this one
//   GET  /v1/jobs/{job}[?watch=1] details (core/view/job_view.hpp); watch=1 asks for fresh details of a running job
//   GET  /v1/jobs/{job}/events    {"id", "events": [history line...]}
//   GET  /v1/jobs/{job}/explain   what core/view/explain.hpp promises
//   POST /v1/jobs/{job}/cancel    {"job": summary, "answer": "one sentence"}, and so of the next three
//   POST /v1/jobs/{job}/hold      keeps a job from starting, until its restore is requested
//   POST /v1/jobs/{job}/release   lets a held job go on; when a restore may be running, Azure is asked again
//   POST /v1/jobs/{job}/retry[?nothingRuns=1]   a new attempt of a job that failed or was cancelled, or is held;
//                                 nothingRuns=1: a person has made sure that no restore of it runs in Azure
//   GET  /v1/vms?vault=ID[&auth=PROFILE][&region=R]    what core/queries/inventory.hpp promises of protected_vms(); region asks
//                                 for what is in the secondary region
//   GET  /v1/points?vault=ID&vm=VM[&auth=][&region=][&before=][&after=][&consistency=][&tier=][&notOlderThan=]
//                                 and of recovery_points()
//   GET  /metrics                 the daemon's metrics, as Prometheus reads them: OpenMetrics when the Accept header
//                                 asks for it, its older text format otherwise
//   POST /v1/dry-run              the body is a job file; what core/queries/dry_run.hpp promises, within about two minutes
//
// {job} is an id, a unique prefix of one (4 characters or more), or a name; core/view/job_lookup.hpp has the rule. It is one
// path segment, percent-encoded as RFC 3986 2.1 says; so are the values of the query.
// Errors: {"error": {"code": "notFound|ambiguous|notAuthorized|conflict|badRequest|azureRefused|azureUnavailable|
// unavailable|internal", "message": sentence}} with status 404, 409 (ambiguous, conflict, azureRefused), 403, 400 (413
// and 431 when too large, 405 for a wrong method), 503 (azureUnavailable, unavailable), 500. What Azure answers to a
// vms or points is told in its words: notFound, notAuthorized (so is a sign-in that fails), azureRefused, or
// azureUnavailable for what may pass; of a dry run it is the answer's "problem".
// Every response to a request has the header Azrestored-Time: the daemon's time (RFC 3339), to which the times in the
// response refer. It differs from the machine's time after that one was set (daemon/os/monotonic_utc_clock.hpp).
// The caller is identified by SO_PEERCRED; only root and the daemon's own user may speak. Who may not, and whoever
// comes when all places are taken, is answered without being read, and the connection is closed.
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

/// Of one request: line, headers and body together.
inline constexpr std::size_t max_control_header_bytes = 8U << 10U;
inline constexpr std::size_t max_control_body_bytes = (64U << 10U) - max_control_header_bytes;

inline constexpr int default_jobs_per_page = 100;
inline constexpr int most_jobs_per_page = 200;

/// The target of a request, decoded: "/v1/jobs/a%20b?watch=1" is {"v1", "jobs", "a b"} and {watch: 1}.
struct ControlTarget {
  std::vector<std::string> path;
  std::map<std::string, std::string> query;

  /// nullopt when it does not begin with "/" or an escape is malformed.
  static std::optional<ControlTarget> parse(std::string_view text);

  [[nodiscard]] std::string text() const;
};

}  // namespace azrestored
