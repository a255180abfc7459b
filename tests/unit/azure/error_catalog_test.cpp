// Every code in azure-backup-api.md has advice, every code that azrestored defines has it too, and each sentence is
// useful.
#include "core/azure/error_catalog.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/azure/problem.hpp"
#include "core/base/text.hpp"
#include "core/job/event.hpp"
#include "core/restore/rule_table.hpp"

namespace azrestored::test {
namespace {

using enum ErrorClass;

std::vector<ErrorAdvice> whole_table() {
  std::vector<ErrorAdvice> all;
  for (const auto part : {azure_errors(), backup_errors(), our_errors()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

struct Row {
  std::string code;
  ErrorClass kind;
};

// azure-backup-api.md 9.2, 9.3, 9.5, 12, 12.1, the recorded faults, and ARM's general codes.
const std::vector<Row> facts = {
    {"ResourceRequestsThrottled", wait},
    {"SubscriptionRequestsThrottled", wait},
    {"TooManyRequests", wait},
    {"RetryableErrorDueToAnotherOperation", wait},
    {"UserErrorInstantRpNotFound", gone},
    {"UserErrorCoreCountSubscriptionQuotaReached", quota},
    {"BMSUserErrorInvalidInput", fix_request},
    {"UserErrorOperationFailedInvalidParameters", fix_request},
    {"CloudInvalidInputError", fix_request},
    {"CloudInternalError", retry},
    {"ResourceNotFound", gone},
    {"320001", gone},
    {"BCMV2VMNotFound", gone},
    {"400094", gone},
    {"UserErrorRequestDisallowedByPolicy", fix_rights},
    {"UserErrorOperationDeniedOnImmutableItem", fix_request},
    {"GatewayTimeout", retry},
    {"RestApiInternalError", retry},
    {"InternalServerError", retry},
    {"CloudStorageUnexpectedError", retry},
    {"InvalidGatewayHost", retry},
    {"ServerTimeout", retry},
    {"UserErrorBCMRestoreStorageAccountNotFound", fix_request},
    {"400048", fix_request},
    {"RestoreOperationFailed", retry},
    {"400003", retry},
    {"BMSUserErrorCrossRegionRestoreZRSVaultNotPossible", fix_request},
    {"BMSUserErrorDataSourceInDeferredDeleteState", fix_request},
    {"LinkedAuthorizationFailed", fix_rights},
    {"MissingSubscriptionRegistration", fix_rights},
    {"ResourceGroupNotFound", gone},
    {"AuthorizationFailed", fix_rights},
    {"InvalidAuthenticationToken", fix_rights},
    {"SubscriptionNotFound", fix_rights},
    {"AllocationFailed", overload},
    {"QuotaExceeded", quota},
    {"SignIn", fix_rights},
    {"CloudDosAbsoluteLimitReached", wait},
    {"CloudDosAbsoluteLimitReachedWithRetry", wait},
    {"CloudDosTimeboudLimitReached", wait},
    {"ForeignUrl", fix_request},
    {"NotAzure", retry},
    {"UnusableUrl", fix_request},
    {"NoSuchRecoveryPoint", gone},
    {"Interrupted", wait},
    {"RuleArchivedPoint", fix_request},
};

TEST(ErrorTable, KnowsWhatTheFactsName) {
  for (const Row& row : facts) {
    const ErrorAdvice* advice = find_advice(row.code);
    ASSERT_NE(advice, nullptr) << row.code;
    EXPECT_EQ(to_text(advice->kind), to_text(row.kind)) << row.code;
  }
}

TEST(ErrorTable, ANumberIsTheErrorOfThatName) {
  EXPECT_EQ(find_advice("400048"), find_advice("UserErrorBCMRestoreStorageAccountNotFound"));
  EXPECT_EQ(find_advice("320001"), find_advice("ResourceNotFound"));
}

TEST(ErrorTable, TheDailyLimitHasSeveralCodes) {
  for (const char* code : {"CloudDosAbsoluteLimitReached", "CloudDosAbsoluteLimitReachedWithRetry",
                           "clouddosabsolutelimitreached", "CloudDosTimeboudLimitReached"})
    EXPECT_TRUE(is_daily_limit(code)) << code;
  for (const char* code : {"", "TooManyRequests", "CloudInternalError", "CloudDos"})
    EXPECT_FALSE(is_daily_limit(code)) << code;
}

TEST(ErrorTable, CodesCompareWithoutCase) {
  EXPECT_EQ(find_advice("authorizationFAILED"), find_advice("AuthorizationFailed"));
}

TEST(ErrorTable, AnUnknownCodeHasNoAdvice) {
  for (const char* code : {"", "400049", "SomethingNew", "Resource", "HTTP 418"}) {
    EXPECT_EQ(find_advice(code), nullptr) << code;
  }
}

TEST(ErrorTable, EachCodeStandsThereOnceWithOneUsefulSentence) {
  std::set<std::string> codes;
  for (const ErrorAdvice& each : whole_table()) {
    EXPECT_TRUE(codes.insert(to_lower(each.code)).second) << each.code << " is there twice";
    EXPECT_EQ(find_advice(each.code)->advice, each.advice);
    EXPECT_GT(each.advice.size(), 20U) << each.code;
    EXPECT_LT(each.advice.size(), 300U) << each.code;
    EXPECT_FALSE(each.advice.ends_with('.')) << each.code;
    EXPECT_EQ(each.advice.find("  "), std::string_view::npos) << each.code;
  }
}

TEST(ErrorTable, EachClassHasItsUsualFixUnlessARowSaysOtherwise) {
  EXPECT_EQ(fixed_by(*find_advice("ServerBusy")), FixedBy::time);
  EXPECT_EQ(fixed_by(*find_advice("ScopeLocked")), FixedBy::environment);
  EXPECT_EQ(fixed_by(*find_advice("InvalidParameter")), FixedBy::job_file);
  EXPECT_EQ(fixed_by(*find_advice("InvalidApiVersionParameter")), FixedBy::environment) << "a setting";
  EXPECT_EQ(fixed_by(*find_advice("ResourceNotFound")), FixedBy::either);
}

TEST(ErrorTable, EveryClassHasItsOwnName) {
  std::set<std::string_view> names;
  for (const ErrorClass kind : {retry, wait, fix_request, fix_rights, quota, gone, overload})
    names.insert(to_text(kind));
  EXPECT_EQ(names,
            (std::set<std::string_view>{"retry", "wait", "fix-request", "fix-rights", "quota", "gone", "overload"}));
}

TEST(ErrorTable, EveryRuleThatRefusesHasAdvice) {
  for (const PointRestoreRule& rule : point_rules()) {
    EXPECT_EQ(find_advice(rule.code) != nullptr, rule.weight == RuleWeight::refuses) << rule.code;
  }
  for (const VaultRestoreRule& rule : vault_rules()) {
    EXPECT_EQ(find_advice(rule.code) != nullptr, rule.weight == RuleWeight::refuses) << rule.code;
  }
}

/// Goal: every code of azrestored's own has advice. Method: search the sources of core for each Problem that is made
/// from a literal.
std::map<std::string, std::string> codes_in_the_sources() {
  const auto folder = std::filesystem::path(AZRESTORED_CONFIG_FOLDER).parent_path() / "core";
  const std::regex made(R"re((?:internal_problem|never_sent|Problem(?: \w+)?)\s*[({]\s*"([A-Z][A-Za-z]+)"\s*,)re");
  const std::regex set(R"re(code = "([A-Z][A-Za-z]+)";)re");
  std::map<std::string, std::string> codes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    std::ostringstream content;
    content << std::ifstream(entry.path()).rdbuf();
    const std::string source = content.str();
    for (const std::regex& form : {made, set}) {
      for (std::sregex_iterator it(source.begin(), source.end(), form), end; it != end; ++it) {
        codes[(*it)[1]] = entry.path().filename();
      }
    }
  }
  return codes;
}

TEST(ErrorTable, EveryCodeThatTheCoreMakesUpHasAdvice) {
  const auto codes = codes_in_the_sources();
  for (const char* known : {"NoSuchItem", "SeveralJobs", "JobFailed", "UnreadableAnswer", "SignIn"}) {
    EXPECT_TRUE(codes.contains(known)) << "the search does not find " << known << " any more";
  }
  for (const auto& [code, file] : codes) EXPECT_NE(find_advice(code), nullptr) << code << " of " << file;
}

}  // namespace
}  // namespace azrestored::test
