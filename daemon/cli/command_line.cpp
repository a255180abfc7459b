#include "daemon/cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include "core/base/duration.hpp"
#include "core/base/spelling.hpp"
#include "daemon/cli/help_examples.hpp"
#include "daemon/cli/option_checks.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* job_help = "Id, unambiguous prefix of an id (4 characters or more), or name";

/// The grammar of the command line, and the variables that receive its values.
class Grammar {
 public:
  Grammar() {
    app_.set_version_flag("--version", "azrestorectl " AZRESTORED_VERSION, "Print the version");
    app_.set_help_flag("-h,--help", "Print this help, or after a command the help of that command");
    app_.require_subcommand(1);
    app_.fallthrough();  // global options may stand after the command
    app_.add_option("--config", found_.global.config,
                    "Settings of azrestored (default: " + std::string(default_settings_file) + ", if it exists)")
        ->option_text("FILE");
    app_.add_option("--socket", found_.global.socket,
                    "Control socket of azrestored (default: control.socket of the settings)")
        ->option_text("PATH");
    app_.add_flag("--json", found_.global.json, "Print JSON, one object on each line");
    add_intake();
    add_reads();
    add_actions();
    add_footers();
  }

  std::variant<Invocation, ExitCode> read(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // help or the version was requested
      app_.exit(asked);
      return ExitCode::done;
    } catch (const CLI::ParseError& error) {  // CLI11's own exit codes are above 100
      std::string program = "azrestorectl";
      for (const CLI::App* command : app_.get_subcommands()) program += " " + command->get_name();
      return Console(found_.global.json).fail({"usage", fault(error) + " (see `" + program + " --help`)"});
    }
    found_.command = chosen_();
    return std::move(found_);
  }

 private:
  template <class Options>
  CLI::App& add(const char* name, const char* help, Options& options) {
    CLI::App* command = app_.add_subcommand(name, help);
    command->fallthrough();
    command->callback([this, &options] { chosen_ = [&options]() -> Command { return options; }; });
    return *command;
  }

  /// What is wrong with the command line. CLI11 reports a mistyped command as a missing command.
  std::string fault(const CLI::ParseError& error) {
    const std::vector<std::string> unknown = app_.remaining(true);
    if (unknown.empty()) return error.what();
    std::vector<std::string> known;
    const bool is_option = unknown.front().starts_with("-");
    if (is_option) {
      known = options();
    } else if (app_.get_subcommands().empty()) {
      for (const CLI::App* command : app_.get_subcommands(nullptr)) known.push_back(command->get_name());
    } else {
      return error.what();
    }
    return std::string("there is no ") + (is_option ? "option" : "command") + " \"" + unknown.front() + "\"" +
           did_you_mean(unknown.front(), std::vector<std::string_view>(known.begin(), known.end()));
  }

  /// The options that are allowed at the point of the error.
  std::vector<std::string> options() {
    std::vector<std::string> names;
    const auto add_options = [&](const CLI::App* app) {
      for (const CLI::Option* option : app->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      }
    };
    add_options(&app_);
    for (const CLI::App* command : app_.get_subcommands()) add_options(command);
    return names;
  }

  /// Appends examples to the footer of each command. Called last: a command added later would inherit the footer of
  /// the program.
  void add_footers() {
    for (CLI::App* command : app_.get_subcommands(nullptr)) {
      const std::string own = command->get_footer();
      command->footer((own.empty() ? "" : own + "\n\n") + help_examples(command->get_name()) +
                      "\nExit codes: see `azrestorectl --help`. Reference: man azrestorectl");
    }
    app_.footer(
        help_examples("") + "\n" + exit_code_table() +
        "Results go to standard output, everything else to standard error. With --json each line of both is a JSON "
        "object,\nerrors are {\"error\": {\"code\", \"message\"}}.");
  }

  void add_intake() {
    CLI::App& submit = add("submit", "Check job files and submit them to azrestored; prints the jobs' ids", submit_);
    submit.add_option("FILE", submit_.files, "Job files; if one is wrong, none is submitted")->required();
    submit.add_option("--spool", submit_.spool, "Spool folder (default: spool.directory of the settings)")
        ->option_text("DIR");
    submit.add_flag("--dry-run", submit_.dry_run,
                    "Submit nothing. Through azrestored, ask Azure everything up to and including the pre-flight, and "
                    "print the request that would be sent");

    CLI::App& validate =
        add("validate", "Check job files and print every fault; works when azrestored does not run", validate_);
    validate.add_option("FILE", validate_.files, "Job files")->required();
    validate.add_flag("--online", validate_.online,
                      "If all files are valid, continue like `submit --dry-run`; needs azrestored");
    validate.footer(
        "Exits with 0 if all files are valid, 1 if one is not, 2 if one cannot be read. With --online also with 4 or 5 "
        "if\nAzure denies azrestored access, or something that the job names does not exist.");
  }

  void add_reads() {
    add_list();

    CLI::App& show = add("show", "Show everything about a job; exits with the job's exit code", show_);
    show.add_option("JOB", show_.job, job_help)->required();

    CLI::App& explain = add(
        "explain", "Say why a job is in its state, what happens next, what you can do, and what support needs to know",
        explain_);
    explain.add_option("JOB", explain_.job, job_help)->required();
    explain.footer("Exits with the job's exit code, like show. Reads the database when azrestored does not run.");

    CLI::App& watch = add("watch", "Follow jobs until they are at rest; exits with the most urgent exit code", watch_);
    watch.add_option("JOB", watch_.jobs, std::string(job_help) + "; default: all jobs that are in progress");
    add_timeout(watch, watch_.timeout);
    watch.add_flag("--compact", watch_.compact,
                   "Only the totals, and the jobs that failed, are held, are in doubt or ended with warnings");

    CLI::App& wait = add("wait", "Wait silently until jobs are at rest; exits with the most urgent exit code", wait_);
    wait.add_option("JOB", wait_.jobs, job_help)->required();
    add_timeout(wait, wait_.timeout);

    CLI::App& events = add("events", "Print a job's history", events_);
    events.add_option("JOB", events_.job, job_help)->required();
    events.add_flag("--follow", events_.follow,
                    "Then print new lines until the job is at rest, and exit with its exit code");

    add_inventory();
    add_spool();
    add("status", "Show azrestored's sign-in, quotas, spool and jobs; exits with 9 if it does not run", status_);
    add_doctor();
  }

  void add_doctor() {
    CLI::App& doctor =
        add("doctor",
            "Check everything that azrestored needs, from settings to permissions in Azure, and say how to fix "
            "problems; works when azrestored does not run",
            doctor_);
    doctor
        .add_option("--vault", doctor_.vaults,
                    "Check the permissions on this vault, given by its ARM id; may be repeated")
        ->option_text("ID");
    doctor.add_option("--auth", doctor_.auth, "Sign-in profile of the settings for the vaults (default: the first)")
        ->option_text("PROFILE");
    doctor.footer(
        "Exits with 0 if nothing is wrong, and with 3 if there are only warnings. Otherwise the exit code names what\n"
        "to fix first: 2 the settings, 1 this machine, 4 the sign-in or permissions (or you may not read the settings),\n"
        "5 a vault that does not exist, 9 azrestored does not run or Azure cannot be reached.\n"
        "Run it as root. What you may not read is reported as not checked, which says nothing about the service.");
  }

  void add_spool() {
    CLI::App& spool = add(
        "spool", "List the files of the spool that became no job (left alone, unfinished, refused), and why", spool_);
    spool.add_option("--limit", spool_.limit, "List at most this many files of each folder (default: 100)")
        ->option_text("N")
        ->check(CLI::Range(1, 1000));
    spool.footer("Reads the folders when azrestored does not run. `list` and `show` list the files that became jobs.");
  }

  void add_list() {
    CLI::App& list = add("list", "List jobs, newest first", list_);
    list.add_option("--state", list_.states, "Only jobs in this state; may be repeated")
        ->option_text("STATE")
        ->allow_extra_args(false);
    list.add_option("--vault", list_.vault, "Only jobs of the vault with this name (or ARM id)")->option_text("NAME");
    list.add_option("--vm", list_.vm, "Only jobs of the VM with this name (or ARM id)")->option_text("NAME");
    list.add_option_function<std::string>(
            "--since", [this](const std::string& text) { list_.since = since_of(text); },
            "Only jobs accepted since then: a time, or an age such as 24h")
        ->option_text("TIME")
        ->check(check_since);
    list.add_option("--sort", list_.sort, "Sort the selected jobs by age (default), name, vm, vault or state")
        ->option_text("ORDER")
        ->check(check_order);
    list.add_flag("--reverse", list_.reverse, "Reverse the order; by age, this starts with the oldest of all jobs");
    list.add_option("--limit", list_.limit, "List at most this many jobs (default: 100)")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    list.add_option("--after", list_.after, "Only jobs after this one, which was the last of the previous page")
        ->option_text("JOB");
  }

  static void add_timeout(CLI::App& command, std::optional<Millis>& timeout) {
    command
        .add_option_function<std::string>(
            "--timeout", [&timeout](const std::string& text) { timeout = parse_duration(text); },
            "Stop after this time, such as 30s, 5m or 36h, with exit code 6; the jobs continue")
        ->option_text("DURATION")
        ->check(check_duration);
  }

  static void add_yes(CLI::App& command, bool& yes) {
    command.add_flag("--yes", yes,
                     "Do not ask (the command asks only if standard input and standard error are a terminal)");
  }

  static void add_vault(CLI::App& command, Vault& vault) {
    command.add_option("--vault", vault.id, "The vault's ARM id (required)")->option_text("ID")->required();
    command.add_option("--auth", vault.auth, "Sign-in profile of the settings (default: the first)")
        ->option_text("PROFILE");
    command.add_option("--region", vault.region, "List what is in this secondary region (for \"crossRegion\" jobs)")
        ->option_text("REGION");
  }

  void add_inventory() {
    CLI::App& vms = add("vms", "List the VMs that a vault protects, and the state of their backups", vms_);
    add_vault(vms, vms_.vault);
    vms.footer("Exits with 4 if Azure denies azrestored access, and 5 if the vault does not exist.");

    CLI::App& points = add("points", "List a VM's recovery points; * marks the one that a job would restore", points_);
    add_vault(points, points_.vault);
    points.add_option("--vm", points_.vm, "The VM: its name, GROUP/NAME, or its ARM id (required)")
        ->option_text("VM")
        ->required();
    points.add_option("--before", points_.before, "Only points before this time, such as 2026-11-20T00:00:00Z")
        ->option_text("TIME");
    points.add_option("--after", points_.after, "Only points after this time")->option_text("TIME");
    points
        .add_option("--consistency", points_.consistency,
                    "Only points with this consistency: AppConsistent, FileSystemConsistent or CrashConsistent; "
                    "may be repeated")
        ->option_text("C");
    points
        .add_option("--tier", points_.tier,
                    "Only points in this tier: InstantRP, HardenedRP or ArchivedRP; may be repeated")
        ->option_text("T");
    points.add_option("--not-older-than", points_.not_older_than, "Only points that are at most this old, such as 36h")
        ->option_text("DURATION");
    points.footer(
        "The filters mean the same as in \"recoveryPoint\" of a job file. "
        "Exits with 5 if no point matches, and says why.");
  }

  void add_actions() {
    CLI::App& cancel = add("cancel", "Stop a job, or ask Azure to cancel its restore", cancel_);
    cancel.add_option("JOB", cancel_.job, job_help)->required();
    add_yes(cancel, cancel_.yes);
    cancel.footer("Exits with 0 if the job is cancelled or Azure has been asked; `watch` shows the outcome.");

    CLI::App& hold = add("hold", "Prevent a job from starting; possible until its restore has been requested", hold_);
    hold.add_option("JOB", hold_.job, job_help)->required();
    hold.footer("A restore that has been requested from Azure can only be cancelled. Exits with 0 if the job is held.");

    CLI::App& release = add("release", "Let a held job continue", release_);
    release.add_option("JOB", release_.job, job_help)->required();
    release.footer(
        "If its restore may be running, azrestored first asks Azure about it. It never sends a request based on a "
        "guess.\nExits with 0 if the job continues; `watch` shows the outcome.");

    CLI::App& retry =
        add("retry",
            "Start a failed or cancelled job again: a new attempt, with a new request id and the same recovery point",
            retry_);
    retry.add_option("JOB", retry_.job, job_help)->required();
    retry.add_flag("--nothing-runs", retry_.nothing_runs,
                   "For a held job: you have checked in Azure that no restore of it runs");
    add_yes(retry, retry_.yes);
    retry.footer(
        "It refuses a held job: use `release`, or --nothing-runs if a restore of it may be running.\n"
        "Exits with 0 if the new attempt has started.");
  }

  CLI::App app_{"azrestorectl: submit, watch and cancel restores of Azure VMs by azrestored", "azrestorectl"};
  Invocation found_;
  std::function<Command()> chosen_;
  Submit submit_;
  Validate validate_;
  List list_;
  Show show_;
  Watch watch_;
  Wait wait_;
  Events events_;
  Explain explain_;
  Cancel cancel_;
  Hold hold_;
  Release release_;
  Retry retry_;
  Vms vms_;
  Points points_;
  Spool spool_;
  Status status_;
  Doctor doctor_;
};

}  // namespace

std::variant<Invocation, ExitCode> read_command_line(int argc, const char* const* argv) {
  return Grammar().read(argc, argv);
}

}  // namespace azrestored::cli
