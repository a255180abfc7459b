#include "daemon/metrics/server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include "config/listen_address.hpp"
#include "core/base/utf8.hpp"
#include "daemon/log/log.hpp"

namespace azrestored {
namespace {

namespace asio = boost::asio;

constexpr const char* sentence_type = "text/plain; charset=utf-8";

class MetricsSite final : public HttpHandler {
 public:
  explicit MetricsSite(MetricsServer::Text text) : text_(std::move(text)) {}

  std::optional<HttpServerResponse> refusal(int) override { return std::nullopt; }

  asio::awaitable<HttpServerResponse> answer(HttpServerRequest call) override {
    const std::string path = call.target.substr(0, call.target.find('?'));
    if (path != "/metrics") co_return fault(404, "there is nothing at " + printable(path) + "; request /metrics");
    if (call.method != "GET" && call.method != "HEAD")
      co_return fault(405, "expected GET or HEAD, found " + printable(call.method));
    auto page = co_await text_(std::move(call.accept));
    if (!page) co_return fault(503, page.error().sentence());
    HttpServerResponse reply;
    reply.content_type = std::move(page->content_type);
    reply.body = std::move(page->text);
    co_return reply;
  }

  HttpServerResponse fault(int status, std::string sentence) override {
    return {status, sentence_type, sentence + "\n"};
  }

 private:
  const MetricsServer::Text text_;
};

/// Enough for a few Prometheus servers and an operator with curl.
HttpServer::Limits limits() {
  HttpServer::Limits limits;
  limits.connections = 16;
  return limits;
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  [[nodiscard]] sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const ListenAddress& address) {
  SocketAddress made;
  if (address.is_ipv6) {
    auto* to = reinterpret_cast<sockaddr_in6*>(&made.storage);
    to->sin6_family = AF_INET6;
    to->sin6_port = htons(address.port);
    ::inet_pton(AF_INET6, address.host.c_str(), &to->sin6_addr);
    made.size = sizeof *to;
  } else {
    auto* to = reinterpret_cast<sockaddr_in*>(&made.storage);
    to->sin_family = AF_INET;
    to->sin_port = htons(address.port);
    ::inet_pton(AF_INET, address.host.c_str(), &to->sin_addr);
    made.size = sizeof *to;
  }
  return made;
}

Error cannot_listen(const std::string& address, int error) {
  const std::string where = "metrics.listen " + address + ": ";
  if (error == EADDRINUSE)
    return {ErrorKind::conflict, where + "another program listens on this port; stop it, or choose another port"};
  return {ErrorKind::refused, where + "cannot listen on this address: " + std::generic_category().message(error) +
                                  "; expected an address of this machine and a port above 1023"};
}

Result<FileDescriptor> listening_socket(const std::string& text) {
  const auto address = ListenAddress::parse(text);
  if (!address) return cannot_listen(text, EINVAL);
  SocketAddress to = to_socket_address(*address);
  FileDescriptor descriptor(::socket(to.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!descriptor.is_open()) return cannot_listen(text, errno);
  const int on = 1;
  // SO_REUSEADDR: at a restart, connections of the previous process may still exist. IPV6_V6ONLY: [::] must not include
  // IPv4.
  ::setsockopt(descriptor.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (address->is_ipv6) ::setsockopt(descriptor.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (::bind(descriptor.get(), to.get(), to.size) != 0 || ::listen(descriptor.get(), SOMAXCONN) != 0)
    return cannot_listen(text, errno);
  return descriptor;
}

int port_of(int descriptor) {
  SocketAddress bound;
  bound.size = sizeof bound.storage;
  ::getsockname(descriptor, bound.get(), &bound.size);
  const bool is_ipv6 = bound.storage.ss_family == AF_INET6;
  return ntohs(is_ipv6 ? reinterpret_cast<const sockaddr_in6*>(&bound.storage)->sin6_port
                       : reinterpret_cast<const sockaddr_in*>(&bound.storage)->sin_port);
}

}  // namespace

MetricsServer::MetricsServer(boost::asio::io_context& context, Text text)
    : context_(context), site_(std::make_shared<MetricsSite>(std::move(text))) {}

Result<void> MetricsServer::listen(const std::string& address) {
  if (address.empty()) {
    stop();
    return {};
  }
  auto listening = listening_socket(address);
  if (!listening) return listening.error();
  port_ = port_of(listening->get());
  server_ = std::make_unique<HttpServer>(context_, site_, limits());
  server_->start(std::move(*listening));
  log::event(log::Level::info, "metrics.listening", {{"address", address}, {"port", port_}});
  return {};
}

}  // namespace azrestored
