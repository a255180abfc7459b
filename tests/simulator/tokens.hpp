// Who may come in: the token endpoint of Microsoft Entra (client secret), the metadata endpoint of a VM, and the
// judgement of bearer tokens. Rules and error numbers: API.md 8.1, 8.4, 8.7; the sentences in the errors are ours.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "dotnet_time.hpp"
#include "http_message.hpp"
#include "identifiers.hpp"
#include "state_file.hpp"

namespace azsim {

enum class TokenVerdict { good, missing, invalid, expired };

class Tokens {
 public:
  Tokens(const State& state, std::int64_t lifetime_s, std::string key, Identifiers& ids);

  [[nodiscard]] Response client_credentials(const Request& request, const std::string& tenant, Instant now);
  [[nodiscard]] Response managed_identity(const Request& request, const Pairs& query, Instant now);
  [[nodiscard]] TokenVerdict judge(const Pairs& headers, Instant now) const;
  /// Every token issued so far becomes an expired one; those fixed in the state file stay good.
  void expire_all();
  [[nodiscard]] std::uint64_t issued() const { return issued_; }
  void reset_count() { issued_ = 0; }

 private:
  [[nodiscard]] std::string issue(const std::string& audience, const std::string& tenant, const std::string& client,
                                  Instant now);

  const State& state_;
  const std::int64_t lifetime_s_;
  const std::string key_;
  Identifiers& ids_;
  std::map<std::string, Instant> expiry_;  // by token
  std::uint64_t issued_ = 0;
};

}  // namespace azsim
