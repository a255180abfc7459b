#include "core/base/case_folding.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace azrestored {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string fold_case(std::string_view text) {
  if (is_ascii(text)) return to_lower(text);
  std::string folded;
  folded.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t letter = take_code_point(text);
    const std::string_view bytes = before.substr(0, before.size() - text.size());
    if (bytes.size() == 1 && static_cast<unsigned char>(bytes.front()) >= 0x80) {
      folded += bytes;  // not UTF-8
    } else {
      append_code_point(folded, static_cast<char32_t>(u_foldCase(static_cast<UChar32>(letter), U_FOLD_CASE_DEFAULT)));
    }
  }
  return folded;
}

bool same_name(std::string_view a, std::string_view b) {
  if (is_ascii(a) && is_ascii(b)) return iequals(a, b);
  return fold_case(a) == fold_case(b);
}

}  // namespace azrestored
