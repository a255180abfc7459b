#include "daemon/cli/connect/job_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/jobfile/job_file.hpp"
#include "core/json/fault.hpp"
#include "daemon/os/file_descriptor.hpp"

namespace azrestored::cli {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// Fills in text or unreadable. Reads at most one byte more than allowed, so that a file that is too large is detected.
void read_text(JobFile& file) {
  const FileDescriptor descriptor(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor.is_open()) {
    file.unreadable = reason(errno);
    return;
  }
  std::string text(max_job_file_bytes + 1, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(descriptor.get(), text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      file.unreadable = reason(errno);
      return;
    }
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  file.text = std::move(text);
}

}  // namespace

std::vector<JobFile> read_job_files(const std::vector<std::string>& paths) {
  std::vector<JobFile> files;
  for (const std::string& path : paths) {
    JobFile file;
    file.path = path;
    read_text(file);
    if (file.unreadable.empty()) file.spec = read_job_spec(file.text, file.faults);
    files.push_back(std::move(file));
  }
  return files;
}

ExitCode exit_code_of_files(const std::vector<JobFile>& files) {
  if (std::ranges::any_of(files, [](const JobFile& file) { return !file.unreadable.empty(); })) return ExitCode::usage;
  return std::ranges::all_of(files, &JobFile::is_good) ? ExitCode::done : ExitCode::failed;
}

std::string faults_text(const JobFile& file) {
  if (!file.unreadable.empty()) return harmless(file.path) + ": cannot be read: " + file.unreadable + "\n";
  std::string text;
  for (const Fault& fault : file.faults) text += harmless(file.path + ": " + fault.text()) + "\n";
  return text;
}

nlohmann::json checked_file(const JobFile& file) {
  nlohmann::json checked;
  checked["file"] = file.path;
  checked["ok"] = file.is_good();
  checked["faults"] = nlohmann::json::array();
  const auto add = [&](const Fault& fault) {
    checked["faults"].push_back(
        {{"pointer", fault.pointer}, {"line", fault.line}, {"column", fault.column}, {"message", fault.sentence}});
  };
  for (const Fault& fault : file.faults) add(fault);
  if (!file.unreadable.empty()) add({"", 0, 0, "cannot be read: " + file.unreadable});
  return checked;
}

}  // namespace azrestored::cli
