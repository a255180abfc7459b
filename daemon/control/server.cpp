#include "daemon/control/server.hpp"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "daemon/control/protocol.hpp"
#include "daemon/control/socket.hpp"
#include "daemon/http_server/http_server.hpp"

namespace azrestored {
namespace {

HttpServerResponse to_http(const ControlReply& reply) {
  if (!reply.text.text.empty()) return {reply.status, reply.text.content_type, reply.text.text};
  // A text of Azure may be cut in the middle of a character; the response is sent all the same.
  return {reply.status, "application/json",
          reply.body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
}

/// The protocol's code for an error that the server itself reports.
const char* code_of(int status) {
  if (status == 503) return "unavailable";
  return status == 500 ? "internal" : "badRequest";
}

class ControlSite final : public HttpHandler {
 public:
  ControlSite(JobStore& store, ControlBackend& backend, const Clock& clock, std::function<bool(uid_t)> may_speak)
      : clock_(clock), routes_(store, backend, clock), may_speak_(std::move(may_speak)) {}

  std::optional<HttpServerResponse> refusal(int connection) override {
    const auto uid = peer_uid(connection);
    if (uid && may_speak_(*uid)) return std::nullopt;
    return to_http(
        control_error(403, "notAuthorized", "only root and the user that azrestored runs as may use this socket"));
  }

  asio::awaitable<HttpServerResponse> answer(HttpServerRequest call) override {
    ControlRequest request;
    request.method = std::move(call.method);
    request.target = std::move(call.target);
    request.uid = peer_uid(call.connection).value_or(static_cast<uid_t>(-1));  // the kernel recorded it at connect
    request.accept = std::move(call.accept);
    request.body = std::move(call.body);
    const ControlReply reply = co_await routes_.answer(std::move(request));
    HttpServerResponse response = to_http(reply);
    response.headers.emplace_back(control_time_header, to_rfc3339(clock_.now()));
    co_return response;
  }

  HttpServerResponse fault(int status, std::string sentence) override {
    return to_http(control_error(status, code_of(status), std::move(sentence)));
  }

 private:
  const Clock& clock_;
  ControlRoutes routes_;
  const std::function<bool(uid_t)> may_speak_;
};

HttpServer::Limits limits_of(const ControlServer::Options& options) {
  HttpServer::Limits limits;
  limits.connections = options.max_connections;
  limits.deadline = options.deadline;
  limits.header_bytes = max_control_header_bytes;
  limits.body_bytes = max_control_body_bytes;
  limits.when_full = "end one `azrestorectl watch`, or try again";
  return limits;
}

}  // namespace

bool is_root_or_self(uid_t uid) {
  return uid == 0 || uid == ::getuid();
}

struct ControlServer::Parts {
  Parts(asio::io_context& context, const Sources& sources, const Options& options)
      : path(options.path),
        server(context, std::make_shared<ControlSite>(sources.store, sources.backend, sources.clock, options.may_speak),
               limits_of(options)) {}

  const std::string path;
  std::optional<ControlSocket> socket;
  HttpServer server;
};

ControlServer::ControlServer(asio::io_context& context, const Sources& sources, const Options& options)
    : parts_(std::make_unique<Parts>(context, sources, options)) {}

ControlServer::~ControlServer() {
  stop();
}

Result<void> ControlServer::start() {
  auto socket = ControlSocket::listen(parts_->path);
  if (!socket) return socket.error();
  parts_->socket.emplace(std::move(*socket));
  parts_->server.start(FileDescriptor(parts_->socket->release_descriptor()));
  return {};
}

void ControlServer::stop() {
  parts_->server.stop();
  parts_->socket.reset();
}

}  // namespace azrestored
