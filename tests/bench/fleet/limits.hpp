// Azure's limits for a subscription, enforced for each request (azure-backup-api.md 9.1, 9.2): ARM's two token buckets,
// and the backup provider's quota of N reads per hour for each action, in the two recorded forms: windows of an hour
// that start with a request (2023), and a quota that refills continuously (2025). A refused request uses no quota.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/instant.hpp"
#include "core/http/message.hpp"

namespace azrestored::bench {

enum class BudgetForm { window, refill };

/// 0: no limit.
struct Limits {
  int job_reads = 150;    // backupJobs/read, an hour
  int other_reads = 150;  // each other action of the provider, an hour
  BudgetForm form = BudgetForm::window;
};

/// A token bucket.
class Bucket {
 public:
  Bucket(double size, double per_second) : size_(size), per_second_(per_second), left_(size) {}
  /// Nothing if the request may pass, otherwise the seconds until the next one may.
  std::optional<int> take(Instant now);
  [[nodiscard]] int left() const { return static_cast<int>(left_); }

 private:
  double size_;
  double per_second_;
  double left_;
  Instant at_{};
};

/// N requests in each hour, counted from the first.
class Window {
 public:
  explicit Window(int size) : size_(size) {}
  std::optional<int> take(Instant now);
  [[nodiscard]] int left() const { return size_ - used_; }

 private:
  int size_;
  int used_ = 0;
  Instant ends_at_{};
};

/// The number of requests for an action, and of refusals.
struct Tally {
  int asked = 0;
  int refused = 0;
};

class Gate {
 public:
  explicit Gate(Limits limits) : limits_(limits) {}

  /// The refusal (429), or nothing. `left` is then the value of
  /// x-ms-ratelimit-remaining-subscription-resource-requests.
  std::optional<HttpResponse> refusal(const std::string& action, Instant now, std::optional<int>& left);

  [[nodiscard]] const std::map<std::string, Tally>& tallies() const { return tallies_; }

 private:
  std::optional<int> take_of_hour(const std::string& action, int size, Instant now, std::optional<int>& left);

  const Limits limits_;
  Bucket reads_{250, 25};
  Bucket writes_{200, 10};
  std::map<std::string, Bucket> refilling_;
  std::map<std::string, Window> windows_;
  std::map<std::string, Tally> tallies_;
};

}  // namespace azrestored::bench
