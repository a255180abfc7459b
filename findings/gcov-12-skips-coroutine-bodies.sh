#!/bin/bash
# Expected: g++ --coverage counts the lines of a coroutine as it counts those of any other function.
# Seen: gcov 12 has no figure for any line between the braces of a coroutine: neither "executed" nor "not executed".
#   The lines are absent from the total, so the percentage stays high whatever the tests leave out.
# Version: g++ and gcov 12.2.0-14+deb12u1 (Debian 12).
# Output: two functions with the same branch, called in the same way; lines counted of those that hold a statement:
#   plain: 2 executed, 1 not executed, 0 not counted
#   coroutine: 0 executed, 0 not executed, 5 not counted
# azrestored: its coverage figure says that it leaves coroutine bodies out; rules stand in plain functions.
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

cat > covered.cpp <<'CPP'
#include <coroutine>
#include <exception>
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
int total = 0;
void plain(int count) {
  if (count > 1)         // plain
    total += count;      // plain
  else
    total -= count;      // plain
}
Task coroutine(int count) {
  if (count > 1)         // coroutine
    total += count;      // coroutine
  else
    total -= count;      // coroutine
  co_await std::suspend_never();  // coroutine
  total += 1;            // coroutine
}
int main() {
  plain(2);
  coroutine(2);
  return total == 5 ? 0 : 1;
}
CPP
root/usr/bin/g++-12 -std=c++20 -O0 --coverage -c covered.cpp -o covered.o
root/usr/bin/g++-12 --coverage covered.o -o covered
./covered
root/usr/bin/gcov-12 covered.o >/dev/null

seen=$(for function in plain coroutine; do
  lines=$(grep "// $function\$" covered.cpp.gcov | sed 's/^ *//; s/:.*//')
  absent=$(grep -c '^-$' <<<"$lines" || true)
  missed=$(grep -c '^#####$' <<<"$lines" || true)
  executed=$(grep -c '^[0-9]' <<<"$lines" || true)
  echo "$function: $executed executed, $missed not executed, $absent not counted"
done)
expected='plain: 2 executed, 1 not executed, 0 not counted
coroutine: 0 executed, 0 not executed, 5 not counted'
echo "$seen"
[ "$seen" = "$expected" ] || { printf 'changed; expected:\n%s\n' "$expected" >&2; exit 1; }
