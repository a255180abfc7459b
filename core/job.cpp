// The names of the states and the JSON that a row keeps of a job. Stored names are never reused or renamed.
#include "core/job.hpp"

#include <array>

#include "core/text.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, std::variant_size_v<State>> names = {
    "queued",   "resolving",  "triggering", "in-doubt",  "polling",
    "tracking", "cancelling", "held",       "succeeded", "succeeded-with-warnings",
    "failed",   "cancelled"};

constexpr std::array<std::string_view, 3> phase_names = {"asking", "following", "watching"};

std::int64_t to_ms(Instant at) {
  return at.time_since_epoch().count();
}
Instant from_ms(const json& value) {
  return Instant(Millis(value.get<std::int64_t>()));
}

json tracking_to_json(const Tracking& state) {
  return {
      {"startedAt_ms", to_ms(state.started_at)}, {"lastRead_ms", to_ms(state.last_read)}, {"unlisted", state.unlisted}};
}

Tracking tracking_from_json(const json& members) {
  return {from_ms(members.at("startedAt_ms")), from_ms(members.at("lastRead_ms")), members.at("unlisted").get<int>()};
}

struct ToJson {
  json operator()(const Triggering& state) const { return {{"sent", state.sent}}; }
  json operator()(const InDoubt& state) const {
    return {{"postedAt_ms", to_ms(state.posted_at)},
            {"quietUntil_ms", to_ms(state.quiet_until)},
            {"accepted", state.accepted},
            {"searches", state.searches},
            {"refused", state.refused}};
  }
  json operator()(const Polling& state) const { return {{"acceptedAt_ms", to_ms(state.accepted_at)}}; }
  json operator()(const Tracking& state) const { return tracking_to_json(state); }
  json operator()(const Cancelling& state) const {
    return {{"phase", phase_names.at(static_cast<std::size_t>(state.phase))},
            {"resultUrl", state.result_url},
            {"job", tracking_to_json(state.job)}};
  }
  json operator()(const Held& state) const { return {{"mayBeRunning", state.may_be_running}}; }
  template <class Bare>  // the states that have no members
  json operator()(const Bare&) const {
    return json::object();
  }
};

Cancelling cancelling_from_json(const json& members) {
  const auto phase = members.at("phase").get<std::string>();
  for (std::size_t i = 0; i < phase_names.size(); ++i) {
    if (phase == phase_names[i]) {
      return {static_cast<Cancelling::Phase>(i), members.at("resultUrl").get<std::string>(),
              tracking_from_json(members.at("job"))};
    }
  }
  throw std::invalid_argument("phase '" + phase + "' is unknown");
}

State make_state(std::size_t index, const json& members) {
  switch (index) {
    case 0:
      return Queued{};
    case 1:
      return Resolving{};
    case 2:
      return Triggering{members.at("sent").get<bool>()};
    case 3:
      return InDoubt{from_ms(members.at("postedAt_ms")), from_ms(members.at("quietUntil_ms")),
                     members.at("accepted").get<bool>(), members.at("searches").get<int>(),
                     members.value("refused", false)};
    case 4:
      return Polling{from_ms(members.at("acceptedAt_ms"))};
    case 5:
      return tracking_from_json(members);
    case 6:
      return cancelling_from_json(members);
    case 7:
      return Held{members.at("mayBeRunning").get<bool>()};
    case 8:
      return Succeeded{};
    case 9:
      return SucceededWithWarnings{};
    case 10:
      return Failed{};
    case 11:
      return Cancelled{};
  }
  throw std::invalid_argument("a state without a reader");
}

json problem_to_json(const Problem& problem) {
  return {{"code", problem.code},
          {"message", problem.message},
          {"httpStatus", problem.http_status},
          {"requestId", problem.request_id},
          {"correlationId", problem.correlation_id},
          {"recommendations", problem.recommendations}};
}

Problem problem_from_json(const json& stored) {
  return {stored.at("code").get<std::string>(),
          stored.at("message").get<std::string>(),
          stored.at("httpStatus").get<int>(),
          stored.at("requestId").get<std::string>(),
          stored.at("correlationId").get<std::string>(),
          stored.at("recommendations").get<std::vector<std::string>>()};
}

