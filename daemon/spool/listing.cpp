#include "daemon/spool/listing.hpp"

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

#include "core/base/duration.hpp"
#include "core/base/utf8.hpp"
#include "daemon/os/file_descriptor.hpp"
#include "daemon/spool/folder.hpp"
#include "daemon/spool/names.hpp"

namespace azrestored {
namespace {

using Verdict = SpoolFile::Verdict;

constexpr std::size_t names_per_read = 1000;
/// A reason has a sentence for each fault, and a file has at most 100 (core/json/fault.hpp).
constexpr std::size_t max_reason_bytes = 64U << 10U;

/// The files of one folder, the last changed first, and how many more there are. Throws std::runtime_error as
/// FolderListing does.
std::vector<SpoolFile> newest_files(int folder, const std::string& folder_name, std::size_t most, std::size_t& more) {
  FolderListing listing(FileDescriptor(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
  std::vector<SpoolFile> files;
  const bool is_rejected = folder_name == "rejected";
  for (std::vector<std::string> names; !(names = listing.next(names_per_read)).empty();) {
    for (std::string& name : names) {
      if (is_rejected && (name.starts_with('.') || name.ends_with(".reason"))) continue;
      struct stat found {};
      if (::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) continue;  // it has just been moved
      SpoolFile& file = files.emplace_back();
      file.folder = folder_name;
      file.name = std::move(name);
      file.bytes = static_cast<std::uint64_t>(found.st_size);
      file.changed = to_instant(found.st_ctim);
      file.uid = static_cast<std::int64_t>(found.st_uid);
    }
  }
  std::ranges::sort(files, [](const SpoolFile& a, const SpoolFile& b) {
    return a.changed != b.changed ? a.changed > b.changed : a.name < b.name;
  });
  if (files.size() > most) {
    more += files.size() - most;
    files.resize(most);
  }
  return files;
}

/// Fills in the verdict on a file in incoming/ with a job file's name. False if the file is gone.
struct Judge {
  SpoolFile& file;
  const LookOptions& options;

  bool operator()(const Gone&) const { return false; }
  bool operator()(const NotQuiet&) const {
    file.verdict = Verdict::unfinished;
    file.reasons = {"it changed within the last second: azrestored takes it when it has not changed for a second."};
    return true;
  }
  bool operator()(const Unfinished& unfinished) const {
    file.verdict = Verdict::unfinished;
    file.until = options.now + unfinished.left;
    file.reasons = {
        "it ends inside its JSON: azrestored waits for the rest, and refuses the file when it has not "
        "changed for " +
        to_duration(options.settle_time) + " (spool.settleTime)."};
    return true;
  }
  bool operator()(const Skipped& skipped) const {
    file.verdict = Verdict::left_alone;
    file.reasons = {skipped.sentence};
    return true;
  }
  bool operator()(const SeenFile&) const {
    file.reasons = {"azrestored takes it with its next look at the folder."};
    return true;
  }
};

bool judge_incoming(int folder, SpoolFile& file, const LookOptions& options) {
  if (kind_of_name(file.name) == NameKind::job_file) {
    FileLook look = look_at_file(folder, file.name, options);
    const Judge judge{file, options};
    return std::visit(judge, look);
  }
  file.verdict = Verdict::left_alone;
  file.reasons = {why_not_taken(file.name)};
  return true;
}

bool judge_claimed(int, SpoolFile& file, const LookOptions&) {
  const bool is_claim = Claim::parse(file.name).has_value();
  file.verdict = is_claim ? Verdict::waiting : Verdict::left_alone;
  file.reasons = {is_claim ? "azrestored is making a job of it." : foreign_claim_reason(file.name)};
  return true;
}

/// The lines of the file; empty if it cannot be read.
std::vector<std::string> lines_of(int folder, const std::string& name) {
  std::vector<std::string> lines;
  const FileDescriptor opened(::openat(folder, name.c_str(), open_to_read));
  if (!opened.is_open()) return lines;
  const std::string text = read_text(opened.get(), max_reason_bytes).value_or("");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    if (!line.empty()) lines.push_back(is_utf8(line) ? line : printable(line));
    begin = end + 1;
  }
  return lines;
}

bool judge_rejected(int folder, SpoolFile& file, const LookOptions&) {
  file.verdict = Verdict::refused;
  file.reasons = lines_of(folder, reason_name(file.name));
  if (file.reasons.empty()) {
    file.reasons = {"rejected/" + printable(reason_name(file.name)) + " is missing or cannot be read."};
  }
  return true;
}

struct Part {
  const char* folder;
  bool (*judge)(int folder, SpoolFile& file, const LookOptions& options);
};
constexpr Part parts[] = {{"incoming", judge_incoming}, {"claimed", judge_claimed}, {"rejected", judge_rejected}};

}  // namespace

SpoolListing list_spool(const std::string& directory, const LookOptions& options, std::size_t most) {
  SpoolListing listing;
  for (const Part& part : parts) {
    const std::string path = directory + "/" + part.folder;
    const FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open()) {
      listing.problems.push_back(path + " cannot be read: " + std::generic_category().message(errno) + ".");
      continue;
    }
    try {
      for (SpoolFile& file : newest_files(folder.get(), part.folder, most, listing.more)) {
        if (part.judge(folder.get(), file, options)) listing.files.push_back(std::move(file));
      }
    } catch (const std::runtime_error& failure) {
      listing.problems.push_back(path + ": " + failure.what() + ".");
    }
  }
  return listing;
}

std::string_view to_text(SpoolFile::Verdict verdict) {
  switch (verdict) {
    case Verdict::left_alone:
      return "leftAlone";
    case Verdict::unfinished:
      return "unfinished";
    case Verdict::waiting:
      return "waiting";
    case Verdict::refused:
      return "refused";
  }
  return "";
}

nlohmann::json as_json(const std::string& directory, const SpoolListing& listing) {
  nlohmann::json files = nlohmann::json::array();
  for (const SpoolFile& file : listing.files) {
    nlohmann::json& printed = files.emplace_back();
    printed["folder"] = file.folder;
    printed["name"] = printable(file.name);
    printed["verdict"] = to_text(file.verdict);
    printed["reasons"] = file.reasons;
    printed["bytes"] = file.bytes;
    printed["changed"] = to_rfc3339(file.changed);
    printed["uid"] = file.uid;
    printed["until"] = file.until ? nlohmann::json(to_rfc3339(*file.until)) : nlohmann::json(nullptr);
  }
  nlohmann::json printed;
  printed["directory"] = directory;
  printed["files"] = std::move(files);
  printed["more"] = listing.more;
  printed["problems"] = listing.problems;
  return printed;
}

}  // namespace azrestored
