// The JSON columns of a job's row (core/job/job.hpp, core/job/state.hpp). Members may be added. What an older version
// stored must stay readable, as a job outlives the program that accepted it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>

#include "core/azure/recovery_point.hpp"
#include "core/base/result.hpp"
#include "core/base/utf8.hpp"
#include "core/job/job.hpp"
#include "core/job/stored_job.hpp"
#include "core/json/stored_numbers.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// "" for a number that is not a phase.
constexpr std::string_view phase_name(Cancelling::Phase phase) {
  switch (phase) {
    case Cancelling::Phase::asking:
      return "asking";
    case Cancelling::Phase::following:
      return "following";
    case Cancelling::Phase::watching:
      return "watching";
  }
  return "";
}

Cancelling::Phase phase_named(const std::string& name) {
  for (int number = 0;; ++number) {
    const auto phase = static_cast<Cancelling::Phase>(number);
    if (phase_name(phase).empty()) throw std::invalid_argument("phase '" + name + "' is unknown");
    if (phase_name(phase) == name) return phase;
  }
}

std::int64_t to_ms(Instant at) {
  return at.time_since_epoch().count();
}

Instant from_ms(const json& value) {
  constexpr std::int64_t year_9999 = 253'402'300'799'999;
  return Instant(Millis(stored_number(value, year_9999)));
}

json tracking_to_json(const Tracking& state) {
  json members = {{"startedAt_ms", to_ms(state.started_at)},
                  {"lastRead_ms", to_ms(state.last_read)},
                  {"unlisted", state.missed_lists}};
  if (state.details_requested) members["wanted"] = true;
  return members;
}

Tracking tracking_from_json(const json& members) {
  return {from_ms(members.at("startedAt_ms")), from_ms(members.at("lastRead_ms")), stored_count(members.at("unlisted")),
          members.value("wanted", false)};
}

template <class S>
concept MemberlessState = std::is_empty_v<S>;

/// A state with members and without an overload does not compile.
struct ToJson {
  const Progress& progress;

  json operator()(const Validating& state) const { return {{"url", state.url}}; }
  json operator()(const Triggering& state) const { return {{"sent", state.sent}}; }
  json operator()(const InDoubt& state) const {
    // Earlier releases refuse a row without `postedAt_ms`. This one reads it only in rows of the first release.
    json members = {{"postedAt_ms", to_ms(progress.posted_at)},
                    {"quietUntil_ms", to_ms(state.quiet_until)},
                    {"accepted", state.accepted},
                    {"searches", state.searches},
                    {"quiet_ms", state.quiet.count()}};
    if (state.quiet_until_azure_clock) members["servedUntil_ms"] = to_ms(*state.quiet_until_azure_clock);
    return members;
  }
  json operator()(const Polling& state) const { return {{"acceptedAt_ms", to_ms(state.accepted_at)}}; }
  json operator()(const Rehydrating& state) const { return tracking_to_json(state.job); }
  json operator()(const Tracking& state) const { return tracking_to_json(state); }
  json operator()(const Cancelling& state) const {
    return {{"phase", phase_name(state.phase)}, {"resultUrl", state.result_url}, {"job", tracking_to_json(state.job)}};
  }
  json operator()(const Held& state) const { return {{"mayBeRunning", state.may_be_running}}; }
  template <MemberlessState S>
  json operator()(const S&) const {
    return json::object();
  }
};

InDoubt in_doubt_from_json(const json& members) {
  InDoubt state{from_ms(members.at("quietUntil_ms")), members.at("accepted").get<bool>(),
                stored_count(members.at("searches"))};
  if (members.contains("quiet_ms")) {
    state.quiet = from_ms(members.at("quiet_ms")).time_since_epoch();
  } else {  // a row of the first release, where postedAt_ms may be the time of the first of several POSTs
    const Instant posted_at = from_ms(members.at("postedAt_ms"));
    state.quiet = std::clamp<Millis>(state.quiet_until - posted_at, Millis(0), std::chrono::hours(1));
  }
  if (members.contains("servedUntil_ms")) state.quiet_until_azure_clock = from_ms(members.at("servedUntil_ms"));
  return state;
}

template <class S>
using As = std::type_identity<S>;

/// Reads a state of type S from its members. A state with members and without an overload does not compile.
template <MemberlessState S>
S read_state(As<S>, const json&) {
  return {};
}
Validating read_state(As<Validating>, const json& members) {
  return {members.at("url").get<std::string>()};
}
Triggering read_state(As<Triggering>, const json& members) {
  return {members.at("sent").get<bool>()};
}
InDoubt read_state(As<InDoubt>, const json& members) {
  return in_doubt_from_json(members);
}
Polling read_state(As<Polling>, const json& members) {
  return {from_ms(members.at("acceptedAt_ms"))};
}
Rehydrating read_state(As<Rehydrating>, const json& members) {
  return {tracking_from_json(members)};
}
Tracking read_state(As<Tracking>, const json& members) {
  return tracking_from_json(members);
}
Cancelling read_state(As<Cancelling>, const json& members) {
  return {phase_named(members.at("phase").get<std::string>()), members.at("resultUrl").get<std::string>(),
          tracking_from_json(members.at("job"))};
}
Held read_state(As<Held>, const json& members) {
  return {members.at("mayBeRunning").get<bool>()};
}

