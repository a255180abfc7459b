// The search for the backup job of a POST whose outcome is unknown: which backup jobs Azure is to list, and what their
// list says. The result decides whether a second POST goes out. Pure; core/engine/perform_restore.cpp requests the list.
#pragma once

#include <optional>
#include <span>

#include "core/azure/backup_job.hpp"
#include "core/base/instant.hpp"
#include "core/job/event.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The start times, by Azure's clock, of the backup jobs that are listed.
struct SearchWindow {
  Instant from{};
  Instant to{};

  /// Around both times: now, and that of the POST. They lie far apart when our clock was set in between.
  static SearchWindow around(Instant now, Instant posted_at);

  /// The list is good for a search: the time at which Azure served it is in the window, or Azure gave none.
  [[nodiscard]] bool covers(std::optional<Instant> azure_time) const;
  void widen_to(Instant at);
};

/// When a list of backup jobs was read.
struct ListTimes {
  Instant began_at{};                   // by our clock
  std::optional<Instant> azure_time{};  // by Azure's clock, when it gave the time
};

/// What the list says of the job: SearchFound with the backup job that carries our request id; SearchContradicted when
/// several do, or one that restores another VM; SearchEmpty when none does. `rows` may have a backup job twice, and are
/// all backup jobs of the window.
Event searched(std::span<const JobRow> rows, const Job& job, const ListTimes& times);

}  // namespace azrestored
