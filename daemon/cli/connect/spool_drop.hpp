// The producer's side of the spool (its rules: daemon/spool/names.hpp): a file appears in incoming/ whole and durable,
// or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored::cli {

/// Writes {spool}/incoming/{id}.json, whose job the daemon will give that id: a temporary name that the daemon passes
/// over, fsync, rename, fsync of the folder. When it returns well the job cannot be lost any more. refused: why it
/// cannot be done; nothing is left behind. transient: the file is there, but may not survive a power cut.
Result<void> drop_into_spool(const std::string& spool, const JobId& id, std::string_view text);

/// Why the daemon refused that file, a sentence for each fault; none as long as it has not, or we may not look.
std::vector<std::string> refusal_in_spool(const std::string& spool, const JobId& id);

}  // namespace azrestored::cli
