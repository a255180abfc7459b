// The store and the transport with crash points around each call, where a test can kill the daemon
// (daemon/os/crash_point.hpp):
//   save.STATE.before, save.STATE.after      around each save of a job that goes into STATE
//   post.before, post.after                  around the restore POST, cross-region or not; after: the response has
//                                            arrived, but is not saved
//   get.before, get.after                    around every other exchange
// Used in test builds only, so that core does not know of crash points.
#pragma once

#include "core/http/message.hpp"
#include "core/http/transport.hpp"
#include "core/store/forwarding_store.hpp"
#include "daemon/os/crash_point.hpp"

namespace azrestored {

class CrashingStore final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  asio::awaitable<Result<Job>> save(Job job, std::optional<HistoryLine> line) override {
    const std::string point = "save." + std::string(state_name(job.state));
    crash_point(point + ".before");
    auto saved = co_await store_.save(std::move(job), std::move(line));
    crash_point(point + ".after");
    co_return saved;
  }
};

class CrashingTransport final : public Transport {
 public:
  explicit CrashingTransport(Transport& transport) : transport_(transport) {}

  asio::awaitable<std::variant<HttpResponse, TransportFailure>> exchange(HttpRequest request) override {
    const bool is_restore =
        request.method == "POST" && (request.url.find("/restore?") != std::string::npos ||
                                     request.url.find("/backupCrossRegionRestore?") != std::string::npos);
    const std::string point = is_restore ? "post" : "get";
    crash_point(point + ".before");
    auto answer = co_await transport_.exchange(std::move(request));
    crash_point(point + ".after");
    co_return answer;
  }

 private:
  Transport& transport_;
};

}  // namespace azrestored
