// Compares names of Azure without regard to letter case. Names may have any letters (a resource group "Büro" or
// "生产_group"), so this is Unicode's simple case folding: one letter to one letter, without regard to a language
// (azure-backup-api.md 1.2; the Unicode Standard, 5.18). iequals() of text.hpp is for words of protocols, which are
// ASCII. Pure.
#pragma once

#include <string>
#include <string_view>

namespace azrestored {

/// The UTF-8 text with every letter folded: equal for all spellings of a name. The key of maps. Bytes that are not
/// UTF-8 stay as they are.
std::string fold_case(std::string_view text);

/// True if the two names are equal without regard to letter case.
bool same_name(std::string_view a, std::string_view b);

}  // namespace azrestored
