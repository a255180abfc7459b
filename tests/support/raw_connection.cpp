#include "tests/support/raw_connection.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace azrestored::test {
namespace {

constexpr int deadline_ms = 10'000;

}  // namespace

RawConnection::RawConnection(const std::string& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("connect " + path);
  }
}

RawConnection::RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("connect to port " + std::to_string(port));
  }
}

void RawConnection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawConnection::read_more(std::string& bytes) {
  pollfd readable{socket_.get(), POLLIN, 0};
  if (::poll(&readable, 1, deadline_ms) != 1) throw std::runtime_error("nothing came within 10 seconds");
  std::array<char, 4096> buffer{};
  const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (got <= 0) return false;
  bytes.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawConnection::read_to_end() {
  std::string bytes;
  while (read_more(bytes)) {
  }
  return bytes;
}

std::string RawConnection::read_some(std::size_t least) {
  std::string bytes;
  while (bytes.size() < least && read_more(bytes)) {
  }
  return bytes;
}

std::string RawAnswer::code() const {
  return body.is_object() && body.contains("error") ? body["error"].value("code", "") : "";
}

RawAnswer parse_answer(const std::string& text) {
  RawAnswer answer;
  if (text.starts_with("HTTP/1.1 ")) answer.status = std::stoi(text.substr(9, 3));
  const std::size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return answer;
  answer.head = text.substr(0, end);
  answer.text = text.substr(end + 4);
  answer.body = nlohmann::json::parse(answer.text, nullptr, false);
  return answer;
}

RawAnswer ask(const std::string& socket, const std::string& method, const std::string& target,
              const std::string& body) {
  RawConnection connection(socket);
  std::string head = method + " " + target + " HTTP/1.1\r\nHost: azrestored\r\nConnection: close\r\n";
  if (!body.empty()) head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  connection.write(head + "\r\n" + body);
  return parse_answer(connection.read_to_end());
}

}  // namespace azrestored::test
