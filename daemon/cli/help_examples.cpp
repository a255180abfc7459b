#include "daemon/cli/help_examples.hpp"

#include <array>

namespace azrestored::cli {
namespace {

struct Example {
  std::string_view command;
  std::string_view line;
};

constexpr std::array examples{
    Example{"", "azrestorectl submit web01.json          check a job file and submit it"},
    Example{"", "azrestorectl watch                      follow all jobs that are in progress"},
    Example{"", "azrestorectl list --state failed        list the jobs that failed"},
    Example{"", "azrestorectl explain web01-drill        why it failed, and what you can do"},
    Example{"submit", "azrestorectl submit web01.json db01.json"},
    Example{"submit", "azrestorectl submit --dry-run web01.json"},
    Example{"validate", "azrestorectl validate web01.json"},
    Example{"validate", "azrestorectl validate --online web01.json"},
    Example{"list", "azrestorectl list --state failed --state held --since 24h"},
    Example{"list", "azrestorectl list --vault contoso-vault --sort vm"},
    Example{"list", "azrestorectl list --json --limit 1000 | jq -r .name"},
    Example{"show", "azrestorectl show web01-drill"},
    Example{"show", "azrestorectl show --json web01-drill | jq .recoveryPoint"},
    Example{"explain", "azrestorectl explain web01-drill"},
    Example{"watch", "azrestorectl watch"},
    Example{"watch", "azrestorectl watch --compact --timeout 8h"},
    Example{"watch", "azrestorectl watch web01-drill db01-drill"},
    Example{"wait", "azrestorectl wait web01-drill db01-drill --timeout 4h"},
    Example{"events", "azrestorectl events web01-drill"},
    Example{"events", "azrestorectl events --follow --json web01-drill"},
    Example{"vms", "azrestorectl vms --vault \"$VAULT\""},
    Example{"points", "azrestorectl points --vault \"$VAULT\" --vm web01"},
    Example{"points",
            "azrestorectl points --vault \"$VAULT\" --vm web01 --consistency AppConsistent --not-older-than 36h"},
    Example{"spool", "azrestorectl spool"},
    Example{"spool", "azrestorectl spool --json | jq -r 'select(.verdict == \"refused\") | .name'"},
    Example{"status", "azrestorectl status"},
    Example{"status", "azrestorectl status --json | jq .signIn"},
    Example{"doctor", "azrestorectl doctor"},
    Example{"doctor", "azrestorectl doctor --vault \"$VAULT\""},
    Example{"cancel", "azrestorectl cancel web01-drill"},
    Example{"cancel", "azrestorectl cancel --yes web01-drill"},
    Example{"hold", "azrestorectl hold web01-drill"},
    Example{"release", "azrestorectl release web01-drill"},
    Example{"retry", "azrestorectl retry web01-drill"},
    Example{"retry", "azrestorectl retry --nothing-runs web01-drill"},
};

}  // namespace

std::string help_examples(std::string_view command) {
  std::string text = "Examples:\n";
  for (const Example& example : examples) {
    if (example.command == command) text += "  " + std::string(example.line) + "\n";
  }
  return text;
}

}  // namespace azrestored::cli
