// Implements the store's ports with maps, for tests and simulations. It returns the same results as SqliteStore; the
// contract tests check both. No call waits. One thread uses it. The rows can outlive the store and be passed to another
// store with the same or another owner. So a test can simulate a crash or a second host.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "core/admission/admission.hpp"
#include "core/job/new_job.hpp"
#include "core/store/finished_jobs.hpp"
#include "core/store/job_store.hpp"
#include "core/store/store_health.hpp"

namespace azrestored {

class MemoryStore final : public JobStore, public FinishedJobs, public StoreHealth {
 public:
  struct Row {
    Job job;
    std::string spec;
    std::string claimed_by;  // "": not claimed
    std::vector<HistoryLine> history;
    std::string lane{};  // cached at first use; the lane of a job does not change
  };
  using Rows = std::map<JobId, Row>;

  explicit MemoryStore(std::string owner = "memory", std::shared_ptr<Rows> rows = std::make_shared<Rows>());

  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override;
  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override;
  asio::awaitable<Result<Job>> load(JobId id) override;
  asio::awaitable<Result<std::string>> spec(JobId id) override;
  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override;
  asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) override;
  asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) override;
  asio::awaitable<Result<std::optional<std::int64_t>>> queue_position(JobId id,
                                                                      std::optional<ConcurrencyLimit> cap) override;
  asio::awaitable<Result<std::vector<Job>>> list(JobQuery query) override;
  asio::awaitable<Result<std::vector<Job>>> find(std::string text) override;
  asio::awaitable<Result<std::vector<HistoryLine>>> history(JobId id) override;
  asio::awaitable<Result<std::vector<std::pair<std::string, std::int64_t>>>> count_by_state() override;
  asio::awaitable<Result<std::vector<JobId>>> finished(Instant before, int limit) override;
  asio::awaitable<Result<int>> remove(std::vector<JobId> ids, Instant before) override;

  [[nodiscard]] std::optional<Error> fatal_error() const override { return std::nullopt; }
  asio::awaitable<Result<std::optional<Instant>>> last_success() override;
  [[nodiscard]] LatencyHistogram::Snapshot commit_latencies() const override { return {}; }  // nothing waits for a disk

  /// What is stored, for a test to look at.
  [[nodiscard]] const Rows& rows() const { return *rows_; }

 private:
  void claim_queued(int limit, Admission& admission, std::vector<Job>& jobs);
  [[nodiscard]] std::vector<const Row*> in_line() const;
  [[nodiscard]] std::vector<const Row*> by_age() const;
  [[nodiscard]] bool is_behind(const Row& row, const std::optional<JobId>& after) const;

  std::string owner_;
  std::shared_ptr<Rows> rows_;
};

}  // namespace azrestored
