// See signed_url.hpp. Sizes are those of recorded headers: c about 2,600 characters, s 342, h 43.
#include "signed_url.hpp"

#include <utility>

#include "digest.hpp"

namespace azsim {

UrlSigner::UrlSigner(std::string key)
    : key_(std::move(key)), certificate_(base64url(stretched_hmac(key_, "certificate", 1956))) {}

UrlSigner::Signature UrlSigner::sign(std::string_view path, std::string_view api_version, std::string_view t) const {
  const std::string text = lower(percent_decode(path, false)) + "\n" + std::string(api_version) + "\n" + std::string(t);
  return {base64url(stretched_hmac(key_, "s\n" + text, 256)), base64url(hmac_sha256(key_, "h\n" + text))};
}

std::string UrlSigner::query(std::string_view path, std::string_view api_version, Instant now) const {
  const std::string t = std::to_string(dotnet_ticks(now));
  const Signature signature = sign(path, api_version, t);
  return "api-version=" + std::string(api_version) + "&t=" + t + "&c=" + certificate_ + "&s=" + signature.s +
         "&h=" + signature.h;
}

bool UrlSigner::valid(std::string_view path, const Pairs& query) const {
  const std::string *version = find_value(query, "api-version"), *t = find_value(query, "t"),
                    *c = find_value(query, "c"), *s = find_value(query, "s"), *h = find_value(query, "h");
  if (version == nullptr || t == nullptr || c == nullptr || s == nullptr || h == nullptr || query.size() != 5)
    return false;
  const Signature expected = sign(path, *version, *t);
  return *c == certificate_ && *s == expected.s && *h == expected.h;
}

std::string cut_signature(std::string_view target) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return std::string(target);
  std::string out(target.substr(0, question));
  char separator = '?';
  for (const std::string& part : split(target.substr(question + 1), '&')) {
    const bool secret =
        part.size() > 40 && part[1] == '=' && std::string_view("csh").find(part[0]) != std::string::npos;
    out += separator + (secret ? part.substr(0, 2) + "..." : part);
    separator = '&';
  }
  return out;
}

}  // namespace azsim
