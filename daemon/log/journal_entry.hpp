// A log line as an entry of systemd's journal, with its fields as the journal's own: `journalctl
// AZRESTORED_JOB=4f1c...` finds all that was said of a job. systemd.journal-fields(7), sd_journal_send(3).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/log/log_line.hpp"

namespace azrestored::log {

/// "MESSAGE=...", "PRIORITY=6", "SYSLOG_IDENTIFIER=azrestored", "AZRESTORED_EVENT=job.changed", and each field under
/// its name in capitals behind "AZRESTORED_". `message` is the line that people read.
std::vector<std::string> journal_entry(Level level, const std::string& message, std::string_view event,
                                       std::span<const Field> fields);

/// False when the journal does not take it.
bool send_to_journal(const std::vector<std::string>& entry);

}  // namespace azrestored::log
