// Goal: advice depends on the state and on the code, and nothing that can start a second restore is advised while one
// may run. Method: a table of every state, taken from the state type, with every code, taken from the catalogue. Each
// pair must have advice, and each command in any sentence of `explain` is passed to evolve().
#include "core/view/advice.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "core/azure/error_catalog.hpp"
#include "core/azure/problem.hpp"
#include "core/view/explain.hpp"
#include "tests/support/sample_job.hpp"

namespace azrestored::test {
namespace {

using nlohmann::json;

/// By the facts of the state type, not by core/view: open and tracking states, and one whose POST is being sent.
bool is_known_to_run(const State& state) {
  const Group group = facts_of(state).group;
  if (const auto* held = std::get_if<Held>(&state)) return held->may_be_running;
  if (const auto* triggering = std::get_if<Triggering>(&state)) return triggering->sent;
  return group == Group::open || group == Group::tracking;
}

template <class... States>
std::vector<State> one_of_each(std::type_identity<std::variant<States...>>) {
  return {State(States{})...};
}

/// Every state of the type, and the values of those states whose members change what may run.
std::vector<State> every_state() {
  std::vector<State> states = one_of_each(std::type_identity<State>());
  states.emplace_back(Triggering{true});
  states.emplace_back(InDoubt{now + 1min, true, 0});
  states.emplace_back(Validating{operation_url});
  states.emplace_back(cancelling(Cancelling::Phase::following));
  states.emplace_back(cancelling(Cancelling::Phase::watching));
  states.emplace_back(Held{true});
  return states;
}

std::vector<std::string> every_code() {
  std::vector<std::string> codes;
  for (const auto part : {azure_errors(), backup_errors(), our_errors()})
    for (const ErrorAdvice& error : part) codes.emplace_back(error.code);
  codes.emplace_back("400048");
  codes.emplace_back("400003");
  return codes;
}

Job job_with(const State& state, const std::string& code, const std::string& recovery_type = "RestoreDisks") {
  Job job = job_in(state);
  job.recovery_type = recovery_type;
  job.progress.attempts = 1;
  job.progress.problem = problem(code, "as Azure worded it");
  if (is_preparing(state) && !is_known_to_run(state)) job.progress.azure_job_id.clear();
  return job;
}

/// Every sentence that an operator reads, but Azure's own words.
std::vector<std::string> sentences_of(const json& explained) {
  std::vector<std::string> sentences;
  const auto add = [&](const json& value) {
    if (value.is_string()) sentences.push_back(value.get<std::string>());
  };
  add(explained.at("why"));
  add(explained.at("next").at("what"));
  add(explained.at("next").at("then"));
  add(explained.at("problem").at("advice"));
  for (const char* list : {"youCan", "leftBehind"})
    for (const json& each : explained.at(list)) add(each);
  return sentences;
}

std::optional<EventPayload> command_named(const std::string& verb, bool nothing_runs) {
  if (verb == "hold") return HoldRequested{0};
  if (verb == "release") return ReleaseRequested{0};
  if (verb == "cancel") return CancelRequested{0};
  if (verb == "retry") return RetryRequested{0, nothing_runs};
  return std::nullopt;
}

/// A word that sends a reader to a second restore. The one exception is the option that makes the operator confirm that
/// nothing runs; evolve() refuses the command without it.
bool starts_a_restore(const std::string& sentence) {
  static const std::regex word(R"(\b(re)?(submit|retry|retries|start (it|the job))\b)", std::regex::icase);
  return std::regex_search(sentence, word) && sentence.find("--nothing-runs") == std::string::npos;
}

TEST(AdviceTest, EveryPairOfStateAndCodeHasADecision) {
  for (const State& state : every_state()) {
    for (const std::string& code : every_code()) {
      const std::string advice = advice_of(job_with(state, code));
      EXPECT_GT(advice.size(), 20U) << state_name(state) << " with " << code << ": " << advice;
      EXPECT_EQ(advice.find("  "), std::string::npos) << advice;
      EXPECT_FALSE(advice.ends_with('.')) << advice;
    }
  }
}

TEST(AdviceTest, NothingThatStartsASecondRestoreIsAdvisedWhileOneMayRun) {
  for (const char* type : {"RestoreDisks", "AlternateLocation", "OriginalLocation"}) {
    for (const State& state : every_state()) {
      if (!is_known_to_run(state)) continue;
      for (const std::string& code : every_code()) {
        const Job job = job_with(state, code, type);
        EXPECT_TRUE(restore_may_run(job)) << state_name(state);
        for (const std::string& sentence : sentences_of(explain(job, {}, now)))
          EXPECT_FALSE(starts_a_restore(sentence)) << state_name(state) << " with " << code << ": " << sentence;
      }
    }
  }
}

TEST(AdviceTest, AJobThatWillStartARestoreByItselfIsNotSubmittedASecondTime) {
  for (const State& state : every_state()) {
    if (is_at_rest(state) || is_known_to_run(state)) continue;
    for (const std::string& code : every_code())
      for (const std::string& sentence : sentences_of(explain(job_with(state, code), {}, now)))
        EXPECT_FALSE(starts_a_restore(sentence)) << state_name(state) << " with " << code << ": " << sentence;
  }
}

TEST(AdviceTest, AHeldJobIsCancelledBeforeAnotherFileIsSubmitted) {
  for (const std::string& code : every_code()) {
    for (const std::string& sentence : sentences_of(explain(job_with(Held{false}, code), {}, now))) {
      const auto submit = sentence.find("azrestorectl submit");
      if (submit == std::string::npos) continue;
      EXPECT_LT(sentence.find("azrestorectl cancel"), submit) << code << ": " << sentence;
    }
  }
}

TEST(AdviceTest, AfterARestoreThatEndedWellNoRetryIsAdvised) {
  for (const State& state : every_state()) {
    if (!is_good_end(state)) continue;
    for (const std::string& code : every_code()) {
      const std::string advice = advice_of(job_with(state, code));
      EXPECT_FALSE(starts_a_restore(advice)) << state_name(state) << " with " << code << ": " << advice;
      EXPECT_EQ(advice.find("failed"), std::string::npos) << advice;
    }
  }
}

TEST(AdviceTest, EveryCommandThatIsNamedWouldBeAccepted) {
  const std::regex command("azrestorectl ([a-z]+) 99999999-8888-4777-8666-555555555555( --nothing-runs)?");
  for (const State& state : every_state()) {
    for (const std::string& code : every_code()) {
      const Job job = job_with(state, code);
      for (const std::string& sentence : sentences_of(explain(job, {}, now))) {
        for (std::sregex_iterator it(sentence.begin(), sentence.end(), command), end; it != end; ++it) {
          const auto named = command_named((*it)[1], (*it)[2].matched);
          if (!named) continue;
          EXPECT_EQ(refusal(job, Event(*named)), "") << state_name(state) << ", " << code << ": " << sentence;
        }
      }
    }
  }
}

TEST(AdviceTest, ARowOfTheCatalogueNamesNoCommandThatSteersAJob) {
  const std::regex steers("azrestorectl (retry|submit|release|hold|cancel)|azrestored (retries|waits|continues)");
  for (const auto part : {azure_errors(), backup_errors(), our_errors()})
    for (const ErrorAdvice& error : part)
      EXPECT_FALSE(std::regex_search(std::string(error.advice), steers)) << error.code << ": " << error.advice;
}

TEST(AdviceTest, TheSameCodeIsAdvisedOnByState) {
  EXPECT_EQ(advice_of(job_with(Failed{}, "ScopeLocked")),
            "a lock on the resource or its group prevents the change: remove the lock; then `azrestorectl retry "
            "99999999-8888-4777-8666-555555555555`");
  EXPECT_EQ(advice_of(job_with(old_tracking(), "ScopeLocked")),
            "a lock on the resource or its group prevents the change: remove the lock; a restore of this job may be "
            "running, and azrestored follows it: start no other restore of the VM");
  EXPECT_EQ(advice_of(job_with(Failed{}, "NoSuchItem")),
            "list the vault's items with `azrestorectl vms --vault ID`, then correct \"virtualMachine\", or name the "
            "item by \"protectedItem\"; then submit the corrected job file with `azrestorectl submit FILE`");
  // Found by a new user: a vault that could not be read (404) held the job, and the advice was to submit it again.
  EXPECT_EQ(advice_of(job_with(Held{true}, "ResourceNotFound")),
            "a restore of this job may be running: start no other restore of the VM before you know. `azrestorectl "
            "release 99999999-8888-4777-8666-555555555555` reads from Azure what the restore does, and sends no "
            "request on a guess");
  EXPECT_EQ(advice_of(job_with(SucceededWithWarnings{}, "400003")),
            "Azure completed the backup job in spite of this: check the result with `azrestorectl show "
            "99999999-8888-4777-8666-555555555555` before you rely on it");
}

TEST(AdviceTest, WithoutAProblemThereIsNoAdviceAndAnUnknownCodeGetsOnlyWhatTheStateRequires) {
  EXPECT_EQ(advice_of(job_in(old_tracking())), "");
  EXPECT_EQ(advice_of(job_with(Failed{}, "UserErrorNeverSeen")), "");
  EXPECT_NE(advice_of(job_with(Held{true}, "UserErrorNeverSeen")).find("start no other restore"), std::string::npos);
}

TEST(AdviceTest, AFailedJobWithAWrongFileIsFirstGivenANewOne) {
  const auto choices = choices_of(job_with(Failed{}, "InvalidParameter"));
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_NE(choices.at(0).find("azrestorectl submit FILE"), std::string::npos) << choices.at(0);
  EXPECT_NE(choices.at(1).find("if the cause was not in it"), std::string::npos) << choices.at(1);
  EXPECT_EQ(choices_of(job_with(Failed{}, "ScopeLocked")).size(), 1U);
}

}  // namespace
}  // namespace azrestored::test
