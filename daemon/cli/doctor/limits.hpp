// Where `doctor` draws its lines: how much room a disk needs, how wrong a clock may be, how little may be left of a
// budget. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/instant.hpp"
#include "daemon/cli/doctor/report.hpp"

namespace azrestored::cli {

/// A file system, as statvfs tells it: what may still be written, of all. Inodes are 0 of 0 where they are made as
/// needed.
struct Room {
  std::uint64_t free_bytes = 0;
  std::uint64_t all_bytes = 0;
  std::uint64_t free_inodes = 0;
  std::uint64_t all_inodes = 0;
};

/// warning under 1 GiB or 5 %, problem under 100 MiB; the same of inodes under 10,000 or 5 %, and under 1,000.
Verdict verdict_on(const Room& room);
/// "49.0 GiB free of 252.0 GiB (19 %), 16137308 inodes free"
std::string room_text(const Room& room);

/// Either way: warning from two minutes on; problem from five on, where tokens and signed requests are refused.
Verdict verdict_on_clock(Millis ahead);

/// warning when less than a tenth is left, which azrestored keeps back for cancels, doubts and people.
Verdict verdict_on_budget(std::int64_t left, std::int64_t limit);

}  // namespace azrestored::cli
