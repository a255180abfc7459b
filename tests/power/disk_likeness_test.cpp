// A proof on a model is only as good as the model. Method: the same random calls on a ModelDisk and in a folder of a
// real file system must return the same results, error for error.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "daemon/os/file_descriptor.hpp"
#include "tests/power/model_calls.hpp"
#include "tests/support/spool_world.hpp"

namespace azrestored::power {
namespace {

const std::vector<std::string> names = {"a", "b", ".", "c~d"};

/// Two folders and a few files on either disk.
class Place {
 public:
  explicit Place(const std::string& path) {
    log_ += outcome(::mkdirat(AT_FDCWD, path.c_str(), 0770));
    base_ = FileDescriptor(::openat(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY));
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string name = "folder" + std::to_string(i);
      log_ += outcome(::mkdirat(base_.get(), name.c_str(), 0770)) + outcome(::mkdirat(base_.get(), name.c_str(), 0770));
      folders_.emplace_back(::openat(base_.get(), name.c_str(), O_RDONLY | O_DIRECTORY));
    }
  }

  /// Makes one call and adds its result to the log.
  void act(sim::Chance& chance) {
    const int from = folder(chance);
    const int to = folder(chance);
    const std::string name = names[static_cast<std::size_t>(chance.below(static_cast<int>(names.size())))];
    const std::string other = names[static_cast<std::size_t>(chance.below(2))];
    const int kind = chance.below(8);
    log_ += std::to_string(kind) + " " + name + " " + other + ":";
    if (kind == 0) write(from, other, O_WRONLY | O_CREAT | O_TRUNC, name);
    if (kind == 1) write(from, other, O_WRONLY, name);
    if (kind == 2 && name != ".") log_ += outcome(::renameat(from, name.c_str(), to, other.c_str()));
    if (kind == 3 && name != ".") {
      log_ += outcome(::renameat2(from, name.c_str(), to, other.c_str(), RENAME_NOREPLACE));
    }
    if (kind == 4 && name != ".") log_ += outcome(::unlinkat(from, name.c_str(), 0));
    if (kind == 5) look(from, name);
    if (kind == 6) list(from);
    if (kind == 7) read(from, other);
    log_ += "\n";
  }

  [[nodiscard]] const std::string& log() const { return log_; }

 private:
  static std::string outcome(int result) { return result < 0 ? " error " + std::to_string(errno) : " done"; }

  int folder(sim::Chance& chance) { return folders_[static_cast<std::size_t>(chance.below(2))].get(); }

  void write(int folder, const std::string& name, int flags, const std::string& text) {
    const FileDescriptor file(::openat(folder, name.c_str(), flags, 0600));
    log_ += outcome(file.get());
    if (!file.is_open()) return;
    log_ += outcome(static_cast<int>(::write(file.get(), text.data(), text.size())));
    log_ += outcome(static_cast<int>(::write(file.get(), "!", 1)));
  }

  void look(int folder, const std::string& name) {
    struct stat found {};
    const int result = ::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW);
    log_ += outcome(result) + outcome(::faccessat(folder, name.c_str(), R_OK, AT_EACCESS));
    if (result != 0) return;
    log_ += S_ISDIR(found.st_mode) ? " a folder"
                                   : " a file of " + std::to_string(found.st_size) + " bytes, " +
                                         std::to_string(found.st_nlink) + " links";
  }

  void list(int folder) {
    FolderListing listing(FileDescriptor(::openat(folder, ".", O_RDONLY | O_DIRECTORY)));
    std::vector<std::string> found = listing.next(100);
    std::sort(found.begin(), found.end());
    for (const std::string& name : found) log_ += " " + name;
  }

  void read(int folder, const std::string& name) {
    const FileDescriptor file(::openat(folder, name.c_str(), O_RDONLY));
    log_ += outcome(file.get());
    if (!file.is_open()) return;
    std::string text(10, '\0');
    const ssize_t size = ::read(file.get(), text.data(), text.size());
    log_ += " " + text.substr(0, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  }

  FileDescriptor base_;
  std::vector<FileDescriptor> folders_;
  std::string log_;
};

TEST(DiskLikeness, TheModelAnswersAsTheKernelDoes) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const test::TempDir temporary;
    ModelDisk disk(ModelDisk::Kind::independent, 0);
    ModelProcess process(disk, [] {});
    Place real(temporary.path() / "place");
    Place model(model_root + "place");
    sim::Chance for_real(seed);
    sim::Chance for_model(seed);
    for (int i = 0; i < 60; ++i) {
      real.act(for_real);
      model.act(for_model);
    }
    ASSERT_EQ(real.log(), model.log()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace azrestored::power
