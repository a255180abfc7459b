#include "daemon/cli/connect/spool_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "daemon/cli/connect/client.hpp"
#include "daemon/cli/connect/jobs.hpp"
#include "daemon/os/system_clock.hpp"
#include "daemon/spool/listing.hpp"

namespace azrestored::cli {
namespace {

/// Why none of the folders can be read.
Failure unreadable(const std::string& directory) {
  const int reason = ::access((directory + "/incoming").c_str(), R_OK | X_OK) == 0 ? EACCES : errno;
  const std::string why =
      "the spool " + directory + " cannot be read (" + std::generic_category().message(reason) + ")";
  const bool is_missing = reason == ENOENT || reason == ENOTDIR;
  if (is_missing) return {"notFound", why + "; azrestored creates it when it starts, and --config names its settings"};
  return {"notAuthorized", why + "; try again as root"};
}

/// `why`: why the daemon did not answer.
Answer read_folders(Context& context, int limit, const std::string& why) {
  const auto settings = context.settings();
  if (!settings) return settings.error();
  const std::string& directory = settings->spool.directory;
  const LookOptions options{machine_time(), settings->spool.settle_time};
  const SpoolListing listing = list_spool(directory, options, static_cast<std::size_t>(limit));
  constexpr std::size_t folders = 3;
  if (listing.problems.size() == folders) return unreadable(directory);
  context.console().note(why + "; reading the folders of the spool instead");
  return as_json(directory, listing);
}

}  // namespace

Answer read_spool(Context& context, int limit) {
  const auto socket = context.socket();
  if (!socket) return socket.error();
  Client client(*socket);
  Answer answer = client.get(control_target({"spool"}, {{"limit", std::to_string(limit)}}));
  if (answer) return answer;
  if (client.nobody_listens()) return read_folders(context, limit, "azrestored is not running");
  if (answer.error().code() != "notAuthorized") return answer;
  // A user who may drop files may also read what was refused.
  Answer read = read_folders(context, limit, "azrestored does not accept you");
  return read ? read : answer;
}

}  // namespace azrestored::cli
