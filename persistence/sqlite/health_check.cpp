#include "persistence/sqlite/health_check.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "persistence/sqlite/migrations.hpp"

namespace azrestored {

HealthCheck::HealthCheck(std::string path) : path_(std::move(path)), thread_([this] { work(); }) {}

HealthCheck::~HealthCheck() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (reading_ != nullptr) sqlite3_interrupt(reading_->handle());
  }
  thread_.join();
}

std::optional<Error> HealthCheck::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

void HealthCheck::work() {
  constexpr int min_priority = 19;
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), min_priority);  // of this thread only
  try {
    Database database(path_, Database::Mode::read_only);
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      reading_ = &database;
    }
    std::optional<Error> found;
    try {
      check_health(database, path_);
    } catch (const DatabaseFailure& failure) {
      found = failure.error();
    }
    const std::lock_guard lock(mutex_);
    reading_ = nullptr;
    // The result of a cancelled check means nothing.
    if (found && found->kind() == ErrorKind::corrupt && !stopping_) damage_ = std::move(found);
  } catch (const std::exception&) {
    // No second connection, or no memory. The writer's connection will report the problem.
  }
}

}  // namespace azrestored
