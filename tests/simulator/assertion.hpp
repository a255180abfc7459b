// Checks the signed JWT with which an application proves that it has the key of its certificate (azure-backup-api.md
// 8.2): algorithm, thumbprint, signature, audience, names, time, and that no assertion is used twice. The numbers are
// Entra's (azure-backup-api.md 8.7).
#pragma once

#include <optional>
#include <set>
#include <string>

#include "dotnet_time.hpp"
#include "state_file.hpp"

namespace azsim {

struct AssertionRefusal {
  int code;
  std::string sentence;
};

/// `audience`: the address of the token endpoint as it was called. `seen`: the `jti` values so far; the one of an
/// accepted assertion is added.
[[nodiscard]] std::optional<AssertionRefusal> judge_assertion(const std::string& jwt, const ClientSpec& client,
                                                              const std::string& audience, Instant now,
                                                              std::set<std::string>& seen);

/// The algorithm in the assertion's header, such as "PS256"; "" if it is not a JWT.
[[nodiscard]] std::string assertion_algorithm(const std::string& jwt);

}  // namespace azsim
