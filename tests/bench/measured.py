"""The cost of a process and its descendants by the kernel, and the output of figures (grammar: figure.hpp)."""
import json
import os
import signal
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")


def figure(name, value, unit, beside=None, beside_what=None, bar=None, ok=None, noise=None):
    """Prints the line that run.sh collects."""
    line = {"name": name, "value": value, "unit": unit, "beside": beside, "besideWhat": beside_what,
            "ratio": value / beside if beside else None, "bar": bar, "ok": ok, "noise": noise}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def cpu_seconds(pid):
    """CPU seconds of one running process, without its children."""
    fields = open(f"/proc/{pid}/stat", encoding="utf-8").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _tree_cpu(pid):
    """CPU seconds of a process and of the children it has waited for; 0 if it has ended."""
    try:
        fields = open(f"/proc/{pid}/stat", encoding="utf-8").read().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICKS


def _session_members(session):
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = open(f"/proc/{name}/stat", encoding="utf-8").read().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(fields[3]) == session:
                yield name


def proportional_memory(pid):
    """Resident bytes, with shared pages in proportion."""
    try:
        for line in open(f"/proc/{pid}/smaps_rollup", encoding="utf-8"):
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # it has ended meanwhile
    return 0


class Cost:
    """Follows a session from its first process (subprocess.Popen with start_new_session) to its end."""

    def __init__(self, process, sample_every_s=1.0):
        self.process, self.peak_memory, self._over = process, 0, threading.Event()
        self._begun = time.monotonic()
        self._sampler = threading.Thread(target=self._sample, args=(sample_every_s,), daemon=True)
        self._sampler.start()

    def _sample(self, every):
        while not self._over.wait(every):
            memory = sum(proportional_memory(pid) for pid in _session_members(self.process.pid))
            self.peak_memory = max(self.peak_memory, memory)

    def age(self):
        """Seconds since its start."""
        return time.monotonic() - self._begun

    def wait(self, most_s=None):
        """Waits until the process ends, or ends it after `most_s`. Its CPU time includes its descendants: those it
        waited for (the kernel's sum), and those that were killed (their last sample).
        """
        lost = 0.0
        if most_s is not None:
            while self.age() < most_s and os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                time.sleep(0.2)
            if os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                lost = sum(_tree_cpu(pid) for pid in _session_members(self.process.pid) if int(pid) != self.process.pid)
                os.killpg(self.process.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self._over.set()
        self.wall = time.monotonic() - self._begun
        self.cpu = usage.ru_utime + usage.ru_stime + lost
        return self.process.returncode
