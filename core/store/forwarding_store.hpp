// Forwards every call to another store, which must outlive this one. A derived class overrides single calls, for
// example to inject a fault or to measure.
#pragma once

#include <utility>

#include "core/admission/admission.hpp"
#include "core/base/result.hpp"
#include "core/job/job.hpp"
#include "core/job/new_job.hpp"
#include "core/store/job_store.hpp"

namespace azrestored {

class ForwardingStore : public JobStore {
 public:
  explicit ForwardingStore(JobStore& store) : store_(store) {}

  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override {
    return store_.insert(std::move(entries));
  }
  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override {
    return store_.save(std::move(job), std::move(line));
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
  asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                      std::optional<ConcurrencyLimit> cap) override {
    return store_.queue_position(std::move(id), cap);
  }
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override { return store_.list(std::move(query)); }
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override { return store_.find(std::move(text)); }
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override { return store_.history(std::move(id)); }
  asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() override {
    return store_.count_by_state();
  }

 protected:
  JobStore& store_;
};

}  // namespace azrestored
