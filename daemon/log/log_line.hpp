// The format of a log line. Pure; log.hpp writes the line.
//
//   text     2026-11-20T09:05:00.123Z warning event=job.changed job=4f1c... detail="no response within 60 s"
//   journal  <4>event=job.changed job=4f1c... detail="no response within 60 s"
//   json     {"time":"2026-11-20T09:05:00.123Z","level":"warning","event":"job.changed","job":"4f1c..."}
//
// The journal stores time and priority itself. So its line has neither, but the entry has fields
// (daemon/log/journal_entry.hpp). If the journal does not accept the entry, the line goes to stderr with the prefix
// "<N>" (sd-daemon(3)). json always contains the level. Control characters in values are escaped, so that one event is
// always one line.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/instant.hpp"

namespace azrestored::log {

/// error: an operator must act. warning: azrestored continues by itself. info: a state changed. debug: the rest.
enum class Level { error, warning, info, debug };
enum class Format { text, json };
using Value = std::variant<std::string, std::int64_t, double, bool>;

class Field {
 public:
  Field(std::string_view name, std::string_view value) : name_(name), value_(std::string(value)) {}
  Field(std::string_view name, const std::string& value) : name_(name), value_(value) {}
  Field(std::string_view name, const char* value) : name_(name), value_(std::string(value)) {}
  Field(std::string_view name, bool value) : name_(name), value_(value) {}
  Field(std::string_view name, double value) : name_(name), value_(value) {}
  template <std::integral Number>
  Field(std::string_view name, Number value) : name_(name), value_(static_cast<std::int64_t>(value)) {}

  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] const Value& value() const { return value_; }

 private:
  std::string_view name_;  // must have static storage duration
  Value value_;
};

struct Style {
  Format format = Format::text;
  bool journal = false;  // the line goes to systemd's journal
  bool prefix = false;   // through stderr: the line begins with the priority
};

/// The number of sd-daemon(3) and syslog: 3 (error) to 7 (debug).
int syslog_priority(Level level);

std::string line(Style style, Instant at, Level level, std::string_view event, std::span<const Field> fields);

std::string_view to_text(Level level);

}  // namespace azrestored::log
