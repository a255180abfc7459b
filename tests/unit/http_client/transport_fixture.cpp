#include "tests/unit/http_client/transport_fixture.hpp"

#include <cstdlib>
#include <stdexcept>

namespace azrestored::test {

const std::filesystem::path& certificates() {
  static const TempDir folder;
  static const bool made = std::system(("bash " MAKE_CA_SCRIPT " " + folder.path().string()).c_str()) == 0;
  if (!made) throw std::runtime_error("make_ca.sh failed");
  return folder.path();
}

}  // namespace azrestored::test
