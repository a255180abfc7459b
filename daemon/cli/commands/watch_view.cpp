#include "daemon/cli/commands/watch_view.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/render/totals.hpp"
#include "daemon/cli/render/watch_block.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/cli/terminal/screen.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

/// The last part of a plain line: the reason of a failure, the backup job, or what the job waits for.
std::string detail(const json& job) {
  const std::string failure = failure_text(job);
  const std::string azure_job = text_of(job, "azureJobId");
  if (!failure.empty()) return failure;
  if (azure_job.empty()) {
    const std::string waits_for = text_of(job, "waitsFor");
    return waits_for.empty() ? "" : "waits for " + waits_for;
  }
  const std::string azure_status = text_of(job, "azureStatus");
  return "backup job " + azure_job + (azure_status.empty() ? "" : ", " + azure_status);
}

/// Redraws the block on the terminal's alternate screen, so that a change of the window's size leaves no remains of it.
/// At the end the previous screen returns, with the last block below.
class LiveView final : public ProgressObserver {
 public:
  LiveView(const Console& console, bool compact) : console_(console), compact_(compact) {}

  void update(const std::vector<json>& jobs, Instant now) override {
    last_look_ = now;
    if (std::ranges::all_of(jobs, is_at_rest)) return;  // nothing to follow
    if (!screen_) screen_.emplace();
    std::string text = "\033[H";
    for (const std::string& line : block(jobs, false)) text += "\033[K" + line + "\r\n";
    console_.text(text + "\033[J");
  }
  void remark(const std::string& sentence) override { remark_ = sentence; }
  void finish(const std::vector<json>& jobs) override {
    screen_.reset();
    std::string text;
    for (const std::string& line : block(jobs, true)) text += line + "\n";
    console_.text(text);
  }

 private:
  [[nodiscard]] std::vector<std::string> block(const std::vector<json>& jobs, bool last) const {
    BlockStyle style;
    style.size = terminal_size();
    style.colours = wants_colour();
    style.compact = compact_;
    style.last = last;
    return watch_block(jobs, remark_, last_look_, style);
  }

  const Console& console_;
  bool compact_;
  std::string remark_;
  Instant last_look_{};
  std::optional<OtherScreen> screen_;
};

/// A line, or an object, for each change.
class ChangeView final : public ProgressObserver {
 public:
  ChangeView(const Console& console, bool compact) : console_(console), compact_(compact) {}

  void update(const std::vector<json>& jobs, Instant now) override {
    shown_.resize(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      const bool is_wanted = urgency_of(jobs[i]) == Urgency::trouble || !failure_text(jobs[i]).empty();
      if (!compact_ || is_wanted) show(jobs[i], shown_[i], now);
    }
    if (compact_) show(Totals::of(jobs), now);
  }
  void remark(const std::string& sentence) override { console_.note(sentence); }
  void finish(const std::vector<json>&) override {}

 private:
  void show(const json& job, std::string& shown, Instant now) const {
    std::string line = watch_line(job);
    if (line == shown) return;
    print(without_history(job), line, now);
    shown = std::move(line);
  }

  void show(const Totals& totals, Instant now) {
    if (totals_ == totals) return;
    totals_ = totals;
    json change;
    change["totals"] = totals.json();
    print(std::move(change), totals.text(false), now);
  }

  void print(json change, const std::string& line, Instant now) const {
    if (console_.json()) {
      change["at"] = to_rfc3339(now);
      console_.result(change);
    } else {
      console_.text(to_rfc3339(std::chrono::floor<std::chrono::seconds>(now)) + "  " + line + "\n");
    }
  }

  const Console& console_;
  bool compact_;
  std::vector<std::string> shown_;  // by job
  std::optional<Totals> totals_;
};

}  // namespace

std::unique_ptr<ProgressObserver> make_watch_view(const Console& console, bool compact) {
  if (can_draw() && !console.json()) return std::make_unique<LiveView>(console, compact);
  return std::make_unique<ChangeView>(console, compact);
}

std::string watch_line(const json& job) {
  std::string line;
  for (const std::string& part : {short_id(job), text_of(job, "name"), text_of(job, "virtualMachine"),
                                  text_of(job, "state"), percent_text(job), detail(job)}) {
    if (!part.empty()) line += (line.empty() ? "" : "  ") + part;
  }
  return harmless(line);
}

}  // namespace azrestored::cli
