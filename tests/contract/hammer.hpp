// Starts store_hammer on a database, reads what it confirms, and kills it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>

#include "core/job/job.hpp"

namespace azrestored {

class Hammer {
 public:
  Hammer(const std::string& database, unsigned seed);
  Hammer(const Hammer&) = delete;
  Hammer& operator=(const Hammer&) = delete;
  ~Hammer();

  /// Waits for that many confirmed changes. Throws after 30 seconds.
  void listen(int confirmations);

  /// SIGKILL; afterwards confirmed() holds everything that was confirmed.
  void kill();

  /// The highest confirmed version of each job.
  [[nodiscard]] const std::map<JobId, std::int64_t>& confirmed() const { return confirmed_; }

 private:
  bool read_some();
  void note(const std::string& line);

  pid_t process_ = -1;
  int output_ = -1;
  std::string unread_;
  int lines_ = 0;
  std::map<JobId, std::int64_t> confirmed_;
};

}  // namespace azrestored
