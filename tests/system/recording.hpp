// A recording in ../shared, served by its replay server, with azrestored installed beside it. The job files are made
// from the restores that were recorded, so that each must lead to the very request that was sent then; the server
// counts what differs. Used by the recordings_*_test.cpp, which are skipped where the recordings are absent.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "tests/support/installation.hpp"

namespace azrestored::test {

using Json = nlohmann::json;

std::string segment_after(const std::string& path, const std::string& name);

class Recording : public Installation {
 public:
  enum class Door { open, tls_and_sign_in };

  /// `options`: more arguments of the replay server.
  explicit Recording(const std::string& name, Door door = Door::open, const std::vector<std::string>& options = {});

  /// Restores all that was restored then, one after the other; the last job.
  Json restore_all();
  /// Drops one of them, counted from 0, as the job "restore-1" and so on.
  void drop_restore(std::size_t index);
  /// The server's counts, which it gives when it ends.
  Json counts();

  std::function<void(Json& file, const std::string& uri)> prepare;
  std::vector<std::string> states;

 private:
  Json sign_in_at(const std::string& url);

  std::vector<std::pair<Json, std::string>> files_;  // and the address that was POSTed to
  std::optional<Process> server_;
};

/// All restores were those of then, each once, and nothing was asked that Azure was not asked then.
void expect_faithful(Recording& recording, int restores);

class Recordings : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace azrestored::test
