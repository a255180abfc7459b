// Judges the signed JWT with which an application proves that it has its certificate's key (API.md 8.2): algorithm,
// thumbprint, signature, audience, names, time, and that no assertion comes twice. The numbers are Entra's
// (API.md 8.7).
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

/// `audience`: the address of the token endpoint as it was called. `seen`: the `jti`s so far; a good one is added.
[[nodiscard]] std::optional<AssertionRefusal> judge_assertion(const std::string& jwt, const ClientSpec& client,
                                                              const std::string& audience, Instant now,
                                                              std::set<std::string>& seen);

/// "PS256", as the assertion's header says, or "" when it is no JWT.
[[nodiscard]] std::string assertion_algorithm(const std::string& jwt);

}  // namespace azsim
