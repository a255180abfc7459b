// See digest.hpp.
#include "digest.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace azsim {

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), out.data(), &size) == nullptr)
    throw std::runtime_error("HMAC-SHA-256 failed");
  return {out.begin(), out.begin() + size};
}

std::string stretched_hmac(std::string_view key, std::string_view text, std::size_t count) {
  std::string out;
  for (std::string block; out.size() < count; out += block) block = hmac_sha256(key, block + std::string(text));
  out.resize(count);
  return out;
}

}  // namespace azsim
