#include "daemon/signin/arc_challenge.hpp"

#include <filesystem>

#include "core/base/text.hpp"
#include "core/json/fault.hpp"
#include "daemon/signin/secret_file.hpp"

namespace azrestored {
namespace {

constexpr std::size_t largest_key = 4096;

Error refused(const std::string& why) {
  return {ErrorKind::unauthorized, "the Azure Arc agent of this machine " + why};
}

/// "" if the header has another form.
std::string file_named_by(std::string_view challenge) {
  static constexpr std::string_view scheme = "Basic realm=";
  if (!istarts_with(challenge, scheme)) return "";
  challenge.remove_prefix(scheme.size());
  if (challenge.size() >= 2 && challenge.starts_with('"') && challenge.ends_with('"')) {
    challenge = challenge.substr(1, challenge.size() - 2);
  }
  return std::string(challenge);
}

}  // namespace

Result<std::string> answer_arc_challenge(const HttpResponse& response, const std::string& token_folder) {
  const std::string name = file_named_by(response.header("WWW-Authenticate").value_or(""));
  if (name.empty()) {
    return refused(
        "returned 401 without \"WWW-Authenticate: Basic realm=FILE\"; check which program IDENTITY_ENDPOINT names");
  }
  const std::filesystem::path path(name);
  const bool is_inside = path.is_absolute() && path.lexically_normal() == path &&
                         path.parent_path() == (std::filesystem::path(token_folder) / "").parent_path();
  if (!is_inside || path.extension() != ".key" || name.find('\0') != std::string::npos) {
    return refused("names " + in_quotes(name) + " as its key file; expected a file in " + token_folder +
                   " that ends in .key; nothing was read");
  }
  SecretFile file{name, "Azure Arc key"};
  file.most_bytes = largest_key;
  file.may_be_link = false;
  const auto key = read_secret_line(file);
  if (!key) {
    return Error(ErrorKind::unauthorized, key.error().sentence() + " (the daemon's user must be in the group himds)");
  }
  return "Basic " + *key;
}

}  // namespace azrestored
