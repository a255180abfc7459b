#include "tests/support/loopback_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>

namespace azrestored::test {
namespace {

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("loopback server: ") + what);
}

int listen_on_loopback(std::uint16_t& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  require(::bind(listener, generic, size) == 0 && ::listen(listener, 64) == 0, "cannot listen");
  ::getsockname(listener, generic, &size);
  port = ntohs(address.sin_port);
  return listener;
}

SSL_CTX* make_tls(const LoopbackServer::Tls& tls) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  require(SSL_CTX_use_certificate_chain_file(context, tls.certificate.c_str()) == 1, "no certificate");
  require(SSL_CTX_use_PrivateKey_file(context, tls.key.c_str(), SSL_FILETYPE_PEM) == 1, "no key");
  if (tls.newest_version != 0) {
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");  // Debian's settings disable TLS 1.1
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context, tls.newest_version);
  }
  return context;
}

}  // namespace

std::string Peer::read_some() {
  std::array<char, 16384> block{};
  const auto count = ssl_ != nullptr ? SSL_read(ssl_, block.data(), static_cast<int>(block.size()))
                                     : static_cast<int>(::recv(socket_, block.data(), block.size(), 0));
  return count > 0 ? std::string(block.data(), static_cast<std::size_t>(count)) : "";
}

std::string Peer::read_request() {
  for (;;) {
    const auto head_end = unread_.find("\r\n\r\n");
    if (head_end != std::string::npos) {
      const auto length_at = unread_.find("Content-Length: ");
      const std::size_t body = length_at < head_end ? std::stoul(unread_.substr(length_at + 16)) : 0;
      const std::size_t whole = head_end + 4 + body;
      if (unread_.size() >= whole) {
        std::string request = unread_.substr(0, whole);
        unread_.erase(0, whole);
        return request;
      }
    }
    const std::string more = read_some();
    if (more.empty()) return "";
    unread_ += more;
  }
}

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ssl_ != nullptr ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                                       : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), 0));
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

void Peer::write_together(const std::vector<std::string>& records) {
  const auto hold_back = [this](int yes) { ::setsockopt(socket_, IPPROTO_TCP, TCP_CORK, &yes, sizeof yes); };
  hold_back(1);
  for (const std::string& record : records) write(record);
  hold_back(0);
}

void Peer::answer(std::string_view status, std::string_view headers, std::string_view body) {
  std::string message = "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(headers);
  message += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
  write(message);
}

void Peer::close_now() {
  ::shutdown(socket_, SHUT_RDWR);
}

void Peer::wait_for_close() {
  while (!read_some().empty()) {
  }
}

std::string Peer::server_name() const {
  const char* name = SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
  return name != nullptr ? name : "";
}

LoopbackServer::LoopbackServer(Script script, std::optional<Tls> tls) : script_(std::move(script)) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  if (tls) tls_.reset(make_tls(*tls));
  listener_ = listen_on_loopback(port_);
  accepting_ = std::thread([this] { accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : serving_) thread.join();
  ::close(listener_);
}

void LoopbackServer::use(const Tls& tls) {
  const std::lock_guard lock(mutex_);
  tls_.reset(make_tls(tls));  // connections hold references to the previous one
}

std::string LoopbackServer::url(const std::string& target, const std::string& host) const {
  return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_) + target;
}

int LoopbackServer::connections() const {
  const std::lock_guard lock(mutex_);
  return accepted_;
}

int LoopbackServer::most_at_once() const {
  const std::lock_guard lock(mutex_);
  return most_at_once_;
}

int LoopbackServer::failed_handshakes() const {
  const std::lock_guard lock(mutex_);
  return failed_handshakes_;
}

void LoopbackServer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    const timeval limit{60, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    const std::lock_guard lock(mutex_);
    open_.push_back(socket);
    most_at_once_ = std::max(most_at_once_, static_cast<int>(open_.size()));
    serving_.emplace_back([this, socket, number = ++accepted_] { serve(socket, number); });
  }
}

void LoopbackServer::serve(int socket, int number) {
  SSL* ssl = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (tls_) ssl = SSL_new(tls_.get());
  }
  if (ssl != nullptr) SSL_set_fd(ssl, socket);
  const bool is_open = ssl == nullptr || SSL_accept(ssl) == 1;
  if (is_open) {
    Peer peer(socket, ssl, number);
    script_(peer);
  }
  // Closed without the TLS close notification, as a broken connection is. The count decreases first, so that it is
  // never higher than the number of connections that the client knows to be open.
  const std::lock_guard lock(mutex_);
  if (!is_open) ++failed_handshakes_;
  open_.remove(socket);
  SSL_free(ssl);
  ::close(socket);
}

}  // namespace azrestored::test
