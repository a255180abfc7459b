// A Transport that counts its exchanges (daemon/metrics/counters.hpp) and does not change them.
#pragma once

#include <string>

#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "daemon/metrics/counters.hpp"

namespace azrestored {

class MeteredTransport final : public Transport {
 public:
  /// `call` is the label of every exchange; "" means that each request has its own (daemon/metrics/request_label.hpp).
  /// The references must outlive the exchanges.
  MeteredTransport(Transport& transport, Metrics& metrics, std::string_view call = "")
      : transport_(transport), metrics_(metrics), call_(call) {}

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override;

 private:
  Transport& transport_;
  Metrics& metrics_;
  const std::string_view call_;
};

}  // namespace azrestored
