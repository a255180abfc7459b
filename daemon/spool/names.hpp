// The rules of the spool that need no disk: which names are accepted, the name of a file in each folder, and when a
// file counts as finished. Pure. This is the grammar of the names below {spool} (azrestored(8), FILES):
//
//   incoming/NAME                    NAME = 1 to 200 of [A-Za-z0-9._-], and ends in ".json"
//   claimed/ID~NAME                  ID = the job's id; '~' is in no NAME, so both parts can be read back. An earlier
//                                    azrestored took names without ".json" too
//   accepted/ID.json
//   rejected/NAME, NAME~2, NAME~3 ... each with a file of the same name and ".reason" beside it
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/job/job.hpp"

namespace azrestored {

/// The longest accepted name, in bytes. It leaves room for an id before it and "~N.reason" after it (NAME_MAX is 255).
inline constexpr std::size_t max_spool_name_bytes = 200;

/// A file that has not changed for this long counts as complete.
inline constexpr Millis quiet_time = std::chrono::seconds(1);

enum class NameKind {
  job_file,
  ignored,  // a dotfile, or an ending that clients give to a file while they write it: not reported
  foreign,  // outside the rules: stays where it is and is reported once
};

NameKind kind_of_name(std::string_view name);

/// Why a name that is no job file's is not taken, and what to do, without control characters.
std::string why_not_taken(std::string_view name);

/// The same for a foreign name, as a sentence for the log.
std::string foreign_name_reason(std::string_view name);

/// The same for a name in claimed/ that azrestored cannot have written.
std::string foreign_claim_reason(std::string_view name);

/// The job id in front of the name's ending, if there is one. azrestorectl names the files that it submits "ID.json".
std::optional<JobId> job_id_in_name(std::string_view name);

/// A file on its way from incoming/ into the store.
struct Claim {
  JobId id;
  std::string name;  // its name in incoming/

  /// "ID~NAME"
  [[nodiscard]] std::string file_name() const;
  /// Reads a name found in claimed/; nullopt if azrestored cannot have written it.
  static std::optional<Claim> parse(std::string_view file_name);
};

/// "ID.json"
std::string accepted_name(const JobId& id);

/// The n-th choice (from 1) for a refused file's name: NAME, NAME~2, NAME~3 ...
std::string rejected_name(std::string_view name, int choice);

/// "X.reason". No NAME ends with it (such files are foreign), so a reason is never mistaken for a refused file.
std::string reason_name(std::string_view rejected_name);

/// True if a file that last changed at `changed` is complete at `now`. `changed` is the ctime: no program can set it. A
/// change in the future counts as long ago: after the clock was set back, files must not wait for the old time.
bool is_quiet(Instant changed, Instant now);

/// The same for a file that may be unfinished: true if it has not changed for `settle_time`.
bool is_settled(Instant changed, Instant now, Millis settle_time);

}  // namespace azrestored
