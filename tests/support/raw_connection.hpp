// A client of the control socket, or of a port, that ignores every protocol: it writes any bytes, or none, and reads
// until the other side closes. Every wait has a deadline.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "daemon/os/file_descriptor.hpp"

namespace azrestored::test {

class RawConnection {
 public:
  explicit RawConnection(const std::string& path);
  /// To this port of 127.0.0.1.
  explicit RawConnection(std::uint16_t port);

  /// Writes what the other side accepts; a connection that the other side has closed is no error.
  void write(std::string_view bytes);
  /// Everything until the other side closes. Throws after 10 seconds.
  std::string read_to_end();
  /// At least `least` bytes, or everything before the end.
  std::string read_some(std::size_t least);

 private:
  bool read_more(std::string& bytes);

  FileDescriptor socket_;
};

struct RawAnswer {
  int status = 0;
  std::string head;
  std::string text;     // the body as received
  nlohmann::json body;  // the same as JSON, if it is JSON

  /// error.code, or "".
  [[nodiscard]] std::string code() const;
};

/// Reads an HTTP answer; status 0 if the text is not one.
RawAnswer parse_answer(const std::string& text);

/// One request on a connection of its own.
RawAnswer ask(const std::string& socket, const std::string& method, const std::string& target,
              const std::string& body = "");

}  // namespace azrestored::test
