#include "daemon/cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include "core/base/duration.hpp"
#include "core/base/spelling.hpp"
#include "daemon/cli/help_examples.hpp"
#include "daemon/cli/option_checks.hpp"

namespace azrestored::cli {
namespace {

constexpr const char* job_help = "Id, unique beginning of an id (4 characters or more), or name";

/// The command line of azrestorectl, and where its values go.
class Grammar {
 public:
  Grammar() {
    app_.set_version_flag("--version", "azrestorectl " AZRESTORED_VERSION, "Print the version");
    app_.set_help_flag("-h,--help", "Print this help, or that of a command");
    app_.require_subcommand(1);
    app_.fallthrough();  // global options may stand behind the command
    app_.add_option("--config", found_.global.config,
                    "Settings of azrestored (default: " + std::string(default_settings_file) + ", if it exists)")
        ->option_text("FILE");
    app_.add_option("--socket", found_.global.socket,
                    "Control socket of azrestored (default: control.socket of the "
                    "settings)")
        ->option_text("PATH");
    app_.add_flag("--json", found_.global.json, "Print JSON, one object a line");
    add_intake();
    add_reads();
    add_actions();
    add_footers();
  }

  std::variant<Invocation, ExitCode> read(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // for help or the version
      app_.exit(asked);
      return ExitCode::done;
    } catch (const CLI::ParseError& error) {  // CLI11 would end with a code of its own, above 100
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

  /// What is wrong with the command line. A mistyped command is for CLI11 only the lack of one.
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

  /// Those that may stand where the command line went wrong.
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

  /// Behind what each has said of itself. Last, as commands made later would inherit the program's own.
  void add_footers() {
    for (CLI::App* command : app_.get_subcommands(nullptr)) {
      const std::string own = command->get_footer();
      command->footer((own.empty() ? "" : own + "\n\n") + help_examples(command->get_name()) +
                      "\nExit codes: `azrestorectl --help`; more: man azrestorectl");
    }
    app_.footer(
        help_examples("") + "\n" + exit_code_table() +
        "Results go to standard output, everything else to standard error; with --json both are one JSON object "
        "a line,\nerrors as {\"error\": {\"code\", \"message\"}}.");
  }

  void add_intake() {
    CLI::App& submit = add("submit", "Check job files and hand them to azrestored; prints the jobs' ids", submit_);
    submit.add_option("FILE", submit_.files, "Job files; if one is wrong, none is submitted")->required();
    submit.add_option("--spool", submit_.spool, "Spool folder (default: spool.directory of the settings)")
        ->option_text("DIR");
    submit.add_flag("--dry-run", submit_.dry_run,
                    "Submit nothing: ask Azure, through azrestored, all that can be asked up to and including the "
                    "pre-flight, and print the request that would be sent");

    CLI::App& validate =
        add("validate", "Check job files and print everything wrong with them; needs no azrestored", validate_);
    validate.add_option("FILE", validate_.files, "Job files")->required();
    validate.add_flag("--online", validate_.online, "Then as `submit --dry-run`; needs azrestored");
    validate.footer(
        "Ends with 0 when all are good, 1 when one is wrong, 2 when one cannot be read. With --online also with 4 or 5 "
        "when\nAzure does not let azrestored look, or what the job names is not there.");
  }

  void add_reads() {
    add_list();

    CLI::App& show = add("show", "Show everything about a job; ends with its exit code", show_);
    show.add_option("JOB", show_.job, job_help)->required();

    CLI::App& explain =
        add("explain", "Say why a job is where it is, what comes next, what you can do, and what to tell support",
            explain_);
    explain.add_option("JOB", explain_.job, job_help)->required();
    explain.footer("Ends with the job's exit code, as show. Works from the database when azrestored is not running.");

    CLI::App& watch = add("watch", "Follow jobs until they are at rest; ends with the most urgent exit code", watch_);
    watch.add_option("JOB", watch_.jobs, std::string(job_help) + "; without, every job under way");
    add_timeout(watch, watch_.timeout);
    watch.add_flag("--compact", watch_.compact, "Only totals, and jobs that failed, are held or in doubt");

    CLI::App& wait = add("wait", "Wait silently until jobs are at rest; ends with the most urgent exit code", wait_);
    wait.add_option("JOB", wait_.jobs, job_help)->required();
    add_timeout(wait, wait_.timeout);

    CLI::App& events = add("events", "Print a job's history", events_);
    events.add_option("JOB", events_.job, job_help)->required();
    events.add_flag("--follow", events_.follow, "Then what comes, until the job is at rest; ends with its exit code");

    add_inventory();
    add("status", "Say how azrestored fares; ends with 9 when it is not running", status_);
    add_doctor();
  }

  void add_doctor() {
    CLI::App& doctor =
        add("doctor",
            "Check all that azrestored needs, from settings to rights in Azure, and say what to do; works "
            "without azrestored",
            doctor_);
    doctor.add_option("--vault", doctor_.vaults, "Check the rights on this vault, by its ARM id; may be repeated")
        ->option_text("ID");
    doctor.add_option("--auth", doctor_.auth, "Sign-in profile of the settings for the vaults (default: the first)")
        ->option_text("PROFILE");
    doctor.footer(
        "Ends with 0 when nothing is wrong, 3 with warnings only, else by what is to be mended first: 2 the settings,\n"
        "1 this machine, 4 signing in or rights, 5 a vault that is not there, 9 azrestored or Azure cannot be "
        "reached.\n"
        "What you may not look at is not checked, and counts for nothing: run it as root.");
  }

  void add_list() {
    CLI::App& list = add("list", "List jobs, newest first", list_);
    list.add_option("--state", list_.states, "Only jobs in this state; may be repeated")
        ->option_text("STATE")
        ->allow_extra_args(false);
    list.add_option("--vault", list_.vault, "Only jobs of the vault of this name (or ARM id)")->option_text("NAME");
    list.add_option("--vm", list_.vm, "Only jobs of the VM of this name (or ARM id)")->option_text("NAME");
    list.add_option_function<std::string>(
            "--since", [this](const std::string& text) { list_.since = since_of(text); },
            "Only jobs taken in since then: a time, or how long ago, such as 24h")
        ->option_text("TIME")
        ->check(check_since);
    list.add_option("--sort", list_.sort, "Sort those shown by age (default), name, vm, vault or state")
        ->option_text("ORDER")
        ->check(check_order);
    list.add_flag("--reverse", list_.reverse, "The other way round; by age: from the oldest on");
    list.add_option("--limit", list_.limit, "At most so many (default: 100)")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    list.add_option("--after", list_.after, "Only jobs behind this one, the last of a list before")->option_text("JOB");
  }

  static void add_timeout(CLI::App& command, std::optional<Millis>& timeout) {
    command
        .add_option_function<std::string>(
            "--timeout", [&timeout](const std::string& text) { timeout = parse_duration(text); },
            "Stop after so long, such as 30s, 5m or 36h (then: exit code 6)")
        ->option_text("DURATION")
        ->check(check_duration);
  }

  static void add_yes(CLI::App& command, bool& yes) {
    command.add_flag("--yes", yes, "Ask nothing (nobody is asked either where input or errors are no terminal)");
  }

  static void add_vault(CLI::App& command, Vault& vault) {
    command.add_option("--vault", vault.id, "The vault's ARM id (required)")->option_text("ID")->required();
    command.add_option("--auth", vault.auth, "Sign-in profile of the settings (default: the first)")
        ->option_text("PROFILE");
    command.add_option("--region", vault.region, "What is in this secondary region (for \"crossRegion\" jobs)")
        ->option_text("REGION");
  }

  void add_inventory() {
    CLI::App& vms = add("vms", "List the VMs that a vault protects, and how their backups fare", vms_);
    add_vault(vms, vms_.vault);
    vms.footer("Ends with 4 when Azure does not let azrestored look, and 5 when there is no such vault.");

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
                    "Only AppConsistent, FileSystemConsistent or CrashConsistent ones; may be repeated")
        ->option_text("C");
    points
        .add_option("--tier", points_.tier, "Only points in tier InstantRP, HardenedRP or ArchivedRP; may be repeated")
        ->option_text("T");
    points.add_option("--not-older-than", points_.not_older_than, "Only points this young, such as 36h")
        ->option_text("DURATION");
    points.footer(
        "The filters mean what they mean in a job file's \"recoveryPoint\". Ends with 5 when no "
        "point fits, and says why.");
  }

