#include "daemon/log/log_settings.hpp"

#include "daemon/log/log.hpp"

namespace azrestored {
namespace {

log::Level to_level(Settings::LogLevel level) {
  switch (level) {
    case Settings::LogLevel::error:
      return log::Level::error;
    case Settings::LogLevel::warning:
      return log::Level::warning;
    case Settings::LogLevel::info:
      return log::Level::info;
    case Settings::LogLevel::debug:
      return log::Level::debug;
  }
  return log::Level::info;
}

log::Format to_format(Settings::LogFormat format) {
  return format == Settings::LogFormat::json ? log::Format::json : log::Format::text;
}

}  // namespace

void apply_log_settings(const Settings& settings) {
  log::start(to_level(settings.log.level), to_format(settings.log.format));
}

}  // namespace azrestored
