// The grammar of $filter (azure-backup-api.md 1.4, 2.2, 5.2): `field eq 'value'` joined with ` and `; and the cutting
// of lists into pages.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dotnet_time.hpp"
#include "text.hpp"

namespace azsim {

struct Filter {
  std::vector<std::pair<std::string, std::string>> conditions;  // field as the client wrote it, value
  std::string error;                                            // a sentence when the text is not a filter

  [[nodiscard]] const std::string* value(std::string_view field) const { return find_value(conditions, field); }
  /// True if the filter does not name the field or names this value (without case).
  [[nodiscard]] bool allows(std::string_view field, std::string_view actual) const;
};

/// Reads the filter of a query; a field outside `known` is an error. Without $filter the Filter is empty.
[[nodiscard]] Filter read_filter(const Pairs& query, const std::vector<std::string_view>& known);

/// Both ends of a time window; an end that the filter does not name is open.
struct Window {
  std::optional<Instant> from, to;
  [[nodiscard]] bool holds(Instant at) const { return (!from || at >= *from) && (!to || at <= *to); }
};
/// Sets filter.error when a date is not in the 12-hour form.
[[nodiscard]] Window read_window(Filter& filter, std::string_view from, std::string_view to);

/// A page of a list of `size` rows. `next` is the $skipToken of the following page, or "".
struct Page {
  std::size_t begin = 0, end = 0;
  std::string next;
  bool first = true;
  std::string error;
};
[[nodiscard]] Page cut_page(const Pairs& query, std::size_t size, std::size_t page_size);

}  // namespace azsim
