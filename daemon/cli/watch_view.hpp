// What `watch` shows, given the jobs' details again and again: on a terminal a block that is drawn over itself,
// elsewhere a line for each change, with --json an object for each change.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/instant.hpp"
#include "daemon/cli/console.hpp"
#include "daemon/cli/terminal.hpp"

namespace azrestored::cli {

class WatchView {
 public:
  virtual ~WatchView() = default;
  /// `jobs` as GET /v1/jobs/{job} gives them, always in the same order.
  virtual void update(const std::vector<nlohmann::json>& jobs, Instant now) = 0;
  /// Says something beside the jobs; "" takes it back where that can be done.
  virtual void remark(const std::string& sentence) = 0;
  /// After the last update: what a cut line could not tell.
  virtual void finish(const std::vector<nlohmann::json>& jobs) = 0;
};

/// The view that fits where standard output goes.
std::unique_ptr<WatchView> make_watch_view(const Console& console);

/// The block for a terminal of that size, a text per line: as many jobs as fit, those under way first. Pure.
std::vector<std::string> watch_block(const std::vector<nlohmann::json>& jobs, const std::string& remark, Instant now,
                                     TerminalSize size, bool colours);

/// The line for a job's change, without its time: "1a2b3c4d  web01-drill  tracking  40 %  Azure job ...". Pure.
std::string watch_line(const nlohmann::json& job);

}  // namespace azrestored::cli
