#include "core/jobfile/pasted_ids.hpp"

#include <algorithm>
#include <array>

#include "core/base/pasted_text.hpp"
#include "core/base/text.hpp"
#include "core/http/percent_encoding.hpp"

namespace azrestored {
namespace {

bool begins_with_any(std::string_view pointer, std::span<const std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view each) { return pointer.starts_with(each); });
}

/// True for names of Azure outside of an id, and for ids: wherever a % cannot be meant.
bool is_id_or_name(std::string_view pointer, std::string_view text) {
  static constexpr std::array<std::string_view, 4> names = {"/vault", "/virtualMachine", "/protectedItem",
                                                            "/replaceDisksOf"};
  return begins_with_any(pointer, names) || istarts_with(text, "/subscriptions/");
}

}  // namespace

void tidy_pasted_ids(JsonDocument& document) {
  document.edit_strings([](std::string_view pointer, std::string& text) {
    static constexpr std::array<std::string_view, 2> verbatim = {"/$schema", "/restore/extraProperties"};
    if (begins_with_any(pointer, verbatim)) return;
    const std::string_view trimmed = trim_pasted(text);
    text = is_id_or_name(pointer, trimmed) ? tidy_id(trimmed) : std::string(trimmed);
  });
}

std::string tidy_id(std::string_view pasted) {
  return std::string(trim_pasted(decode_segments(trim_pasted(pasted))));
}

}  // namespace azrestored
