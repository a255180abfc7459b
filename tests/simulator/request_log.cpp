// See request_log.hpp.
#include "request_log.hpp"

#include <stdexcept>

#include "json.hpp"
#include "signed_url.hpp"

namespace azsim {

RequestLog::RequestLog(const std::string& path) {
  if (path.empty()) return;
  file_.open(path, std::ios::app);
  if (!file_) throw std::runtime_error("the log file '" + path + "' cannot be opened");
}

void RequestLog::write(const Request& request, const Answer& answer, unsigned status, Instant started, Instant ended) {
  if (!file_.is_open()) return;
  const std::string* client_id = find_value(request.headers, "x-ms-client-request-id");
  Json line;
  line["n"] = ++number_;
  line["time"] = iso_utc(started);
  line["method"] = request.method;
  line["target"] = cut_signature(request.target);
  line["status"] = status;
  line["fault"] = answer.fault;
  line["clientRequestId"] = client_id != nullptr ? *client_id : std::string();
  line["ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(ended - started).count();
  line["connection"] = request.connection;
  file_ << to_text(line) << '\n' << std::flush;
}

}  // namespace azsim