  void add_actions() {
    CLI::App& cancel = add("cancel", "Stop a job, or ask Azure to cancel what it has started", cancel_);
    cancel.add_option("JOB", cancel_.job, job_help)->required();
    add_yes(cancel, cancel_.yes);
    cancel.footer("Ends with 0 when the job is cancelled or Azure has been asked; `watch` tells what became of it.");

    CLI::App& hold = add("hold", "Keep a job from starting, until its restore is requested", hold_);
    hold.add_option("JOB", hold_.job, job_help)->required();
    hold.footer("A restore that has been requested of Azure can only be cancelled. Ends with 0 when the job is held.");

    CLI::App& release = add("release", "Let a held job go on", release_);
    release.add_option("JOB", release_.job, job_help)->required();
    release.footer(
        "When a restore may be running, Azure is asked again what became of it, and nothing is sent on a guess. Ends "
        "with 0\nwhen the job goes on; `watch` tells how.");

    CLI::App& retry =
        add("retry",
            "Start a failed or cancelled job again: a new attempt, with a new request id and the same recovery point",
            retry_);
    retry.add_option("JOB", retry_.job, job_help)->required();
    retry.add_flag("--nothing-runs", retry_.nothing_runs,
                   "Of a held job: you have made sure in Azure that no restore of it runs");
    add_yes(retry, retry_.yes);
    retry.footer(
        "A held job is released instead, unless a restore may be running (--nothing-runs). Ends with 0 when the new "
        "attempt has begun.");
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
  Status status_;
  Doctor doctor_;
};

}  // namespace

std::variant<Invocation, ExitCode> read_command_line(int argc, const char* const* argv) {
  return Grammar().read(argc, argv);
}

}  // namespace azrestored::cli
