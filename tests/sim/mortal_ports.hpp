// The daemon's ports in a simulated run. They reach the model of Azure and the rows that outlive the daemon, and they
// fail during faults. The daemon dies in them: before a call, or after the call has had its effect.
#pragma once

#include "core/arm/token_source.hpp"
#include "core/http/transport.hpp"
#include "core/store/forwarding_store.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/sim/model_azure.hpp"
#include "tests/support/virtual_time.hpp"

namespace azrestored::sim {

/// Decides at which port call the daemon dies. The calls of a dying daemon never return.
class CrashInjector {
 public:
  CrashInjector(Chance& chance, const Weather& weather, int one_in, std::vector<int> at_calls)
      : chance_(chance), weather_(weather), one_in_(one_in), at_calls_(std::move(at_calls)) {}

  bool dies_here() {
    if (dead_) return true;
    ++calls_;
    const bool by_order = next_ < at_calls_.size() && at_calls_[next_] == calls_;
    if (by_order) ++next_;
    dead_ = by_order || (weather_.on && one_in_ > 0 && chance_.one_in(one_in_));
    return dead_;
  }
  [[nodiscard]] bool dead() const { return dead_; }
  void revive() { dead_ = false; }
  [[nodiscard]] int calls() const { return calls_; }

 private:
  Chance& chance_;
  const Weather& weather_;
  const int one_in_;
  const std::vector<int> at_calls_;  // ascending
  std::size_t next_ = 0;
  bool dead_ = false;
  int calls_ = 0;
};

/// The disk of the store. A failed commit changes nothing.
struct ModelDisk {
  int fails_one_in = 0;  // calls; 0: never
  Instant full_from{};   // true time; no commit succeeds while the disk is full
  Instant full_until{};

  [[nodiscard]] bool fails(Chance& chance, Instant now) const {
    return (now >= full_from && now < full_until) || (fails_one_in > 0 && chance.one_in(fails_one_in));
  }
};

/// The objects that all ports share.
struct Surroundings {
  Chance& chance;
  Weather& weather;
  Invariants& invariants;
  CrashInjector& reaper;
  ModelAzure& azure;
  ModelDisk& disk;
  const std::function<void(const std::string&)>& report;
};

class CrashingStore final : public ForwardingStore {
 public:
  CrashingStore(Surroundings around, VirtualTime& time, MemoryStore& memory)
      : ForwardingStore(memory), around_(around), time_(time), memory_(memory) {}

  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override;
  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override;
  asio::awaitable<Result<Job>> load(JobId id) override;
  asio::awaitable<Result<std::string>> spec(JobId id) override;
  asio::awaitable<Result<std::vector<Job>>> claim(int limit, Admission admission) override;
  asio::awaitable<Result<std::vector<Job>>> resume(int limit, std::optional<JobId> after) override;
  asio::awaitable<Result<void>> release_claims(std::optional<JobId> after) override;

 private:
  bool fails();
  void watch(const std::vector<Job>& claimed);

  Surroundings around_;
  VirtualTime& time_;
  MemoryStore& memory_;
};

class CrashingTransport final : public Transport {
 public:
  CrashingTransport(Surroundings around, VirtualTime& time) : around_(around), time_(time) {}
  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override;

 private:
  Surroundings around_;
  VirtualTime& time_;
};

/// Signs in again after the token was refused; sometimes the sign-in fails.
class CrashingTokens final : public TokenSource {
 public:
  CrashingTokens(Surroundings around, VirtualTime& time) : around_(around), time_(time), held_(around.azure.token()) {}
  asio::awaitable<Result<std::string>> token() override;
  void refused(const std::string& token) override;

 private:
  Surroundings around_;
  VirtualTime& time_;
  int held_;
};

}  // namespace azrestored::sim
