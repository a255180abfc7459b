#include "daemon/metrics/counting_transport.hpp"

#include "daemon/metrics/request_label.hpp"

namespace azrestored {

asio::awaitable<std::variant<HttpResponse, TransportFailure>> MeteredTransport::exchange(HttpRequest request) {
  const std::string_view call = call_.empty() ? arm_call_of(request) : call_;
  auto answer = co_await transport_.exchange(std::move(request));
  const auto* response = std::get_if<HttpResponse>(&answer);
  metrics_.requested(call, response != nullptr ? std::optional(response->status) : std::nullopt);
  co_return answer;
}

}  // namespace azrestored
