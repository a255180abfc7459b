#define SD_JOURNAL_SUPPRESS_LOCATION  // the location would always be the one call below
#include "daemon/log/journal_entry.hpp"

#include <fmt/format.h>
#include <sys/uio.h>
#include <systemd/sd-journal.h>

#include <algorithm>

namespace azrestored::log {
namespace {

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string field(std::string_view name, std::string_view value) {
  std::string text = "AZRESTORED_" + std::string(name) + "=";
  std::ranges::transform(text, text.begin(), upper);
  return text.append(value);
}

}  // namespace

std::vector<std::string> journal_entry(Level level, const std::string& message, std::string_view event,
                                       std::span<const Field> fields) {
  std::vector<std::string> entry = {"MESSAGE=" + message, "PRIORITY=" + std::to_string(syslog_priority(level)),
                                    "SYSLOG_IDENTIFIER=azrestored", field("event", event)};
  for (const Field& each : fields) {
    const auto add = [&](const auto& value) { entry.push_back(field(each.name(), fmt::format("{}", value))); };
    std::visit(add, each.value());
  }
  return entry;
}

bool send_to_journal(const std::vector<std::string>& entry) {
  std::vector<iovec> parts;
  // The call only reads, but iovec has no const pointer.
  for (const std::string& each : entry) parts.push_back({const_cast<char*>(each.data()), each.size()});
  return ::sd_journal_sendv(parts.data(), static_cast<int>(parts.size())) >= 0;
}

}  // namespace azrestored::log
