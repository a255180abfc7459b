// Goal: `azrestorectl doctor` names each problem on this machine with its remedy, and nothing else. It needs no daemon,
// changes nothing and shows no secret. Method: one fault at a time.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/system/doctor_runs.hpp"

namespace azrestored::test {
namespace {

TEST(Doctor, ReportsNoProblemIfThereIsNone) {
  Stage stage(by_secret());
  prepare(stage);
  stage.daemon.start();
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.not_ok(), std::vector<std::string>{}) << examined.checks.dump(1);
  EXPECT_EQ(examined.finding("settings"), "ok: " + stage.daemon.settings_file().string() + " has no faults");
  EXPECT_EQ(examined.finding("secrets"), "ok: azrestored can read the file with the secret, other users cannot");
  EXPECT_TRUE(examined.finding("spool").starts_with("ok: " + stage.daemon.spool().string() +
                                                    " and its folders can be used by"));
  EXPECT_EQ(examined.finding("database"), "ok: " + stage.daemon.database().string() + ": 0 jobs");
  EXPECT_TRUE(examined.finding("daemon").starts_with("ok: azrestored 0.1.0 runs, up ")) << examined.finding("daemon");
  EXPECT_EQ(examined.finding("budget"), "ok: enough of Azure's hourly quotas is left");
  const std::string place = stage.sim.https_url().substr(std::string("https://").size());
  EXPECT_EQ(examined.finding("tls"), "ok: " + place +
                                      " responds; its certificate is from azrestored throw-away ca, which " +
                                      (stage.certificates() / "ca.pem").string() + " trusts");
  EXPECT_TRUE(examined.finding("clock").starts_with("ok: this machine's clock ")) << examined.finding("clock");
  EXPECT_TRUE(examined.finding("sign-in").starts_with("ok: clientSecret has a token for 59m "))
      << examined.finding("sign-in");
  EXPECT_EQ(examined.finding("rights"),
            "ok: contoso-vault: profile default has all permissions that a restore needs on the vault");

  const Outcome text = stage.ctl({"doctor", "--vault", vault_id()});
  EXPECT_NE(text.out.find("ok           rights    contoso-vault: profile default has all"), std::string::npos)
      << text.out;
  EXPECT_EQ(text.err, "");
  for (const std::string& said : {examined.all, text.out}) {
    EXPECT_EQ(said.find(client_secret), std::string::npos);
    EXPECT_EQ(said.find("eyJ"), std::string::npos) << "a token";
  }
  EXPECT_EQ(stage.sim.restore_posts(), 0);
}

TEST(Doctor, NeedsNoDaemonAndSaysThatItDoesNotRun) {
  Stage stage(by_secret());
  prepare(stage);
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 9);
  EXPECT_EQ(examined.not_ok(), (std::vector<std::string>{"daemon", "budget"})) << examined.checks.dump(1);
  EXPECT_TRUE(examined.finding("daemon").starts_with("problem: azrestored is not running ("))
      << examined.finding("daemon");
  EXPECT_EQ(examined.finding("budget"), "notChecked: only the running daemon knows what is left of Azure's quotas");
  EXPECT_EQ(examined.finding("rights"),
            "ok: contoso-vault: profile default has all permissions that a restore needs on the vault");
}

TEST(Doctor, ReportsSettingsThatTheDaemonHasNotLoaded) {
  Stage stage(by_secret());
  prepare(stage);
  stage.daemon.start();
  const std::string file = stage.daemon.settings_file();
  stage.daemon.change_settings({{"polling", {{"jobInterval", "200ms"}}}, {"limits", {{"connections", 3}}}});
  const Examined changed = examine(stage);
  ASSERT_EQ(changed.of("daemon").size(), 2U) << changed.checks.dump(1);
  const Json change = changed.of("daemon").at(1);
  EXPECT_EQ(change.at("verdict"), "warning");
  EXPECT_TRUE(change.at("sentence")
                  .get<std::string>()
                  .starts_with(file + " has changed since azrestored read it (it read the version of "))
      << change;
  EXPECT_TRUE(change.at("remedies").at(0).at("command").get<std::string>().ends_with("systemctl reload azrestored"));

  stage.daemon.hang_up();
  ASSERT_TRUE(wait_until([&] { return !stage.daemon.events("settings.need-restart").empty(); }));
  const Examined reloaded = examine(stage);
  ASSERT_EQ(reloaded.of("daemon").size(), 2U) << reloaded.checks.dump(1);
  EXPECT_EQ(reloaded.of("daemon").at(1).at("sentence"),
            "azrestored has reloaded its settings, but uses these only after a restart: limits.connections");

  stage.daemon.stop();
  stage.daemon.start();
  EXPECT_EQ(examine(stage).of("daemon").size(), 1U);
}

