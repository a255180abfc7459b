// Goal: a restore finishes with each sign-in method, on each kind of host. If the sign-in fails, status shows the
// remedy in one sentence, and jobs wait and continue after the fix. Method: the simulator verifies assertions with the
// certificate's public key and records which proof it got; the daemon's environment selects the kind of host.
#include <gtest/gtest.h>

#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

/// A certificate of an application, with its key in the same file and in a separate one.
class Certificate {
 public:
  explicit Certificate(const std::vector<std::string>& kind_of_key = {"rsa:2048"}) {
    Command command{{"/usr/bin/env", "openssl", "req", "-x509", "-nodes", "-newkey"}, {}};
    command.words.insert(command.words.end(), kind_of_key.begin(), kind_of_key.end());
    const std::vector<std::string> rest = {"-subj",   "/CN=contoso", "-days", "2",
                                           "-keyout", key(),         "-out",  public_part()};
    command.words.insert(command.words.end(), rest.begin(), rest.end());
    const Outcome made = run(command);
    if (made.ending != 0) throw std::runtime_error("openssl: " + made.err);
    write_file(both(), read_file(public_part()) + read_file(key()));
  }

  [[nodiscard]] std::string key() const { return folder_.path() / "client.key"; }
  [[nodiscard]] std::string public_part() const { return folder_.path() / "client.crt"; }
  [[nodiscard]] std::string both() const { return folder_.path() / "client.pem"; }

 private:
  TempDir folder_;
};

/// The usual Azure, changed by `more` (RFC 7396).
Stage::Options azure_changed_by(const Json& more) {
  Stage::Options options;
  options.azure.merge_patch(more);
  return options;
}

Json client_with(Json proof) {
  proof["tenantId"] = tenant_id;
  proof["clientId"] = client_id;
  return {{"clients", Json::array({proof})}};
}

/// Settings to sign in at the simulator by `auth`.
void sign_in_by(Stage& stage, Json auth) {
  auth["authority"] = stage.sim.https_url();
  auth["imdsEndpoint"] = stage.sim.http_url();
  stage.configure(stage.sim.https_url(), {{"auth", auth}});
}

Json application(const std::string& method, Json more) {
  more["method"] = method;
  more["tenantId"] = tenant_id;
  more["clientId"] = client_id;
  return more;
}

Json sign_in_status(const Stage& stage) {
  const Json status = Json::parse(stage.ctl({"status", "--json"}).out, nullptr, false);
  return status.is_object() ? status.at("signIn") : Json();
}

/// Waits until status reports a problem, and returns it.
std::string problem_of(const Stage& stage) {
  Json problem;
  const auto is_reported = [&] {
    problem = sign_in_status(stage).at("problem");
    return problem.is_string();
  };
  if (!wait_until(is_reported)) ADD_FAILURE() << "status reports no problem";
  return problem.is_string() ? problem.get<std::string>() : "";
}

/// Runs one restore to its end; returns the simulator's only record of a sign-in.
Json sign_in_of_a_restore(Stage& stage) {
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded") << sign_in_status(stage).dump(2);
  const Json notes = stage.sim.report().at("tokenRequests");
  return notes.empty() ? Json() : notes.back();
}

void expect_waiting(const Stage& stage) {
  EXPECT_FALSE(stage.show("drill").at("atRest")) << "the job fails instead of waiting";
  EXPECT_TRUE(stage.sim.restores().empty());
}

// ── certificates ──

TEST(SignInByCertificate, IsSignedWithPs256) {
  const Certificate certificate;
  Stage stage(azure_changed_by(client_with({{"certificate", read_file(certificate.public_part())}})));
  sign_in_by(stage, application("clientCertificate", {{"clientCertificateFile", certificate.both()}}));
  stage.daemon.start();
  const Json note = sign_in_of_a_restore(stage);
  EXPECT_EQ(note.at("with"), "certificate");
  EXPECT_EQ(note.at("algorithm"), "PS256");
}

TEST(SignInByCertificate, IsSignedWithRs256WhenTheSettingsSaySo) {
  const Certificate certificate;
  Stage stage(azure_changed_by(client_with({{"certificate", read_file(certificate.public_part())}})));
  sign_in_by(stage, application("clientCertificate", {{"clientCertificateFile", certificate.public_part()},
                                                      {"clientCertificateKeyFile", certificate.key()},
                                                      {"clientCertificateAlgorithm", "RS256"}}));
  stage.daemon.start();
  const Json note = sign_in_of_a_restore(stage);
  EXPECT_EQ(note.at("with"), "certificate");
  EXPECT_EQ(note.at("algorithm"), "RS256");
}

