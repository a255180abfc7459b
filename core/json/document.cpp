#include "core/json/document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/utf8.hpp"
#include "core/json/lexemes.hpp"
#include "core/json/syntax_errors.hpp"

namespace azrestored {
namespace {

using nlohmann::json;

/// A fault of the text itself, at the byte `offset`.
Fault fault_at(std::string_view text, std::size_t offset, std::string sentence) {
  const TextPlace place = place_of(text, offset);
  return {"", place.line, place.column, std::move(sentence)};
}

/// The index of the first byte that does not begin a well-formed UTF-8 sequence. The text contains such a byte.
std::size_t first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    std::size_t length = 1;
    while (length <= 4 && !is_utf8(text.substr(at, length))) ++length;
    if (length > 4) return at;
    at += length;
  }
}

/// Receives the parser's error and discards everything else, so that no value is built before the depth of the text is
/// known. The parser itself does not recurse.
class Refusal : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }

  bool parse_error(std::size_t bytes_read, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    offset = bytes_read == 0 ? 0 : bytes_read - 1;
    last_token = token;
    why = error.what();
    return false;
  }

  std::size_t offset = 0;  // of the last byte read
  std::string last_token;
  std::string why;
};

/// The useful part of nlohmann_json's message: without its number, its location and the token, which may be long.
std::string useful_part(const Refusal& refusal) {
  std::string why = refusal.why;
  const auto token = why.find("; last read: '" + refusal.last_token + "'");
  if (token != std::string::npos)
    why.erase(token, refusal.last_token.size() + std::string_view("; last read: ''").size());
  for (const std::string_view end_of_preamble : {"] ", ": "}) {
    const auto end = why.find(end_of_preamble);
    const bool is_place = end_of_preamble == "] " || why.starts_with("parse error at");
    if (end != std::string::npos && is_place) why.erase(0, end + end_of_preamble.size());
  }
  constexpr std::size_t longest = 200;
  return printable(why.substr(0, longest));
}

/// The parser's own error, for the few cases that first_syntax_error() does not detect.
Fault parser_fault(std::string_view text, const Refusal& refusal) {
  std::size_t offset = std::min(refusal.offset, text.size());
  // The fault of an unexpected string is at its beginning. Other tokens include the characters before them.
  const std::string& token = refusal.last_token;
  const bool is_string = token.size() >= 2 && token.front() == '"' && token.back() == '"';
  if (is_string && text.substr(0, offset + 1).ends_with(token)) offset -= token.size() - 1;
  return fault_at(text, offset, "this is not JSON: " + useful_part(refusal));
}

Fault syntax_fault(std::string_view text, const Refusal& refusal, bool comments) {
  const auto mistake = first_syntax_error(text, comments);
  if (!mistake) return parser_fault(text, refusal);
  return fault_at(text, mistake->offset, "this is not JSON: " + mistake->sentence);
}

/// Editors write UTF-16 with a byte order mark. Without one, every second byte of plain JSON is NUL.
bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.substr(0, 2).find('\0') < 2;
}

std::optional<Fault> encoding_fault(std::string_view text) {
  if (is_utf16(text)) return fault_at(text, 0, "the file is UTF-16; save it as UTF-8");
  if (!is_utf8(text)) {
    const std::size_t at = first_bad_byte(text);
    return fault_at(text, at,
                    "the byte " + printable(text.substr(at, 1)) + " (number " + std::to_string(at + 1) +
                        " of the file) is not UTF-8; save the file as UTF-8");
  }
  const auto nul = text.find('\0');
  if (nul == std::string_view::npos) return std::nullopt;
  return fault_at(text, nul, "byte number " + std::to_string(nul + 1) + " of the file is NUL; expected text only");
}

using Edit = std::function<void(std::string_view pointer, std::string& text)>;

/// Recursive: the depth is at most that of JsonDocument::Options.
void edit_each(json& value, const std::string& pointer, const Edit& edit) {
  if (value.is_string()) return edit(pointer, value.get_ref<std::string&>());
  if (!value.is_structured()) return;
  for (const auto& item : value.items()) edit_each(item.value(), child_pointer(pointer, item.key()), edit);
}

/// Removes the next segment from `pointer` and returns the name that it stands for.
std::string next_segment(std::string_view& pointer) {
  pointer.remove_prefix(1);
  const auto slash = pointer.find('/');
  std::string name;
  const std::string_view segment = pointer.substr(0, slash);
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool is_escape = segment[i] == '~' && i + 1 < segment.size();
    name += is_escape ? (segment[++i] == '1' ? '/' : '~') : segment[i];
  }
  pointer.remove_prefix(segment.size());
  return name;
}

}  // namespace

std::optional<JsonDocument> JsonDocument::parse(std::string_view text, Options options, std::vector<Fault>& faults) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (auto fault = encoding_fault(text)) {
    add_fault(faults, *std::move(fault));
    return std::nullopt;
  }
  Refusal refusal;
  const bool strict = true;  // only white space after the value
  if (!json::sax_parse(text, &refusal, json::input_format_t::json, strict, options.comments)) {
    add_fault(faults, syntax_fault(text, refusal, options.comments));
    return std::nullopt;
  }
  std::vector<Fault> found;
  JsonDocument document;
  document.root_ = scan_places(text, options.max_depth, found);
  for (Fault& fault : found) add_fault(faults, std::move(fault));
  if (!found.empty()) return std::nullopt;
  document.value_ = json::parse(text, nullptr, true, options.comments);
  return document;
}

void JsonDocument::edit_strings(const Edit& edit) {
  edit_each(value_, "", edit);
}

Fault JsonDocument::fault(std::string pointer, std::string sentence) const {
  const JsonPlace* place = &root_;
  for (std::string_view rest = pointer; !rest.empty();) {
    const std::string name = next_segment(rest);
    const auto inner = std::ranges::find(place->inside, name, &JsonPlace::name);
    if (inner == place->inside.end()) break;
    place = &*inner;
  }
  return {std::move(pointer), place->line, place->column, std::move(sentence)};
}

bool ends_inside_json(std::string_view text) {
  const std::size_t end = text.find_last_not_of('\0') + 1;  // 0 if there is only NUL
  const bool has_reserved_space = end < text.size();
  text = text.substr(0, end);
  Refusal refusal;
  const bool strict = true;
  if (json::sax_parse(text, &refusal, json::input_format_t::json, strict)) return has_reserved_space;
  // The parser stops at the first byte that cannot continue the text. Here that was the end.
  return refusal.offset >= text.size();
}

}  // namespace azrestored
