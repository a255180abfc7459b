// What is in the spool and became no job: files that are left alone, are waited for, or were refused, each with its
// reason. Reads the folders and changes nothing, so it works with and without a daemon and for any user who may read
// them. Blocks.
//
// As JSON (GET /v1/spool, and `azrestorectl spool --json` file by file):
//   {"directory", "files": [{"folder", "name", "verdict", "reasons": [sentence...], "bytes", "changed": time, "uid",
//                            "until": time|null}...],
//    "more": files of a folder beyond the limit, "problems": [sentence...] (folders that cannot be read)}
//   verdict  leftAlone    azrestored does not take it until somebody renames it or removes what is in the way
//            unfinished   changes, or ends inside its JSON; refused at "until" if it does not change
//            waiting      azrestored takes it with its next look
//            refused      in rejected/
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "daemon/spool/file_look.hpp"

namespace azrestored {

struct SpoolFile {
  enum class Verdict { left_alone, unfinished, waiting, refused };

  std::string folder;  // incoming, claimed or rejected
  std::string name;    // as on the disk
  Verdict verdict = Verdict::waiting;
  std::vector<std::string> reasons;
  std::uint64_t bytes = 0;
  Instant changed;
  std::int64_t uid = 0;
  std::optional<Instant> until;
};

struct SpoolListing {
  std::vector<SpoolFile> files;  // by folder, the last changed first
  std::size_t more = 0;
  std::vector<std::string> problems;
};

/// Up to `most` files of each of incoming/, claimed/ and rejected/, the last changed ones.
SpoolListing list_spool(const std::string& directory, const LookOptions& options, std::size_t most);

/// The spool as JSON (above). Names are printable.
nlohmann::json as_json(const std::string& directory, const SpoolListing& listing);

std::string_view to_text(SpoolFile::Verdict verdict);

}  // namespace azrestored
