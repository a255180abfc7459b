// What the checks of Azure share: the loop that they run on, hosts and sign-ins as they were found, and the session
// with Azure Resource Manager of one who has signed in. azure.cpp finds out, rights.cpp asks on.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/arm/arm_client.hpp"
#include "daemon/cli/doctor/checks.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored::cli {

/// Something under way on the loop, from when it is made; several at once.
template <class Value>
class UnderWay {
 public:
  UnderWay(asio::io_context& loop, asio::awaitable<Value> work) : loop_(loop) {
    asio::co_spawn(loop, std::move(work), [outcome = outcome_](const std::exception_ptr& bug, Value value) {
      if (bug) std::rethrow_exception(bug);
      *outcome = std::move(value);
    });
  }

  /// Runs the loop until it is done, and no longer: what was left behind, as a name lookup, keeps nobody.
  Value& get() {
    while (!*outcome_) {
      loop_.restart();
      loop_.run_one();
    }
    return **outcome_;
  }

 private:
  asio::io_context& loop_;
  const std::shared_ptr<std::optional<Value>> outcome_ = std::make_shared<std::optional<Value>>();
};

/// A profile that has signed in, here and now.
struct SignedIn {
  const AuthSettings& profile;
  AccessToken token;
};

/// Checks the permissions on the vault and adds the findings to the report.
void check_rights(Checkup& checkup, asio::io_context& loop, Transport& transport, const SignedIn& who,
                  const VaultId& vault);

}  // namespace azrestored::cli
