// Goal: `azrestorectl doctor` names each problem between this machine and a restore in Azure, with the command or role
// that fixes it. Method: one fault at a time, in the simulator or in the connection to it.
#include <gtest/gtest.h>

#include <array>
#include <ctime>

#include "tests/support/middleman.hpp"
#include "tests/system/doctor_runs.hpp"

namespace azrestored::test {
namespace {

std::string grant() {
  return std::string("az role assignment create --assignee ") + client_id + " --role \"Backup Operator\" --scope " +
         vault_id();
}

TEST(Doctor, ReportsAWrongClock) {
  Stage stage;
  prepare(stage);
  const auto hour_ago = [] {
    const std::time_t then = std::time(nullptr) - 3600 - 30;
    std::array<char, 64> text{};
    std::tm parts{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", ::gmtime_r(&then, &parts));
    return std::string(text.data());
  };
  Middleman middleman(stage.sim.http_port(), certificate_in(stage.certificates(), "server"),
                      [&](const std::string&, const std::function<Answer()>& azure, Peer& peer) {
                        Answer answer = azure();
                        answer.set("Date", hour_ago());
                        peer.write(answer.text());
                      });
  stage.configure(middleman.url());
  const Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 1);
  EXPECT_EQ(examined.finding("clock"),
            "problem: this machine's clock is 1h ahead of that of localhost; tokens and certificates can seem expired "
            "or not yet valid");
  EXPECT_EQ(examined.of("clock").at(0).at("remedies").at(0).at("command"), "timedatectl set-ntp true");
}

TEST(Doctor, ReportsANameWithoutAnAddress) {
  Stage stage;
  prepare(stage);
  stage.configure("https://management.invalid");
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 9);
  EXPECT_TRUE(examined.finding("name").starts_with("problem: cannot find the address of management.invalid: "))
      << examined.finding("name");
  EXPECT_TRUE(examined.finding("name").ends_with(" (arm.endpoint)"));
  EXPECT_EQ(examined.of("name").at(0).at("remedies").at(0).at("command"), "resolvectl query management.invalid");
  EXPECT_EQ(examined.finding("clock"), "notChecked: no response of Azure's hosts contained the time");
  EXPECT_EQ(examined.finding("rights"), "notChecked: contoso-vault: management.invalid cannot be reached");
}

TEST(Doctor, ReportsAnUntrustedCertificateAndSendsNoSecretThere) {
  Stage::Options options = by_secret();
  options.certificate = "stranger";
  Stage stage(options);
  prepare(stage);
  const Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 9);
  EXPECT_EQ(examined.finding("tls"),
            "problem: TLS: certificate of 127.0.0.1 comes from an unknown authority (unable to get local issuer "
            "certificate); "
            "arm.caFile names the authorities to trust (arm.endpoint)");
  EXPECT_EQ(examined.finding("sign-in"), "notChecked: clientSecret: 127.0.0.1 cannot be reached");
  EXPECT_EQ(stage.sim.report().at("requests"), 0);

  write_file(stage.certificates() / "ca.pem", "no certificate");
  EXPECT_TRUE(examine(stage).finding("tls").starts_with(
      "problem: arm.caFile: cannot read certificate authorities (PEM) from "));
}

/// Only the service has the path of its credentials from systemd; root finds them while the service runs.
TEST(Doctor, SignsInWithACredentialWhereThereIsOne) {
  Stage stage(by_secret());
  prepare(stage);
  stage.configure(stage.sim.https_url(), {{"auth",
                                           {{"method", "clientSecret"},
                                            {"authority", stage.sim.https_url()},
                                            {"tenantId", tenant_id},
                                            {"clientId", client_id},
                                            {"clientSecretFile", "$CREDENTIALS_DIRECTORY/secret"},
                                            {"accessTokenFile", nullptr}}}});
  const Examined without = examine(stage);
  EXPECT_EQ(without.finding("sign-in"),
            "notChecked: clientSecret: systemd provides $CREDENTIALS_DIRECTORY/secret to azrestored and root only, "
            "while azrestored runs");
  const std::vector<std::string> words{AZRESTORECTL, "--config", stage.daemon.settings_file(), "--json", "doctor"};
  const Examined with = read_outcome(run({words, {{"CREDENTIALS_DIRECTORY", stage.path("")}}}));
  EXPECT_TRUE(with.finding("sign-in").starts_with("ok: clientSecret has a token for ")) << with.finding("sign-in");
}

