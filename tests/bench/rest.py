#!/usr/bin/env python3
"""The cost of a daemon with little work: memory per tracked, queued and finished job, the time from exec to READY with
a large database, and the response time of azrestorectl. The real programs, with databases from fill_database. Azure is
a port that refuses connections, so that only the memory of the jobs grows.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from measured import figure

BIN = Path(os.environ.get("AZRESTORED_BIN", "build/release/bin"))
BENCH = Path(os.environ.get("BENCH_BIN", "build/release/bench"))
BRIEF = "BENCH_BRIEF" in os.environ
SETTLING_S = 2 if BRIEF else 20  # the first lists of all vaults have been tried by then
JOB_INTERVAL = "10s"
MANY = 1000 if BRIEF else 10_000
FINISHED = 2000 if BRIEF else 1_000_000
QUEUED = 1000 if BRIEF else 100_000


class Installation:
    """A separate folder with a database of the given number of jobs, filled once."""

    def __init__(self, folder, **jobs):
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        if jobs:
            words = [word for name, count in jobs.items() for word in (f"--{name.replace('_', '-')}", str(count))]
            subprocess.run([BENCH / "fill_database", self.folder / "jobs.db", *words], check=True)
        token = self.folder / "token"
        token.write_text("token")
        token.chmod(0o600)
        self.settings = self.folder / "azrestored.json"
        self.configure()

    def configure(self, **more):
        self.settings.write_text(json.dumps({
            "arm": {"endpoint": "https://127.0.0.1:9"},
            "auth": {"method": "accessToken", "accessTokenFile": str(self.folder / "token")},
            "spool": {"directory": str(self.folder / "spool")},
            "store": {"path": str(self.folder / "jobs.db")},
            "control": {"socket": str(self.folder / "control.sock")},
            "polling": {"jobInterval": JOB_INTERVAL}, **more}))


class Daemon:
    """azrestored; `ready_s` is the time from exec to READY=1."""

    def __init__(self, installation):
        (installation.folder / "spool").mkdir(exist_ok=True)
        address = str(installation.folder / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify, open(installation.folder / "log", "ab") as log:
            notify.bind(address)
            notify.settimeout(120)
            os.sync()
            begun = time.monotonic()
            self.process = subprocess.Popen([BIN / "azrestored", "--config", installation.settings], stderr=log,
                                            env={**os.environ, "NOTIFY_SOCKET": address})
            while b"READY=1" not in notify.recv(4096):
                pass
            self.ready_s = time.monotonic() - begun
        os.unlink(address)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def resident_kb(self):
        for line in open(f"/proc/{self.process.pid}/status", encoding="utf-8"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise SystemExit("the daemon has no memory")


def settled_kb(installation):
    with Daemon(installation) as daemon:
        time.sleep(SETTLING_S)
        return daemon.resident_kb()


def memory(folder):
    idle = settled_kb(Installation(folder))
    figure("resident memory, idle", idle / 1024, "MB", bar="under 20", ok=idle < 20 * 1024)
    # One job already allocates everything that is independent of their number: connections, certificates, a watcher per
    # vault.
    one = settled_kb(Installation(folder, tracked=1))
    for count in (MANY // 10, MANY):
        each = (settled_kb(Installation(folder, tracked=count)) - one) / (count - 1)
        figure(f"resident memory per tracked job, of {count:,}", each, "KB", bar="under 2", ok=each < 2)


def large_database(folder):
    large = Installation(folder, finished=FINISHED, tracked=MANY)
    few = settled_kb(Installation(folder, tracked=MANY))
    with Daemon(large) as daemon:
        figure(f"exec to READY, {MANY:,} in flight and {FINISHED:,} finished", daemon.ready_s, "s", bar="under 1",
               ok=daemon.ready_s < 1)
        time.sleep(SETTLING_S)
        grown = daemon.resident_kb() - few
        figure(f"resident memory more, with {FINISHED:,} finished", grown / 1024, "MB", bar="under 2 (unchanged)",
               ok=grown < 2 * 1024)
        latencies(large)
    queued = Installation(folder, queued=QUEUED, tracked=MANY)
    queued.configure(limits={"activeJobs": MANY})
    grown = settled_kb(queued) - few
    figure(f"resident memory more, with {QUEUED:,} queued", grown / 1024, "MB", bar="under 2 (unchanged)",
           ok=grown < 2 * 1024)


def latencies(installation):
    ctl = [BIN / "azrestorectl", "--config", installation.settings]
    lines = subprocess.run([*ctl, "list", "--json"], check=True, capture_output=True).stdout.splitlines()
    job = json.loads(lines[-1])["id"]
    # One VM has 0.01 % of the jobs; one vault has a tenth of them, and none of these has failed.
    of_vm, failed = ["list", "--vm", "web00017"], ["list", "--vault", "contoso-vault-3", "--state", "failed"]
    for words in (["list"], of_vm, failed, ["show", job], ["status"]):
        times = []
        for _ in range(20 if BRIEF else 200):
            begun = time.monotonic()
            subprocess.run([*ctl, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            times.append((time.monotonic() - begun) * 1000)
        times.sort()
        p99 = times[int(len(times) * 0.99) - 1]
        # The reference is a process that does nothing.
        begun = time.monotonic()
        for _ in range(20):
            subprocess.run(["/bin/true"], check=True)
        nothing = (time.monotonic() - begun) * 1000 / 20
        words_shown = " ".join("JOB" if word == job else word for word in words)
        figure(f"azrestorectl {words_shown}, {FINISHED:,} jobs, p99 of the whole process", p99, "ms", beside=nothing,
               beside_what="/bin/true", bar="under 20", ok=p99 < 20)


def main():
    folder = tempfile.mkdtemp(prefix="azrestored-rest.", dir=os.environ.get("BENCH_FOLDER"))
    try:
        memory(folder)
        large_database(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
