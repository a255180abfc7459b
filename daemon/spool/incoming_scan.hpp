// A look at some names in incoming/: which files are finished, which are still being written, which are not for us.
// Blocks; called from SpoolInbox's disk thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/spool/folder.hpp"

namespace azrestored {

struct IncomingScan {
  std::vector<SeenFile> finished;
  /// After this, the last of the unfinished files can be looked at again. The last, not the first: a spool that many
  /// write to is scanned once a second or two, not once a file.
  std::optional<Millis> all_quiet_after;
  /// Name, and why it is left alone.
  std::vector<std::pair<std::string, Skipped>> left_alone;
};

IncomingScan scan_names(const std::vector<std::string>& names, const SpoolFolder& folder, Instant now);

}  // namespace azrestored
