// Sends each call to the kernel or to the model. The linker names the kernel's calls __real_*.
#include "tests/power/model_calls.hpp"
#include "core/json/fault.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <set>
#include <vector>

namespace azrestored::power {
namespace {

constexpr int first_descriptor = 1 << 20;  // more than the kernel ever returns
int last_descriptor = first_descriptor;
ModelProcess* process = nullptr;

/// What a DIR* of the model points to.
struct Listing {
  std::vector<std::string> names;
  std::size_t next = 0;
  dirent entry{};
};
std::set<void*> listings;

bool is_ours(int descriptor) {
  return descriptor >= first_descriptor;
}

bool is_ours(int folder, const char* path) {
  return is_ours(folder) || (folder == AT_FDCWD && std::string_view(path).starts_with(model_root));
}

int fail(int error) {
  errno = error;
  return -1;
}

int answer(int result) {
  return result < 0 ? fail(-result) : result;
}

/// A path as a call receives it.
struct Named {
  InodePtr folder;  // nullptr if there is none
  std::string name;
  InodePtr inode;  // nullptr if the name does not exist
};

Named look_up(int descriptor, std::string_view path) {
  InodePtr from;
  if (descriptor == AT_FDCWD) {
    from = process->disk.root();
    path.remove_prefix(model_root.size());
  } else if (const auto opened = process->open.find(descriptor); opened != process->open.end()) {
    from = opened->second.inode;
  }
  Named named;
  if (!from) return named;
  const std::size_t slash = path.rfind('/');
  const bool is_nested = slash != std::string_view::npos;
  named.folder = process->disk.find(from, is_nested ? path.substr(0, slash) : "");
  named.name = is_nested ? path.substr(slash + 1) : path;
  if (named.folder) named.inode = process->disk.find(named.folder, named.name);
  return named;
}

int describe(const Inode& inode, struct stat& out) {
  out = {};
  out.st_dev = 1;
  out.st_ino = inode.number;
  out.st_mode = inode.is_folder ? S_IFDIR | 0770U : S_IFREG | 0640U;
  out.st_nlink = static_cast<nlink_t>(inode.links);
  out.st_uid = 1000;
  out.st_size = static_cast<off_t>(inode.bytes.size());
  out.st_ctim.tv_sec = inode.changed_ns / 1'000'000'000;
  out.st_ctim.tv_nsec = inode.changed_ns % 1'000'000'000;
  return 0;
}

int open_model(const Named& named, int flags) {
  if (!named.folder) return fail(ENOENT);
  InodePtr inode = named.inode;
  if (!inode && (flags & O_CREAT) == 0) return fail(ENOENT);
  if (!inode) inode = process->disk.create(named.folder, named.name);
  if ((flags & O_DIRECTORY) != 0 && !inode->is_folder) return fail(ENOTDIR);
  if ((flags & O_TRUNC) != 0) process->disk.set_bytes(*inode, "");
  process->open[++last_descriptor] = ModelProcess::Open{inode, 0};
  return last_descriptor;
}

int rename_model(int from, const char* old_path, int to, const char* new_path, bool may_replace) {
  if (!process->enter()) return fail(EIO);
  const Named source = look_up(from, old_path);
  const Named target = look_up(to, new_path);
  if (!source.folder || !target.folder) return fail(ENOENT);
  return answer(process->disk.rename(source.folder, source.name, target.folder, target.name, may_replace));
}

}  // namespace

ModelProcess::ModelProcess(ModelDisk& its_disk, std::function<void()> before_call)
    : disk(its_disk), before_call_(std::move(before_call)) {
  process = this;
}

ModelProcess::~ModelProcess() {
  process = nullptr;
}

bool ModelProcess::enter() {
  if (!is_dead_) before_call_();
  return !is_dead_;
}

extern "C" {

int __real_openat(int folder, const char* path, int flags, ...);
int __real_mkdirat(int folder, const char* path, mode_t mode);
int __real_faccessat(int folder, const char* path, int mode, int flags);
int __real_fstat(int descriptor, struct stat* out);
int __real_fstatat(int folder, const char* path, struct stat* out, int flags);
DIR* __real_fdopendir(int descriptor);
dirent* __real_readdir(DIR* stream);
int __real_closedir(DIR* stream);
ssize_t __real_read(int descriptor, void* to, std::size_t most);
ssize_t __real_write(int descriptor, const void* from, std::size_t size);
int __real_renameat(int from, const char* old_path, int to, const char* new_path);
int __real_renameat2(int from, const char* old_path, int to, const char* new_path, unsigned flags);
int __real_unlinkat(int folder, const char* path, int flags);
int __real_fsync(int descriptor);
int __real_close(int descriptor);

int __wrap_openat(int folder, const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    va_end(rest);
  }
  if (!is_ours(folder, path)) return __real_openat(folder, path, flags, mode);
  if (!process->enter()) return fail(EIO);
  return open_model(look_up(folder, path), flags);
}

int __wrap_mkdirat(int folder, const char* path, mode_t mode) {
  if (!is_ours(folder, path)) return __real_mkdirat(folder, path, mode);
  if (!process->enter()) return fail(EIO);
  const Named named = look_up(folder, path);
  return named.folder ? answer(process->disk.make_folder(named.folder, named.name)) : fail(ENOENT);
}

int __wrap_faccessat(int folder, const char* path, int mode, int flags) {
  if (!is_ours(folder, path)) return __real_faccessat(folder, path, mode, flags);
  if (!process->enter()) return fail(EIO);
  return look_up(folder, path).inode ? 0 : fail(ENOENT);
}

int __wrap_fstat(int descriptor, struct stat* out) {
  if (!is_ours(descriptor)) return __real_fstat(descriptor, out);
  if (!process->enter()) return fail(EIO);
  return describe(*process->open.at(descriptor).inode, *out);
}

int __wrap_fstatat(int folder, const char* path, struct stat* out, int flags) {
  if (!is_ours(folder, path)) return __real_fstatat(folder, path, out, flags);
  if (!process->enter()) return fail(EIO);
  const Named named = look_up(folder, path);
  return named.inode ? describe(*named.inode, *out) : fail(ENOENT);
}

DIR* __wrap_fdopendir(int descriptor) {
  if (!is_ours(descriptor)) return __real_fdopendir(descriptor);
  if (!process->enter()) return fail(EIO), nullptr;
  auto* const listing = new Listing();
  for (const auto& [name, inode] : process->open.at(descriptor).inode->names) listing->names.push_back(name);
  process->open.erase(descriptor);
  listings.insert(listing);
  return reinterpret_cast<DIR*>(listing);
}

dirent* __wrap_readdir(DIR* stream) {
  if (!listings.contains(stream)) return __real_readdir(stream);
  if (!process->enter()) return fail(EIO), nullptr;
  auto* const listing = reinterpret_cast<Listing*>(stream);
  if (listing->next == listing->names.size()) return nullptr;
  const std::string& name = listing->names[listing->next++];
  std::memcpy(listing->entry.d_name, name.c_str(), std::min(name.size() + 1, sizeof listing->entry.d_name));
  return &listing->entry;
}

int __wrap_closedir(DIR* stream) {
  if (listings.erase(stream) == 0) return __real_closedir(stream);
  delete reinterpret_cast<Listing*>(stream);
  return 0;
}

ssize_t __wrap_read(int descriptor, void* to, std::size_t most) {
  if (!is_ours(descriptor)) return __real_read(descriptor, to, most);
  if (!process->enter()) return fail(EIO);
  ModelProcess::Open& file = process->open.at(descriptor);
  const std::string& bytes = file.inode->bytes;
  const std::size_t count = std::min(most, bytes.size() - std::min(file.position, bytes.size()));
  std::memcpy(to, bytes.data() + file.position, count);
  file.position += count;
  return static_cast<ssize_t>(count);
}

ssize_t __wrap_write(int descriptor, const void* from, std::size_t size) {
  if (!is_ours(descriptor)) return __real_write(descriptor, from, size);
  if (!process->enter()) return fail(EIO);
  ModelProcess::Open& file = process->open.at(descriptor);
  std::string bytes = file.inode->bytes;
  bytes.resize(std::max(bytes.size(), file.position + size));
  std::memcpy(bytes.data() + file.position, from, size);
  file.position += size;
  process->disk.set_bytes(*file.inode, std::move(bytes));
  return static_cast<ssize_t>(size);
}

int __wrap_renameat(int from, const char* old_path, int to, const char* new_path) {
  if (!is_ours(from, old_path)) return __real_renameat(from, old_path, to, new_path);
  return rename_model(from, old_path, to, new_path, true);
}

int __wrap_renameat2(int from, const char* old_path, int to, const char* new_path, unsigned flags) {
  if (!is_ours(from, old_path)) return __real_renameat2(from, old_path, to, new_path, flags);
  return rename_model(from, old_path, to, new_path, (flags & RENAME_NOREPLACE) == 0);
}

int __wrap_unlinkat(int folder, const char* path, int flags) {
  if (!is_ours(folder, path)) return __real_unlinkat(folder, path, flags);
  if (!process->enter()) return fail(EIO);
  const Named named = look_up(folder, path);
  return named.folder ? answer(process->disk.unlink(named.folder, named.name)) : fail(ENOENT);
}

int __wrap_fsync(int descriptor) {
  if (!is_ours(descriptor)) return __real_fsync(descriptor);
  if (!process->enter()) return fail(EIO);
  process->disk.sync(*process->open.at(descriptor).inode);
  return 0;
}

int __wrap_close(int descriptor) {
  if (!is_ours(descriptor)) return __real_close(descriptor);
  if (process != nullptr) process->open.erase(descriptor);
  return 0;
}

}  // extern "C"

}  // namespace azrestored::power
