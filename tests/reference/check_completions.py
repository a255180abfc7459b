#!/usr/bin/python3
# check_completions.py SOURCE PROGRAMS: bash completes for azrestorectl the words of its help texts and the existing
# jobs. The same for fish if it is installed; for zsh only the syntax and the option names are checked.
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

from documents import DISKS, changed
from programs import Programs
from source_names import states

SOURCE, PROGRAMS = Path(sys.argv[1]), Programs(sys.argv[2])
COMPLETIONS = SOURCE / "completions"
ENVIRONMENT = {**os.environ, "PATH": PROGRAMS.folder + os.pathsep + os.environ["PATH"]}

# Sources the completion, completes the words "$@" of a command line at its last one, prints the results, one per line.
BASH = """
. "$0"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_azrestorectl azrestorectl "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\\n' "${COMPREPLY[@]}"
"""


def bash(*words):
    said = subprocess.run(["bash", "--norc", "-c", BASH, COMPLETIONS / "azrestorectl.bash", "azrestorectl", *words],
                          capture_output=True, text=True, env=ENVIRONMENT, timeout=60, check=False)
    assert said.stderr == "", f"completing {words} said: {said.stderr}"
    return set(said.stdout.splitlines())


def fish(*words):
    script = f"source {COMPLETIONS / 'azrestorectl.fish'}; complete -C $argv[1]"
    said = subprocess.run(["fish", "--no-config", "-c", script, " ".join(("azrestorectl", *words))],
                          capture_output=True, text=True, env={**ENVIRONMENT, "HOME": PROGRAMS.work.name}, timeout=60,
                          check=True)
    assert said.stderr == "", f"completing {words} said: {said.stderr}"
    return {line.split("\t")[0] for line in said.stdout.splitlines()}


def options_of_help(*command):
    return set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", PROGRAMS.help_of("azrestorectl", *command), flags=re.MULTILINE))


def commands_of_help():
    listed = PROGRAMS.help_of("azrestorectl").split("Subcommands:\n")[1].split("\n\n")[0]
    return set(re.findall(r"^  ([a-z-]+)", listed, flags=re.MULTILINE))


class OfTheHelp(unittest.TestCase):
    maxDiff = None

    def shells(self):
        yield "bash", bash
        if shutil.which("fish"):
            yield "fish", fish

    def test_commands(self):
        for name, complete in self.shells():
            with self.subTest(name):
                self.assertEqual(complete(""), commands_of_help())

    def test_options(self):
        everywhere = options_of_help() - {"--version"}
        for name, complete in self.shells():
            with self.subTest(name):
                self.assertEqual(complete("--"), options_of_help())
            for command in commands_of_help():
                with self.subTest(name, command=command):
                    self.assertEqual(complete(command, "--"), everywhere | options_of_help(command))

    def test_words_that_an_option_takes(self):
        self.assertGreater(len(states(SOURCE)), 10)
        listed = PROGRAMS.help_of("azrestorectl", "points")
        for name, complete in self.shells():
            with self.subTest(name):
                self.assertEqual(complete("list", "--state", ""), states(SOURCE))
                for option in ("--consistency", "--tier"):
                    words = complete("points", option, "")
                    self.assertEqual(len(words), 3)
                    self.assertEqual([word for word in words if word not in listed], [])

    def test_zsh_names_the_same(self):
        text = (COMPLETIONS / "azrestorectl.zsh").read_text("utf-8")
        options = set.union(options_of_help(), *(options_of_help(command) for command in commands_of_help()))
        self.assertEqual(set(re.findall(r"--[a-z][a-z-]+", text)), options)
        self.assertEqual(set(re.findall(r"""^    ['"]([a-z]+):""", text, flags=re.MULTILINE)), commands_of_help())
        self.assertEqual([state for state in states(SOURCE) if not re.search(rf"[( ]{state}[) \n]", text)], [])

    def test_syntax(self):
        for shell in ("bash", "zsh", "fish"):
            if shutil.which(shell):
                with self.subTest(shell):
                    said = subprocess.run([shell, "-n", COMPLETIONS / f"azrestorectl.{shell}"], capture_output=True,
                                          text=True, check=False)
                    self.assertEqual((said.returncode, said.stderr), (0, ""))