TEST(Doctor, ReportsThatTheDaemonReadsOtherSettings) {
  Stage stage(by_secret());
  prepare(stage);
  stage.daemon.start();
  const std::filesystem::path other = stage.path("other.json");
  std::filesystem::copy_file(stage.daemon.settings_file(), other);
  const Outcome outcome = run({{AZRESTORECTL, "--config", other, "--json", "doctor"}, {}});
  const std::vector<Json> found = read_outcome(outcome).of("daemon");
  ASSERT_EQ(found.size(), 2U) << outcome.out;
  EXPECT_EQ(found[1].at("sentence"), "azrestored reads its settings from " + stage.daemon.settings_file().string() +
                                         "; these checks use " + other.string());
}

TEST(Doctor, ReportsEveryFaultOfTheSettingsAndChecksNothingFurther) {
  Stage stage;
  write_file(stage.daemon.settings_file(), "{\n  \"spol\": {},\n  \"limits\": {\"activeJobs\": 0}\n}\n");
  const Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 2);
  const auto found = examined.of("settings");
  ASSERT_EQ(found.size(), 3U) << examined.checks.dump(1);
  EXPECT_EQ(found.size(), examined.checks.size());
  const std::string file = stage.daemon.settings_file();
  EXPECT_TRUE(found[0].at("sentence").get<std::string>().starts_with(file + ": /spol, line 2, column ")) << found[0];
  EXPECT_EQ(found[2].at("verdict"), "notChecked");
  EXPECT_EQ(found[2].at("remedies").at(1).at("command"), "azrestored --check-config --config " + file);

  std::filesystem::remove(stage.daemon.settings_file());
  const Examined missing = examine(stage);
  EXPECT_EQ(missing.ending, 2);
  EXPECT_EQ(missing.finding("settings"),
            "problem: " + file + " cannot be read: No such file or directory; azrestored does not start without it");
}

TEST(Doctor, ReportsAWrongSecretInEntrasTermsAndThatOthersCanReadIt) {
  Stage stage(by_secret());
  prepare(stage);
  write_file(stage.path("secret"), "wrong");
  ::chmod(stage.path("secret").c_str(), 0644);
  const Examined examined = examine(stage, {"--vault", vault_id()});
  EXPECT_EQ(examined.ending, 4);
  const std::string file = stage.path("secret");
  EXPECT_EQ(examined.finding("sign-in"),
            "problem: clientSecret: cannot sign in: the client secret is wrong (AADSTS7000215); put its "
            "value (not its id) into " +
                file);
  EXPECT_EQ(examined.finding("secrets"),
            "warning: the client secret file " + file + " can be read by every user of this machine");
  EXPECT_EQ(examined.of("secrets").at(0).at("remedies").at(1).at("command"), "chmod 0640 " + file);
  EXPECT_EQ(examined.finding("rights"), "notChecked: contoso-vault: not signed in");
  EXPECT_EQ(examined.all.find("wrong\n"), std::string::npos);

  std::filesystem::remove(stage.path("secret"));
  EXPECT_EQ(examine(stage).finding("sign-in"), "problem: clientSecret: cannot sign in: the client secret file " + file +
                                                   " cannot be read: No such file or directory");
}

TEST(Doctor, ReportsFoldersThatTheServiceCannotUse) {
  Stage stage;
  prepare(stage);
  const std::string incoming = stage.daemon.spool() / "incoming";
  std::filesystem::remove_all(incoming);
  write_file(incoming, "");
  Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 1);
  EXPECT_EQ(examined.finding("spool"), "problem: " + incoming + " is not a folder");

  std::filesystem::remove(incoming);
  std::filesystem::create_directory(incoming);
  ::chmod(incoming.c_str(), 0777);
  examined = examine(stage);
  EXPECT_TRUE(
      examined.finding("spool").starts_with("problem: every user of this machine can put job files into " + incoming))
      << examined.finding("spool");
  EXPECT_EQ(examined.of("spool").at(0).at("remedies").at(0).at("command"), "chmod o-w " + incoming);

  std::filesystem::remove_all(stage.daemon.spool());
  std::filesystem::remove(stage.daemon.database());
  examined = examine(stage);
  EXPECT_EQ(examined.finding("spool"),
            "note: " + stage.daemon.spool().string() + " does not exist yet; azrestored creates it when it starts");
  EXPECT_EQ(examined.finding("database"),
            "note: " + stage.daemon.database().string() + " does not exist yet; azrestored creates it when it starts");
}

