// How a log line looks. Pure; log.hpp writes it.
//
//   text     2026-11-20T09:05:00.123Z warning event=job.changed job=4f1c... detail="no answer within 60 s"
//   journal  <4>event=job.changed job=4f1c... detail="no answer within 60 s"
//   json     {"time":"2026-11-20T09:05:00.123Z","level":"warning","event":"job.changed","job":"4f1c..."}
//
// The journal keeps time and priority itself, so there the line has neither, but goes with fields of its own
// (daemon/log/journal_entry.hpp); should the journal not take it so, it goes to stderr and begins with "<N>"
// (sd-daemon(3)). json keeps its level everywhere. One line is one event whatever a value holds: control characters are
// escaped.
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

/// error: somebody must act. warning: survived, and says so. info: a state changed. debug: the rest.
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
  std::string_view name_;  // of static life
  Value value_;
};

struct Style {
  Format format = Format::text;
  bool journal = false;  // the line goes to systemd's journal
  bool prefix = false;   // by way of stderr: it begins with the priority
};

/// As sd-daemon(3) and syslog number them: 3 for an error, to 7.
int syslog_priority(Level level);

std::string line(Style style, Instant at, Level level, std::string_view event, std::span<const Field> fields);

std::string_view to_text(Level level);

}  // namespace azrestored::log
