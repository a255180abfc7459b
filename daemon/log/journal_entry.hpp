// Sends a log line to systemd's journal as an entry with fields. `journalctl AZRESTORED_JOB=4f1c...` finds all lines
// about a job. systemd.journal-fields(7), sd_journal_send(3).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/log/log_line.hpp"

namespace azrestored::log {

/// "MESSAGE=...", "PRIORITY=6", "SYSLOG_IDENTIFIER=azrestored", "AZRESTORED_EVENT=job.changed", and each field as
/// "AZRESTORED_" and its name in capitals. `message` is the line for people.
std::vector<std::string> journal_entry(Level level, const std::string& message, std::string_view event,
                                       std::span<const Field> fields);

/// False if the journal does not accept the entry.
bool send_to_journal(const std::vector<std::string>& entry);

}  // namespace azrestored::log
