// Reading what an authority answers to a sign-in: Microsoft Entra's token endpoint and the identity services of Azure's
// hosts (API.md 8.1, 8.4, 8.7). Pure. Every sentence says what to do, and holds neither secret nor token.
#pragma once

#include "core/http/message.hpp"
#include "daemon/signin/entra_errors.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

/// "cannot sign in: " and why.
SignInFailure sign_in_failure(ErrorKind kind, const std::string& why, std::optional<Millis> retry_after = std::nullopt);

SignIn read_entra_answer(const HttpResponse& response, const ProofContext& proof, Instant now);

/// `who` answered: "the metadata service of this machine".
SignIn read_identity_answer(const HttpResponse& response, const std::string& who, Instant now);

}  // namespace azrestored
