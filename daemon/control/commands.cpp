#include "daemon/control/commands.hpp"

#include <cassert>

namespace azrestored {
namespace {

std::string answer_to_release(const Job& job) {
  if (std::holds_alternative<Queued>(job.state)) return "released: it starts as soon as a slot is free";
  if (std::holds_alternative<InDoubt>(job.state))
    return "released: azrestored searches Azure again for a restore with request id " + job.progress.request_id +
           "; it requests no restore before the result is clear";
  return "released: azrestored reads its backup job " + job.progress.azure_job_id + " again";
}

std::string answer_to_retry(const Job& job) {
  std::string sentence = "started again as attempt " + std::to_string(job.progress.earlier.size() + 1);
  sentence += ", with a new request id";
  if (job.progress.point) sentence += " and the same recovery point " + job.progress.point->id;
  return sentence;
}

}  // namespace

EventPayload command_of(std::string_view name, const std::map<std::string, std::string>& query, uid_t uid) {
  if (name == "cancel") return CancelRequested{uid};
  if (name == "hold") return HoldRequested{uid};
  if (name == "release") return ReleaseRequested{uid};
  assert(name == "retry");  // no route has another name
  const auto reported = query.find("nothingRuns");
  return RetryRequested{uid, reported != query.end() && reported->second == "1"};
}

std::string answer_to(const EventPayload& wanted, const Job& job) {
  if (std::holds_alternative<HoldRequested>(wanted))
    return "held: nothing is started before `azrestorectl release " + job.id + "`";
  if (std::holds_alternative<ReleaseRequested>(wanted)) return answer_to_release(job);
  if (std::holds_alternative<RetryRequested>(wanted)) return answer_to_retry(job);
  return job.progress.cancel_answer;
}

}  // namespace azrestored
