// Which handler serves a request: a table of method, path pattern and handler, from which 404 and 405 follow. A new route
// is a new row. Pure.
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
  std::string parameter;  // the segment that stood for the one in braces; "" without one
  /// When there is no route: the methods that the path takes, as "GET or POST"; "" when no route has the path (404).
  std::string allowed;
};

/// Whether the path, split at its slashes, fits the pattern; sets `parameter` when it does.
inline bool fits(std::string_view pattern, std::span<const std::string> path, std::string& parameter) {
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
    if (!fits(route.pattern, path, match.parameter)) continue;
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
