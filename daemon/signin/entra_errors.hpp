// The meaning of Microsoft Entra's refusals (azure-backup-api.md 8.7): a table of AADSTS numbers, each with a sentence
// that says what to do for the given kind of proof. Pure. Microsoft says that the numbers may change. So the OAuth
// error word decides first, and an unknown number is reported with Entra's own description.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace azrestored {

/// The kinds of proof for which the sentences differ.
enum class ProofKind { client_secret, client_certificate, federated_token };

struct ProofContext {
  ProofKind kind = ProofKind::client_secret;
  std::string file;                  // the file of the proof
  std::vector<std::string> secrets;  // texts that were sent and must not appear in a sentence
};

struct EntraError {
  int code;  // the number in "AADSTS7000222"
  /// unauthorized: an operator must change something. transient, throttled: the next attempt may succeed.
  ErrorKind kind;
  const char* sentence;               // "{file}" stands for the file of the proof, "{proof}" for its name
  const char* certificate = nullptr;  // instead of `sentence`, for a certificate
  const char* federated = nullptr;    // instead of `sentence`, for a federated token
};

std::span<const EntraError> entra_errors();

/// The members of a refusal's body that azrestored uses.
struct EntraRefusal {
  std::string error;        // the OAuth error word: "invalid_client"
  std::string description;  // "AADSTS7000222: ..."
  std::vector<int> codes;   // AADSTS numbers
};

/// The refusal as a sentence: "the client secret has expired (AADSTS7000222); put a new one into FILE".
Error read_entra_error(const EntraRefusal& refusal, const ProofContext& proof);

}  // namespace azrestored
