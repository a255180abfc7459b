#include "core/json/locations.hpp"

#include <nlohmann/json.hpp>
#include <unordered_map>

namespace azrestored {
namespace {

/// In bytes with quotes. Bounds the length of pointers; all names of Azure are much shorter.
constexpr std::size_t longest_name = 256;

class Scanner {
 public:
  Scanner(std::string_view text, int max_depth, std::vector<Fault>& faults)
      : text_(text), max_depth_(max_depth), faults_(faults) {}

  JsonPlace value(std::string name) {
    skip_space();
    JsonPlace place{std::move(name), line_, column(), {}};
    const char first = peek();
    if (first == '{' || first == '[') {
      if (++depth_ > max_depth_) {
        give_up({place.line, place.column},
                "nested too deeply; expected at most " + std::to_string(max_depth_) + " levels of {} and []");
      } else if (first == '{') {
        object(place);
      } else {
        array(place);
      }
      --depth_;
    } else if (first == '"') {
      skip_string();
    } else {
      while (at_ < text_.size() && std::string_view(",]} \t\r\n/").find(peek()) == std::string_view::npos) advance();
    }
    return place;
  }

 private:
  struct Spot {
    int line;
    int column;
  };

  void object(JsonPlace& place) {
    std::unordered_map<std::string, int> line_of;
    for (open(); peek() != '}'; skip_comma()) {
      const Spot spot = here();
      const std::string_view token = skip_string();
      if (token.size() > longest_name) {
        return give_up(spot, "found a member name of " + std::to_string(token.size()) +
                                 " bytes, including its quotes; expected at most " + std::to_string(longest_name));
      }
      const auto name = nlohmann::json::parse(token).get<std::string>();
      path_.push_back(name);
      const auto [known, is_new] = line_of.emplace(name, spot.line);
      if (!is_new) {
        report(spot, "the member " + in_quotes(name) + " is given twice, first on line " +
                         std::to_string(known->second) + "; remove one of the two");
      }
      skip_space();
      advance();  // the colon
      place.inside.push_back(value(name));
      path_.pop_back();
      if (gave_up_) return;
    }
    advance();
  }

  void array(JsonPlace& place) {
    std::size_t index = 0;
    for (open(); peek() != ']'; skip_comma()) {
      const std::string name = std::to_string(index++);
      path_.push_back(name);
      place.inside.push_back(value(name));
      path_.pop_back();
      if (gave_up_) return;
    }
    advance();
  }

  void report(Spot spot, std::string sentence) {
    std::string pointer;
    for (const std::string& name : path_) pointer = child_pointer(pointer, name);
    add_fault(faults_, Fault{std::move(pointer), spot.line, spot.column, std::move(sentence)});
  }

  void give_up(Spot spot, std::string sentence) {
    report(spot, std::move(sentence));
    gave_up_ = true;
  }

  [[nodiscard]] Spot here() const { return {line_, column()}; }
  [[nodiscard]] int column() const { return static_cast<int>(at_ - line_start_) + 1; }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void advance() {
    if (text_[at_++] == '\n') {
      ++line_;
      line_start_ = at_;
    }
  }

  void open() {
    advance();
    skip_space();
  }
  void skip_comma() {
    skip_space();
    if (peek() == ',') advance();
    skip_space();
  }

  /// Skips a string and returns it as written, with its quotes.
  std::string_view skip_string() {
    const std::size_t begin = at_;
    advance();
    while (peek() != '"') {
      if (peek() == '\\') advance();
      advance();
    }
    advance();
    return text_.substr(begin, at_ - begin);
  }

  void skip_space() {
    for (;;) {
      const char c = peek();
      if (c == '/') {
        skip_comment();
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        advance();
      } else {
        return;
      }
    }
  }

  /// Follows the parser, which has accepted the text: a carriage return also ends a comment.
  void skip_comment() {
    const bool is_block = text_[at_ + 1] == '*';
    const auto end = is_block ? text_.find("*/", at_ + 2) : text_.find_first_of("\r\n", at_);
    const std::size_t stop = end == std::string_view::npos ? text_.size() : end + (is_block ? 2 : 0);
    while (at_ < stop) advance();
  }

  std::string_view text_;
  const int max_depth_;
  std::vector<Fault>& faults_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  int depth_ = 0;
  std::vector<std::string> path_;
  bool gave_up_ = false;
};

}  // namespace

JsonPlace scan_places(std::string_view text, int max_depth, std::vector<Fault>& faults) {
  return Scanner(text, max_depth, faults).value("");
}

}  // namespace azrestored
