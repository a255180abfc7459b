#include "daemon/os/random_ids.hpp"

#include <sys/random.h>

#include <array>
#include <cstdint>
#include <system_error>

namespace azrestored {
namespace {

template <std::size_t count>
std::array<std::uint8_t, count> random_bytes() {
  static_assert(count <= 256);  // up to 256 bytes are returned in full, without interruption (getrandom(2))
  std::array<std::uint8_t, count> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(count)) {
    throw std::system_error(errno, std::generic_category(), "getrandom");
  }
  return bytes;
}

}  // namespace

std::string RandomIds::uuid() {
  static constexpr std::string_view digits = "0123456789abcdef";
  auto bytes = random_bytes<16>();
  bytes[6] = (bytes[6] & 0x0FU) | 0x40U;  // version 4
  bytes[8] = (bytes[8] & 0x3FU) | 0x80U;  // variant of RFC 9562
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += {digits[bytes[i] >> 4U], digits[bytes[i] & 0xFU]};
  }
  return text;
}

double RandomIds::fraction() {
  std::uint64_t bits = 0;
  for (const std::uint8_t byte : random_bytes<8>()) bits = bits << 8U | byte;
  return static_cast<double>(bits >> 11U) * 0x1.0p-53;  // the 53 bits that a double holds
}

}  // namespace azrestored