class OfBash(unittest.TestCase):
    def test_what_has_been_typed_is_kept_to(self):
        self.assertEqual(bash("re"), {"release", "retry"})
        self.assertEqual(bash("list", "--state", "=", "succeeded-"), {"succeeded-with-warnings", "succeeded-with-findings"})
        self.assertEqual(bash("--config", "list", "sub"), {"submit"})
        self.assertEqual(bash("list", "--limit", ""), set())

    def test_job_files(self):
        folder = str(SOURCE / "config")
        self.assertIn(folder + "/azrestored.json", bash("submit", folder + "/az"))
        self.assertIn(folder + "/examples", bash("validate", folder + "/"))
        self.assertNotIn(folder + "/settings.cpp", bash("submit", folder + "/"))
        self.assertIn(folder + "/settings.cpp", bash("submit", folder + "/settings.c"))

    def test_no_daemon_and_no_database_are_no_trouble(self):
        self.assertEqual(bash("--config", "/nowhere.json", "show", ""), set())


class Jobs(unittest.TestCase):
    """A daemon that cannot sign in: its jobs do not change."""

    @classmethod
    def setUpClass(cls):
        folder = Path(PROGRAMS.work.name)
        cls.settings = folder / "daemon.json"
        cls.settings.write_text(json.dumps({
            "arm": {"endpoint": "http://127.0.0.1:9"},
            "auth": {"method": "accessToken", "accessTokenFile": str(folder / "no-token")},
            "spool": {"directory": str(folder / "spool")},
            "store": {"path": str(folder / "jobs.db")},
            "control": {"socket": str(folder / "socket")},
        }))
        cls.daemon = subprocess.Popen([Path(PROGRAMS.folder) / "azrestored", "--config", cls.settings],
                                      stderr=subprocess.DEVNULL)
        cls.ids = {}
        deadline = time.monotonic() + 60
        while cls.ctl("status").returncode != 0:
            assert time.monotonic() < deadline and cls.daemon.poll() is None, "the daemon does not run"
            time.sleep(0.1)
        for name in ("sunday drill", "urgent", "held one"):
            job = folder / "job.json"
            job.write_text(json.dumps(changed(DISKS, {"/name": name})))
            cls.ids[name] = json.loads(cls.ctl("submit", "--json", str(job)).stdout)["id"]
            while cls.ctl("show", cls.ids[name]).returncode == 5:
                assert time.monotonic() < deadline, "the daemon does not accept the job"
                time.sleep(0.1)
        assert cls.ctl("hold", cls.ids["held one"]).returncode == 0

    @classmethod
    def tearDownClass(cls):
        cls.daemon.terminate()
        cls.daemon.wait(timeout=60)

    @classmethod
    def ctl(cls, *arguments):
        return PROGRAMS.run("azrestorectl", "--config", str(cls.settings), *arguments)

    def assert_completes(self, shell, words, expected):
        """On a busy machine a completion can reach its timeout of two seconds and return nothing: then it is repeated."""
        deadline = time.monotonic() + 60
        while True:
            completed = shell("--config", str(self.settings), *words)
            if completed or time.monotonic() >= deadline:
                break
        self.assertEqual(completed, expected)

    def test_names_and_ids(self):
        self.assert_completes(bash, ["show", ""], {r"sunday\ drill", "urgent", r"held\ one", *self.ids.values()})
        self.assert_completes(bash, ["explain", "ur"], {"urgent"})
        self.assert_completes(bash, ["events", self.ids["urgent"][:12]], {self.ids["urgent"]})

    def test_names_with_blanks(self):
        self.assert_completes(bash, ["watch", r"sunday\ d"], {r"sunday\ drill"})
        self.assert_completes(bash, ["watch", '"sunday d'], {"sunday drill"})

    def test_only_jobs_that_the_command_is_for(self):
        self.assert_completes(bash, ["release", ""], {r"held\ one", self.ids["held one"]})
        self.assert_completes(bash, ["retry", ""], {r"held\ one", self.ids["held one"]})
        self.assert_completes(bash, ["cancel", "ur"], {"urgent"})

    def test_fish_has_them_too(self):
        if not shutil.which("fish"):
            self.skipTest("fish is not installed")
        self.assert_completes(fish, ["show", "ur"], {"urgent"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
