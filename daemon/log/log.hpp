// The log: one event, one line, on stderr or, where that is the journal, as an entry of it (daemon/log/journal_entry.hpp).
// The only way the daemon writes to it, from any thread. Event names are stable ("job.changed"): people search for them
// and alert on them. Values never hold secrets or bodies of messages; URLs go through redact_url() first.
#pragma once

#include <initializer_list>

#include "daemon/log/log_line.hpp"

namespace azrestored::log {

/// Sets level and format (log.level, log.format). Before that, info and worse are written as text.
void start(Level least, Format format);

/// log::event(Level::info, "job.changed", {{"job", id}, {"attempt", 2}});
void event(Level level, std::string_view name, std::initializer_list<Field> fields = {});
void event(Level level, std::string_view name, std::span<const Field> fields);

/// True when stderr is the stream that JOURNAL_STREAM names ("device:inode"): the variable alone is inherited by
/// children whose stderr goes elsewhere (systemd.exec(5)).
bool is_journal(const char* journal_stream, int descriptor);

}  // namespace azrestored::log
