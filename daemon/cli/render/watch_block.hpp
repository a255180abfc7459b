// The block that `watch` draws on a terminal: for each job a line with a bar, below it the reason if the job is in
// trouble, then the totals. Pure: the same jobs, time and size give the same lines.
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
  bool last = false;     // the block that stays on the screen: all jobs in trouble, reasons not cut
};

/// At most size.rows - 1 lines of at most size.columns columns, unless style.last. If not all jobs fit, shows those in
/// trouble, then those in progress, and counts the rest.
std::vector<std::string> watch_block(const std::vector<nlohmann::json>& jobs, const std::string& remark, Instant now,
                                     const BlockStyle& style);

}  // namespace azrestored::cli
