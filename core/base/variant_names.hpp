// The names of a variant's alternatives, each of which has its own as a static member `name`: no second list of names
// that must have the order of the variant. Names are stored and public, so two alternatives cannot have the same.
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

/// In the order of the variant.
template <class Variant>
inline constexpr auto names_of = names_of_each(std::type_identity<Variant>());

}  // namespace azrestored
