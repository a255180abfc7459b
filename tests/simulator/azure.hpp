// The backup part of Resource Manager: a classified, authenticated request becomes a response. Bodies come from
// azure_json, facts from World, the judgement of restore orders from restore_request; here are the status codes and the
// headers that carry the asynchronous protocol (API.md 3.1, 4, 5.6).
#pragma once

#include <cstddef>
#include <string>

#include "arm_headers.hpp"
#include "http_message.hpp"
#include "routes.hpp"
#include "signed_url.hpp"
#include "world.hpp"

namespace azsim {

struct AzureSettings {
  int retry_after_s = 60;  // said on every 202 and on every poll of something unfinished
  std::size_t page_size = 200;
};

class Azure {
 public:
  Azure(World& world, UrlSigner signer, AzureSettings settings, Identifiers& ids, ArmHeaders& headers);
  [[nodiscard]] Response answer(const Request& request, const RouteMatch& match, Instant now);

  struct Call;  // one request with the names in its path looked up; see azure_call.hpp

 private:
  [[nodiscard]] Response dispatch(const Call& call);
  [[nodiscard]] Response list_items(const Call& call) const;
  [[nodiscard]] Response list_points(const Call& call) const;
  [[nodiscard]] Response list_jobs(const Call& call) const;
  [[nodiscard]] Response start_restore(const Call& call);
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
};

}  // namespace azsim
