// What Microsoft Entra's refusals mean (API.md 8.7): the one table of AADSTS numbers, with a sentence for each that
// says what to do and fits what the application proved itself with. Pure. Microsoft says that numbers may change, so
// the OAuth word beside them decides first, and what the table does not know is told in Entra's own words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace azrestored {

/// What an application proves itself with, as far as the sentences about it differ.
enum class ProofKind { client_secret, client_certificate, federated_token };

struct ProofContext {
  ProofKind kind = ProofKind::client_secret;
  std::string file;                  // where to put a new one
  std::vector<std::string> secrets;  // what was sent and must not come back in a sentence
};

struct EntraError {
  int code;  // the number of AADSTS7000222
  /// unauthorized: a person must change something; transient, throttled: the next try may succeed.
  ErrorKind kind;
  const char* sentence;               // "{file}" stands for the file of the proof, "{proof}" for its name
  const char* certificate = nullptr;  // instead of `sentence`, for a certificate
  const char* federated = nullptr;    // instead of `sentence`, for a federated token
};

std::span<const EntraError> entra_errors();

/// The body of a refusal, as far as it tells something.
struct EntraRefusal {
  std::string error;        // the OAuth word: "invalid_client"
  std::string description;  // "AADSTS7000222: ..."
  std::vector<int> codes;   // AADSTS numbers
};

/// What the refusal means: "the client secret has expired (AADSTS7000222); put a new one into FILE".
Error read_entra_error(const EntraRefusal& refusal, const ProofContext& proof);

}  // namespace azrestored
