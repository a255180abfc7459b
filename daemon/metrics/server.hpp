// The metrics over TCP, for a Prometheus that has no way to the control socket: GET and HEAD of /metrics, and nothing
// else. There is no TLS and nobody signs in, so it is for this machine only unless the settings say otherwise. Slow,
// idle and hostile clients cost no more than HttpServer lets them.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "daemon/http_server/content.hpp"
#include "daemon/http_server/http_server.hpp"

namespace azrestored {

class MetricsServer {
 public:
  /// How the text of the metrics is had, in the format that an Accept header asks for.
  using Text = std::function<boost::asio::awaitable<Result<MetricsText>>(std::string accept)>;

  MetricsServer(boost::asio::io_context& context, Text text);

  /// From now on serves at `address` (config/listen_address.hpp; port 0: a free one) and nowhere else; "" serves
  /// nowhere. Logs where. conflict: somebody else listens there; refused: this machine has no such address. Then all
  /// stays as it was.
  Result<void> listen(const std::string& address);

  void stop() { server_.reset(); }

  /// Where it serves; 0 when it does not.
  [[nodiscard]] int port() const { return server_ ? port_ : 0; }

 private:
  boost::asio::io_context& context_;
  const std::shared_ptr<HttpSite> site_;
  std::unique_ptr<HttpServer> server_;
  int port_ = 0;
};

}  // namespace azrestored
