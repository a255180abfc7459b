// The producer's side of the spool (rules: daemon/spool/names.hpp). A file appears in incoming/ complete and durable,
// or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/job/job.hpp"

namespace azrestored::cli {

/// Writes {spool}/incoming/{id}.json; the daemon gives the job this id. Steps: a temporary name that the daemon
/// ignores, fsync, rename, fsync of the folder. On success the job cannot be lost any more. Errors: refused, with the
/// reason, and no file remains; transient, the file exists but may not survive a power cut.
Result<void> drop_into_spool(const std::string& spool, const JobId& id, std::string_view text);

/// Why the daemon rejected that file, a sentence for each fault. Empty if it has not, or if we may not read the reason.
std::vector<std::string> refusal_in_spool(const std::string& spool, const JobId& id);

}  // namespace azrestored::cli
