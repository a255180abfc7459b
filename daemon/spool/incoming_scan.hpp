// Examines names in incoming/: which files are finished, which are still being written, and which are not accepted.
// Blocks; SpoolInbox calls it on its disk thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/spool/folder.hpp"

namespace azrestored {

struct IncomingScan {
  std::vector<SeenFile> finished;
  /// The time until all files that changed just now can be examined again. The longest time, not the shortest: a spool
  /// with many writers is then scanned every second or two, and not once for each file.
  std::optional<Millis> all_quiet_after;
  std::vector<SeenFile> changing;  // these files
  /// The names of the files that end inside their JSON, and the time until the first of them is refused.
  std::vector<std::pair<std::string, Unfinished>> unfinished;
  std::optional<Millis> next_refusal_after;
  /// The names of the files that are left alone, each with the reason.
  std::vector<std::pair<std::string, Skipped>> left_alone;
};

IncomingScan scan_names(const std::vector<std::string>& names, const SpoolFolder& folder, const LookOptions& options);

}  // namespace azrestored
