// Finds the handler of a request in a table of method, path pattern and handler. 404 and 405 follow from the table, and
// a new route is a new row. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace azrestored {

template <class Handler>
struct Route {
  std::string_view method;
  std::string_view pattern;  // "/v1/jobs/{job}/cancel": a segment in braces stands for any segment
  Handler handler;
};

template <class Handler>
struct RouteMatch {
  const Route<Handler>* route = nullptr;
  std::string parameter;  // the segment of the path at the position of the braces; "" without braces
  /// Without a route: the methods of the path, as "GET or POST" (405), or "" if no route has the path (404).
  std::string allowed;
};

/// Whether the path, split at its slashes, matches the pattern; if so, sets `parameter`.
inline bool matches(std::string_view pattern, std::span<const std::string> path, std::string& parameter) {
  std::string found;
  for (const std::string& segment : path) {
    if (pattern.empty()) return false;
    pattern.remove_prefix(1);  // the slash
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(wanted.size());
    if (wanted.starts_with('{')) {
      found = segment;
    } else if (wanted != segment) {
      return false;
    }
  }
  if (!pattern.empty()) return false;
  parameter = std::move(found);
  return true;
}

template <class Handler>
RouteMatch<Handler> find_route(std::span<const Route<Handler>> routes, std::string_view method,
                               std::span<const std::string> path) {
  RouteMatch<Handler> match;
  for (const Route<Handler>& route : routes) {
    if (!matches(route.pattern, path, match.parameter)) continue;
    if (route.method == method) {
      match.route = &route;
      match.allowed.clear();
      return match;
    }
    match.allowed += (match.allowed.empty() ? "" : " or ") + std::string(route.method);
  }
  return match;
}

}  // namespace azrestored