/// The state `name`; nullopt if the variant has no such state.
template <class... States>
std::optional<State> read_named(std::type_identity<std::variant<States...>>, std::string_view name,
                                const json& members) {
  std::optional<State> state;
  const auto try_one = [&]<class S>(As<S> as) {
    if (S::name != name) return false;
    state = read_state(as, members);
    return true;
  };
  (try_one(As<States>()) || ...);
  return state;
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
  return {stored.at("code").get<std::string>(),          stored.at("message").get<std::string>(),
          stored_count(stored.at("httpStatus")),         stored.at("requestId").get<std::string>(),
          stored.at("correlationId").get<std::string>(), stored.at("recommendations").get<std::vector<std::string>>()};
}

json options_to_json(const RestoreOptions& options) {
  return {{"auth", options.auth},
          {"crossRegion", options.cross_region},
          {"checked", options.checked},
          {"preflight", options.preflight},
          {"seeksGuard", options.seeks_guard}};
}

/// Jobs of the first version have no options; it made no checks.
RestoreOptions options_from_json(const json& stored) {
  return {stored.value("auth", ""), stored.value("crossRegion", ""), stored.value("checked", false),
          stored.value("preflight", false), stored.value("seeksGuard", false)};
}

json earlier_to_json(const EarlierAttempt& attempt) {
  return {{"requestId", attempt.request_id},
          {"azureJobId", attempt.azure_job_id},
          {"endedAt_ms", to_ms(attempt.ended_at)},
          {"state", attempt.state},
          {"problem", attempt.problem}};
}

EarlierAttempt earlier_from_json(const json& stored) {
  return {stored.at("requestId").get<std::string>(), stored.at("azureJobId").get<std::string>(),
          from_ms(stored.at("endedAt_ms")), stored.at("state").get<std::string>(),
          stored.at("problem").get<std::string>()};
}

/// Omits members without a value, which keeps the rows of ten thousand jobs small.
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

json state_to_json(const Job& job) {
  return std::visit(ToJson{job.progress}, job.state);
}

Result<State> state_from_json(std::string_view name, const json& members) {
  try {
    if (auto state = read_named(As<State>(), name, members)) return std::move(*state);
  } catch (const std::exception& error) {
    return Error(ErrorKind::corrupt,
                 "stored state '" + std::string(name) + "' cannot be read: " + printable(error.what()));
  }
  return Error(ErrorKind::corrupt, "stored state '" + printable(name) + "' is unknown to this version");
}

json progress_to_json(const Progress& progress) {
  Sparse out;
  out.put_json("plan", options_to_json(progress.options));
  if (progress.item) {
    out.put_json("item", {{"container", progress.item->container},
                          {"item", progress.item->item},
                          {"sourceResourceId", progress.item->source_resource_id}});
  }
  if (progress.region) out.put_json("region", *progress.region);
  if (progress.vault) out.put_json("vault", *progress.vault);
  out.put("vaultUnreadable", progress.vault_unreadable);
  if (progress.guard_requests) out.put_json("guardRequests", *progress.guard_requests);
  if (progress.point) out.put_json("point", *progress.point);
  out.put("rehydrates", progress.rehydrates);
  out.put("requestId", progress.request_id);
  out.put("postedAt_ms", progress.posted_at);
  out.put("attempts", progress.attempts);
  out.put("forgiven", progress.excused_attempts);
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
  out.put("findings", progress.findings);
  out.put("unchecked", progress.unchecked);
  if (!progress.earlier.empty()) {
    json earlier = json::array();
    for (const EarlierAttempt& attempt : progress.earlier) earlier.push_back(earlier_to_json(attempt));
    out.put_json("earlier", std::move(earlier));
  }
  if (progress.outcome) out.put_json("outcome", *progress.outcome);
  return out.take();
}

Result<Progress> progress_from_json(const json& stored) {
  try {
    Progress progress;
    if (stored.contains("plan")) progress.options = options_from_json(stored.at("plan"));
    if (stored.contains("item")) {
      const json& item = stored.at("item");
      progress.item = ProtectedItem{item.at("container").get<std::string>(), item.at("item").get<std::string>(),
                                    item.at("sourceResourceId").get<std::string>()};
    }
    if (stored.contains("region")) progress.region = stored.at("region").get<std::string>();
    if (stored.contains("vault")) progress.vault = stored.at("vault").get<VaultFacts>();
    progress.vault_unreadable = stored.value("vaultUnreadable", false);
    if (stored.contains("guardRequests"))
      progress.guard_requests = stored.at("guardRequests").get<std::vector<std::string>>();
    if (stored.contains("point")) progress.point = stored.at("point").get<RecoveryPoint>();
    progress.rehydrates = stored.value("rehydrates", false);
    progress.request_id = stored.value("requestId", "");
    progress.posted_at = instant_at(stored, "postedAt_ms");
    if (stored.contains("attempts")) progress.attempts = stored_count(stored.at("attempts"));
    if (stored.contains("forgiven")) progress.excused_attempts = stored_count(stored.at("forgiven"));
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
    progress.findings = stored.value("findings", std::vector<std::string>{});
    progress.unchecked = stored.value("unchecked", std::vector<std::string>{});
    if (stored.contains("earlier")) {
      for (const json& attempt : stored.at("earlier")) progress.earlier.push_back(earlier_from_json(attempt));
    }
    if (stored.contains("outcome")) progress.outcome = std::make_shared<const json>(stored.at("outcome"));
    return progress;
  } catch (const std::exception& error) {
    return Error(ErrorKind::corrupt, "stored progress cannot be read: " + printable(error.what()));
  }
}

}  // namespace azrestored
