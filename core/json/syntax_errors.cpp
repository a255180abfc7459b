#include "core/json/syntax_errors.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/base/utf8.hpp"
#include "core/json/fault.hpp"
#include "core/json/lexemes.hpp"

namespace azrestored {
namespace {

using Mistake = std::optional<JsonSyntaxError>;

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view signs = ",:{}[]\"";

bool is_in(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

class Reading {
 public:
  Reading(std::string_view text, bool comments) : text_(text), comments_(comments) {}

  Mistake first_syntax_error() {
    for (;;) {
      if (Mistake mistake = skip_space()) return mistake;
      if (at_ == text_.size() && wanted_ == Wanted::end) return std::nullopt;
      if (Mistake mistake = read_token()) return mistake;
    }
  }

 private:
  enum class Wanted { value, value_or_close, name, name_or_close, colon, comma_or_close, end };

  Mistake read_token() {
    if (at_ == text_.size()) return text_ends();
    if (Mistake mistake = lookalike()) return mistake;
    switch (wanted_) {
      case Wanted::value:
      case Wanted::value_or_close:
        return read_value();
      case Wanted::name:
      case Wanted::name_or_close:
        return read_name();
      case Wanted::colon:
        return read_colon();
      case Wanted::comma_or_close:
        return read_comma();
      case Wanted::end:
        return behind_the_end();
    }
    return std::nullopt;
  }

  Mistake text_ends() const {
    if (open_.empty()) return at(0, "the file is empty; expected an object, between { and }");
    return at(at_, "the file ends before the " + last_opened() + " is closed; add " + closing() +
                       " here, or where it is missing further up");
  }

  Mistake lookalike() const {
    const Lookalike* found = lookalike_at(text_.substr(at_));
    if (found == nullptr) return std::nullopt;
    return at(at_,
              "found " + std::string(found->name) +
                  (found->is_quote ? "; put names and strings in double quotes (\")" : "; put a plain space here"));
  }

  Mistake read_value() {
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      open_.push_back(at_++);
      wanted_ = c == '{' ? Wanted::name_or_close : Wanted::value_or_close;
      return std::nullopt;
    }
    if (c == '"') {
      wanted_ = behind_value();
      return read_text();
    }
    if (is_in(signs, c)) return no_value();
    return read_word();
  }

  Mistake no_value() {
    const char c = text_[at_];
    if (c == ']' && wanted_ == Wanted::value_or_close) return close();
    if (is_in_list()) {
      if (c == ',') return comma_too_many();
      if (c == ']') return nothing_behind_comma();
    }
    if (c == '}' && is_in_list()) return closed_wrongly();
    if (open_.empty()) return at(at_, "found " + token() + " where the file begins; expected {");
    return at(at_, "found " + token() +
                       (is_in_list() ? "; expected a value"
                                     : " where the value of " + in_quotes(name_) + " belongs; add the value"));
  }

  Mistake read_word() {
    const std::string_view found = word();
    static constexpr std::string_view constants[] = {"true", "false", "null"};
    const auto constant = std::ranges::find_if(constants, [&](auto each) { return iequals(each, found); });
    if (constant != std::end(constants) && *constant != found) {
      return at(at_, "found " + printable(found) + "; write " + std::string(*constant) + " in lower case");
    }
    if (constant == std::end(constants) && !is_json_number(found)) return no_word_of_json(found);
    at_ += found.size();
    end_of_value_ = at_;
    wanted_ = behind_value();
    return std::nullopt;
  }

  Mistake no_word_of_json(std::string_view found) const {
    if (open_.empty()) return at(at_, "found " + token() + " where the file begins; expected {");
    if (is_meant_as_number(found)) {
      return at(at_, "found " + token() + ", which is not a JSON number; expected one such as 10, -1 or 0.5");
    }
    return at(at_, "found " + token() + " without quotes; put a string in double quotes" +
                       (names_a_secret(name_) ? "" : ": write " + in_quotes(found)));
  }

  Mistake read_name() {
    const char c = text_[at_];
    if (c == '"') {
      const std::size_t begin = at_;
      if (Mistake mistake = read_text()) return mistake;
      name_ = text_.substr(begin + 1, at_ - begin - 2);
      wanted_ = Wanted::colon;
      return std::nullopt;
    }
    if (c == '}') return wanted_ == Wanted::name ? nothing_behind_comma() : close();
    if (c == ',') return comma_too_many();
    if (c == ']') return closed_wrongly();
    if (is_in(signs, c)) return at(at_, "found " + token() + "; expected the name of a member, in double quotes");
    return at(at_, "found a name without quotes; put it in double quotes: write " + in_quotes(word()));
  }

  Mistake read_colon() {
    const char c = text_[at_];
    if (c == ':') {
      ++at_;
      wanted_ = Wanted::value;
      return std::nullopt;
    }
    if (c == '=') return at(at_, "found = after the name " + in_quotes(name_) + "; expected a colon (:)");
    if (Mistake mistake = quote_inside_text()) return mistake;
    return at(end_of_value_, "expected a colon (:) and a value after the name " + in_quotes(name_));
  }

  Mistake read_comma() {
    const char c = text_[at_];
    if (c == ',') {
      comma_ = at_++;
      wanted_ = is_in_list() ? Wanted::value : Wanted::name;
      return std::nullopt;
    }
    if (c == '}' || c == ']') return c == closing() ? close() : closed_wrongly();
    if (c == ':' || c == ';' || c == '=') {
      return at(at_, "found " + token() + " after a value; expected a comma or " + closing());
    }
    if (Mistake mistake = quote_inside_text()) return mistake;
    return at(end_of_value_, "a comma is missing here, before " + token());
  }

  Mistake behind_the_end() const {
    const char c = text_[at_];
    if (c == '}' || c == ']') {
      return at(at_,
                "found " + token() + " that closes nothing; remove it, or add the bracket that it closes further up");
    }
    if (c == '{') return at(at_, "found a second object; a file contains one: put this one into its own file");
    return at(at_, "found " + token() + " after the end; remove it");
  }

  /// A string that is directly followed by something has probably ended too early.
  Mistake quote_inside_text() const {
    if (at_ != end_of_text_ || is_in(signs, text_[at_])) return std::nullopt;
    return at(at_ - 1,
              "the string ends here, but " + token() +
                  " follows directly; write a quote inside a string as \\\", or add the missing quote before it");
  }

  Mistake nothing_behind_comma() const {
    return at(comma_, "found a comma directly before " + token() + "; remove the comma");
  }

  Mistake comma_too_many() const {
    const bool is_first = wanted_ == Wanted::name_or_close || wanted_ == Wanted::value_or_close;
    return at(at_,
              is_first ? "found a comma with nothing before it; remove it" : "found two commas; remove one of them");
  }

  Mistake closed_wrongly() const {
    return at(at_, "found " + token() + " while the " + last_opened() + " is open; expected " + closing());
  }

  /// Skips a string, which must end on its line.
  Mistake read_text() {
    const std::size_t begin = at_++;
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (byte == '\n' || byte == '\r') break;
      if (byte < 0x20) {
        return at(at_, std::string("found ") + (byte == '\t' ? "a tab" : "a control character") +
                           " inside a string; write " + (byte == '\t' ? "\\t" : "it as \\u and four digits"));
      }
      if (byte != '\\') continue;
      const std::size_t length = escape_length(text_.substr(at_));
      if (length == 0) {
        return at(at_, "found " + printable(text_.substr(at_, 2)) + " in a string; write a backslash as \\\\");
      }
      at_ += length - 1;
    }
    if (at_ == text_.size() || text_[at_] != '"') {
      return at(begin, "the string that begins here is not closed on its line; add the \" at its end");
    }
    end_of_text_ = end_of_value_ = ++at_;
    return std::nullopt;
  }

