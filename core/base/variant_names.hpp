// The names of a variant's alternatives, from their static member `name`. No second list must follow the order of the
// variant. Names are stored and public; two equal names do not compile.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>
#include <type_traits>
#include <variant>

namespace azrestored {

template <class... Alternatives>
consteval std::array<std::string_view, sizeof...(Alternatives)> names_of_each(
    std::type_identity<std::variant<Alternatives...>>) {
  std::array<std::string_view, sizeof...(Alternatives)> names{Alternatives::name...};
  auto sorted = names;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) throw "two alternatives have the same name";
  return names;
}

/// The names in the order of the variant.
template <class Variant>
inline constexpr auto names_of = names_of_each(std::type_identity<Variant>());

}  // namespace azrestored
