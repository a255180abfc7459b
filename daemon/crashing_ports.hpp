// The store and the transport with marked places around them where a test can kill the daemon (crash_point.hpp):
//   save.STATE.before, save.STATE.after      around each save of a job that goes into STATE
//   post.before, post.after                  around the restore POST, cross-region or not; after: the answer is there,
//   but not saved get.before, get.after                    around every other exchange
// Used in test builds only; the core stays free of it.
#pragma once

#include "core/ports.hpp"
#include "daemon/crash_point.hpp"

namespace azrestored {

class CrashingStore final : public JobStore {
 public:
  explicit CrashingStore(JobStore& store) : store_(store) {}

  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override {
    const std::string point = "save." + std::string(state_name(job.state));
    crash_point(point + ".before");
    auto saved = co_await store_.save(std::move(job), std::move(line));
    crash_point(point + ".after");
    co_return saved;
  }

  asio::awaitable<Result<void>> insert(NewJob job, HistoryLine line) override {
    return store_.insert(std::move(job), std::move(line));
  }
  asio::awaitable<Result<Job>> load(JobId id) override { return store_.load(std::move(id)); }
  asio::awaitable<Result<std::string>> spec(JobId id) override { return store_.spec(std::move(id)); }
  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override {
    return store_.claim(limit, std::move(admission));
  }
  asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) override {
    return store_.resume(limit, std::move(after));
  }
  asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) override {
    return store_.release_claims(std::move(after));
  }
  asio::awaitable<Result<std::optional<std::int64_t>>> place_in_line(JobId id, std::optional<Cap> cap) override {
    return store_.place_in_line(std::move(id), cap);
  }
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override { return store_.list(std::move(query)); }
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override { return store_.find(std::move(text)); }
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override { return store_.history(std::move(id)); }
  asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() override {
    return store_.count_by_state();
  }

 private:
  JobStore& store_;
};

class CrashingTransport final : public Transport {
 public:
  explicit CrashingTransport(Transport& transport) : transport_(transport) {}

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    const bool is_restore =
        request.method == "POST" && (request.url.find("/restore?") != std::string::npos ||
                                     request.url.find("/backupCrossRegionRestore?") != std::string::npos);
    const std::string point = is_restore ? "post" : "get";
    crash_point(point + ".before");
    auto answer = co_await transport_.exchange(std::move(request));
    crash_point(point + ".after");
    co_return answer;
  }

 private:
  Transport& transport_;
};

}  // namespace azrestored
