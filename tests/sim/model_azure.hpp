// Azure as far as the invariants need it. A restore starts when its POST takes effect, which may be long after the
// client's timeout. An operation names a backup job, or is lost. The job list is delayed, comes in pages, and shows
// only the requested window. Written from azure-backup-api.md without code of core/wire. It survives the client's
// crashes, counts, and uses the true time.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "core/wire/requests.hpp"
#include "tests/sim/invariants.hpp"
#include "tests/sim/weather.hpp"

namespace azrestored::sim {

struct ModelRestore {
  std::string job;  // the job that the restore is for: the storage account names it
  int attempt = 0;
  std::string vault;
  std::string request_id;
  std::string vm;
  std::string job_id;
  std::string operation_id;
  Instant starts_at{};
  Instant operation_visible_at{};
  Instant operation_done_at{};
  Instant listed_at{};
  Instant ends_at{};
  std::optional<Instant> cancelled_at;
  std::string result;  // "Completed", ...
  bool stillborn = false;
  bool operation_lost = false;
  bool cross_region = false;  // listed and read in the secondary region only; cannot be cancelled
  bool from_archive = false;

  [[nodiscard]] std::string status(Instant now) const;
};

class ModelAzure {
 public:
  /// `attempt_of` returns which attempt of a job is under way.
  ModelAzure(Chance& chance, Weather& weather, Invariants& invariants,
             std::function<int(const std::string&)> attempt_of);

  /// What the client gets: an answer or a failure.
  std::variant<HttpResponse, TransportFailure> serve(const HttpRequest& request, Instant now);

  /// How the first restores end; later ones end at random.
  std::deque<std::string> results;
  /// The duration of the shortest and of the longest restore.
  Millis shortest = std::chrono::seconds(1);
  Millis longest = std::chrono::hours(1);

  [[nodiscard]] int token() const { return token_; }
  [[nodiscard]] int requests() const { return requests_; }
  /// The true result of each attempt of the job, after everything has ended.
  [[nodiscard]] std::vector<TrueAttempt> attempts(const std::string& job, std::size_t count) const;

 private:
  HttpResponse route(const HttpRequest& request, Instant now);
  std::variant<HttpResponse, TransportFailure> post_restore(const HttpRequest& request, Instant now);
  HttpResponse start(const HttpRequest& request, Instant starts_at, bool stillborn);
  HttpResponse operation(const std::string& path, Instant now);
  HttpResponse preflight(const std::string& path);
  HttpResponse jobs(const HttpRequest& request, bool cross_region, Instant now);
  HttpResponse job(const std::string& id, bool cross_region, Instant now);
  HttpResponse cancel(const std::string& path, Instant now);
  TrueAttempt& attempt_of(const std::string& job);

  Chance& chance_;
  Weather& weather_;
  Invariants& invariants_;
  std::function<int(const std::string&)> current_attempt_;
  std::size_t page_size_;
  int token_ = 1;  // the oldest one that is accepted
  int requests_ = 0;
  std::vector<ModelRestore> restores_;
  std::map<std::string, std::vector<TrueAttempt>> attempts_;
};

}  // namespace azrestored::sim
