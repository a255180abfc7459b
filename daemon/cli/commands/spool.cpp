// azrestorectl spool: the files of the spool that became no job, each with its reasons. From the daemon or, if it does
// not run, from the folders.
#include "daemon/cli/connect/spool_files.hpp"

#include <nlohmann/json.hpp>

#include "daemon/cli/commands/commands.hpp"
#include "daemon/cli/render/job_text.hpp"
#include "daemon/cli/terminal/fields.hpp"
#include "daemon/os/system_clock.hpp"

namespace azrestored::cli {
namespace {

using nlohmann::json;

struct Shade {
  const char* words;
  Colour colour;
};

Shade shade_of(const std::string& verdict) {
  if (verdict == "refused") return {"refused", Colour::red};
  if (verdict == "leftAlone") return {"left alone", Colour::yellow};
  if (verdict == "unfinished") return {"unfinished", Colour::yellow};
  if (verdict == "waiting") return {"waiting", Colour::none};
  return {"", Colour::none};
}

/// "incoming/web01.txt: left alone, changed 5m ago", and below it a line for each reason.
std::string file_text(const json& file, Instant now, std::size_t width, bool colours) {
  constexpr std::size_t indent = 4;
  const Shade shade = shade_of(text_of(file, "verdict"));
  const std::string age = age_text(file, "changed", now);
  std::string text = harmless(text_of(file, "folder") + "/" + text_of(file, "name")) + ": ";
  text += colours ? coloured(shade.words, shade.colour) : shade.words;
  if (!age.empty()) text += (text_of(file, "verdict") == "refused" ? ", " : ", changed ") + age + " ago";
  const std::string until = text_of(file, "until");
  if (!until.empty()) text += ", refused " + moment_text(file, "until", now) + " unless it changes";
  text += "\n";
  for (const auto& reason : member_of(file, "reasons")) {
    text += std::string(indent, ' ') + wrapped(harmless(scalar_text(reason)), width, indent) + "\n";
  }
  return text;
}

}  // namespace

ExitCode run(Context& context, const Spool& command) {
  const Console& console = context.console();
  const Answer answer = read_spool(context, command.limit);
  if (!answer) return console.fail(answer.error());
  // The times of files are those of the machine's clock, also if the daemon's differs.
  const Instant now = machine_time();
  for (const json& file : answer->at("files")) {
    if (console.json()) {
      console.result(file);
    } else {
      console.text(file_text(file, now, output_width(), wants_colour()));
    }
  }
  for (const json& problem : answer->at("problems")) console.note(scalar_text(problem));
  if (answer->at("files").empty()) console.note("no file is left in " + text_of(*answer, "directory"));
  const auto more = answer->at("more").get<std::size_t>();
  if (more > 0) console.note(std::to_string(more) + " older files are not listed; --limit lists more, up to 1000");
  return ExitCode::done;
}

}  // namespace azrestored::cli
