// Everything that a system test needs: an installation, and the simulated Azure that it uses.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tests/support/installation.hpp"
#include "tests/support/sample_azure.hpp"
#include "tests/support/sim_process.hpp"

namespace azrestored::test {

class Stage : public Installation {
 public:
  enum class SignIn { by_token, by_secret, by_identity };
  struct Options {
    Json azure = azure_with(Json::array({protected_vm("web01")}));
    SignIn sign_in = SignIn::by_token;
    std::string certificate = "server";  // the simulator's; make_ca.sh names them
    std::vector<std::string> simulator;  // more arguments of it
    Json settings = Json::object();      // of azrestored, in addition to the stage's own
  };

  Stage() : Stage(Options()) {}
  explicit Stage(const Options& options);

  SimProcess sim;
};

/// Time between two requests in the simulator's log.
std::chrono::duration<double> time_between(const Json& earlier, const Json& later);

}  // namespace azrestored::test
