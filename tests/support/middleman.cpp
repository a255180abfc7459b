#include "tests/support/middleman.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

namespace azrestored::test {
namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Sends the bytes and reads everything until the other side closes.
std::string talk_to(std::uint16_t port, const std::string& bytes) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  std::string said;
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    std::array<char, 16384> block{};
    for (ssize_t n = 0; (n = ::recv(socket, block.data(), block.size(), 0)) > 0;) {
      said.append(block.data(), static_cast<std::size_t>(n));
    }
  }
  ::close(socket);
  return said;
}

/// Joins the data of "size in hex, CRLF, data, CRLF" chunks, up to the chunk of size 0.
std::string join_chunks(const std::string& text) {
  std::string joined;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = std::stoul(text.substr(at, 16), nullptr, 16);
    const std::size_t begin = text.find("\r\n", at) + 2;
    if (size == 0) break;
    joined += text.substr(begin, size);
    at = begin + size + 2;
  }
  return joined;
}

Answer parse(const std::string& text) {
  const auto head_end = text.find("\r\n\r\n");
  if (!text.starts_with("HTTP/1.1 ") || head_end == std::string::npos)
    return {"500 No answer of the simulator's", {}, {}};
  Answer answer;
  std::istringstream lines(text.substr(0, head_end));
  std::string line;
  std::getline(lines, line);
  answer.status = line.substr(9, line.find('\r') - 9);
  while (std::getline(lines, line)) {
    const auto colon = line.find(": ");
    const std::string name = line.substr(0, colon);
    if (colon == std::string::npos || name == "Connection" || name == "Content-Length") continue;
    answer.headers.emplace_back(name, line.substr(colon + 2, line.find('\r') - colon - 2));
  }
  answer.body = text.substr(head_end + 4);
  if (!answer.header("Transfer-Encoding").empty()) answer.body = join_chunks(answer.body);
  answer.remove("Transfer-Encoding");
  return answer;
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  const auto found = std::ranges::find_if(headers, [&](const auto& header) { return header.first == name; });
  return found != headers.end() ? found->second : "";
}

void Answer::set(const std::string& name, const std::string& value) {
  remove(name);
  headers.emplace_back(name, value);
}

void Answer::remove(const std::string& name) {
  std::erase_if(headers, [&](const auto& header) { return header.first == name; });
}

std::string Answer::text() const {
  std::string message = "HTTP/1.1 " + status + "\r\n";
  for (const auto& [name, value] : headers) message += name + ": " + value + "\r\n";
  if (!status.starts_with("204")) message += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return message + "\r\n" + body;
}

Middleman::Middleman(std::uint16_t simulator_port, const LoopbackServer::Tls& certificate, Script script)
    : simulator_port_(simulator_port),
      script_(std::move(script)),
      server_([this](Peer& peer) { serve(peer); }, certificate) {}

void Middleman::serve(Peer& peer) {
  for (std::string request; !(request = peer.read_request()).empty();) {
    ++requests_;
    script_(
        request, [&] { return ask_simulator(request); }, peer);
  }
}

Answer Middleman::ask_simulator(const std::string& request) const {
  std::string once = request;
  once.insert(once.find("\r\n") + 2, "Connection: close\r\n");
  Answer answer = parse(talk_to(simulator_port_, once));
  // The simulator names itself as the client called it: by this server's name, but without TLS.
  const std::string ours = url();
  const std::string its = "http" + ours.substr(ours.find(':'));
  for (auto& header : answer.headers) replace_all(header.second, its, ours);
  replace_all(answer.body, its, ours);
  return answer;
}

LoopbackServer::Tls certificate_in(const std::filesystem::path& folder, const std::string& name) {
  return {folder / (name + ".pem"), folder / (name + ".key"), 0};
}

}  // namespace azrestored::test
