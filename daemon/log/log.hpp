// The log: one line for each event. It goes to stderr or, if stderr is the journal, to the journal as an entry
// (daemon/log/journal_entry.hpp). The daemon writes no other log. Any thread. Event names ("job.changed") are stable,
// because searches and alerts use them. A value never contains a secret or a body; callers pass URLs through
// redact_url().
#pragma once

#include <initializer_list>

#include "daemon/log/log_line.hpp"

namespace azrestored::log {

/// Sets level and format (log.level, log.format). Before the call, the level is info and the format text.
void start(Level least, Format format);

/// log::event(Level::info, "job.changed", {{"job", id}, {"attempt", 2}});
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});
void event(Level level, std::string_view name, std::span<const Field> fields);

/// True if `descriptor` is the stream that JOURNAL_STREAM names ("device:inode"). The variable alone proves nothing: a
/// child with another stderr inherits it (systemd.exec(5)).
bool is_journal(const char* journal_stream, int descriptor);

}  // namespace azrestored::log
