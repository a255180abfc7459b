// Limits of `doctor`: free space, difference of clocks, and what is left of a quota. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/instant.hpp"
#include "daemon/cli/doctor/report.hpp"

namespace azrestored::cli {

/// Free and total space of a file system, from statvfs. File systems that create inodes as needed report 0 of 0.
struct Room {
  std::uint64_t free_bytes = 0;
  std::uint64_t all_bytes = 0;
  std::uint64_t free_inodes = 0;
  std::uint64_t all_inodes = 0;
};

/// Bytes: warning below 1 GiB or 5 %, problem below 100 MiB. Inodes: warning below 10,000 or 5 %, problem below 1,000.
CheckStatus verdict_on(const Room& room);
/// "49.0 GiB free of 252.0 GiB (19 %), 16137308 inodes free"
std::string room_text(const Room& room);

/// In both directions: warning above two minutes; problem above five, when tokens and signed requests are refused.
CheckStatus verdict_on_clock(Millis ahead);

/// warning below a tenth of the quota, which azrestored reserves for cancels, in-doubt searches and operators.
CheckStatus verdict_on_budget(std::int64_t left, std::int64_t limit);

}  // namespace azrestored::cli
