// The form of a profile's name, for the settings and for job files alike.
#include "core/base/profile_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace azrestored {
namespace {

TEST(ProfileName, HasUpTo64LettersDigitsAndDashes) {
  for (const std::string& good : {std::string("a"), std::string("Prod-2"), std::string("-"), std::string(64, 'x')})
    EXPECT_TRUE(is_profile_name(good)) << good;
}

TEST(ProfileName, HasNothingElse) {
  for (const std::string& bad : {std::string(), std::string(65, 'x'), std::string("a.b"), std::string("a_b"),
                                 std::string("a b"), std::string("a/b"), std::string("\xC3\xA9"), std::string(1, '\0')})
    EXPECT_FALSE(is_profile_name(bad)) << bad;
}

}  // namespace
}  // namespace azrestored
