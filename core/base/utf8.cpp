#include "core/base/utf8.hpp"

#include <cstdint>

namespace azrestored {
namespace {

/// The length of the well-formed UTF-8 sequence at the beginning of `bytes`, 0 if there is none
/// (the table of RFC 3629 section 4: the second byte's range depends on the first).
std::size_t sequence_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return i < bytes.size() ? static_cast<std::uint8_t>(bytes[i]) : 0U; };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;  // a continuation byte, or an overlong form of ASCII
  if (first < 0xE0) return is_tail(1) ? 2 : 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (first == 0xED && byte(1) > 0x9F) return 0;  // a surrogate
    return is_tail(1) && is_tail(2) ? 3 : 0;
  }
  if (first > 0xF4) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;  // overlong
  if (first == 0xF4 && byte(1) > 0x8F) return 0;  // beyond U+10FFFF
  return is_tail(1) && is_tail(2) && is_tail(3) ? 4 : 0;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

char32_t take_code_point(std::string_view& bytes) {
  constexpr char32_t replacement = 0xFFFD;
  const std::size_t length = sequence_length(bytes);
  if (length == 0) {
    bytes.remove_prefix(1);
    return replacement;
  }
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  char32_t letter = length == 1 ? byte(0) : byte(0) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) letter = (letter << 6U) | (byte(i) & 0x3FU);
  bytes.remove_prefix(length);
  return letter;
}

void append_code_point(std::string& out, char32_t letter) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (letter < 0x80) {
    add(letter);
  } else if (letter < 0x800) {
    add(0xC0U | (letter >> 6U));
    add(0x80U | (letter & 0x3FU));
  } else if (letter < 0x10000) {
    add(0xE0U | (letter >> 12U));
    add(0x80U | ((letter >> 6U) & 0x3FU));
    add(0x80U | (letter & 0x3FU));
  } else {
    add(0xF0U | (letter >> 18U));
    add(0x80U | ((letter >> 12U) & 0x3FU));
    add(0x80U | ((letter >> 6U) & 0x3FU));
    add(0x80U | (letter & 0x3FU));
  }
}

std::string printable(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      text += c;
    } else {
      text += {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
    }
  }
  return text;
}

}  // namespace azrestored
