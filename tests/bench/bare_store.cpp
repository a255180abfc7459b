#include "tests/bench/bare_store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "persistence/sqlite/migrations.hpp"

namespace azrestored::bench {
namespace {

Database open_bare(const std::string& path) {
  std::ofstream{path};
  Database database(path, Database::Mode::read_write);
  (void)database.text("PRAGMA journal_mode = WAL");
  database.execute("PRAGMA synchronous = FULL");
  migrate(database, migrations());
  return database;
}

void sync(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

BareStore::BareStore(const std::string& path)
    : database_(open_bare(path)),
      insert_(database_,
              "INSERT INTO job (id, name, vault_subscription, vault_resource_group, vault_name, vm, recovery_type, "
              "submitter_uid, created_ms, state, since_ms, version, not_before_ms, failures, members, progress) VALUES "
              "(?1, ?2, 's', 'g', 'v', ?3, 'RestoreDisks', 0, 1, 'queued', 1, 0, 0, 0, '{}', '{}')"),
      insert_spec_(database_, "INSERT INTO job_spec VALUES (?1, ?2)"),
      insert_line_(database_,
                   "INSERT INTO job_event (job_id, at_ms, from_state, to_state, cause, detail, http_status, "
                   "azure_request_id, azure_correlation_id) VALUES (?1, 1, '', ?2, 'bare', '', 0, '', '')"),
      update_(database_,
              "UPDATE job SET state = ?2, members = ?3, progress = ?4, version = ?5, since_ms = ?5, not_before_ms = ?5 "
              "WHERE id = ?1 AND version = ?5 - 1") {}

void BareStore::add_line(const JobId& id, const std::string& to) {
  insert_line_.execute(id, to);
}

void BareStore::insert(const JobId& id, const std::string& name, const std::string& vm, const std::string& spec) {
  insert_.execute(id, name, vm);
  insert_spec_.execute(id, spec);
  add_line(id, "queued");
}

void BareStore::update(const BareRow& row) {
  update_.execute(row.id, row.state, row.members, row.progress, row.version);
  add_line(row.id, row.state);
}

double take_in_barely(const std::filesystem::path& from, const std::filesystem::path& to, const std::string& database,
                      std::size_t group) {
  BareStore store(database);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(from)) files.push_back(entry.path());
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t first = 0; first < files.size(); first += group) {
    const std::size_t last = std::min(files.size(), first + group);
    store.begin();
    for (std::size_t n = first; n < last; ++n) {
      std::ifstream file(files[n]);
      std::stringstream text;
      text << file.rdbuf();
      const auto job = nlohmann::json::parse(text.str());
      store.insert(files[n].stem(), job.at("name"), job.at("virtualMachine"), text.str());
    }
    store.commit();
    for (std::size_t n = first; n < last; ++n) std::filesystem::rename(files[n], to / files[n].filename());
    sync(to);
    sync(from);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return static_cast<double>(files.size()) / took.count();
}

}  // namespace azrestored::bench
