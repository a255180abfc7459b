// azrestorectl points: the recovery points of a VM that match, newest first, with * at the one that a job with these
// filters in its "recoveryPoint" would restore.
#include "daemon/cli/connect/client.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/commands/inventory.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

/// With the column NOTE if Azure cannot restore one of the points.
Table point_table(bool has_notes) {
  std::vector<Table::Column> columns = {{""},
                                        {"TIME"},
                                        {"ID"},
                                        {"CONSISTENCY", Table::Fit::cut},
                                        {"TIER", Table::Fit::cut},
                                        {"DISKS", Table::Fit::optional, 5},
                                        {"ZONES", Table::Fit::optional, 5},
                                        {"ENCRYPTED", Table::Fit::optional, 9}};
  if (has_notes) columns.push_back({"NOTE", Table::Fit::cut, 12});
  return Table(std::move(columns));
}

/// "3", or "2 of 3" if not all attached disks were backed up.
std::string disks_text(const json& point) {
  const std::string included = scalar_text(member_of(point, "disks"));
  const std::string attached = scalar_text(member_of(point, "disksAttached"));
  return attached.empty() || attached == included ? included : included + " of " + attached;
}

void add_row(Table& table, const json& point, bool has_notes) {
  std::vector<std::string> zones;
  for (const json& zone : member_of(point, "zones")) zones.push_back(scalar_text(zone));
  const std::string tier = text_of(point, "tier");
  std::vector<Table::Cell> cells = {std::string(point.value("picked", false) ? "*" : ""),
                                    short_time(point, "time"),
                                    text_of(point, "id"),
                                    text_of(point, "consistency"),
                                    {tier, tier == "VaultArchive" ? Colour::yellow : Colour::none},
                                    disks_text(point),
                                    joined(zones),
                                    std::string(point.value("encrypted", false) ? "yes" : "")};
  if (has_notes) cells.emplace_back(text_of(point, "obstacle"), Colour::red);
  table.add(std::move(cells));
}

std::string comma_list(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::map<std::string, std::string> query_of(const Points& command) {
  auto query = query_of(command.vault);
  query["vm"] = command.vm;
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) query[name] = value;
  };
  put("before", command.before);
  put("after", command.after);
  put("notOlderThan", command.not_older_than);
  put("consistency", comma_list(command.consistency));
  put("tier", comma_list(command.tier));
  return query;
}

}  // namespace

ExitCode run(Context& context, const Points& command) {
  const Console& console = context.console();
  const auto socket = context.socket();
  if (!socket) return console.fail(socket.error());
  const Answer answer = Client(*socket).get(control_target({"points"}, query_of(command)), long_patience);
  if (!answer) return console.fail(answer.error());
  const json& points = answer->at("points");
  if (points.empty()) return console.fail({"notFound", text_of(*answer, "whyNone")});
  const bool has_notes =
      std::ranges::any_of(points, [](const json& point) { return !text_of(point, "obstacle").empty(); });
  Table table = point_table(has_notes);
  for (const json& point : points) console.json() ? console.result(point) : add_row(table, point, has_notes);
  if (console.json()) return ExitCode::done;
  console.table(table);
  if (const std::string none = text_of(*answer, "whyNone"); !none.empty()) console.note("none is chosen: " + none);
  const auto total = answer->value("total", std::size_t{0});
  if (points.size() < total)
    console.note(std::to_string(points.size()) + " of the VM's " + std::to_string(total) + " recovery points match");
  return ExitCode::done;
}

}  // namespace azrestored::cli
