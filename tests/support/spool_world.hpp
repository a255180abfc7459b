// A spool in a temporary folder with everything that a SpoolInbox needs: a store, ids, a clock that tests set, and an
// observer that records. Files are real; time is not.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/store/forwarding_store.hpp"
#include "daemon/spool/inbox.hpp"
#include "persistence/memory/memory_store.hpp"
#include "tests/support/one_entry.hpp"
#include "tests/support/settable_clock.hpp"
#include "tests/support/temp_dir.hpp"

namespace azrestored {

/// This far ahead of the machine's clock, every existing file has been quiet.
inline constexpr Millis all_quiet = std::chrono::hours(1);

/// Ids that are unique in this process and in its children.
class CountedIds final : public IdSource {
 public:
  std::string uuid() override;
  double fraction() override { return 0; }

 private:
  int given_ = 0;
};

class RememberingObserver final : public Observer {
 public:
  struct Notice {
    std::string what;
    std::string job_id;
    std::string sentence;
  };
  void changed(const Job& job, const HistoryLine&, std::optional<Millis>) override { inserted.push_back(job.id); }
  void notice(std::string_view what, const std::string& job_id, const std::string& sentence) override {
    notices.push_back(Notice{std::string(what), job_id, sentence});
  }
  /// How many notices contain `part`.
  [[nodiscard]] int count(std::string_view part) const;

  std::vector<JobId> inserted;
  std::vector<Notice> notices;
};

/// Forwards everything to another store, except the failures that a test wants.
class TroubledStore final : public ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;

  asio::awaitable<Result<void>> insert(std::vector<NewEntry> entries) override;
  asio::awaitable<Result<Job>> load(JobId id) override;

  bool insert_fails = false;
  bool insert_throws = false;
  bool load_fails = false;
  std::function<void()> on_load;    // between the check of a file and its claim
  std::function<void()> on_insert;  // just before an insertion succeeds or fails
  int inserts_under_way = 0;
  int most_inserts_under_way = 0;
};

class SpoolWorld : public testing::Test {
 protected:
  SpoolWorld();

  /// The folder of the spool, and its four folders.
  [[nodiscard]] std::filesystem::path spool() const { return temporary_.path() / "spool"; }
  [[nodiscard]] std::filesystem::path incoming(const std::string& name = "") const {
    return spool() / "incoming" / name;
  }
  [[nodiscard]] std::filesystem::path claimed(const std::string& name = "") const { return spool() / "claimed" / name; }
  [[nodiscard]] std::filesystem::path accepted(const std::string& name = "") const {
    return spool() / "accepted" / name;
  }
  [[nodiscard]] std::filesystem::path rejected(const std::string& name = "") const {
    return spool() / "rejected" / name;
  }
  [[nodiscard]] std::filesystem::path elsewhere(const std::string& name) const { return temporary_.path() / name; }

  /// A new inbox over the same folders and the same store, as after a restart.
  void restart();
  /// Runs one scan to its end.
  void scan();
  void run_loop_until(const std::function<bool()>& reached);

  [[nodiscard]] const MemoryStore::Rows& jobs() const { return memory_.rows(); }

  test::TempDir temporary_;
  asio::io_context loop_{1};
  SettableClock clock_{all_quiet};  // that of the files
  SettableClock job_clock_{all_quiet};
  CountedIds ids_;
  RememberingObserver observer_;
  MemoryStore memory_;
  TroubledStore store_{memory_};
  int accepted_calls_ = 0;
  SpoolInbox::Options options_;
  std::unique_ptr<SpoolInbox> inbox_;
};

/// Runs the loop until `work` ends; throws what `work` throws.
void run_to_end(asio::io_context& loop, asio::awaitable<void> work);

/// A correct job file.
std::string good_job();

void write_file(const std::filesystem::path& path, std::string_view text);
std::string read_file(const std::filesystem::path& path);
/// The names in a folder, sorted.
std::vector<std::string> names_in(const std::filesystem::path& folder);
/// The last change of the file by the kernel's clock.
Instant changed_at(const std::filesystem::path& path);

}  // namespace azrestored
