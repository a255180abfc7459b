// Sign-in: the token endpoint of Microsoft Entra (client secret, certificate, federated assertion), the managed
// identity endpoints of a VM, of App Service and of Arc, and the check of bearer tokens. Rules and error numbers:
// azure-backup-api.md 8; the sentences in the errors are ours. The report lists the requests at each endpoint.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "caller.hpp"
#include "dotnet_time.hpp"
#include "http_message.hpp"
#include "identifiers.hpp"
#include "routes.hpp"
#include "state_file.hpp"

namespace azsim {

enum class TokenVerdict { good, missing, invalid, expired };

class Tokens {
 public:
  Tokens(const State& state, std::int64_t lifetime_s, std::string key, Identifiers& ids);

  /// A request for which is_sign_in(match.route) is true.
  [[nodiscard]] Response answer(const Request& request, const RouteMatch& match, Instant now);

  [[nodiscard]] TokenVerdict judge(const Pairs& headers, Instant now) const;
  /// The tenants of the valid tokens in the headers.
  [[nodiscard]] Caller caller(const Pairs& headers, Instant now) const;

  /// Makes every token issued so far expired; the tokens of the state file stay valid.
  void expire_all();
  /// Replaces the injected errors.
  void replace_errors(std::vector<TokenError> errors) { errors_ = std::move(errors); }

  [[nodiscard]] std::uint64_t issued() const { return issued_; }
  /// {"endpoint", "tenantId"?, "clientId"?, "with"?, "algorithm"?, "identity"?, "granted", "error"?} each.
  [[nodiscard]] const Json& requests() const { return requests_; }
  void reset_count();

 private:
  struct Issued {
    Instant expiry;
    std::string tenant;
  };
  /// The common part of the responses of the three managed identity endpoints.
  struct Host {
    const HostIdentities& identities;
    std::vector<const char*> id_parameters;
  };

  [[nodiscard]] std::string issue(const std::string& audience, const std::string& tenant, const std::string& client,
                                  Instant now);
  [[nodiscard]] Response client_credentials(const Request& request, const std::string& tenant, Json& entry,
                                            Instant now);
  [[nodiscard]] Response openid_configuration(const Request& request, const std::string& tenant) const;
  [[nodiscard]] Response metadata(const Request& request, const Pairs& query, Json& entry, Instant now);
  [[nodiscard]] Response arc(const Request& request, const Pairs& query, Instant now);
  [[nodiscard]] Response vm_extension(const Request& request, Json& entry, Instant now);
  [[nodiscard]] Response app_service(const Request& request, const Pairs& query, Json& entry, Instant now);
  [[nodiscard]] Response grant_identity(const Host& host, const Pairs& query, Json& entry, Instant now);
  [[nodiscard]] const TokenError* error_due(const std::string& endpoint, const std::string& tenant);
  [[nodiscard]] bool is_arc(const Pairs& query) const;
  [[nodiscard]] const std::string* good_tenant(const std::string& token, Instant now) const;

  const State& state_;
  const std::int64_t lifetime_s_;
  const std::string key_;
  Identifiers& ids_;
  std::map<std::string, Issued> tokens_;
  std::set<std::string> assertions_;  // by `jti`
  std::vector<TokenError> errors_;
  std::uint64_t issued_ = 0;
  Json requests_ = Json::array();
};

/// A response of a token endpoint, which no cache may store. Private to the endpoints' files.
[[nodiscard]] Response token_response(unsigned status, const Json& body);

}  // namespace azsim
