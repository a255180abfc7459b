// Checks a large database for damage while it is in use: on a thread of its own, with the lowest priority, and with a
// connection that only reads. Small databases are checked before they are opened (sqlite_store.cpp). With four
// gigabytes of finished jobs that check would delay the start by minutes. Until it finds damage, SQLite itself reports
// damaged pages when they are used.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "persistence/sqlite/database.hpp"

namespace azrestored {

class HealthCheck {
 public:
  explicit HealthCheck(std::string path);
  HealthCheck(const HealthCheck&) = delete;
  HealthCheck& operator=(const HealthCheck&) = delete;
  /// Cancels the check.
  ~HealthCheck();

  /// `corrupt` if damage was found. Any thread.
  [[nodiscard]] std::optional<Error> damage() const;

 private:
  void work();

  const std::string path_;
  mutable std::mutex mutex_;  // guards the next three
  std::optional<Error> damage_;
  Database* reading_ = nullptr;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when everything else exists
};

}  // namespace azrestored
