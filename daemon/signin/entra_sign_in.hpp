// Signs in as an application at Microsoft Entra's v2 token endpoint, with the client credentials grant
// (azure-backup-api.md 8.1).
#pragma once

#include <memory>
#include <string>

#include "config/auth_settings.hpp"
#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/signin/entra_credential.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

class EntraSignIn final : public TokenProvider {
 public:
  /// The references must outlive it.
  EntraSignIn(const AuthSettings& profile, const std::string& resource, std::unique_ptr<EntraCredential> credential,
              Transport& transport, const Clock& clock);

  asio::awaitable<SignIn> sign_in() override;

 private:
  [[nodiscard]] HttpRequest request(const EntraProof& proof) const;

  const std::string token_url_;
  const std::string scope_;
  const std::string client_id_;
  const std::unique_ptr<EntraCredential> credential_;
  Transport& transport_;
  const Clock& clock_;
};

}  // namespace azrestored
