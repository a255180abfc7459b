// doctor: the permissions of a signed-in identity on a vault. Reads what azrestored reads there, at most one page of
// each list. Whether it may restore comes from Azure's list of permissions, because only a restore could test it.
#include <array>

#include "core/azure/problem.hpp"
#include "core/base/text.hpp"
#include "core/budget/rate_limiter.hpp"
#include "core/wire/errors.hpp"
#include "core/wire/permissions.hpp"
#include "daemon/cli/doctor/azure.hpp"
#include "daemon/cli/doctor/principal.hpp"
#include "daemon/cli/doctor/under_way.hpp"
#include "daemon/os/random_ids.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* subject = "rights";
constexpr const char* wanted_role = "Backup Operator";

constexpr const char* vaults = "Microsoft.RecoveryServices/Vaults/";

/// A permission that azrestored uses on a vault, and its purpose.
struct NeededRight {
  const char* action;  // follows `vaults`
  const char* deed;
  bool is_needed;  // false: only the pre-flight needs it, and restores work without it
};

constexpr std::array needed_rights{
    NeededRight{"read", "read the vault", true},
    NeededRight{"backupProtectedItems/read", "list protected items", true},
    NeededRight{"backupFabrics/protectionContainers/protectedItems/recoveryPoints/read", "list recovery points", true},
    NeededRight{"backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action", "request restores",
                true},
    NeededRight{"backupFabrics/protectionContainers/protectedItems/operationsStatus/read", "poll an operation", true},
    NeededRight{"backupFabrics/protectionContainers/protectedItems/operationResults/read", "read its result", true},
    NeededRight{"backupJobs/read", "read backup jobs", true},
    NeededRight{"backupJobs/cancel/action", "cancel backup jobs", true},
    NeededRight{"backupTriggerValidateOperation/action", "request the pre-flight", false},
    NeededRight{"backupValidateOperationsStatuses/read", "poll the pre-flight", false},
    NeededRight{"backupValidateOperationResults/read", "read the result of the pre-flight", false},
};

/// Gives the one token of this check until Azure refuses it.
class HeldToken final : public TokenSource {
 public:
  explicit HeldToken(std::string token) : token_(std::move(token)) {}
  asio::awaitable<Result<std::string>> token() override {
    if (refused_) co_return Error(ErrorKind::unauthorized, "Azure refuses the token");
    co_return token_;
  }
  void refused(const std::string&) override { refused_ = true; }

 private:
  const std::string token_;
  bool refused_ = false;
};

/// Ignores what RateLimiter reports: this check makes too few requests to wait for a quota.
class NobodyListens final : public Observer {
  void changed(const Job&, const HistoryLine&, std::optional<Millis>) override {}
  void notice(std::string_view, const std::string&, const std::string&) override {}
};

/// A read that was refused or failed.
struct Refusal {
  std::string deed;
  Problem problem;
};

Problem problem_in(const Event& event) {
  if (const auto* refused = std::get_if<ReadRefused>(&event.what)) return refused->problem;
  if (const auto* failed = std::get_if<ReadFailed>(&event.what)) return failed->problem;
  return {};
}

template <class Row>
std::optional<Problem> problem_of_list(const std::variant<PagedList<Row>, Event>& list) {
  const auto* event = std::get_if<Event>(&list);
  return event == nullptr ? std::nullopt : std::optional(problem_in(*event));
}

/// "AuthorizationFailed: The client ... (HTTP 403)"
std::string words_of(const Problem& problem) {
  return problem.text() + (problem.http_status == 0 ? "" : " (HTTP " + std::to_string(problem.http_status) + ")");
}

class VaultLook {
 public:
  VaultLook(DoctorContext& context, asio::io_context& loop, Transport& transport, const SignedIn& who,
            const VaultId& vault)
      : context_(context),
        loop_(loop),
        who_(who),
        vault_(vault),
        clock_(loop.get_executor()),
        token_(who.token.value),
        budgets_(clock_, nobody_, context.settings->budget, context.settings->policy),
        arm_(target_of(*context.settings), transport, token_, ids_, budgets_, who.profile.name) {}

  void look() {
    auto refusals = UnderWay<std::vector<Refusal>>(loop_, read_everything()).get();
    if (!refusals.empty()) return report_refusals(refusals);
    report_rights(UnderWay<Permissions>(loop_, read_permissions_of_vault()).get());
  }

 private:
  using Permissions = std::variant<PagedList<Permission>, Event>;

  static ArmTarget target_of(const Settings& settings) {
    return {settings.arm.endpoint, settings.arm.api_version, settings.arm.cross_region_api_version};
  }

  asio::awaitable<std::optional<Problem>> read_vault() {
    auto answer = co_await arm_.send(get_vault(arm_.target(), vault_), RequestPriority::urgent());
    if (const auto* none = std::get_if<NoResponse>(&answer)) co_return none->problem;
    const auto& response = std::get<HttpResponse>(answer);
    if (classify_status(response.status) == StatusClass::ok) co_return std::nullopt;
    co_return problem_of(response);
  }

