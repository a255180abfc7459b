#include "tests/torture/population.hpp"

namespace azrestored::test {
namespace {

std::vector<Member> kinds() {
  const Json finding = {{"code", "UserErrorTargetNameInUse"}, {"message", "The target already has such a machine."}};
  return {{"plain", Json::object(), false, "succeeded", "Completed"},
          {"across", Json::object(), true, "succeeded", "Completed"},
          {"warned", {{"result", "CompletedWithWarnings"}}, false, "succeeded-with-warnings", "CompletedWithWarnings"},
          {"plain", {{"jobIdEqualsOperationId", false}}, false, "succeeded", "Completed"},
          {"vanishing", {{"operationResult", "Vanishes"}}, false, "succeeded", "Completed"},
          {"failing", {{"result", "Failed"}}, false, "failed", "Failed"},
          {"plain", {{"jobSeconds", 3}}, false, "succeeded", "Completed"},
          {"nameless", {{"operationResult", "SucceededWithoutJob"}}, false, "succeeded", "Completed"},
          {"elsewhere",
           {{"propertyBag", {{"Target Storage Account Name", "elsewhere"}}}},
           false,
           "succeeded-with-findings",
           "Completed"},
          {"unborn", {{"operationResult", "Failed"}}, false, "failed", ""},
          {"refused", {{"validation", Json::array({finding})}}, false, "failed", ""}};
}

}  // namespace

std::vector<Member> mixed_population(int size) {
  const std::vector<Member> pattern = kinds();
  std::vector<Member> members;
  for (int i = 0; i < size; ++i) {
    Member member = pattern.at(static_cast<std::size_t>(i) % pattern.size());
    member.name += "-" + std::to_string(i);
    members.push_back(member);
  }
  return members;
}

Json azure_of(const std::vector<Member>& members) {
  Json items = Json::array();
  for (const Member& member : members) {
    items.push_back(member.across ? replicated_vm(member.name, member.script)
                                  : protected_vm(member.name, member.script));
  }
  return azure_with(items);
}

Json job_file(const Member& member) {
  return member.across ? cross_region_job(member.name, member.name) : disks_job(member.name, member.name);
}

}  // namespace azrestored::test
