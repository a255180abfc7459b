// Job files on their way in, read and checked as the daemon will (core/jobfile/job_file.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/jobfile/spec.hpp"
#include "core/json/fault.hpp"
#include "daemon/cli/terminal/console.hpp"

namespace azrestored::cli {

struct JobFile {
  std::string path;
  std::string text;
  std::string unreadable;  // why the file cannot be read, or ""
  std::vector<Fault> faults;
  std::optional<JobSpec> spec;  // when there are no faults

  [[nodiscard]] bool is_good() const { return spec.has_value(); }
};

std::vector<JobFile> read_job_files(const std::vector<std::string>& paths);

/// The code for the files together: usage when one cannot be read, else failed when one has faults, else done.
ExitCode exit_code_of_files(const std::vector<JobFile>& files);

/// "FILE: /restore/region, line 7, column 15: ...", a line for each thing wrong with the file.
std::string faults_text(const JobFile& file);

/// {"file", "ok", "faults": [{"pointer", "line", "column", "message"}]}
nlohmann::json checked_file(const JobFile& file);

}  // namespace azrestored::cli
