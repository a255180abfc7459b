// Asio's TLS code and Beast, compiled once for every program that speaks HTTP (separate compilation).
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
