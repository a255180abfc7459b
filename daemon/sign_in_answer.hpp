// Reading what an authority answers to a sign-in: Microsoft Entra's token endpoint and the metadata service of a
// virtual machine (API.md 8.1, 8.4, 8.7). Pure. Every sentence says what to do, and holds neither secret nor token.
#pragma once

#include "core/http.hpp"
#include "daemon/token_provider.hpp"

namespace azrestored {

struct SignInContext {
  std::string secret;       // what must not come back in a sentence
  std::string secret_file;  // where to put a new one
};

SignIn read_entra_answer(const HttpResponse& response, const SignInContext& context, Instant now);
SignIn read_imds_answer(const HttpResponse& response, Instant now);

}  // namespace azrestored
