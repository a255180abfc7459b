// I2, file by file: a dropped file is in the spool, in the database, or refused with a reason; it is never nowhere, and
// never two jobs. The database holds what was dropped. The promises about the spool's folders are checked as well.
#include <algorithm>
#include <map>

#include "daemon/spool/names.hpp"
#include "tests/power/spool_run.hpp"

namespace azrestored::power {
namespace {

class Promises {
 public:
  explicit Promises(const Outcome& outcome) : outcome_(outcome) {}

  std::optional<std::string> broken() {
    look_at_rows();
    look_at_refusals();
    if (!files_in("claimed").empty()) note("a file is left in claimed/: " + files_in("claimed").begin()->first);
    for (const Producer& producer : outcome_.producers) look_at(producer);
    return broken_;
  }

  std::optional<std::string> taken_twice() {
    for (const Producer& producer : outcome_.producers) {
      const std::size_t jobs = jobs_of(producer.text()).size();
      if (jobs > 1) note(name_of(producer) + " became " + std::to_string(jobs) + " jobs");
    }
    return broken_;
  }

 private:
  using Names = Inode::Names;

  [[nodiscard]] Names files_in(const std::string& folder) const {
    const InodePtr place = outcome_.disk.find(outcome_.disk.root(), "spool/" + folder);
    return place ? place->names : Names();
  }

  /// How many files in that folder have the text.
  [[nodiscard]] int count_in(const std::string& folder, const std::string& text) const {
    const Names files = files_in(folder);
    return static_cast<int>(std::ranges::count_if(
        files, [&](const auto& file) { return !file.first.starts_with('.') && file.second->bytes == text; }));
  }

  [[nodiscard]] std::vector<const MemoryStore::Row*> jobs_of(const std::string& text) const {
    std::vector<const MemoryStore::Row*> jobs;
    for (const auto& [id, row] : outcome_.rows) {
      if (row.spec == text) jobs.push_back(&row);
    }
    return jobs;
  }

  /// A job comes from a good file with the dropped content, and its file is in accepted/.
  void look_at_rows() {
    const Names accepted = files_in("accepted");
    for (const auto& [id, row] : outcome_.rows) {
      const bool was_dropped = std::ranges::any_of(outcome_.producers, [&row = row](const Producer& producer) {
        return producer.drop().is_good && producer.text() == row.spec;
      });
      if (!was_dropped) note("job " + id + " is stored with content that was never dropped: " + row.spec);
      if (!accepted.contains(accepted_name(id))) note("the file of job " + id + " is not in accepted/");
    }
    for (const auto& [name, inode] : accepted) {
      const std::optional<JobId> id = job_id_in_name(name);
      if (!id || !outcome_.rows.contains(*id)) note("accepted/" + name + " belongs to no job");
    }
  }

  void look_at_refusals() {
    const Names files = files_in("rejected");
    for (const auto& [name, inode] : files) {
      if (name.starts_with('.') || name.ends_with(".reason")) continue;
      const auto reason = files.find(reason_name(name));
      if (reason == files.end() || reason->second->bytes.empty()) note("rejected/" + name + " has no reason file");
    }
  }

  void look_at(const Producer& producer) {
    const std::string& text = producer.text();
    const std::string dropped = name_of(producer);
    const std::vector<const MemoryStore::Row*> jobs = jobs_of(text);
    const int refused = count_in("rejected", text);
    const int waiting = count_in("incoming", text);
    if (jobs.size() > 1) return note(dropped + " became " + std::to_string(jobs.size()) + " jobs");
    if (!producer.is_owed()) return;
    if (jobs.empty() && refused + waiting == 0) return note(dropped + " is nowhere");
    if (shares_its_name(producer)) return;  // then it may be refused for that, or wait
    if (waiting > 0) return note(dropped + (jobs.empty() ? " was never taken" : " is a job and in incoming/ again"));
    const bool is_as_it_should = producer.drop().is_good ? jobs.size() == 1 && refused == 0 : jobs.empty();
    if (!is_as_it_should) {
      return note(dropped + (jobs.empty() ? " is good and was refused: " : " is refused and a job: ") + all_reasons());
    }
    const std::optional<JobId> wanted = job_id_in_name(producer.drop().name);
    if (wanted && producer.drop().is_good && jobs.front()->job.id != *wanted)
      note(dropped + " did not get the id that it requested");
    if (producer.drop().is_good && count_in("accepted", text) != 1 && producer.drop().way == Drop::Way::by_contract) {
      note(dropped + " is not in accepted/ with the dropped content");
    }
  }

  static std::string name_of(const Producer& producer) {
    return "incoming/" + producer.drop().name + " (" + producer.text().substr(4, 16) + "...)";
  }

  [[nodiscard]] std::string all_reasons() const {
    std::string reasons;
    for (const auto& [name, inode] : files_in("rejected")) {
      if (name.ends_with(".reason")) reasons += name + ": " + inode->bytes;
    }
    return reasons;
  }

  [[nodiscard]] bool shares_its_name(const Producer& producer) const {
    return std::ranges::count_if(outcome_.producers,
                                 [&](const Producer& other) { return other.drop().name == producer.drop().name; }) > 1;
  }

  void note(std::string sentence) {
    if (!broken_) broken_ = std::move(sentence);
  }

  const Outcome& outcome_;
  std::optional<std::string> broken_;
};

}  // namespace

std::optional<std::string> broken_promise(const Outcome& outcome) {
  return Promises(outcome).broken();
}

std::optional<std::string> taken_twice(const Outcome& outcome) {
  return Promises(outcome).taken_twice();
}

}  // namespace azrestored::power
