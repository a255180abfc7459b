#include "daemon/spool/incoming_scan.hpp"

#include <algorithm>

namespace azrestored {
namespace {

/// Adds the result for one file to the list for its kind.
struct Sort {
  const std::string& name;
  IncomingScan& round;

  void operator()(const Gone&) const {}
  void operator()(NotQuiet& busy) const {
    round.all_quiet_after = std::max(busy.left, round.all_quiet_after.value_or(busy.left));
    if (busy.file) round.changing.push_back(std::move(*busy.file));
  }
  void operator()(const Unfinished& file) const {
    round.next_refusal_after = std::min(file.left, round.next_refusal_after.value_or(file.left));
    round.unfinished.emplace_back(name, file);
  }
  void operator()(Skipped& left) const { round.left_alone.emplace_back(name, std::move(left)); }
  void operator()(SeenFile& file) const { round.finished.push_back(std::move(file)); }
};

}  // namespace

IncomingScan scan_names(const std::vector<std::string>& names, const SpoolFolder& folder, const LookOptions& options) {
  IncomingScan round;
  for (const std::string& name : names) {
    const Sort sort{name, round};
    switch (kind_of_name(name)) {
      case NameKind::ignored:
        break;
      case NameKind::foreign:
        round.left_alone.emplace_back(name, Skipped{0, foreign_name_reason(name)});
        break;
      case NameKind::job_file: {
        FileLook look = folder.look_at(name, options);
        std::visit(sort, look);
        break;
      }
    }
  }
  return round;
}

}  // namespace azrestored
