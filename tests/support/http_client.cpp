#include "tests/support/http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace azrestored::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

nlohmann::json exchange(std::uint16_t port, http::request<http::string_body> request) {
  asio::io_context context(1);
  beast::tcp_stream stream(context);
  stream.connect(asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port));
  request.set(http::field::host, "127.0.0.1");
  request.prepare_payload();
  http::write(stream, request);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);  // a report of thousands of restores exceeds Beast's default limit
  http::read(stream, buffer, parser);
  const auto response = parser.release();
  if (http::to_status_class(response.result()) != http::status_class::successful) {
    throw std::runtime_error(std::string(request.target()) + " is answered with " +
                             std::to_string(response.result_int()) + ": " + response.body());
  }
  return response.body().empty() ? nlohmann::json() : nlohmann::json::parse(response.body());
}

}  // namespace

nlohmann::json get_json(std::uint16_t port, const std::string& target) {
  return exchange(port, {http::verb::get, target, 11});
}

nlohmann::json post_json(std::uint16_t port, const std::string& target, const nlohmann::json& body,
                         const std::map<std::string, std::string>& headers) {
  http::request<http::string_body> request{http::verb::post, target, 11, body.dump()};
  for (const auto& [name, value] : headers) request.set(name, value);
  return exchange(port, std::move(request));
}

}  // namespace azrestored::test
