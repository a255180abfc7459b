// Goal: on a full disk nothing is lost: the daemon reports it, waits, and continues by itself when there is space
// again. Method: spool and database on a disk of a few MiB, which is filled to the last byte while jobs run.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/mounts.hpp"
#include "tests/support/stage.hpp"

namespace azrestored::test {
namespace {

namespace fs = std::filesystem;

/// To the last byte, so that no page of the write-ahead log fits.
void fill(const fs::path& disk) {
  std::ofstream ballast(disk / "ballast", std::ios::binary);
  for (const std::size_t block : {std::size_t{65'536}, std::size_t{1}}) {
    const std::string bytes(block, 'x');
    while (ballast.write(bytes.data(), static_cast<std::streamsize>(block)).flush()) {
    }
    ballast.clear();
  }
}

TEST(FullDisk, IsReportedAndWaitedForAndNothingIsLost) {
  Stage::Options options;
  Json items = Json::array();
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) items.push_back(protected_vm(vm, {{"jobSeconds", 2}}));
  options.azure = azure_with(items);
  Stage stage(options);
  Mounts mounts;
  if (!mounts.why_not().empty()) GTEST_SKIP() << mounts.why_not();
  mounts.add_disk(stage.path("disk"), 4U << 20U);
  const fs::path spool = stage.path("disk") / "spool";
  stage.configure(stage.sim.https_url(),
                  {{"spool", {{"directory", spool}}}, {"store", {{"path", stage.path("disk") / "azrestored.db"}}}});
  stage.daemon.start();
  const auto drop = [&](const std::string& vm) {
    write_file(spool / "incoming" / (vm + ".tmp"), disks_job("drill-" + vm, vm).dump(2));
    fs::rename(spool / "incoming" / (vm + ".tmp"), spool / "incoming" / (vm + ".json"));
  };
  for (const char* vm : {"vm1", "vm2", "vm3"}) drop(vm);
  ASSERT_EQ(stage.wait_for_state("drill-vm1", "tracking").at("state"), "tracking");
  drop("vm4");  // it is accepted a second later, when there is no space for its row
  fill(stage.path("disk"));

  ASSERT_TRUE(wait_until([&] { return !stage.daemon.events("store.failed").empty(); }));
  const std::string failure = stage.daemon.events("store.failed").front().dump();
  EXPECT_NE(failure.find("full"), std::string::npos) << failure;
  EXPECT_NE(failure.find("trying again"), std::string::npos) << failure;
  ASSERT_TRUE(wait_until([&] { return !stage.daemon.events("spool.left-alone").empty(); }));
  const auto started_then = stage.sim.restores().size();

  fs::remove(stage.path("disk") / "ballast");
  for (const char* vm : {"vm1", "vm2", "vm3", "vm4"}) {
    EXPECT_EQ(stage.wait_for_end(std::string("drill-") + vm).at("state"), "succeeded");
  }
  EXPECT_LT(started_then, 4U) << "a restore was started that could not be saved";
  const Json by_item = stage.sim.report().at("restoresByItem");
  for (const auto& [item, count] : by_item.items()) EXPECT_EQ(count, 1) << item;
  EXPECT_EQ(stage.sim.restores().size(), 4U);
  EXPECT_TRUE(names_in(spool / "incoming").empty());
  EXPECT_TRUE(names_in(spool / "claimed").empty());
  EXPECT_EQ(stage.daemon.events("daemon.ready").size(), 1U) << "it must continue by itself";
}

}  // namespace
}  // namespace azrestored::test