  /// Reads what azrestored reads before and during a restore. Returns the reads that failed.
  asio::awaitable<std::vector<Refusal>> read_everything() {
    std::vector<Refusal> refusals;
    const auto note = [&](const char* deed, std::optional<Problem> problem) {
      if (problem) refusals.push_back({deed, std::move(*problem)});
    };
    const ArmClient::StopCondition<ItemRow> first_items = [](const PagedList<ItemRow>&) { return true; };
    const ArmClient::StopCondition<JobRow> first_jobs = [](const PagedList<JobRow>&) { return true; };
    const Instant now = clock_.now();
    const RestoreScope place{vault_, ""};
    auto vault = co_await read_vault();
    note("read the vault", std::move(vault));
    const auto items = co_await arm_.list_all(list_items(arm_.target(), vault_), &read_items, now,
                                              RequestPriority::urgent(), first_items);
    note("list protected items", problem_of_list(items));
    HttpRequest jobs_request = list_restore_jobs(arm_.target(), place, now - std::chrono::hours(1), now);
    const auto jobs =
        co_await arm_.list_all(std::move(jobs_request), &read_jobs, now, RequestPriority::urgent(), first_jobs);
    note("read backup jobs", problem_of_list(jobs));
    co_return refusals;
  }

  asio::awaitable<Permissions> read_permissions_of_vault() {
    auto list = co_await arm_.list_all(list_permissions(arm_.target(), vault_), &read_permissions, clock_.now(),
                                       RequestPriority::urgent());
    co_return list;
  }

  /// How to assign the role.
  [[nodiscard]] std::vector<Remedy> grant() const {
    return {Remedy::command(grant_command(who_.profile, who_.token.value, wanted_role, vault_.arm_id())),
            Remedy::advice("Azure may need up to ten minutes to apply it.")};
  }

  void report_refusals(const std::vector<Refusal>& refusals) {
    std::vector<std::string> forbidden;
    for (const Refusal& refusal : refusals)
      if (refusal.problem.http_status == 403) forbidden.push_back(refusal.deed);
    const Problem& first = refusals.front().problem;
    if (!forbidden.empty()) {
      const auto is_forbidden = [](const Refusal& refusal) { return refusal.problem.http_status == 403; };
      context_.report.add(Finding::problem(subject, ExitCode::not_authorised,
                                           label() + " may not " + join_and(forbidden) + ": " +
                                               words_of(std::ranges::find_if(refusals, is_forbidden)->problem),
                                           grant()));
    } else if (first.http_status == 404) {
      context_.report.add(Finding::problem(
          subject, ExitCode::not_found, vault_.name + ": " + words_of(first),
          {Remedy::command(
              "az resource list --resource-type Microsoft.RecoveryServices/vaults --query \"[].id\" -o tsv")}));
    } else if (first.http_status == 401) {
      context_.report.add(Finding::problem(
          subject, ExitCode::not_authorised, label() + " is not accepted: " + words_of(first),
          {Remedy::advice("The vault's subscription trusts one tenant: check auth.tenantId, or give another "
                          "profile with --auth.")}));
    } else {
      context_.report.add(
          Finding::not_checked(subject, vault_.name + ": could not " + refusals.front().deed + ": " + words_of(first)));
    }
  }

  void report_rights(const Permissions& answer) {
    if (const auto problem = problem_of_list(answer)) {
      context_.report.add(Finding::not_checked(
          subject,
          label() + " may read everything that is needed, but Azure does not say whether it may restore: " +
              words_of(*problem),
          {Remedy::advice("The role Backup Operator on the vault is enough. If it is missing:"),
           Remedy::command(grant_command(who_.profile, who_.token.value, wanted_role, vault_.arm_id()))}));
      return;
    }
    const auto& permissions = std::get<PagedList<Permission>>(answer).rows;
    report_missing(permissions);
  }

  void report_missing(const std::vector<Permission>& permissions) {
    std::vector<std::string> deeds;
    std::string actions;
    bool may_restore = true;
    for (const NeededRight& right : needed_rights) {
      const std::string action = std::string(vaults) + right.action;
      if (allows(permissions, action)) continue;
      deeds.emplace_back(right.deed);
      actions += (actions.empty() ? "" : ", ") + action;
      may_restore = may_restore && !right.is_needed;
    }
    if (deeds.empty()) {
      context_.report.add(Finding::ok(subject, label() + " has all permissions that a restore needs on the vault"));
      return;
    }
    std::vector<Remedy> remedies = grant();
    remedies.push_back(Remedy::advice("Or assign a custom role with these actions: " + actions));
    const std::string sentence = label() + " may not " + join_and(deeds);
    context_.report.add(may_restore
                            ? Finding::warning(subject, sentence + "; restores work without it", std::move(remedies))
                            : Finding::problem(subject, ExitCode::not_authorised, sentence, std::move(remedies)));
  }

  /// "contoso-vault: profile default"
  [[nodiscard]] std::string label() const { return vault_.name + ": profile " + who_.profile.name; }

  DoctorContext& context_;
  asio::io_context& loop_;
  const SignedIn& who_;
  const VaultId& vault_;
  SystemClock clock_;
  RandomIds ids_;
  HeldToken token_;
  NobodyListens nobody_;
  RateLimiter budgets_;
  ArmClient arm_;
};

}  // namespace

void check_rights(DoctorContext& context, asio::io_context& loop, Transport& transport, const SignedIn& who,
                  const VaultId& vault) {
  VaultLook(context, loop, transport, who, vault).look();
}

}  // namespace azrestored::cli
