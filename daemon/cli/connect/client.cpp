#include "daemon/cli/connect/client.hpp"

#include <sys/un.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>

#include "daemon/os/as_result.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Protocol = asio::local::stream_protocol;
using Stream = beast::basic_stream<Protocol>;

/// A request to the daemon.
struct Question {
  http::verb verb = http::verb::get;
  std::string target;
  std::string body;
  std::chrono::seconds patience = default_timeout;
};

constexpr std::size_t max_answer_bytes = 64U << 20U;

bool is_nobody(const beast::error_code& error) {
  return error == beast::errc::no_such_file_or_directory || error == beast::errc::connection_refused;
}

}  // namespace

class Client::Impl {
 public:
  explicit Impl(std::string path) : path_(std::move(path)) {}

  Answer request(const Question& question) {
    const bool reused = stream_.has_value();
    Answer answer = attempt(question);
    // The daemon closes idle connections, and all of them when it restarts: try again on a new connection.
    if (reused && lost_ && question.verb == http::verb::get) answer = attempt(question);
    return answer;
  }

  [[nodiscard]] bool nobody_listens() const { return nobody_; }

  [[nodiscard]] Instant now() const { return machine_time() + clock_offset_; }

 private:
  Answer attempt(const Question& question) {
    lost_ = false;
    nobody_ = false;
    if (path_.size() >= sizeof(sockaddr_un::sun_path)) {
      return Failure("usage", path_ + " is too long for the path of a socket, which has at most 107 bytes");
    }
    Answer answer = Failure("unreachable", "no response");
    context_.restart();
    asio::co_spawn(
        context_, [&] { return exchange(question, answer); },
        [](const std::exception_ptr& bug) {
          if (bug) std::rethrow_exception(bug);
        });
    context_.run();
    return answer;
  }

  /// `question` and `answer` outlive the coroutine: attempt() runs it to its end.
  asio::awaitable<void> exchange(const Question& question, Answer& answer) {
    patience_ = question.patience;
    if (!stream_) {
      stream_.emplace(context_);
      stream_->expires_after(patience_);
      const Protocol::endpoint endpoint(path_);
      const auto [failed] = co_await stream_->async_connect(endpoint, as_result);
      if (failed) {
        answer = unreachable(failed);
        co_return;
      }
    }
    http::request<http::string_body> request(question.verb, question.target, 11);
    request.set(http::field::host, "azrestored");
    request.set(http::field::user_agent, "azrestorectl/" AZRESTORED_VERSION);
    request.body() = question.body;
    request.prepare_payload();
    stream_->expires_after(patience_);
    // A daemon that rejects the connection responds without reading, and may close before the request is written. Read
    // its response in spite of a write error.
    const auto [unsent, bytes_sent] = co_await http::async_write(*stream_, request, as_result);

    http::response_parser<http::string_body> parser;
    parser.body_limit(max_answer_bytes);
    beast::flat_buffer buffer;
    const auto [unread, bytes_read] = co_await http::async_read(*stream_, buffer, parser, as_result);
    if (unread) {
      lost_ = unread != beast::error::timeout;
      answer = unreachable(unread);
      co_return;
    }
    if (!parser.get().keep_alive() || unsent) stream_.reset();
    if (const auto reported = parse_rfc3339(parser.get()[control_time_header]))
      clock_offset_ = *reported - machine_time();
    answer = read_answer(parser.get());
  }

  Failure unreachable(const beast::error_code& error) {
    stream_.reset();
    nobody_ = is_nobody(error);
    if (nobody_) {
      return {"unreachable", "azrestored is not running (" + path_ + ": " + error.message() +
                                 "); `systemctl start azrestored` starts it"};
    }
    if (error == beast::errc::permission_denied) {
      return {"notAuthorized", "only root and the user that azrestored runs as may use " + path_ + "; try with sudo"};
    }
    if (error == beast::error::timeout) {
      return {"unreachable", "azrestored has not responded for " + std::to_string(patience_.count()) +
                                 " seconds; `systemctl status azrestored` and `journalctl -u azrestored` may show why"};
    }
    return {"unreachable", "azrestored closed the connection before it responded (" + error.message() + ")"};
  }

  Answer read_answer(const http::response<http::string_body>& response) const {
    auto body = nlohmann::json::parse(response.body(), nullptr, false);
    if (response.result_int() == 200 && body.is_object()) return body;
    if (body.is_object() && body.contains("error") && body["error"].is_object()) {
      return Failure(body["error"].value("code", "internal"), body["error"].value("message", ""));
    }
    return Failure("internal", "the response on " + path_ + " is not one of azrestored (HTTP " +
                                   std::to_string(response.result_int()) + "); check --socket");
  }

  std::string path_;
  asio::io_context context_{1};
  std::optional<Stream> stream_;  // kept between requests
  std::chrono::seconds patience_ = default_timeout;
  bool lost_ = false;  // the connection of the last attempt was lost
  bool nobody_ = false;
  Millis clock_offset_{};  // the daemon's clock minus the machine's
};

Client::Client(std::string socket_path) : impl_(std::make_unique<Impl>(std::move(socket_path))) {}

Client::~Client() = default;

Answer Client::get(const ControlTarget& target, std::chrono::seconds patience) {
  return impl_->request(Question{http::verb::get, target.text(), "", patience});
}

Answer Client::post(const ControlTarget& target, std::string body, std::chrono::seconds patience) {
  return impl_->request(Question{http::verb::post, target.text(), std::move(body), patience});
}

Instant Client::now() const {
  return impl_->now();
}

bool Client::nobody_listens() const {
  return impl_->nobody_listens();
}

}  // namespace azrestored::cli
