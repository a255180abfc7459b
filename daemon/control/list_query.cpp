#include "daemon/control/list_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/spelling.hpp"
#include "core/base/utf8.hpp"
#include "daemon/control/protocol.hpp"

namespace azrestored {
namespace {

std::string read_state(const std::string& value, JobQuery& query) {
  const auto known = state_names();
  if (std::ranges::find(known, value) == known.end()) {
    return "there is no state \"" + printable(value) + "\"" + did_you_mean(value, known);
  }
  query.state = value;
  return "";
}

std::string read_count(const std::string& value, int most, int& count) {
  const char* const end_of_value = value.data() + value.size();
  const auto [end, problem] = std::from_chars(value.data(), end_of_value, count);
  if (problem == std::errc() && end == end_of_value && count >= 1 && count <= most) return "";
  return "limit is \"" + printable(value) + "\"; expected a number from 1 to " + std::to_string(most);
}

std::string read_limit(const std::string& value, JobQuery& query) {
  return read_count(value, most_jobs_per_page, query.limit);
}

std::string read_since(const std::string& value, JobQuery& query) {
  query.since = parse_rfc3339(value);
  if (query.since) return "";
  return "since is \"" + printable(value) + "\"; expected a time such as 2026-11-20T00:00:00Z";
}

std::string read_order(const std::string& value, JobQuery& query) {
  query.oldest_first = value == "oldest";
  if (query.oldest_first || value == "newest") return "";
  return "order is \"" + printable(value) + "\"; expected newest or oldest";
}

std::string read_vault(const std::string& value, JobQuery& query) {
  query.vault = value;
  return "";
}

std::string read_vm(const std::string& value, JobQuery& query) {
  query.vm = value;
  return "";
}

std::string read_after(const std::string& value, JobQuery& query) {
  query.after = value;
  return "";
}

struct Parameter {
  std::string_view name;
  std::string (*read)(const std::string& value, JobQuery& query);
};
constexpr std::array parameters{Parameter{"state", read_state}, Parameter{"vault", read_vault},
                                Parameter{"vm", read_vm},       Parameter{"since", read_since},
                                Parameter{"order", read_order}, Parameter{"limit", read_limit},
                                Parameter{"after", read_after}};

}  // namespace

std::string read_list_query(const std::map<std::string, std::string>& members, JobQuery& query) {
  query.limit = default_jobs_per_page;
  for (const auto& [name, value] : members) {
    const auto known = std::ranges::find(parameters, std::string_view(name), &Parameter::name);
    if (known == parameters.end()) {
      return "a list has no parameter \"" + printable(name) +
             "\"; it has state, vault, vm, since, order, limit and after";
    }
    if (std::string fault = known->read(value, query); !fault.empty()) return fault;
  }
  return "";
}

Result<std::size_t> read_spool_query(const std::map<std::string, std::string>& members) {
  int most = default_files_per_folder;
  for (const auto& [name, value] : members) {
    std::string fault = name == "limit"
                            ? read_count(value, most_files_per_folder, most)
                            : "the list of the spool has no parameter \"" + printable(name) + "\"; it has limit";
    if (!fault.empty()) return Error(ErrorKind::refused, std::move(fault));
  }
  return static_cast<std::size_t>(most);
}

}  // namespace azrestored
