// The backup part of Resource Manager: a classified, authenticated request becomes a response. azure_json makes the
// bodies, World has the facts, and restore_request checks restore requests. This file decides the status codes and the
// headers of the asynchronous protocol (azure-backup-api.md 3.1, 4, 5.6, 6, 7).
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "arm_headers.hpp"
#include "caller.hpp"
#include "crr_tokens.hpp"
#include "http_message.hpp"
#include "rate_limits.hpp"
#include "routes.hpp"
#include "signed_url.hpp"
#include "world.hpp"

namespace azsim {

struct AzureSettings {
  int retry_after_s = 60;  // sent with every 202 and with every poll of something unfinished
  std::size_t page_size = 200;
};

class Azure {
 public:
  Azure(World& world, UrlSigner signer, AzureSettings settings, Identifiers& ids, ArmHeaders& headers,
        RateLimits limits);
  [[nodiscard]] Response answer(const Request& request, const RouteMatch& match, const Caller& caller, Instant now);

  struct Call;  // one request with the names in its path looked up; see azure_call.hpp

 private:
  /// Looks up the names in the path; a response if one of them does not exist.
  [[nodiscard]] std::optional<Response> look_up(Call& call) const;
  /// A response if the vault cannot restore across regions.
  [[nodiscard]] std::optional<Response> cross_region_refusal(const Call& call) const;
  [[nodiscard]] bool belongs(const Operation& operation, const Call& call) const;
  [[nodiscard]] bool lets_in(const VaultSpec& vault, const Caller& caller) const;
  [[nodiscard]] Response wrong_tenant() const;
  [[nodiscard]] Response dispatch(const Call& call);
  [[nodiscard]] Response dispatch_location(const Call& call);
  [[nodiscard]] Response beside_backup(const Call& call) const;
  [[nodiscard]] Response list_containers(const Call& call) const;
  [[nodiscard]] Response list_items(const Call& call) const;
  [[nodiscard]] Response list_points(const Call& call) const;
  [[nodiscard]] Response list_jobs(const Call& call) const;
  [[nodiscard]] Response list_guards(const Call& call) const;
  [[nodiscard]] std::optional<Response> guard_refusal(const Call& call, const Json& order) const;
  [[nodiscard]] Response start_restore(const Call& call);
  [[nodiscard]] Response validate(const Call& call);
  [[nodiscard]] Response validation_result(const Call& call) const;
  [[nodiscard]] Response aad_properties(const Call& call) const;
  [[nodiscard]] Response access_token(const Call& call);
  [[nodiscard]] Response start_cross_region_restore(const Call& call);
  [[nodiscard]] Response cross_region_result(const Call& call) const;
  [[nodiscard]] Response cross_region_job(const Call& call) const;
  [[nodiscard]] Response cross_region_jobs(const Call& call) const;
  [[nodiscard]] Response cancel_job(const Call& call);
  [[nodiscard]] Response operation_status(const Call& call) const;
  [[nodiscard]] Response operation_result(const Call& call) const;
  [[nodiscard]] std::string address(const Call& call, const std::string& path, const std::string& version,
                                    bool with_signature) const;

  World& world_;
  const UrlSigner signer_;
  const AzureSettings settings_;
  Identifiers& ids_;
  ArmHeaders& headers_;
  RateLimits limits_;
  CrrTokens crr_tokens_;
};

}  // namespace azsim
