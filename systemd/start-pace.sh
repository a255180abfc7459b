#!/bin/sh
# Delays repeated starts: 2 s before the third start within ten minutes, then 4, 8 ... 60 s. systemd 252 cannot do this
# itself (RestartSteps= exists since 254). Stopping the service removes the folder, and with it the count.
set -eu
starts=$RUNTIME_DIRECTORY/starts
mkdir -p "$starts"
find "$starts" -type f -mmin +10 -delete
mktemp "$starts/XXXXXX" >/dev/null
count=$(find "$starts" -type f | wc -l)
[ "$count" -gt 2 ] || exit 0
wait=60
[ "$count" -gt 7 ] || wait=$((1 << (count - 2)))
echo "start $count within 10 minutes: waiting for $wait s"
exec sleep "$wait"
