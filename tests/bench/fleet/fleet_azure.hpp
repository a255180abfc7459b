// The part of Azure that a fleet's restore needs: vaults with many VMs, restores with random durations, and the limits
// that count every request (limits.hpp). No faults and no lost responses: these are in tests/sim. Lists come in pages
// of 200 rows, newest first, and may be narrowed by the start of the jobs and by their status (azure-backup-api.md
// 5.2).
#pragma once

#include <vector>

#include "tests/bench/fleet/limits.hpp"

namespace azrestored::bench {

inline constexpr int page_size = 200;

/// The VMs to restore: number i is in vault i % vaults.
struct Fleet {
  int vaults = 10;
  std::vector<Millis> durations;  // of each restore; lognormal, median 40 minutes

  [[nodiscard]] int size() const { return static_cast<int>(durations.size()); }
  [[nodiscard]] int vault_of(int number) const { return number % vaults; }

  [[nodiscard]] std::string group_id(int vault) const;
  [[nodiscard]] std::string vault_id(int vault) const;
  [[nodiscard]] static std::string vm_name(int number);
  [[nodiscard]] std::string vm_id(int number) const;
};

/// The same fleet for the same seed.
Fleet make_fleet(int size, int vaults, std::uint64_t seed);

struct Restore {
  Instant started_at{};
  Instant job_at{};  // from then on the operation names the job, and the list shows it
  Instant ends_at{};
  int times = 0;  // number of starts: must not exceed one
  std::string request_id;
};

class FleetAzure {
 public:
  FleetAzure(const Fleet& fleet, Limits limits, std::uint64_t seed);

  static constexpr const char* endpoint = "https://management.contoso.example";

  /// The response to a request that arrives now.
  HttpResponse serve(const HttpRequest& request, Instant now);

  [[nodiscard]] const std::vector<Restore>& restores() const { return restores_; }
  [[nodiscard]] const std::map<std::string, Tally>& tallies() const { return gate_.tallies(); }
  /// The number of started lists of a vault's jobs, and of reads of single jobs.
  [[nodiscard]] int lists() const { return lists_; }
  [[nodiscard]] int gets() const { return gets_; }

 private:
  HttpResponse route(const std::string& method, const std::string& path, const HttpRequest& request, Instant now);
  [[nodiscard]] HttpResponse items(int vault, const std::string& url) const;
  HttpResponse start(int number, const HttpRequest& request, Instant now);
  [[nodiscard]] HttpResponse operation(int number, Instant now) const;
  HttpResponse jobs(int vault, const std::string& url, Instant now);
  [[nodiscard]] std::string job_row(int number, Instant now) const;

  const Fleet& fleet_;
  Gate gate_;
  std::uint64_t state_;  // of the random durations of operations
  std::vector<Restore> restores_;
  std::vector<std::vector<int>> by_vault_;  // in the order of their start
  int lists_ = 0;
  int gets_ = 0;
};

}  // namespace azrestored::bench