TEST(Doctor, ReportsALostOrDamagedDatabase) {
  Stage stage;
  prepare(stage);
  write_file(stage.daemon.database(), "no database at all, but a text of some length");
  Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 1);
  EXPECT_TRUE(examined.finding("database").starts_with("problem: ")) << examined.finding("database");

  std::filesystem::remove(stage.daemon.database());
  write_file(stage.daemon.spool() / "accepted" / "46d17e75-81f7-49c1-85f1-140abb6ff39b.json", "{}");
  examined = examine(stage);
  EXPECT_TRUE(
      examined.finding("database")
          .starts_with("problem: the database " + stage.daemon.database().string() + " is missing or empty, but"))
      << examined.finding("database");
}

/// The user of the service is the owner of its socket.
TEST(Doctor, ChecksAsTheUserOfTheService) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can check as another user";
  constexpr uid_t nobody = 65534;
  Stage stage;
  prepare(stage);
  for (const auto& folder :
       {stage.daemon.settings_file().parent_path().parent_path(), stage.daemon.settings_file().parent_path()})
    ::chmod(folder.c_str(), 0755);
  const auto socket = stage.daemon.settings_file().parent_path() / "control.sock";
  write_file(socket, "");
  ASSERT_EQ(::chown(socket.c_str(), nobody, nobody), 0);
  ASSERT_EQ(::chmod(stage.daemon.spool().c_str(), 0750), 0);
  const Examined examined = examine(stage);
  EXPECT_EQ(examined.ending, 1);
  const std::string token = stage.path("token");
  EXPECT_EQ(examined.finding("secrets"),
            "problem: the access token file " + token +
                " cannot be read by user nobody (the user of azrestored): Permission denied");
  const auto spool = examined.of("spool");
  ASSERT_FALSE(spool.empty());
  EXPECT_EQ(spool[0].at("sentence"), stage.daemon.spool().string() +
                                         " cannot be used by user nobody (the user of azrestored): Permission denied "
                                         "(root:root, mode 0750)");
  // After the checks as nobody, it reads the token as root again.
  EXPECT_TRUE(examined.finding("sign-in").starts_with("ok: accessToken")) << examined.finding("sign-in");
}

/// Run by another user: a file that doctor cannot read says nothing about the service.
TEST(Doctor, RunByAnotherUserReportsNoFindingAboutTheService) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  Stage stage;
  prepare(stage);
  stage.daemon.start();
  const auto as_nobody = [&] {
    return read_outcome(run({{"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", AZRESTORECTL,
                              "--json", "--config", stage.daemon.settings_file(), "doctor"},
                             {}}));
  };
  Examined examined = as_nobody();
  EXPECT_EQ(examined.ending, 4);
  EXPECT_EQ(examined.finding("settings"), "notChecked: " + stage.daemon.settings_file().string() +
                                              " cannot be read: Permission denied, and all other checks depend on it");
  EXPECT_EQ(examined.of("settings").at(0).at("remedies").at(0).at("command"), "sudo azrestorectl doctor");

  const auto folder = stage.daemon.settings_file().parent_path();
  for (const auto& each : {folder.parent_path(), folder, stage.certificates()}) ::chmod(each.c_str(), 0755);
  ::chmod(stage.daemon.settings_file().c_str(), 0644);
  ::chmod((stage.certificates() / "ca.pem").c_str(), 0644);
  examined = as_nobody();
  EXPECT_EQ(examined.finding("sign-in"),
            "notChecked: accessToken: " + stage.path("token").string() + " cannot be read by you");
  EXPECT_TRUE(
      examined.finding("daemon").starts_with("notChecked: only root and the user that azrestored runs as may use "))
      << examined.finding("daemon");
  EXPECT_TRUE(examined.finding("database").starts_with("notChecked: ")) << examined.finding("database");
}

}  // namespace
}  // namespace azrestored::test
