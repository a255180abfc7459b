// The functions that SQLite calls (sqlite.org/c3ref/vfs.html, io_methods.html). Locks between connections are always
// granted: there is one connection at a time.
#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <random>

#include "tests/contract/faulty_disk.hpp"

namespace azrestored {
namespace {

using Call = FaultyDisk::Call;
using Fate = FaultyDisk::Fate;

FaultyDisk* disk = nullptr;

/// What SQLite keeps for each open file; SQLite requires its first member.
struct OpenFile {
  sqlite3_file base;
  FaultyDisk::FilePtr file;
};

FaultyDisk::File& file_of(sqlite3_file* opened) {
  return *reinterpret_cast<OpenFile*>(opened)->file;
}

/// For a call that only reads: succeeds, or fails with `code`.
int look(int code) {
  const auto lock = disk->enter();
  return disk->fate_of(Call::look) == Fate::goes_well ? SQLITE_OK : code;
}

int close_file(sqlite3_file* opened) {
  reinterpret_cast<OpenFile*>(opened)->~OpenFile();
  return SQLITE_OK;
}

int read_file(sqlite3_file* opened, void* to, int size, sqlite3_int64 offset) {
  const auto lock = disk->enter();
  if (disk->fate_of(Call::look) != Fate::goes_well) return SQLITE_IOERR_READ;
  const std::string& bytes = file_of(opened).bytes;
  const std::size_t begin = std::min(static_cast<std::size_t>(offset), bytes.size());
  const std::size_t count = std::min(static_cast<std::size_t>(size), bytes.size() - begin);
  std::memcpy(to, bytes.data() + begin, count);
  std::memset(static_cast<char*>(to) + count, 0, static_cast<std::size_t>(size) - count);
  return count == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* opened, const void* from, int size, sqlite3_int64 offset) {
  const auto lock = disk->enter();
  const Fate fate = disk->fate_of(Call::write);
  if (disk->has_ended_already()) return SQLITE_IOERR_WRITE;
  std::string bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
  if (fate != Fate::goes_well) bytes.resize(disk->chance.one_in(2) ? bytes.size() / 2 : 0);
  disk->apply(file_of(opened), FaultyDisk::Write{static_cast<std::size_t>(offset), std::move(bytes)});
  if (fate == Fate::goes_well) return SQLITE_OK;
  return fate == Fate::no_space ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* opened, sqlite3_int64 size) {
  const auto lock = disk->enter();
  if (disk->fate_of(Call::truncate) != Fate::goes_well) return SQLITE_IOERR_TRUNCATE;
  disk->apply(file_of(opened), FaultyDisk::Write{static_cast<std::size_t>(size), "", true});
  return SQLITE_OK;
}

int sync_file(sqlite3_file* opened, int) {
  const auto lock = disk->enter();
  const bool fails = disk->fate_of(Call::sync) != Fate::goes_well;
  if (disk->has_ended_already()) return SQLITE_IOERR_FSYNC;
  disk->sync(file_of(opened), fails);
  return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int size_of_file(sqlite3_file* opened, sqlite3_int64* size) {
  if (const int code = look(SQLITE_IOERR_FSTAT)) return code;
  *size = static_cast<sqlite3_int64>(file_of(opened).bytes.size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) {
  return look(SQLITE_IOERR_LOCK);
}

int unlock_file(sqlite3_file*, int) {
  return SQLITE_OK;
}

int is_reserved(sqlite3_file*, int* reserved) {
  *reserved = 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
  return 4096;  // as the VFS for Unix reports
}

int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // as above
}

int map_index(sqlite3_file* opened, int region, int size, int extend, void volatile** out) {
  const auto lock = disk->enter();
  auto& index = file_of(opened).index;
  const auto number = static_cast<std::size_t>(region);
  const Call call = extend != 0 && index.size() <= number ? Call::grow_index : Call::look;
  *out = nullptr;
  if (disk->fate_of(call) != Fate::goes_well) return SQLITE_IOERR_SHMMAP;
  while (extend != 0 && index.size() <= number) {
    index.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  }
  if (number < index.size()) *out = index[number].get();
  return SQLITE_OK;
}

int lock_index(sqlite3_file*, int, int, int flags) {
  return (flags & SQLITE_SHM_LOCK) != 0 ? look(SQLITE_IOERR_SHMLOCK) : SQLITE_OK;
}

void index_barrier(sqlite3_file*) {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

int unmap_index(sqlite3_file* opened, int remove) {
  const auto lock = disk->enter();
  if (remove != 0) file_of(opened).index.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2,          close_file,    read_file,   write_file,   truncate_file, sync_file,       size_of_file,
    lock_file,  unlock_file,   is_reserved, control_file, sector_size,   characteristics, map_index,
    lock_index, index_barrier, unmap_index, nullptr,      nullptr};

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* opened, int flags, int* out_flags) {
  opened->pMethods = nullptr;  // nothing to close yet
  const auto lock = disk->enter();
  const std::string name = path != nullptr ? path : "";
  FaultyDisk::FilePtr file = name.empty() ? nullptr : disk->find(name);
  // The store creates the database itself with open(2), and creates only an empty file.
  const bool makes = !file && (flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB)) != 0;
  if (!file && !makes) return SQLITE_CANTOPEN;
  if (disk->fate_of(makes ? Call::make : Call::open) != Fate::goes_well) return SQLITE_CANTOPEN;
  const bool is_log = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
  if (makes) file = disk->make(name, is_log);
  new (opened) OpenFile{{&methods}, file};
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove_file(sqlite3_vfs*, const char* path, int syncs_names) {
  const auto lock = disk->enter();
  if (!disk->find(path)) return SQLITE_IOERR_DELETE_NOENT;
  if (disk->fate_of(Call::remove) != Fate::goes_well) return SQLITE_IOERR_DELETE;
  disk->remove(path);
  if (syncs_names != 0) disk->sync_names();
  return SQLITE_OK;
}

int access_file(sqlite3_vfs*, const char* path, int flags, int* answer) {
  if (const int code = look(SQLITE_IOERR_ACCESS)) return code;
  const auto lock = disk->enter();
  const FaultyDisk::FilePtr file = disk->find(path);
  // As the VFS for Unix: an empty journal does not exist.
  *answer = file && (flags != SQLITE_ACCESS_EXISTS || !file->bytes.empty()) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

/// Always the same bytes: the salts of the log are all that SQLite chooses at random.
int randomness(sqlite3_vfs*, int size, char* out) {
  std::mt19937 engine(1);
  std::generate_n(out, size, [&] { return static_cast<char>(engine()); });
  return size;
}

int sleep_not(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

int current_time(sqlite3_vfs*, double* julian_day) {
  *julian_day = 2'461'000.5;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

int current_time_ms(sqlite3_vfs*, sqlite3_int64* julian_ms) {
  *julian_ms = 212'630'443'200'000;
  return SQLITE_OK;
}

/// Copies a log of a few pages into the database, so that every scenario includes a checkpoint.
int checkpoint_early(sqlite3* database, const char**, const void*) {
  return sqlite3_wal_autocheckpoint(database, 40);
}

sqlite3_vfs vfs = {2,           sizeof(OpenFile), 512,          nullptr,    "faulty",        nullptr, open_file,
                   remove_file, access_file,      full_path,    nullptr,    nullptr,         nullptr, nullptr,
                   randomness,  sleep_not,        current_time, last_error, current_time_ms, nullptr, nullptr,
                   nullptr};

}  // namespace

void register_faulty_vfs(FaultyDisk* its_disk) {
  disk = its_disk;
  if (disk == nullptr) {
    sqlite3_vfs_unregister(&vfs);
    return;
  }
  sqlite3_vfs_register(&vfs, 1);
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(checkpoint_early));
}

}  // namespace azrestored
