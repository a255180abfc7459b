// Goal: faults that fuzzing found stay fixed, and its start inputs keep all properties, with every compiler. Method:
// each target runs over the files of its folders in corpus/ and regressions/, and over the project's sample files of
// its kind; a violated property is reported with the file's name.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/targets.hpp"

namespace azrestored::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path source = SOURCE_FOLDER;

std::vector<fs::path> inputs_of(const Target& target) {
  std::vector<fs::path> found;
  const auto add = [&](const fs::path& folder) {
    if (!fs::exists(folder)) return;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file()) found.push_back(entry.path());
    }
  };
  add(source / "tests/fuzz/corpus" / target.name);
  add(source / "tests/fuzz/regressions" / target.name);
  if (target.name == "job_file") add(source / "config/examples");
  if (target.name == "settings") found.push_back(source / "config/azrestored.json");
  std::ranges::sort(found);
  return found;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class FuzzTarget : public testing::TestWithParam<Target> {};

TEST_P(FuzzTarget, KeepsItsPromisesForEveryKeptInput) {
  const auto inputs = inputs_of(GetParam());
  EXPECT_FALSE(inputs.empty()) << "each target must have start inputs";
  for (const auto& path : inputs) {
    SCOPED_TRACE(path.string());
    EXPECT_NO_THROW(GetParam().run(content_of(path)));
  }
}

TEST_P(FuzzTarget, KeepsItsPromisesForNothingAtAll) {
  EXPECT_NO_THROW(GetParam().run(""));
}

INSTANTIATE_TEST_SUITE_P(All, FuzzTarget, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace azrestored::fuzz
