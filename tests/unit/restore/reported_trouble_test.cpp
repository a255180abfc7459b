// What a backup job that ended well reports as not done.
#include "core/restore/reported_trouble.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace azrestored {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

json task(const std::string& name, const std::string& status) {
  return {{"task", name}, {"status", status}};
}

json outcome_with(const std::string& status, const json& tasks, const json& errors = nullptr) {
  json outcome = {{"status", status}, {"tasks", tasks}};
  if (!errors.is_null()) outcome["errorDetails"] = errors;
  return outcome;
}

TEST(ReportedTrouble, NoneIfEveryTaskIsDone) {
  EXPECT_THAT(reported_trouble(outcome_with("Completed", json::array({task("Transfer data from vault", "Completed")}))),
              IsEmpty());
  EXPECT_THAT(reported_trouble(outcome_with("CompletedWithWarnings", json::array())), IsEmpty());
  EXPECT_THAT(reported_trouble(json::object()), IsEmpty());
}

TEST(ReportedTrouble, TheErrorAndEveryTaskThatIsNotDone) {
  const json tasks = {task("Back up the current disks", "Failed"), task("Transfer data from vault", "Skipped"),
                      task("Replace the disks", "Canceled"), task("Clean up", "Completed")};
  const json errors = {{{"errorCode", 400252}, {"errorTitle", "OlrBackupFailed"}, {"errorString", "no snapshot."}},
                       {{"errorCode", 7}, {"errorTitle", ""}, {"errorString", ""}}};
  EXPECT_THAT(
      reported_trouble(outcome_with("CompletedWithWarnings", tasks, errors)),
      ElementsAre("OlrBackupFailed: no snapshot", "7", "the task \"Back up the current disks\" failed",
                  "the task \"Transfer data from vault\" was skipped", "the task \"Replace the disks\" was cancelled"));
}

TEST(ReportedTrouble, ATaskThatNeverStartedCountsOnlyWithWarnings) {
  const json tasks = json::array({task("Replace the disks", "NotStarted")});
  EXPECT_THAT(reported_trouble(outcome_with("CompletedWithWarnings", tasks)),
              ElementsAre("the task \"Replace the disks\" was never started"));
  EXPECT_THAT(reported_trouble(outcome_with("Completed", tasks)), IsEmpty());
}

TEST(ReportedTrouble, ACompletedJobCanHaveAFailedTask) {
  json failed = task("Create the restored virtual machine", "FAILED");
  failed["details"] = "0 of 1";
  EXPECT_THAT(reported_trouble(outcome_with("Completed", json::array({failed}))),
              ElementsAre("the task \"Create the restored virtual machine\" failed (0 of 1)"));
}

TEST(ReportedTrouble, WordsThatSayNothingAreNoFinding) {
  for (const char* word : {"InProgress", "Pondering", "", "Completed"})
    EXPECT_THAT(reported_trouble(outcome_with("CompletedWithWarnings", json::array({task("x", word)}))), IsEmpty())
        << word;
  for (const json& odd : std::vector<json>{nullptr, 5, "text", json::object(), json::array({nullptr, 1, "x"})}) {
    EXPECT_THAT(reported_trouble(outcome_with("CompletedWithWarnings", odd)), IsEmpty()) << odd;
    EXPECT_THAT(reported_trouble(outcome_with("CompletedWithWarnings", json::array(), odd)), IsEmpty()) << odd;
  }
}

}  // namespace
}  // namespace azrestored
