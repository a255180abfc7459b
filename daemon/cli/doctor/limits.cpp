#include "daemon/cli/doctor/limits.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azrestored::cli {
namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;
constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30U;

/// Limits for bytes or inodes.
struct Line {
  std::uint64_t warning;
  std::uint64_t problem;
};

constexpr Line byte_line{gibibyte, 100 * mebibyte};
constexpr Line inode_line{10'000, 1'000};
constexpr std::uint64_t least_percent = 5;

CheckStatus verdict_on(std::uint64_t free, std::uint64_t all, const Line& line) {
  if (free < line.problem) return CheckStatus::problem;
  return free < line.warning || free < all / 100 * least_percent ? CheckStatus::warning : CheckStatus::ok;
}

std::string size_text(std::uint64_t bytes) {
  const bool is_large = bytes >= gibibyte;
  return fmt::format("{:.1f} {}", static_cast<double>(bytes) / static_cast<double>(is_large ? gibibyte : mebibyte),
                     is_large ? "GiB" : "MiB");
}

}  // namespace

CheckStatus verdict_on(const Room& room) {
  const CheckStatus bytes = verdict_on(room.free_bytes, room.all_bytes, byte_line);
  return room.all_inodes == 0 ? bytes : std::max(bytes, verdict_on(room.free_inodes, room.all_inodes, inode_line));
}

std::string room_text(const Room& room) {
  const std::uint64_t percent =
      room.all_bytes == 0 ? 0 : room.free_bytes / std::max(room.all_bytes / 100, std::uint64_t{1});
  std::string text =
      fmt::format("{} free of {} ({} %)", size_text(room.free_bytes), size_text(room.all_bytes), percent);
  if (room.all_inodes > 0) text += fmt::format(", {} inodes free", room.free_inodes);
  return text;
}

CheckStatus verdict_on_clock(Millis ahead) {
  const Millis wrong = ahead < Millis(0) ? -ahead : ahead;
  if (wrong > std::chrono::minutes(5)) return CheckStatus::problem;
  return wrong > std::chrono::minutes(2) ? CheckStatus::warning : CheckStatus::ok;
}

CheckStatus verdict_on_budget(std::int64_t left, std::int64_t limit) {
  return left * 10 < limit ? CheckStatus::warning : CheckStatus::ok;
}

}  // namespace azrestored::cli
