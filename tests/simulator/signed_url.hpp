// The long signed addresses that the service hands out since 2024 (API.md 4.2): `t`, `c`, `s` and `h` follow
// `api-version`. They are as long as the real ones, so that a client with a short buffer fails here first, and they are
// checked when they come back: a client must store them whole and never rewrite them. Nothing is remembered, everything
// is recomputed.
#pragma once

#include <string>
#include <string_view>

#include "dotnet_time.hpp"
#include "text.hpp"

namespace azsim {

class UrlSigner {
 public:
  explicit UrlSigner(std::string key);
  /// "api-version=...&t=...&c=...&s=...&h=..." for a path; the path's case and percent-encoding do not matter.
  [[nodiscard]] std::string query(std::string_view path, std::string_view api_version, Instant now) const;
  /// True when the query is exactly one that `query` made for this path, in any order of its parameters.
  [[nodiscard]] bool valid(std::string_view path, const Pairs& query) const;

 private:
  struct Signature {
    std::string s, h;
  };
  [[nodiscard]] Signature sign(std::string_view path, std::string_view api_version, std::string_view t) const;

  std::string key_, certificate_;
};

/// The target with signature parameters shortened, for logs and for fault patterns.
[[nodiscard]] std::string cut_signature(std::string_view target);

}  // namespace azsim
