#!/usr/bin/python3
# terminal.py SOURCE PROGRAMS: tests azrestorectl at a terminal: the screen of `watch` while the window changes its
# size, colours, and the question before an action that cannot be undone. The terminal is tmux; its screen is the
# content that it would draw.
import itertools
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

SOURCE, PROGRAMS = Path(sys.argv[1]), sys.argv[2]
sys.path.append(str(SOURCE / "tests" / "support"))
from running import Running, wait_for  # noqa: E402: found by the line above

NUMBERS = itertools.count()
JOBS = [f"web{number:02}-drill" for number in range(1, 13)]


class Terminal:
    """A shell in its own terminal, of 80 columns and 24 rows."""

    def __init__(self, azure):
        self.socket = str(azure.folder / f"tmux-{next(NUMBERS)}")  # a new name: the last server may still be running
        self.command = f"{PROGRAMS}/azrestorectl --config {azure.settings}"
        environment = {**os.environ, "PS1": "ready> ", "LC_ALL": "C.UTF-8", "SHELL": "/bin/sh"}
        environment.pop("NO_COLOR", None)
        subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "sh -i"],
                       check=True, env=environment)
        self.start(f"ctl() {{ {self.command} \"$@\"; }}")
        self.ended_with(0)

    def close(self):
        self.tmux("kill-server")

    def tmux(self, *arguments):
        said = subprocess.run(["tmux", "-S", self.socket, *arguments], capture_output=True, text=True, check=True)
        return said.stdout

    def type(self, line):
        self.tmux("send-keys", line, "Enter")

    def start(self, command):
        """Types the command, on a screen that is empty except for one word before it."""
        self.number = next(NUMBERS)
        self.type(f"clear; echo before; {command}; echo end {self.number}: $?")

    def ended_with(self, code):
        """The lines on the screen above the end of the command."""
        end = [f"end {self.number}: {code}", "ready>"]
        return self.until(f"the end of the command with {code}", lambda: (seen := self.lines())[-2:] == end and seen)[:-2]

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def lines(self, *options):
        return self.tmux("capture-pane", "-p", *options).rstrip("\n").split("\n")

    def until(self, what, condition):
        try:
            return wait_for(what, condition)
        except AssertionError as error:
            raise AssertionError(str(error) + "; on the screen:\n" + "\n".join(self.lines())) from error


def jobs_on(lines):
    """The jobs of all rows, in the order of the rows."""
    return [match[1] for line in lines if (match := re.match(r"[0-9a-f]{8}  (web\d\d)", line))]


@unittest.skipUnless(any(os.access(f"{folder}/tmux", os.X_OK) for folder in os.environ["PATH"].split(":")), "needs tmux")
class AtATerminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.azure = Running(PROGRAMS, {job.removesuffix("-drill"): {"jobSeconds": 600} for job in JOBS})
        cls.addClassCleanup(cls.azure.close)
        cls.azure.ctl("submit", *(cls.azure.job_file(job, job.removesuffix("-drill")) for job in JOBS))
        for job in JOBS:
            cls.azure.reach(job, "tracking")

    def setUp(self):
        self.terminal = Terminal(self.azure)
        self.addCleanup(self.terminal.close)

    def until_shown(self, columns, rows):
        """Waits for the block at that size, with nothing else on the screen."""
        room = min(len(JOBS), rows - 5)
        last = [f"... and {len(JOBS) - room} more"] if room < len(JOBS) else []
        last.append(f"{len(JOBS)} jobs: {len(JOBS)} running")

        def complete():
            lines = self.terminal.lines()
            is_whole = lines[0].startswith("JOB ") and lines[-len(last):] == last and len(jobs_on(lines)) >= room
            return lines if is_whole else None
        self.terminal.resize(columns, rows)
        lines = self.terminal.until(f"the block at {columns} x {rows}", complete)
        self.assertEqual(len(lines), 1 + room + len(last))
        return lines

    def test_a_window_of_another_size_shows_each_job_once_and_leaves_nothing_behind(self):
        self.terminal.start("ctl watch")
        for columns, rows in [(80, 24), (44, 12), (120, 40), (80, 10), (61, 30), (80, 24)]:
            with self.subTest(columns=columns, rows=rows):
                shown = jobs_on(self.until_shown(columns, rows))
                self.assertEqual(len(set(shown)), len(shown))
        self.terminal.tmux("send-keys", "C-c")
        lines = self.terminal.until("the shell", lambda: (seen := self.terminal.lines())[-1] == "ready>" and seen)
        self.assertIn("before", lines)
        self.assertEqual(jobs_on(lines), [])

    def test_a_watch_that_is_stopped_gives_the_screen_back_until_it_goes_on(self):
        self.terminal.start(f"{self.terminal.command} watch")
        self.until_shown(80, 24)
        self.terminal.tmux("send-keys", "C-z")
        lines = self.terminal.until("the shell", lambda: (seen := self.terminal.lines())[-1] == "ready>" and seen)
        self.assertIn("before", lines)
        self.assertEqual(jobs_on(lines), [])
        self.terminal.type("fg")
        self.until_shown(80, 24)

    def test_what_watch_saw_last_stays(self):
        self.terminal.start("ctl watch web01-drill web02-drill --timeout 2s")
        lines = self.terminal.ended_with(6)
        self.assertIn("before", lines)
        self.assertEqual(jobs_on(lines), ["web01", "web02"])
        self.assertIn("2 jobs: 2 running", lines)

    def test_colours_are_for_terminals_that_want_them(self):
        for setting, wanted in (("", True), ("NO_COLOR=1", False), ("TERM=dumb", False)):
            self.terminal.start(f"{setting} ctl list --limit 1")
            self.terminal.ended_with(0)
            self.assertEqual("\033[" in "\n".join(self.terminal.lines("-e")), wanted, setting)

    def ask_to_cancel(self, job, answer, code):
        """Returns the question."""
        self.terminal.start(f"ctl cancel {job}")
        self.terminal.until("the question", lambda: self.terminal.lines()[-1].endswith("[y/N]"))
        question = " ".join(self.terminal.lines())
        self.terminal.type(answer)
        self.terminal.ended_with(code)
        return question

    def test_nothing_is_cancelled_before_a_yes(self):
        question = self.ask_to_cancel("web11-drill", "n", 1)
        for part in ("web11-drill (", "VM web11", "vault contoso-vault"):
            self.assertIn(part, question)
        self.assertNotIn('"cancelRequested":"', self.azure.ctl("show", "web11-drill", "--json").stdout)
        self.ask_to_cancel("web11-drill", "y", 0)
        self.azure.reach("web11-drill", "cancelled")

    def test_yes_on_the_command_line_and_input_that_is_no_terminal_ask_nobody(self):
        self.terminal.start("ctl cancel --yes web12-drill")
        self.terminal.ended_with(0)
        self.azure.reach("web12-drill", "cancelled")
        self.azure.ctl("retry", "web12-drill")
        self.azure.reach("web12-drill", "tracking")
        self.terminal.start("ctl cancel web12-drill </dev/null")
        self.terminal.ended_with(0)
        self.azure.reach("web12-drill", "cancelled")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
