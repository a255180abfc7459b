#include "core/base/pasted_text.hpp"

#include <algorithm>
#include <array>

#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};
/// Blanks, line ends, control and format characters, and letters without a form (Unicode 15: White_Space, Cc, Cf and
/// Default_Ignorable_Code_Point, without the selectors of variants, which belong to the letter before them).
constexpr std::array<Range, 18> hidden = {{{0x00, 0x20},
                                           {0x7F, 0xA0},
                                           {0xAD, 0xAD},
                                           {0x034F, 0x034F},
                                           {0x061C, 0x061C},
                                           {0x115F, 0x1160},
                                           {0x1680, 0x1680},
                                           {0x17B4, 0x17B5},
                                           {0x180E, 0x180E},
                                           {0x2000, 0x200F},
                                           {0x2028, 0x202F},
                                           {0x205F, 0x206F},
                                           {0x2800, 0x2800},
                                           {0x3000, 0x3000},
                                           {0x3164, 0x3164},
                                           {0xFEFF, 0xFEFF},
                                           {0xFFA0, 0xFFA0},
                                           {0xE0000, 0xE007F}}};

bool is_hidden(char32_t letter) {
  return std::ranges::any_of(hidden, [&](const Range& range) { return letter >= range.first && letter <= range.last; });
}

std::string_view name_of(char32_t letter) {
  switch (letter) {
    case 0x09:
      return "a tab";
    case 0x0A:
      return "a line break";
    case 0x0D:
      return "a carriage return";
    case 0x20:
      return "a blank";
    case 0xA0:
    case 0x202F:
      return "a no-break space";
    case 0xAD:
      return "a soft hyphen";
    case 0x200B:
      return "a zero-width space";
    case 0xFEFF:
      return "a byte order mark";
    default:
      return letter < 0x20 || (letter >= 0x7F && letter < 0xA0) ? "a control character" : "an invisible character";
  }
}

std::string code_of(char32_t letter) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string code;
  for (int shift = letter > 0xFFFFF ? 20 : letter > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
    code += digits[(letter >> shift) & 0xFU];
  return "U+" + code;
}

/// The last letters before a position, as many as a person needs to find it.
std::string_view end_of(std::string_view text) {
  constexpr std::size_t most = 12;
  std::size_t begin = text.size() > most ? text.size() - most : 0;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;  // not inside a letter
  return text.substr(begin);
}

}  // namespace

std::string_view trim_pasted(std::string_view text) {
  const char* end = text.data();  // after the last letter that is not hidden
  bool has_begun = false;
  for (std::string_view rest = text; !rest.empty();) {
    if (!is_hidden(take_code_point(rest))) {
      has_begun = true;
      end = rest.data();
    } else if (!has_begun) {
      text = rest;
      end = rest.data();
    }
  }
  return {text.data(), static_cast<std::size_t>(end - text.data())};
}

std::optional<std::string> hidden_character(std::string_view text) {
  std::size_t number = 1;
  for (std::string_view rest = text; !rest.empty(); ++number) {
    const std::string_view before = text.substr(0, text.size() - rest.size());
    const char32_t letter = take_code_point(rest);
    if (!is_hidden(letter)) continue;
    std::string sentence(name_of(letter));
    sentence += " (" + code_of(letter) + ") as character " + std::to_string(number);
    if (!before.empty()) sentence += ", after \"" + std::string(end_of(before)) + "\"";
    return sentence;
  }
  return std::nullopt;
}

}  // namespace azrestored
