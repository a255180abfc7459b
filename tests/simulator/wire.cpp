// See wire.hpp.
#include "wire.hpp"

#include <array>
#include <cstdio>

namespace azsim {
namespace {

const char* reason(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 307:
      return "Temporary Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "Unknown";
  }
}

std::string head_start(const Response& response, std::string_view date) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " " + reason(response.status) + "\r\n";
  for (const auto& [name, value] : response.headers) head += name + ": " + value + "\r\n";
  head += "Date: " + std::string(date) + "\r\n";
  if (response.close) head += "Connection: close\r\n";
  return head;
}

}  // namespace

std::string wire_bytes(const Response& response, std::string_view date) {
  std::string bytes = head_start(response, date);
  if (response.status == 204) return bytes + "\r\n";
  if (response.chunked && !response.body.empty())
    return bytes + "Transfer-Encoding: chunked\r\n\r\n" + wire_chunk(response.body) + wire_chunk({});
  return bytes + "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n" + response.body;
}

std::string wire_chunked_head(std::string_view date) {
  Response response;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  return head_start(response, date) + "Transfer-Encoding: chunked\r\n\r\n";
}

std::string wire_chunk(std::string_view data) {
  std::array<char, 32> size{};
  const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
  return std::string(size.data(), static_cast<std::size_t>(length)) + std::string(data) + "\r\n";
}

std::string wire_torn(const Response& response, std::string_view date) {
  return head_start(response, date) + "Content-Length: " + std::to_string(response.body.size() + 100) + "\r\n\r\n" +
         response.body.substr(0, response.body.size() / 2);
}

}  // namespace azsim
