// The long signed addresses that the service returns since 2024 (azure-backup-api.md 4.2): `t`, `c`, `s` and `h`
// follow `api-version`. They have the length of the real ones, so that a client with a short buffer fails here first.
// They are checked when a client uses them: it must store them complete and never rewrite them. Nothing is stored; the
// check computes the signature again.
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
  /// True if `query` made exactly this query for this path; the order of its parameters does not matter.
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
