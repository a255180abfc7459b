#include "core/restore/rules.hpp"

#include "core/azure/problem.hpp"
#include "core/azure/recovery_point.hpp"
#include "core/base/text.hpp"
#include "core/restore/point_obstacles.hpp"
#include "core/restore/rule_table.hpp"

namespace azrestored {
namespace {

void add(RuleVerdict& verdict, std::string_view code, RuleWeight weight, std::string sentence) {
  if (sentence.empty()) return;
  if (weight == RuleWeight::warns) {
    verdict.warnings.push_back(std::move(sentence));
    return;
  }
  Problem problem;
  problem.code = code;
  problem.message = std::move(sentence);
  verdict.refusals.push_back(std::move(problem));
}

}  // namespace

RuleVerdict check_point_rules(const JobSpec& spec, const RecoveryPoint& point) {
  RuleVerdict verdict;
  for (const PointRestoreRule& rule : point_rules()) add(verdict, rule.code, rule.weight, rule.breach(spec, point));
  return verdict;
}

std::vector<Problem> point_obstacles(const RecoveryPoint& point, Instant now) {
  std::vector<Problem> problems;
  for (const PointObstacle& obstacle : obstacles_of(point, now)) {
    problems.push_back(internal_problem(std::string(obstacle.code),
                                        "recovery point " + point.id + " of " + to_rfc3339(point.time) + " " +
                                            obstacle.predicate +
                                            ", so Azure cannot restore it: choose another point, which `azrestorectl "
                                            "points` lists"));
  }
  return problems;
}

RuleVerdict check_restore_rules(const JobSpec& spec, const std::optional<VaultFacts>& vault,
                                const RecoveryPoint& point) {
  RuleVerdict verdict = check_point_rules(spec, point);
  std::vector<std::string> unchecked;
  for (const VaultRestoreRule& rule : vault_rules()) {
    if (!rule.concerns(spec)) continue;
    if (vault) {
      add(verdict, rule.code, rule.weight, rule.breach(spec, *vault, point));
    } else {
      unchecked.emplace_back(rule.topic);
    }
  }
  if (!unchecked.empty()) {
    verdict.warnings.push_back("the vault could not be read; not checked: " + join_and(unchecked));
  }
  return verdict;
}

}  // namespace azrestored
