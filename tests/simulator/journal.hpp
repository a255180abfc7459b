// What the service has begun, kept in a file: a JSON line for each restore, validation and cancel, flushed at once. A
// simulator that is started again with the same file knows them still, as Azure does after an outage. Only facts of the
// World are kept; counters, faults and issued tokens are not.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "json.hpp"

namespace azsim {

struct RestoreOrder;
struct Validation;
class World;

class Journal {
 public:
  /// Reads what is there. An empty path keeps nothing. Throws std::runtime_error when the file cannot be opened.
  explicit Journal(const std::string& path);

  /// What earlier runs have written. A line that was torn by a kill is left out: it was never answered.
  [[nodiscard]] const std::vector<Json>& earlier() const { return earlier_; }
  void write(const Json& line);

 private:
  std::vector<Json> earlier_;
  std::ofstream file_;
};

[[nodiscard]] Json to_json(const RestoreOrder& order);
[[nodiscard]] RestoreOrder restore_order(const Json& json, const World& world);
[[nodiscard]] Json to_json(const Validation& validation);
[[nodiscard]] Validation validation_of(const Json& json, const World& world);

}  // namespace azsim