  Mistake skip_space() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      const bool is_line = rest.starts_with("//");
      const bool is_block = rest.starts_with("/*");
      if (is_in(white_space, rest.front())) {
        ++at_;
      } else if (rest.front() == '#' || ((is_line || is_block) && !comments_)) {
        return at(at_, comments_ ? "found #; a comment begins with // or is enclosed in /* and */"
                                 : "found a comment; this file allows none: remove it");
      } else if (is_line) {
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      } else if (is_block) {
        const auto end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return at(at_, "the comment that begins here is not closed; add */");
        at_ = end + 2;
      } else {
        break;
      }
    }
    return std::nullopt;
  }

  Mistake close() {
    open_.pop_back();
    end_of_value_ = ++at_;
    wanted_ = behind_value();
    return std::nullopt;
  }

  [[nodiscard]] Wanted behind_value() const { return open_.empty() ? Wanted::end : Wanted::comma_or_close; }
  [[nodiscard]] bool is_in_list() const { return !open_.empty() && text_[open_.back()] == '['; }
  [[nodiscard]] char closing() const { return is_in_list() ? ']' : '}'; }

  /// "{ of line 3, column 12".
  [[nodiscard]] std::string last_opened() const {
    const TextPlace place = place_of(text_, open_.back());
    return std::string(1, text_[open_.back()]) + " of line " + std::to_string(place.line) + ", column " +
           std::to_string(place.column);
  }

  /// The characters from here to the next sign, blank or comment.
  [[nodiscard]] std::string_view word() const {
    const auto rest = text_.substr(at_);
    const auto end = std::min(rest.find_first_of(",:{}[]\"=; \t\r\n", 1), rest.find("//", 1));
    return rest.substr(0, std::min(end, rest.find("/*", 1)));
  }

  /// The token at this position, for a message.
  [[nodiscard]] std::string token() const {
    const char c = text_[at_];
    if (c == '"') return in_quotes(text_.substr(at_ + 1, text_.find_first_of("\"\r\n", at_ + 1) - at_ - 1));
    if (is_in(signs, c)) return {c};
    if (names_a_secret(name_)) return "a word";
    const std::string quoted = in_quotes(word());
    return quoted.substr(1, quoted.size() - 2);
  }

  static Mistake at(std::size_t offset, std::string sentence) { return JsonSyntaxError{offset, std::move(sentence)}; }

  std::string_view text_;
  const bool comments_;
  std::size_t at_ = 0;
  Wanted wanted_ = Wanted::value;
  std::vector<std::size_t> open_;  // offsets of each { and [ that is not closed
  std::string_view name_;          // of the last member, as written
  std::size_t comma_ = 0;          // offset of the last comma
  std::size_t end_of_value_ = 0;   // offset after the last value or name
  std::size_t end_of_text_ = 0;    // offset after the last string
};

}  // namespace

std::optional<JsonSyntaxError> first_syntax_error(std::string_view text, bool comments) {
  return Reading(text, comments).first_syntax_error();
}

}  // namespace azrestored
