// Small text tools of the simulator: case, percent-encoding, base64url, splitting.
// Pure functions over bytes, ASCII only, no locale. Azure compares names without case (azure-backup-api.md 1.2), hence
// `same_name`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azsim {

[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_name(std::string_view text, std::string_view prefix);

/// %XX becomes the byte; a malformed escape is not changed. With `plus_is_blank`, as in a query or a form, '+' becomes
/// a space.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);
/// Escapes every character that is not "unreserved" in RFC 3986.
[[nodiscard]] std::string percent_encode(std::string_view text);
/// Encodes the bytes beyond ASCII only, as the service does in the ids of items.
[[nodiscard]] std::string encode_beyond_ascii(std::string_view text);
[[nodiscard]] std::string base64url(std::string_view bytes);
/// The bytes, or nothing if the text is not base64url.
[[nodiscard]] std::optional<std::string> base64url_decode(std::string_view text);
/// The standard alphabet, with '=' padding.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The parts between separators, without the empty ones.
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);

using Pairs = std::vector<std::pair<std::string, std::string>>;
/// `a=b&c=d`, decoded; the form of a query and of a token request.
[[nodiscard]] Pairs parse_form(std::string_view text);
/// The first value of that name (without case), or null.
[[nodiscard]] const std::string* find_value(const Pairs& pairs, std::string_view name);

/// The last segment of an ARM id: the resource's own name.
[[nodiscard]] std::string last_segment(std::string_view id);
/// The segment that follows `key` in an ARM id, or "".
[[nodiscard]] std::string segment_after(std::string_view id, std::string_view key);

}  // namespace azsim
