#include "daemon/log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "daemon/log/journal_entry.hpp"

namespace azrestored::log {
namespace {

struct Log {
  Style style{Format::text, is_journal(std::getenv("JOURNAL_STREAM"), STDERR_FILENO)};
  spdlog::logger logger{"azrestored", std::make_shared<spdlog::sinks::stderr_sink_mt>()};

  Log() {
    logger.set_pattern("%v");  // the line is already complete
    logger.flush_on(spdlog::level::trace);
    logger.set_level(spdlog::level::info);
  }
};

Log& the_log() {
  static Log log;
  return log;
}

spdlog::level::level_enum severity(Level level) {
  switch (level) {
    case Level::error:
      return spdlog::level::err;
    case Level::warning:
      return spdlog::level::warn;
    case Level::info:
      return spdlog::level::info;
    case Level::debug:
      return spdlog::level::debug;
  }
  return spdlog::level::err;
}

}  // namespace

void start(Level least, Format format) {
  the_log().style.format = format;
  the_log().logger.set_level(severity(least));
}

void event(Level level, std::string_view name, std::initializer_list<Field> fields) {
  event(level, name, std::span<const Field>(fields.begin(), fields.size()));
}

void event(Level level, std::string_view name, std::span<const Field> fields) {
  Log& log = the_log();
  if (!log.logger.should_log(severity(level))) return;
  const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
  if (log.style.journal &&
      send_to_journal(journal_entry(level, line(log.style, now, level, name, fields), name, fields)))
    return;
  Style on_stderr = log.style;
  on_stderr.prefix = log.style.journal;
  log.logger.log(severity(level), line(on_stderr, now, level, name, fields));
}

bool is_journal(const char* journal_stream, int descriptor) {
  if (journal_stream == nullptr) return false;
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return false;
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == journal_stream;
}

}  // namespace azrestored::log
