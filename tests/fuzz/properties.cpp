#include "tests/fuzz/properties.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/utf8.hpp"
#include "core/job/stored_job.hpp"
#include "core/json/fault.hpp"
#include "core/view/explain.hpp"
#include "core/view/job_view.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// As the store and the control socket write it: an invalid UTF-8 byte does not invalidate the whole text.
std::string written(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void require_place(std::string_view text, int line, int column) {
  if (line == 0) return require(column == 0, "a fault without a line has no column");
  require(line > 0 && column > 0, "lines and columns count from 1");
  for (int passed = 1; passed < line; ++passed) {
    const auto end = text.find('\n');
    require(end != std::string_view::npos, "a fault's line is in the text");
    text.remove_prefix(end + 1);
  }
  const auto length = std::min(text.find('\n'), text.size());
  require(static_cast<std::size_t>(column) <= length + 1, "a fault's column is in its line, or directly after it");
}

}  // namespace

void require(bool holds, std::string_view promise) {
  if (!holds) throw PropertyBroken("broken: " + std::string(promise));
}

void require_sentence(const std::string& text) {
  require(!text.empty(), "a refusal has a reason");
  require(!has_control_characters(text), "no control character in a sentence");
}

void require_good_faults(std::string_view text, const std::vector<Fault>& faults) {
  require(faults.size() <= max_faults, "the number of faults is limited");
  for (const Fault& fault : faults) {
    require_sentence(fault.sentence);
    require(printable(fault.text()) == fault.text(), "a fault is printable ASCII");
    require_place(text, fault.line, fault.column);
  }
}

void require_storable(const Job& job) {
  const std::string members = written(state_to_json(job));
  const std::string progress = written(progress_to_json(job.progress));
  const auto state = state_from_json(state_name(job.state), json::parse(members));
  require(state.has_value(), "a stored state can be read");
  Job reread = job;
  reread.state = *state;
  require(written(state_to_json(reread)) == members, "a stored state is the same when it is read");
  const auto again = progress_from_json(json::parse(progress));
  require(again.has_value(), "a stored job can be read");
  require(written(progress_to_json(*again)) == progress, "a stored job is the same when it is read");
}

void require_showable(const Job& job) {
  HistoryLine line;
  line.at = job.since;
  line.to = state_name(job.state);
  line.cause = "job-read";
  line.http_status = 200;
  const std::vector<HistoryLine> history = {line};
  require(json::accept(written(job_details(job, history))), "a stored job can be shown");
  require(json::accept(written(explain(job, history, job.since + std::chrono::hours(1)))),
          "a stored job can be explained");
}

void require_body(const std::string& body, const json& expected) {
  require(json::parse(body, nullptr, false) == expected, "a request's body is the expected JSON");
}

}  // namespace azrestored::fuzz
