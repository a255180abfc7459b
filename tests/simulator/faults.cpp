// See faults.hpp.
#include "faults.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "signed_url.hpp"
#include "text.hpp"

namespace azsim {
namespace {

enum class Argument { none, optional_number, number, text };

struct FaultName {
  std::string_view name;
  FaultKind kind;
  Argument argument;
  unsigned status = 0;
};

constexpr std::array<FaultName, 31> names{{
    {"lost", FaultKind::lost, Argument::none},
    {"drop", FaultKind::drop, Argument::none},
    {"hang", FaultKind::hang, Argument::number},
    {"lost-hang", FaultKind::lost_hang, Argument::number},
    {"429", FaultKind::too_many, Argument::optional_number},
    {"429-date", FaultKind::too_many_date, Argument::number},
    {"429-body", FaultKind::too_many_body, Argument::number},
    {"400", FaultKind::status, Argument::none, 400},
    {"401", FaultKind::status, Argument::none, 401},
    {"403", FaultKind::status, Argument::none, 403},
    {"404", FaultKind::status, Argument::none, 404},
    {"408", FaultKind::status, Argument::none, 408},
    {"409", FaultKind::status, Argument::none, 409},
    {"500", FaultKind::status, Argument::none, 500},
    {"502", FaultKind::status, Argument::none, 502},
    {"503", FaultKind::status, Argument::optional_number, 503},
    {"504", FaultKind::status, Argument::none, 504},
    {"500-after", FaultKind::status_after, Argument::none, 500},
    {"504-after", FaultKind::status_after, Argument::none, 504},
    {"torn", FaultKind::torn, Argument::none},
    {"garbage", FaultKind::garbage, Argument::none},
    {"badjson", FaultKind::bad_json, Argument::none},
    {"slow", FaultKind::slow, Argument::number},
    {"delay", FaultKind::delay, Argument::number},
    {"wrong-cert", FaultKind::wrong_cert, Argument::none},
    {"204", FaultKind::no_content, Argument::none},
    {"unknown-status", FaultKind::unknown_status, Argument::none},
    {"redirect", FaultKind::redirect, Argument::text},
    {"huge", FaultKind::huge, Argument::number},
    {"filter", FaultKind::web_filter, Argument::optional_number, 403},
    {"daily-limit", FaultKind::daily_limit, Argument::optional_number, 400},
}};

const FaultName* find_name(std::string_view name) {
  const auto* it = std::find_if(names.begin(), names.end(), [&](const FaultName& known) { return known.name == name; });
  return it == names.end() ? nullptr : it;
}

double parse_number(const std::string& spec, const std::string& text) {
  static const std::regex decimal("[0-9]{1,12}(\\.[0-9]{1,6})?");
  if (!std::regex_match(text, decimal)) throw FaultError("fault '" + spec + "': '" + text + "' is not a number");
  return std::stod(text);
}

Fault parse_fault(const std::string& spec, const std::string& name, bool has_argument, const std::string& argument) {
  const FaultName* known = find_name(name);
  if (known == nullptr) throw FaultError("fault '" + spec + "': no fault is named '" + name + "'");
  Fault fault;
  fault.kind = known->kind;
  fault.status = known->status;
  fault.name = has_argument ? name + ":" + argument : name;
  if (has_argument && known->argument == Argument::none)
    throw FaultError("fault '" + spec + "': '" + name + "' takes no argument");
  if (!has_argument && (known->argument == Argument::number || known->argument == Argument::text))
    throw FaultError("fault '" + spec + "': '" + name + "' needs an argument after a colon");
  if (has_argument && known->argument == Argument::text) {
    fault.text = argument;
  } else if (has_argument) {
    fault.number = parse_number(spec, argument);
    fault.has_number = true;
  }
  return fault;
}

}  // namespace

void Faults::add(const std::string& spec) {
  static const std::regex grammar("(.*)@([0-9]{1,9})(?:x([0-9]{1,9}|\\*))?=([a-z0-9-]+)(?::(.*))?");
  std::smatch parts;
  if (!std::regex_match(spec, parts, grammar))
    throw FaultError("fault '" + spec + "': must look like REGEX@N[xCOUNT]=NAME[:ARG]");
  Rule rule;
  try {
    rule.pattern = std::regex(parts[1].str(), std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
  } catch (const std::regex_error& error) {
    throw FaultError("fault '" + spec + "': bad regular expression: " + error.what());
  }
  rule.first = std::stoull(parts[2].str());
  if (rule.first == 0) throw FaultError("fault '" + spec + "': matches are counted from 1");
  if (parts[3].str() != "*") rule.count = parts[3].matched ? std::stoull(parts[3].str()) : 1;
  rule.fault = parse_fault(spec, parts[4].str(), parts[5].matched, parts[5].str());
  rules_.push_back(std::move(rule));
}

bool Faults::Rule::count_and_due() {
  ++seen;
  return seen >= first && (!count || seen < first + *count);
}

std::optional<Fault> Faults::match(const std::string& method, const std::string& target) {
  // The standard library's regex recurses once a character: a signed target of 3.5 KB would cost megabytes of stack.
  const std::string short_target = cut_signature(target).substr(0, 2000);
  const std::size_t question = std::min(short_target.find('?'), short_target.size());
  const std::string text = method + " " + percent_decode(short_target.substr(0, question), false) +
                           percent_decode(short_target.substr(question), true);
  std::optional<Fault> due;
  for (Rule& rule : rules_) {
    if (rule.fault.kind == FaultKind::wrong_cert || !std::regex_search(text, rule.pattern)) continue;
    if (rule.count_and_due() && !due) due = rule.fault;
  }
  return due;
}

bool Faults::wrong_certificate_due() {
  bool due = false;
  for (Rule& rule : rules_) {
    if (rule.fault.kind == FaultKind::wrong_cert && rule.count_and_due()) due = true;
  }
  return due;
}

}  // namespace azsim
