// The small text functions that every sentence and every comparison uses.
#include "core/base/text.hpp"

#include <nlohmann/json.hpp>

#include "core/base/spelling.hpp"
#include "core/base/utf8.hpp"
#include "core/http/redact.hpp"
#include "core/json/fault.hpp"
#include "core/json/syntax_errors.hpp"
#include "daemon/signin/base64url.hpp"
#include "tests/fuzz/properties.hpp"
#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

using nlohmann::json;

bool json_takes(std::string_view text) {
  try {
    (void)json(std::string(text)).dump();
    return true;
  } catch (const json::type_error&) {
    return false;
  }
}

void require_no_mistake_in_json(std::string_view text, bool comments) {
  const auto mistake = first_syntax_error(text, comments);
  require(!mistake || !json::accept(text, comments), "valid JSON has no mistake");
  if (!mistake) return;
  require(mistake->offset <= text.size(), "a mistake is in the text");
  require(printable(mistake->sentence) == mistake->sentence, "a mistake is reported in printable ASCII");
}

}  // namespace

void texts(std::string_view input) {
  const std::string shown = printable(input);
  require(shown.size() >= input.size() && printable(shown) == shown, "printable text is unchanged");
  const std::string quoted = in_quotes(input);
  require(printable(quoted) == quoted && quoted.size() >= 2, "a quoted text is printable");
  require(is_utf8(input) == json_takes(input), "azrestored and the JSON library agree about UTF-8");
  require(iequals(input, to_lower(input)) && istarts_with(input, to_lower(input)), "letter case does not matter");
  // The JSON library skips a byte order mark and ends at a NUL; JsonDocument removes both before.
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const bool is_read = is_utf8(input) && input.find('\0') == std::string_view::npos;
  if (is_read && !input.starts_with(byte_order_mark)) {
    for (const bool comments : {false, true}) require_no_mistake_in_json(input, comments);
  }
  const std::string_view words[] = {"succeeded", "failed", "cancelled", "in-doubt"};
  (void)nearest_name(input, words);
  require(decode_base64url(encode_base64url(input)) == std::string(input), "bytes survive base64url");
  require(redact_url(redact_url(input)) == redact_url(input), "redaction is idempotent");
}

}  // namespace azrestored::fuzz
