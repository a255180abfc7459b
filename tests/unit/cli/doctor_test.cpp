// The pure parts of doctor: its limits, the form of its report, and the commands that it names.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "daemon/cli/doctor/host_probe.hpp"
#include "daemon/cli/doctor/limits.hpp"
#include "daemon/cli/doctor/principal.hpp"
#include "daemon/cli/doctor/report.hpp"
#include "daemon/cli/doctor/unit_text.hpp"
#include "daemon/signin/base64url.hpp"

namespace azrestored::cli {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30U;

TEST(DoctorLimits, ADiskNeedsAGibibyteAndFivePercent) {
  EXPECT_EQ(verdict_on(Room{10 * gibibyte, 100 * gibibyte, 0, 0}), CheckStatus::ok);
  EXPECT_EQ(verdict_on(Room{gibibyte, 10 * gibibyte, 0, 0}), CheckStatus::ok);
  EXPECT_EQ(verdict_on(Room{gibibyte - 1, 10 * gibibyte, 0, 0}), CheckStatus::warning);
  EXPECT_EQ(verdict_on(Room{4 * gibibyte, 100 * gibibyte, 0, 0}), CheckStatus::warning);
  EXPECT_EQ(verdict_on(Room{100 * mebibyte, 10 * gibibyte, 0, 0}), CheckStatus::warning);
  EXPECT_EQ(verdict_on(Room{100 * mebibyte - 1, 10 * gibibyte, 0, 0}), CheckStatus::problem);
  EXPECT_EQ(verdict_on(Room{0, 0, 0, 0}), CheckStatus::problem);
}

TEST(DoctorLimits, AndInodesToo) {
  EXPECT_EQ(verdict_on(Room{50 * gibibyte, 100 * gibibyte, 50'000, 100'000}), CheckStatus::ok);
  EXPECT_EQ(verdict_on(Room{50 * gibibyte, 100 * gibibyte, 9'999, 100'000}), CheckStatus::warning);
  EXPECT_EQ(verdict_on(Room{50 * gibibyte, 100 * gibibyte, 40'000, 1'000'000}), CheckStatus::warning);
  EXPECT_EQ(verdict_on(Room{50 * gibibyte, 100 * gibibyte, 999, 1'000'000}), CheckStatus::problem);
  EXPECT_EQ(room_text(Room{gibibyte / 2, 2 * gibibyte, 12, 100}), "512.0 MiB free of 2.0 GiB (25 %), 12 inodes free");
}

TEST(DoctorLimits, AClockMayBeTwoMinutesWrongEitherWay) {
  using std::chrono::minutes;
  for (const int sign : {1, -1}) {
    EXPECT_EQ(verdict_on_clock(sign * Millis(minutes(2))), CheckStatus::ok);
    EXPECT_EQ(verdict_on_clock(sign * (minutes(2) + Millis(1))), CheckStatus::warning);
    EXPECT_EQ(verdict_on_clock(sign * Millis(minutes(5))), CheckStatus::warning);
    EXPECT_EQ(verdict_on_clock(sign * (minutes(5) + Millis(1))), CheckStatus::problem);
  }
}

TEST(DoctorLimits, OurClockIsHeldAgainstTheMiddleOfTheExchange) {
  const Instant reported = *parse_rfc3339("2026-11-22T12:00:00Z");
  const char* date = "Sun, 22 Nov 2026 12:00:00 GMT";
  EXPECT_EQ(clock_ahead(date, reported, reported + std::chrono::seconds(1)), Millis(0));
  EXPECT_EQ(clock_ahead(date, reported + std::chrono::minutes(10), reported + std::chrono::minutes(10)),
            Millis(599'500));
  EXPECT_EQ(clock_ahead("soon", reported, reported), std::nullopt);
}

TEST(DoctorLimits, ABudgetIsShortBelowATenth) {
  EXPECT_EQ(verdict_on_budget(15, 150), CheckStatus::ok);
  EXPECT_EQ(verdict_on_budget(14, 150), CheckStatus::warning);
}

TEST(DoctorReport, IsBrokenBetweenWordsAndCommandsBetweenOptions) {
  const std::string command =
      "az role assignment create --assignee 1 --role \"Backup Operator\" --scope /subscriptions/1";
  const Finding finding = Finding::problem(
      "rights", ExitCode::not_authorised,
      "contoso-vault: profile default may not ask for restores and cancel backup jobs",
      {Remedy::command(command), Remedy::advice("Azure may need up to ten minutes to apply it, and then some more.")});
  const std::string advice = "    Azure may need up to ten minutes to apply it, and then some more.\n";
  EXPECT_EQ(finding_text(finding, 80, false),
            "problem      rights    contoso-vault: profile default may not ask for restores\n"
            "                       and cancel backup jobs\n"
            "    az role assignment create \\\n"
            "      --assignee 1 \\\n"
            "      --role \"Backup Operator\" \\\n"
            "      --scope /subscriptions/1\n" +
                advice);
  EXPECT_EQ(
      finding_text(finding, 0, false),
      "problem      rights    contoso-vault: profile default may not ask for restores and cancel backup jobs\n    " +
          command + "\n" + advice);
  EXPECT_EQ(finding_text(Finding::ok("tls", "all is \033[31mred"), 0, false),
            "ok           tls       all is \\x1b[31mred\n");
}

TEST(DoctorReport, EndsWithWhatMustBeFixedFirst) {
  const auto problem = [](ExitCode code) { return Finding::problem("x", code, "", {}); };
  const Finding warning = Finding::warning("x", "", {});
  const Finding unchecked = Finding::not_checked("x", "");
  EXPECT_EQ(exit_code_of({}), ExitCode::done);
  EXPECT_EQ(exit_code_of({Finding::ok("x", ""), Finding::note("x", ""), unchecked}), ExitCode::done);
  EXPECT_EQ(exit_code_of({warning, unchecked}), ExitCode::done_with_warnings);
  const std::vector order{ExitCode::usage, ExitCode::failed, ExitCode::not_authorised, ExitCode::not_found,
                          ExitCode::unreachable};
  for (std::size_t i = 0; i + 1 < order.size(); ++i)
    EXPECT_EQ(exit_code_of({warning, problem(order[i + 1]), problem(order[i])}), order[i]);
}

TEST(DoctorReport, CountsAtItsEnd) {
  const Finding problem = Finding::problem("x", ExitCode::failed, "", {});
  const Finding warning = Finding::warning("x", "", {});
  const Finding unchecked = Finding::not_checked("x", "");
  EXPECT_EQ(summary_text({Finding::ok("x", "")}), "everything is in order\n");
  EXPECT_EQ(summary_text({unchecked}), "no problems found; 1 not checked\n");
  EXPECT_EQ(summary_text({problem, problem, warning, unchecked}), "2 problems, 1 warning; 1 not checked\n");
}

TEST(DoctorReport, IsOneObjectForPrograms) {
  const Finding finding = Finding::warning("disk", "small", {Remedy::command("du"), Remedy::advice("Make room.")});
  EXPECT_EQ(findings_json({Finding::not_checked("rights", "no vault was given"), finding}), nlohmann::json::parse(R"({
    "verdict": "warning", "exitCode": 3, "checks": [
      {"check": "rights", "verdict": "notChecked", "sentence": "no vault was given", "remedies": []},
      {"check": "disk", "verdict": "warning", "sentence": "small",
       "remedies": [{"command": "du"}, {"advice": "Make room."}]}]})"));
}

TEST(DoctorReport, OddWordsAreQuotedForTheShell) {
  EXPECT_EQ(shell_word("/var/spool/azrestored"), "/var/spool/azrestored");
  EXPECT_EQ(shell_word("/srv/my spool"), "'/srv/my spool'");
  EXPECT_EQ(shell_word("it's $(rm)"), "'it'\\''s $(rm)'");
  EXPECT_EQ(shell_word(""), "''");
}

std::string token_with(const nlohmann::json& claims) {
  return "e30." + encode_base64url(claims.dump()) + ".signature";
}

TEST(DoctorPrincipal, IsThePrincipalOfTheTokenOrElseTheApplication) {
  AuthSettings profile;
  profile.method = AuthSettings::Method::client_secret;
  profile.client_id = "app-1";
  EXPECT_EQ(assignee_options(profile, "opaque"), "--assignee app-1");
  EXPECT_EQ(assignee_options(profile, token_with({{"oid", "0a-1"}, {"idtyp", "app"}})),
            "--assignee-object-id 0a-1 --assignee-principal-type ServicePrincipal");
  EXPECT_EQ(assignee_options(profile, token_with({{"oid", "0a-1"}, {"idtyp", "user"}})),
            "--assignee-object-id 0a-1 --assignee-principal-type User");
  EXPECT_EQ(assignee_options(profile, token_with({{"oid", "0a; rm -rf /"}})), "--assignee app-1");
  profile.method = AuthSettings::Method::managed_identity;
  profile.client_id = "";
  EXPECT_EQ(grant_command(profile, "opaque", "Backup Operator", "/subscriptions/1/resourceGroups/a(b)"),
            "az role assignment create --assignee OBJECT-ID --role \"Backup Operator\" --scope "
            "'/subscriptions/1/resourceGroups/a(b)'");
}

constexpr const char* unit = R"([Service]
# ReadWritePaths=/nowhere
StateDirectory=azrestored
ProtectSystem=strict
ReadWritePaths=/var/spool/azrestored
ProtectHome=yes
)";

TEST(DoctorUnit, LetsTheServiceWriteWhereItSays) {
  const auto is_free = [](const std::string& text, const std::string& path) { return !sandbox_refusal(text, path); };
  const std::string more = std::string(unit) + "[Service]\nReadWritePaths=-/srv/spool /srv/more\n";
  EXPECT_TRUE(is_free(unit, "/var/spool/azrestored"));
  EXPECT_TRUE(is_free(unit, "/var/lib/azrestored"));
  EXPECT_TRUE(is_free("[Service]\n", "/srv/spool"));
  EXPECT_TRUE(is_free(more, "/srv/spool/in"));
  EXPECT_TRUE(is_free(more, "/var/spool/azrestored"));
  EXPECT_FALSE(is_free(std::string(unit) + "ReadWritePaths=\n", "/var/spool/azrestored"));
}

TEST(DoctorUnit, SaysWhichLineItLacks) {
  const auto beside = sandbox_refusal(unit, "/var/spool/azrestored-2");
  ASSERT_TRUE(beside);
  EXPECT_EQ(beside->why, "the unit lets azrestored write below /var/lib/azrestored and /var/spool/azrestored only");
  EXPECT_EQ(beside->line, "ReadWritePaths=/var/spool/azrestored-2");
  const auto home = sandbox_refusal(unit, "/home/me/spool");
  ASSERT_TRUE(home);
  EXPECT_EQ(home->why, "the unit hides home directories from azrestored (ProtectHome=)");
  EXPECT_EQ(home->line, "");
}

}  // namespace
}  // namespace azrestored::cli
