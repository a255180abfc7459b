// A recording in ../shared, served by its replay server, with an installation of azrestored. The job files are made
// from the recorded restores, so each must lead to exactly the recorded request; the server counts the differences.
// Used by recordings_*_test.cpp, which are skipped if the recordings are absent.
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

  /// Repeats all recorded restores, one after the other; returns the last job.
  Json restore_all();
  /// Drops one of them, counted from 0, as the job "restore-1" and so on.
  void drop_restore(std::size_t index);
  /// The server's counts, which it prints when it ends.
  Json counts();

  std::function<void(Json& file, const std::string& uri)> prepare;
  std::vector<std::string> states;

 private:
  Json sign_in_at(const std::string& url);

  std::vector<std::pair<Json, std::string>> files_;  // and the address of the POST
  std::optional<Process> server_;
};

/// Each recorded restore was made once, and every request is one of the recording.
void expect_faithful(Recording& recording, int restores);

class Recordings : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace azrestored::test
