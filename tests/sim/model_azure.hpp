// Azure as far as the promise "never twice, never none" needs it: restores that start once their POST takes effect,
// which may be long after the client has given up; operations that name a job; a job list that lags. Written against
// API.md, with no code of core/codec*. It survives the client's crashes, and counts.
#pragma once

#include <map>
#include <vector>

#include "core/ports.hpp"
#include "tests/sim/chance.hpp"

namespace azrestored::sim {

struct ModelRestore {
  std::string request_id;
  std::string vm;
  std::string job_id;
  std::string operation_id;
  Instant starts_at{};
  Instant operation_done_at{};
  Instant listed_at{};
  Instant ends_at{};
  std::string result;  // "Completed", ...
  bool operation_lost = false;
  bool cancelled = false;
  bool cross_region = false;  // listed and read in the secondary region only; cannot be cancelled
};

/// What may go wrong from now on. Off for the last stretch of a run, so that it must come to its end.
struct Trouble {
  bool on = true;
  Millis longest_effect = std::chrono::minutes(3);  // of a POST, after its answer was lost; below the quiet period
  Millis longest_list_lag = std::chrono::minutes(1);
};

class ModelAzure {
 public:
  ModelAzure(Chance& chance, Trouble& trouble) : chance_(chance), trouble_(trouble) {}

  /// What the client gets: an answer, or a failure.
  std::variant<HttpResponse, TransportFailure> serve(const HttpRequest& request, Instant now);

  /// Restores that did start, of one request id or of all.
  [[nodiscard]] const std::vector<ModelRestore>& restores() const { return restores_; }
  [[nodiscard]] const ModelRestore* restore_of(const std::string& request_id) const;
  [[nodiscard]] int started(const std::string& request_id) const;

 private:
  HttpResponse route(const HttpRequest& request, Instant now);
  std::variant<HttpResponse, TransportFailure> post_restore(const HttpRequest& request, Instant now);
  HttpResponse start(const HttpRequest& request, Instant starts_at);
  HttpResponse operation(const std::string& path, Instant now);
  HttpResponse preflight(const std::string& path);
  HttpResponse jobs(bool cross_region, Instant now);
  HttpResponse job(const std::string& id, bool cross_region, Instant now);
  HttpResponse cancel(const std::string& path, Instant now);

  Chance& chance_;
  Trouble& trouble_;
  std::vector<ModelRestore> restores_;
};

}  // namespace azrestored::sim
