// Common parts of the provider tests: a profile of the settings with its files in a folder, a transport that answers
// from a list, and the check that no sentence contains a secret or a token.
#pragma once

#include <boost/asio/io_context.hpp>

#include "daemon/signin/token_providers.hpp"
#include "tests/support/files.hpp"
#include "tests/support/token_fakes.hpp"

namespace azrestored::test {

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class SignInFixture : public testing::Test {
 protected:
  SignInFixture() {
    profile.authority = "https://login.microsoftonline.com/";
    profile.tenant_id = "contoso.example";
    profile.client_id = "11111111-2222-4333-8444-555555555555";
    profile.client_secret_file = folder.path() / "secret";
    profile.client_certificate_file = folder.path() / "client.pem";
    profile.federated_token_file = folder.path() / "federated";
    profile.access_token_file = folder.path() / "token";
    profile.arc_token_folder = folder.path();
  }

  SignIn sign_in() {
    return run(loop, make_token_provider(profile, "https://management.azure.com/", ports)->sign_in());
  }

  AccessToken token() {
    const SignIn outcome = sign_in();
    if (const auto* failed = std::get_if<SignInFailure>(&outcome)) throw std::runtime_error(failed->error.sentence());
    return std::get<AccessToken>(outcome);
  }

  SignInFailure failure() {
    const SignIn outcome = sign_in();
    if (!std::holds_alternative<SignInFailure>(outcome)) throw std::runtime_error("the sign-in succeeded");
    auto failed = std::get<SignInFailure>(outcome);
    for (const char* hidden : {"s3cret", "eyJ", "PRIVATE KEY-----"}) {
      EXPECT_FALSE(contains(failed.error.sentence(), hidden)) << failed.error.sentence();
    }
    EXPECT_TRUE(failed.error.sentence().starts_with("cannot sign in: ")) << failed.error.sentence();
    return failed;
  }

  /// Of a sign-in that must fail for good: the text after "cannot sign in: ".
  std::string refusal() {
    const SignInFailure failed = failure();
    EXPECT_EQ(failed.error.kind(), ErrorKind::unauthorized) << failed.error.sentence();
    return failed.error.sentence().substr(std::string("cannot sign in: ").size());
  }

  TempDir folder;
  asio::io_context loop{1};
  ManualClock clock;
  FixedIds ids;
  FakeTransport transport;
  SignInPorts ports{transport, clock, ids, {}};
  AuthSettings profile;
};

}  // namespace azrestored::test