/// Members that say nothing yet are left out, which keeps the rows of ten thousand jobs small.
class Sparse {
 public:
  template <class T>
  void put(const char* name, const T& value, const T& nothing = {}) {
    if (value != nothing) json_[name] = value;
  }
  void put(const char* name, Instant at) {
    if (at != Instant{}) json_[name] = to_ms(at);
  }
  void put_json(const char* name, json value) { json_[name] = std::move(value); }
  json take() { return std::move(json_); }

 private:
  json json_ = json::object();
};

Instant instant_at(const json& stored, const char* name) {
  return stored.contains(name) ? from_ms(stored.at(name)) : Instant{};
}

}  // namespace

std::string_view state_name(const State& state) {
  return names.at(state.index());
}

std::span<const std::string_view> state_names() {
  return names;
}

bool is_final(const State& state) {
  return state.index() >= State(Succeeded{}).index();
}

bool is_at_rest(const State& state) {
  return is_final(state) || std::holds_alternative<Held>(state);
}

std::string Problem::text() const {
  if (code.empty()) return message;
  return message.empty() ? code : code + ": " + message;
}

json state_to_json(const State& state) {
  return std::visit(ToJson{}, state);
}

Result<State> state_from_json(std::string_view name, const json& members) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] != name) continue;
    try {
      return make_state(i, members);
    } catch (const std::exception& error) {
      return Error(ErrorKind::corrupt, "stored state '" + std::string(name) + "' cannot be read: " + error.what());
    }
  }
  return Error(ErrorKind::corrupt, "stored state '" + printable(name) + "' is unknown to this version");
}

json progress_to_json(const Progress& progress) {
  Sparse out;
  if (progress.item) {
    out.put_json("item", {{"container", progress.item->container},
                          {"item", progress.item->item},
                          {"sourceResourceId", progress.item->source_resource_id}});
  }
  if (progress.region) out.put_json("region", *progress.region);
  if (progress.point) out.put_json("point", *progress.point);
  out.put("requestId", progress.request_id);
  out.put("postedAt_ms", progress.posted_at);
  out.put("attempts", progress.attempts);
  out.put("operationUrl", progress.operation_url);
  out.put("operationId", progress.operation_id);
  out.put("azureJobId", progress.azure_job_id);
  out.put("azureStatus", progress.azure_status);
  if (progress.percent) out.put_json("percent", *progress.percent);
  if (progress.cancel_requested_at) out.put("cancelRequestedAt_ms", *progress.cancel_requested_at);
  out.put("cancelAnswer", progress.cancel_answer);
  if (progress.problem) out.put_json("problem", problem_to_json(*progress.problem));
  if (progress.refusal) out.put_json("refusal", problem_to_json(*progress.refusal));
  out.put("warnings", progress.warnings);
  if (!progress.outcome.is_null()) out.put_json("outcome", progress.outcome);
  return out.take();
}

Result<Progress> progress_from_json(const json& stored) {
  try {
    Progress progress;
    if (stored.contains("item")) {
      const json& item = stored.at("item");
      progress.item = ProtectedItem{item.at("container").get<std::string>(), item.at("item").get<std::string>(),
                                    item.at("sourceResourceId").get<std::string>()};
    }
    if (stored.contains("region")) progress.region = stored.at("region").get<std::string>();
    if (stored.contains("point")) progress.point = stored.at("point").get<RecoveryPoint>();
    progress.request_id = stored.value("requestId", "");
    progress.posted_at = instant_at(stored, "postedAt_ms");
    progress.attempts = stored.value("attempts", 0);
    progress.operation_url = stored.value("operationUrl", "");
    progress.operation_id = stored.value("operationId", "");
    progress.azure_job_id = stored.value("azureJobId", "");
    progress.azure_status = stored.value("azureStatus", "");
    if (stored.contains("percent")) progress.percent = stored.at("percent").get<double>();
    if (stored.contains("cancelRequestedAt_ms"))
      progress.cancel_requested_at = instant_at(stored, "cancelRequestedAt_ms");
    progress.cancel_answer = stored.value("cancelAnswer", "");
    if (stored.contains("problem")) progress.problem = problem_from_json(stored.at("problem"));
    if (stored.contains("refusal")) progress.refusal = problem_from_json(stored.at("refusal"));
    progress.warnings = stored.value("warnings", std::vector<std::string>{});
    if (stored.contains("outcome")) progress.outcome = stored.at("outcome");
    return progress;
  } catch (const std::exception& error) {
    return Error(ErrorKind::corrupt, std::string("stored progress cannot be read: ") + error.what());
  }
}

}  // namespace azrestored
