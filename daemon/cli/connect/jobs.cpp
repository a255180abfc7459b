#include "daemon/cli/connect/jobs.hpp"

#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {

ControlTarget control_target(std::vector<std::string> path, std::map<std::string, std::string> query) {
  path.insert(path.begin(), std::string(control_api_prefix));
  return {std::move(path), std::move(query)};
}

Answer Jobs::get(std::vector<std::string> path, std::map<std::string, std::string> query) {
  const ControlTarget target = control_target(std::move(path), std::move(query));
  if (offline_) return offline_->get(target);
  if (!client_) {
    const auto socket = context_.socket();
    if (!socket) return socket.error();
    client_.emplace(*socket);
  }
  Answer answer = client_->get(target);
  if (answer || !client_->nobody_listens()) return answer;
  return get_offline(target, answer.error());
}

Instant Jobs::now() const {
  return client_ && !offline_ ? client_->now() : machine_time();
}

Answer Jobs::get_offline(const ControlTarget& target, const Failure& why) {
  const auto settings = context_.settings();
  if (!settings) return settings.error();
  auto opened = OfflineJobs::open(*settings);
  if (!opened) return Failure("unreachable", why.message() + ", and " + opened.error().message());
  offline_ = std::move(*opened);
  context_.console().note("azrestored is not running; reading its database instead");
  return offline_->get(target);
}

}  // namespace azrestored::cli
