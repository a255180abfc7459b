#include "core/base/spelling.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"

namespace azrestored {
namespace {

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string
/// alignment). Three rows of the table are enough, because a swap looks two rows back.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

/// The only candidate that contains the word, as "resourceGroup" contains "group"; "" if none or several do.
std::string_view only_name_with(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t shortest = 4;
  std::string_view found;
  for (const std::string_view candidate : candidates) {
    if (word.size() < shortest || to_lower(candidate).find(word) == std::string::npos) continue;
    if (!found.empty()) return "";
    found = candidate;
  }
  return found;
}

}  // namespace

std::string nearest_name(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string lowered = to_lower(word);
  std::string_view nearest;
  std::size_t fewest = 0;
  for (const std::string_view candidate : candidates) {
    // A third of the letters may differ. This allows typing errors or a missing part, but not another word.
    const std::size_t most = (std::max(word.size(), candidate.size()) + 2) / 3;
    const std::size_t longer_by = std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size());
    if (longer_by > most) continue;  // avoids a table of the size of a hostile megabyte
    const std::size_t count = edits(lowered, to_lower(candidate));
    if (count <= most && (nearest.empty() || count < fewest)) {
      nearest = candidate;
      fewest = count;
    }
  }
  return std::string(nearest.empty() ? only_name_with(lowered, candidates) : nearest);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string nearest = nearest_name(word, candidates);
  return nearest.empty() ? "" : "; did you mean \"" + nearest + "\"?";
}

}  // namespace azrestored
