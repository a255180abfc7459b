#include "daemon/cli/watch_view.hpp"

#include <algorithm>

#include "daemon/cli/job_text.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

constexpr std::size_t short_id_length = 8;
constexpr std::size_t id_length = 36;

bool is_at_rest(const json& job) {
  return job.value("atRest", false);
}

std::string short_id(const json& job) {
  return text_of(job, "id").substr(0, short_id_length);
}

/// What there is to say beside the state: why it failed, or what it waits for when not for its job in Azure to end.
std::string note(const json& job) {
  const std::string failure = failure_text(job);
  if (!failure.empty() || !text_of(job, "azureJobId").empty()) return failure;
  const std::string waits_for = text_of(job, "waitsFor");
  return waits_for.empty() ? "" : "waits for " + waits_for;
}

/// The last part of a plain line.
std::string detail(const json& job) {
  const std::string azure_job = text_of(job, "azureJobId");
  if (azure_job.empty() || !failure_text(job).empty()) return note(job);
  const std::string azure_status = text_of(job, "azureStatus");
  return "Azure job " + azure_job + (azure_status.empty() ? "" : ", " + azure_status);
}

/// Drawn over itself. The lines are cut to the terminal's width, for one that wraps would take two rows.
class LiveView final : public WatchView {
 public:
  explicit LiveView(const Console& console) : console_(console) {}

  void update(const std::vector<json>& jobs, Instant now) override {
    std::string text = drawn_ > 0 ? "\033[" + std::to_string(drawn_) + "A" : "";
    const auto lines = watch_block(jobs, remark_, now, terminal_size(), wants_colour());
    for (const std::string& line : lines) text += "\r\033[K" + line + "\n";
    console_.text(text + "\033[J");
    drawn_ = lines.size();
  }
  void remark(const std::string& sentence) override { remark_ = sentence; }
  void finish(const std::vector<json>& jobs) override {
    for (const json& job : jobs) {
      const std::string failure = failure_text(job);
      if (!failure.empty()) console_.text(harmless(text_of(job, "name") + ": " + failure) + "\n");
    }
  }

 private:
  const Console& console_;
  std::string remark_;
  std::size_t drawn_ = 0;  // lines of the block on the screen
};

/// A line, or an object, for each change.
class ChangeView final : public WatchView {
 public:
  explicit ChangeView(const Console& console) : console_(console) {}

  void update(const std::vector<json>& jobs, Instant now) override {
    shown_.resize(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      std::string line = watch_line(jobs[i]);
      if (line == shown_[i]) continue;
      if (console_.json()) {
        json change = jobs[i];
        change.erase("history");
        change["at"] = to_rfc3339(now);
        console_.result(change);
      } else {
        console_.text(to_rfc3339(std::chrono::floor<std::chrono::seconds>(now)) + "  " + line + "\n");
      }
      shown_[i] = std::move(line);
    }
  }
  void remark(const std::string& sentence) override {
    if (!sentence.empty()) console_.note(sentence);
  }
  void finish(const std::vector<json>&) override {}

 private:
  const Console& console_;
  std::vector<std::string> shown_;  // by job
};

}  // namespace

std::unique_ptr<WatchView> make_watch_view(const Console& console) {
  if (is_terminal() && !console.json()) return std::make_unique<LiveView>(console);
  return std::make_unique<ChangeView>(console);
}

std::string watch_line(const json& job) {
  std::string line;
  for (const std::string& part : {short_id(job), text_of(job, "name"), text_of(job, "virtualMachine"),
                                  text_of(job, "state"), percent_text(job), detail(job)}) {
    if (!part.empty()) line += (line.empty() ? "" : "  ") + part;
  }
  return harmless(line);
}

std::vector<std::string> watch_block(const std::vector<json>& jobs, const std::string& remark, Instant now,
                                     TerminalSize size, bool colours) {
  std::vector<const json*> order;
  for (const json& job : jobs) order.push_back(&job);
  // Rows for the titles, what was left out, the remark, and the cursor below.
  const std::size_t room = size.rows > 5 ? size.rows - 4 : 1;
  if (order.size() > room) {
    std::stable_partition(order.begin(), order.end(), [](const json* job) { return !is_at_rest(*job); });
    order.resize(room);
  }

  Table table({{"JOB"},
               {"NAME", Table::Fit::cut},
               {"VM", Table::Fit::optional},
               {"STATE"},
               {"%"},
               {"AGE"},
               {"NOTE", Table::Fit::optional, 20},
               {"AZURE JOB", Table::Fit::optional, id_length}});
  for (const json* job : order) {
    const std::string state = text_of(*job, "state");
    table.add({short_id(*job),
               text_of(*job, "name"),
               text_of(*job, "virtualMachine"),
               {state, colour_of_state(state)},
               percent_text(*job),
               age_text(*job, "created", now),
               note(*job),
               text_of(*job, "azureJobId")});
  }
  Table::Options options;
  options.width = size.columns;
  options.colours = colours;
  std::vector<std::string> lines = table.lines(options);
  if (order.size() < jobs.size()) {
    lines.push_back(cut_to("... and " + std::to_string(jobs.size() - order.size()) + " more", size.columns));
  }
  if (!remark.empty()) lines.push_back(cut_to(harmless(remark), size.columns));
  return lines;
}

}  // namespace azrestored::cli
