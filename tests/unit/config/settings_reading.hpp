// Reading settings in tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "core/json/fault.hpp"

namespace azrestored {

inline std::vector<std::string> faults_of(std::string_view text) {
  std::vector<Fault> faults;
  const auto settings = read_settings(text, faults);
  EXPECT_EQ(settings.has_value(), faults.empty()) << "either settings or faults, never both and never none";
  std::vector<std::string> texts;
  for (const Fault& fault : faults) texts.push_back(fault.text());
  return texts;
}

inline Settings settings_of(std::string_view text) {
  std::vector<Fault> faults;
  auto settings = read_settings(text, faults);
  for (const Fault& fault : faults) ADD_FAILURE() << fault.text();
  return settings.value_or(Settings{});
}

}  // namespace azrestored
