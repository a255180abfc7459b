// Reads a whole large database for damage while it is in use already: on a thread of its own, with the least priority,
// over a connection that only reads. Small ones are checked before they are opened (sqlite_store.cpp); with four
// gigabytes of finished jobs, that would have a daemon that must go on with thousands of restores wait for minutes.
// What it finds late is found by SQLite itself as soon as anybody touches it.
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
  /// Breaks it off.
  ~HealthCheck();

  /// `corrupt`, once damage was found. Any thread.
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
