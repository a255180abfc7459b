// See identifiers.hpp.
#include "identifiers.hpp"

#include <string_view>

namespace azsim {

std::string Identifiers::bytes(std::size_t count) {
  std::string out(count, '\0');
  for (char& c : out) c = static_cast<char>(engine_() & 0xFFU);
  return out;
}

std::string Identifiers::guid() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string raw = bytes(16);
  raw[6] = static_cast<char>((raw[6] & 0x0F) | 0x40);
  raw[8] = static_cast<char>((raw[8] & 0x3F) | 0x80);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    const auto byte = static_cast<unsigned char>(raw[i]);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string Identifiers::number(std::size_t count) {
  std::string out;
  while (out.size() < count) out += static_cast<char>('0' + engine_() % (out.empty() ? 9 : 10) + (out.empty() ? 1 : 0));
  return out;
}

}  // namespace azsim
