// Reads and checks job files with the same code as the daemon (core/jobfile/job_file.hpp).
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

/// usage if a file cannot be read, otherwise failed if one has faults, otherwise done.
ExitCode exit_code_of_files(const std::vector<JobFile>& files);

/// "FILE: /restore/region, line 7, column 15: ...", a line for each fault.
std::string faults_text(const JobFile& file);

/// {"file", "ok", "faults": [{"pointer", "line", "column", "message"}]}
nlohmann::json checked_file(const JobFile& file);

}  // namespace azrestored::cli