TEST(SignInByCertificate, ThatIsNotRegisteredIsReportedAndTheJobGoesOnWithTheRightOne) {
  const Certificate registered;
  const Certificate other;
  Stage stage(azure_changed_by(client_with({{"certificate", read_file(registered.public_part())}})));
  const auto file = stage.path("client.pem");
  write_file(file, read_file(other.both()));
  sign_in_by(stage, application("clientCertificate", {{"clientCertificateFile", file}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(problem_of(stage),
            "cannot sign in: the client certificate is not registered with the application, or the signature does not "
            "match it (AADSTS700027); register the certificate in " +
                file.string() + " (without its key) in Microsoft Entra");
  expect_waiting(stage);
  write_file(file, read_file(registered.both()));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
}

TEST(SignInByCertificate, WithAnEcKeyIsRefusedBeforeAnythingIsSent) {
  const Certificate certificate({"ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
  Stage stage;
  sign_in_by(stage, application("clientCertificate", {{"clientCertificateFile", certificate.both()}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_NE(problem_of(stage).find("has an EC key; Microsoft Entra accepts only RSA keys"), std::string::npos);
  expect_waiting(stage);
  EXPECT_TRUE(stage.sim.report().at("tokenRequests").empty());
}

// ── workload identity ──

constexpr const char* federated_token = "eyJ0eXAiOiJKV1QifQ.federated-one.c2ln";
constexpr const char* rotated_token = "eyJ0eXAiOiJKV1QifQ.federated-two.c2ln";

TEST(SignInByWorkloadIdentity, ReadsTheTokenFileAtEachSignIn) {
  Stage stage(azure_changed_by(client_with({{"federatedAssertions", {rotated_token}}})));
  const auto file = stage.path("federated");
  write_file(file, federated_token);
  sign_in_by(stage, application("workloadIdentity", {{"federatedTokenFile", file}}));
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_NE(problem_of(stage).find("the federated token"), std::string::npos) << problem_of(stage);
  expect_waiting(stage);
  write_file(file, rotated_token);
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
}

TEST(SignInByWorkloadIdentity, TakesEverythingFromTheStandardVariables) {
  Stage stage(azure_changed_by(client_with({{"federatedAssertions", {federated_token}}})));
  write_file(stage.path("federated"), federated_token);
  const Json auth = {{"method", "workloadIdentity"}};
  stage.configure(stage.sim.https_url(), {{"auth", auth}});
  stage.daemon.start({{"AZURE_TENANT_ID", tenant_id},
                      {"AZURE_CLIENT_ID", client_id},
                      {"AZURE_FEDERATED_TOKEN_FILE", stage.path("federated")},
                      {"AZURE_AUTHORITY_HOST", stage.sim.https_url() + "/"}});
  EXPECT_EQ(sign_in_of_a_restore(stage).at("granted"), true);
}

// ── managed identities ──

const std::string identity_id =
    group_id("contoso-web") + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/restorer";

Json one_user_assigned_identity() {
  return {{"systemAssigned", false},
          {"identities", {{{"clientId", "client-of-it"}, {"objectId", "object-of-it"}, {"resourceId", identity_id}}}}};
}

class SignInByManagedIdentity : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(SignInByManagedIdentity, NamesAUserAssignedIdentityOfTheMachine) {
  const auto& [setting, id] = GetParam();
  Stage stage(azure_changed_by({{"imds", one_user_assigned_identity()}}));
  sign_in_by(stage, {{"method", "managedIdentity"}, {setting, id}});
  stage.daemon.start();
  const Json note = sign_in_of_a_restore(stage);
  EXPECT_EQ(note.at("endpoint"), "imds");
  EXPECT_EQ(note.at("identity").begin().value(), id);
}

TEST_P(SignInByManagedIdentity, NamesAUserAssignedIdentityOfAppService) {
  const auto& [setting, id] = GetParam();
  Json app_service = one_user_assigned_identity();
  app_service["header"] = "app-service-secret";
  Stage stage(azure_changed_by({{"appService", app_service}}));
  sign_in_by(stage, {{"method", "managedIdentity"}, {setting, id}});
  stage.daemon.start(
      {{"IDENTITY_ENDPOINT", stage.sim.http_url() + "/msi/token"}, {"IDENTITY_HEADER", "app-service-secret"}});
  const Json note = sign_in_of_a_restore(stage);
  EXPECT_EQ(note.at("endpoint"), "appService");
  EXPECT_EQ(note.at("identity").begin().value(), id);
}

INSTANTIATE_TEST_SUITE_P(By, SignInByManagedIdentity,
                         testing::Values(std::pair("clientId", "client-of-it"), std::pair("objectId", "object-of-it"),
                                         std::pair("resourceId", identity_id)),
                         [](const auto& row) { return row.param.first; });

TEST(SignInByMachine, WithAnIdentityThatIsNotAssignedIsReported) {
  Stage stage(azure_changed_by({{"imds", one_user_assigned_identity()}}));
  sign_in_by(stage, {{"method", "managedIdentity"}, {"objectId", "another"}});
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(problem_of(stage),
            "cannot sign in: this machine does not have that managed identity (Identity not found); assign one to this "
            "machine, or correct auth.clientId, auth.objectId or auth.resourceId");
  expect_waiting(stage);
}

/// A server connected by Azure Arc: the challenge of its agent names this file.
void start_on_arc(Stage& stage, const std::filesystem::path& token_folder) {
  sign_in_by(stage, {{"method", "managedIdentity"}, {"arcTokenFolder", token_folder}});
  stage.daemon.start({{"IDENTITY_ENDPOINT", stage.sim.http_url() + "/metadata/identity/oauth2/token"},
                      {"IMDS_ENDPOINT", stage.sim.http_url()}});
}

TEST(SignInByMachine, OnArcAnswersTheChallenge) {
  const TempDir tokens;
  const auto file = tokens.path() / "challenge.key";
  write_file(file, "proof-of-the-agent");
  Stage stage(azure_changed_by({{"arc", {{"file", file}}}}));
  start_on_arc(stage, tokens.path());
  const Json note = sign_in_of_a_restore(stage);
  EXPECT_EQ(note.at("endpoint"), "arc");
  EXPECT_EQ(stage.sim.report().at("tokenRequests").size(), 2U) << "a challenge and its response";
}

TEST(SignInByMachine, OnArcReadsNoFileElsewhere) {
  const TempDir tokens;
  const TempDir elsewhere;
  const auto file = elsewhere.path() / "challenge.key";
  write_file(file, "something-else");
  Stage stage(azure_changed_by({{"arc", {{"file", file}}}}));
  start_on_arc(stage, tokens.path());
  stage.drop(disks_job("drill"));
  EXPECT_NE(problem_of(stage).find("that ends in .key; nothing was read"), std::string::npos);
  expect_waiting(stage);
}

// ── when it fails ──

Json token_error(int status, const std::string& error, int code) {
  const Json body = {{"error", error}, {"error_codes", {code}}, {"error_description", "AADSTS" + std::to_string(code)}};
  return {{"tokenErrors", Json::array({{{"status", status}, {"body", body}}})}};
}

TEST(SignInThatFails, ForGoodIsOneSentenceAndTheJobWaits) {
  Stage::Options options = azure_changed_by(token_error(401, "invalid_client", 7000222));
  options.sign_in = Stage::SignIn::by_secret;
  Stage stage(options);
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  const std::string expected = "cannot sign in: the client secret has expired (AADSTS7000222); put a new one into " +
                               stage.path("secret").string();
  EXPECT_EQ(problem_of(stage), expected);
  expect_waiting(stage);
  EXPECT_NE(stage.ctl({"status"}).out.find(expected), std::string::npos);
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(sign_in_status(stage).at("ok"), true);
}

TEST(SignInThatFails, ForNowIsTriedAgain) {
  Stage::Options options = azure_changed_by(token_error(400, "temporarily_unavailable", 90033));
  options.sign_in = Stage::SignIn::by_secret;
  Stage stage(options);
  stage.daemon.start();
  EXPECT_EQ(sign_in_of_a_restore(stage).at("granted"), true);
  const Json notes = stage.sim.report().at("tokenRequests");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes.at(0).at("granted"), false);
}

// ── several profiles ──

TEST(SignInProfiles, AreListedByStatusAndTheFirstIsForJobsThatNameNone) {
  Stage stage;
  write_file(stage.path("other-token"), "a-token-that-azure-does-not-take");
  const Json auth = {
      {{"name", "prod"}, {"method", "accessToken"}, {"accessTokenFile", stage.path("token")}},
      {{"name", "test"}, {"method", "accessToken"}, {"accessTokenFile", stage.path("other-token")}},
  };
  stage.configure(stage.sim.https_url(), {{"auth", auth}});
  stage.daemon.start();
  stage.drop(disks_job("drill"));
  EXPECT_EQ(stage.wait_for_end("drill").at("state"), "succeeded");
  EXPECT_EQ(stage.sim.report().at("unauthenticated"), 0);
  const Json expected = {{{"name", "prod"}, {"method", "accessToken"}, {"ok", true}, {"problem", nullptr}},
                         {{"name", "test"}, {"method", "accessToken"}, {"ok", true}, {"problem", nullptr}}};
  EXPECT_EQ(sign_in_status(stage).at("profiles"), expected);
  EXPECT_NE(stage.ctl({"status"}).out.find("sign-in test"), std::string::npos);
}

// ── secrets ──

TEST(SecretsOfApplications, AreNowhereToBeFound) {
  const Certificate certificate;
  Stage stage(azure_changed_by(client_with({{"certificate", read_file(certificate.public_part())}})));
  sign_in_by(stage, application("clientCertificate", {{"clientCertificateFile", certificate.both()}}));
  stage.daemon.start();
  sign_in_of_a_restore(stage);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(stage.path("daemon"))) {
    if (!entry.is_regular_file()) continue;
    const std::string text = read_file(entry.path());
    for (const char* hidden : {"PRIVATE KEY", "eyJhbGci", "eyJ0eXAi"}) {
      EXPECT_EQ(text.find(hidden), std::string::npos) << hidden << " in " << entry.path();
    }
  }
}

}  // namespace
}  // namespace azrestored::test