TEST(Doctor, ReportsAMissingRoleAndTheCommandThatAssignsIt) {
  Stage stage(by_secret({{{"actions", {"*/read"}}}}));
  prepare(stage);
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 4);
  EXPECT_EQ(examined.finding("rights"),
            "problem: contoso-vault: profile default may not request restores, cancel backup jobs and request the "
            "pre-flight");
  const Json remedies = examined.of("rights").at(0).at("remedies");
  EXPECT_EQ(remedies.at(0).at("command"), grant());
  EXPECT_EQ(remedies.at(2).at("advice"),
            "Or assign a custom role with these actions: "
            "Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/"
            "protectedItems/recoveryPoints/restore/action, Microsoft.RecoveryServices/Vaults/backupJobs/cancel/action, "
            "Microsoft.RecoveryServices/Vaults/backupTriggerValidateOperation/action");
}

TEST(Doctor, WarnsOfRightsThatRestoresCanDoWithout) {
  Stage stage(by_secret({{{"actions", {"*"}}, {"notActions", {"*/backupTriggerValidateOperation/*"}}}}));
  prepare(stage);
  stage.daemon.start();
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 3);
  EXPECT_EQ(examined.finding("rights"),
            "warning: contoso-vault: profile default may not request the pre-flight; restores work without it");
}

TEST(Doctor, ReportsThatTheVaultMayNotBeRead) {
  Stage stage(by_secret(Json::array()));
  prepare(stage);
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 4);
  EXPECT_TRUE(examined.finding("rights").starts_with(
      "problem: contoso-vault: profile default may not read the vault, list protected items and read backup jobs: "
      "AuthorizationFailed: The client 'simulated'"))
      << examined.finding("rights");
  EXPECT_EQ(examined.of("rights").at(0).at("remedies").at(0).at("command"), grant());
}

TEST(Doctor, ReportsUnknownRightsIfAzureDoesNotReportThem) {
  Stage stage(by_secret({{{"actions", {"*"}}, {"notActions", {"Microsoft.Authorization/*"}}}}));
  prepare(stage);
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_TRUE(
      examined.finding("rights").starts_with("notChecked: contoso-vault: profile default may read everything that is "
                                             "needed, but Azure does not say whether it may restore: "
                                             "AuthorizationFailed"))
      << examined.finding("rights");
  EXPECT_EQ(examined.of("rights").at(0).at("remedies").at(1).at("command"), grant());
}

TEST(Doctor, ReportsMissingVaultsAndProfiles) {
  Stage stage;
  prepare(stage);
  stage.daemon.start();
  const Examined examined = examine(stage, {"--vault", vault_id() + "-2", "--vault", vault_id()});
  EXPECT_EQ(examined.ending, 5);
  const auto found = examined.of("rights");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].at("sentence").get<std::string>().starts_with("contoso-vault-2: ResourceNotFound: "))
      << found[0];
  EXPECT_EQ(found[1].at("verdict"), "ok");
  EXPECT_EQ(examine(stage).finding("rights"), "notChecked: no vault was given");

  const Outcome no_id = stage.ctl({"doctor", "--vault", "contoso-vault"});
  EXPECT_EQ(no_id.ending, 2);
  EXPECT_NE(no_id.err.find("--vault \"contoso-vault\" is not the ARM id of a Recovery Services vault"),
            std::string::npos)
      << no_id.err;
  EXPECT_EQ(stage.ctl({"doctor", "--vault", vault_id(), "--auth", "prod"}).ending, 2);
}

TEST(Doctor, ReportsARefusalThatTheDaemonWaitsFor) {
  Stage stage;
  prepare(stage);
  stage.sim.add_fault("GET .*backupProtectedItems@1=429:300");
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const auto is_refused = [&] {
    const Json status = Json::parse(stage.ctl({"status", "--json"}).out);
    for (const Json& budget : status.at("budgets"))
      if (!budget.at("refusedUntil").is_null()) return true;
    return false;
  };
  ASSERT_TRUE(wait_until(is_refused));
  const Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 3);
  EXPECT_NE(examined.finding("budget").find(
                "warning: Microsoft.RecoveryServices/vaults/backupProtectedItems/read of subscription "
                "11111111-2222-4333-8444-555555555555: Azure refuses it until "),
            std::string::npos)
      << examined.finding("budget");
}

}  // namespace
}  // namespace azrestored::test
