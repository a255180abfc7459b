// The block that `watch` draws on a terminal: a line with a bar for each job, below it why it needs a person, and the
// totals. Pure: the same jobs, time and size give the same lines.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/cli/terminal/terminal.hpp"

namespace azrestored::cli {

struct BlockStyle {
  TerminalSize size;
  bool colours = false;
  bool compact = false;  // only the totals, and the jobs in trouble
  bool last = false;     // it stays: reasons are told whole, and every job in trouble
};

/// At most size.rows - 1 lines, none wider than size.columns, but for the last. When not all jobs fit, those that need
/// a person come first, then those under way, and the rest is a number.
std::vector<std::string> watch_block(const std::vector<nlohmann::json>& jobs, const std::string& remark, Instant now,
                                     const BlockStyle& style);

}  // namespace azrestored::cli
