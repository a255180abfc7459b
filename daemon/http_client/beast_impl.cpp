// Asio's TLS code and Beast, compiled once for all programs that use HTTP (separate compilation).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
