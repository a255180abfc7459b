// Reads the response to a sign-in, from Microsoft Entra's token endpoint and from the identity services of Azure's
// hosts (azure-backup-api.md 8.1, 8.4, 8.7). Pure. Every sentence says what to do and contains neither secret nor
// token.
#pragma once

#include "core/http/message.hpp"
#include "daemon/signin/entra_errors.hpp"
#include "daemon/signin/token_provider.hpp"

namespace azrestored {

/// The sentence is "cannot sign in: " followed by `why`.
SignInFailure sign_in_failure(ErrorKind kind, const std::string& why, std::optional<Millis> retry_after = std::nullopt);

SignIn read_entra_answer(const HttpResponse& response, const ProofContext& proof, Instant now);

/// `who` names the service in sentences: "the metadata service of this machine".
SignIn read_identity_answer(const HttpResponse& response, const std::string& who, Instant now);

}  // namespace azrestored
