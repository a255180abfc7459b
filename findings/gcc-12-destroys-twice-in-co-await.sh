#!/bin/bash
# Expected: a temporary in a full expression with co_await is destroyed once, at the end of that expression.
# Seen: g++ 12 destroys the members of an aggregate literal, and the captures of a closure, once more than it made
#   them. It does so with -O0 and -O2, and -Wall -Wextra say nothing. A member that owns memory is then freed twice. A
#   named object, and a class with a constructor, are destroyed once. clang 14 destroys all of them once.
# Version: g++ 12.2.0-14+deb12u1 (Debian 12).
# Output:
#   aggregate literal: 1 made, 2 destroyed
#   named aggregate: 2 made, 2 destroyed
#   class with constructor: 2 made, 2 destroyed
#   capturing closure: 2 made, 3 destroyed
#   named closure: 3 made, 3 destroyed
# azrestored: a coroutine gives each literal and each closure a name on a line of its own before it awaits; CI runs
#   AddressSanitizer, and a test searches the sources for the pattern.
# This program only counts; its members own nothing.
# Needs: binutils and libc6-dev of the machine.
# Exit status: 0 as described, 1 changed, 2 could not be tried.
set -Eeuo pipefail
trap 'echo "could not be tried (line $LINENO)" >&2; exit 2' ERR
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in {g++,gcc,cpp}-12=12.2.0-14+deb12u1 lib{gcc,stdc++}-12-dev=12.2.0-14+deb12u1 \
    libisl23=0.25-1.1 libmpc3=1.3.1-1 libmpfr6=4.2.0-1 libgmp10=2:6.2.1+dfsg1-1.1; do
  apt-get -qq -o APT::Sandbox::User=root download "$package" || { echo "cannot be had: $package" >&2; exit 2; }
done
for file in *.deb; do dpkg-deb -x "$file" root; done
export LD_LIBRARY_PATH=$work/root/usr/lib/x86_64-linux-gnu

cat > count.cpp <<'CPP'
#include <coroutine>
#include <cstdio>
#include <exception>
int made = 0, destroyed = 0;
struct Member {
  Member() { ++made; }
  Member(const Member&) { ++made; }
  ~Member() { ++destroyed; }
};
struct Aggregate {
  Member member;
  int limit;
};
struct WithConstructor {
  WithConstructor(const Member& first, int second) : member(first), limit(second) {}
  Member member;
  int limit;
};
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
template <class T>
std::suspend_never use(T) { return {}; }

Task aggregate_literal() { co_await use(Aggregate{Member(), 5}); }
Task named_aggregate() {
  const Aggregate named{Member(), 5};
  co_await use(named);
}
Task with_constructor() { co_await use(WithConstructor(Member(), 5)); }
Task closure() {
  const Member member;
  co_await use([member] {});
}
Task named_closure() {
  const Member member;
  const auto named = [member] {};
  co_await use(named);
}
void count(const char* what, Task (*coroutine)()) {
  made = destroyed = 0;
  coroutine();
  std::printf("%s: %d made, %d destroyed\n", what, made, destroyed);
}
int main() {
  count("aggregate literal", aggregate_literal);
  count("named aggregate", named_aggregate);
  count("class with constructor", with_constructor);
  count("capturing closure", closure);
  count("named closure", named_closure);
}
CPP

expected='aggregate literal: 1 made, 2 destroyed
named aggregate: 2 made, 2 destroyed
class with constructor: 2 made, 2 destroyed
capturing closure: 2 made, 3 destroyed
named closure: 3 made, 3 destroyed'
for level in -O0 -O2; do
  root/usr/bin/g++-12 -std=c++20 $level -Wall -Wextra -Werror count.cpp -o count
  seen=$(./count)
  printf '%s\n%s\n' "$level" "$seen"
  [ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
done
