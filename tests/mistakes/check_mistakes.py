#!/usr/bin/python3
# check_mistakes.py SOURCE PROGRAMS [--rewrite]: what people get to read about a wrong job file or wrong settings. Each
# jobs/NAME.json and settings/NAME.json is wrong in one way that people get such files wrong; NAME.txt beside it is the
# whole of what `azrestorectl validate`, or `azrestored --check-config`, says about it, the file's path cut to its name.
# A file too large to keep is NAME.json.gz. With --rewrite the texts are written anew, to be read as a difference.
import difflib
import gzip
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(sys.argv[1]) / "tests" / "mistakes"
PROGRAMS = Path(sys.argv[2])
REWRITE = "--rewrite" in sys.argv[3:]

# folder: the command, the exit status of wrong files, how many there are at least
KINDS = {
    "jobs": (["azrestorectl", "validate"], 1, 30),
    "settings": (["azrestored", "--check-config", "--config"], 2, 20),
}
SECRET = "hunter2"  # part of every secret in the files
UNREAD = {"too-large"}  # faults of the file as a whole have no place in it


def files(folder):
    return sorted([*(HERE / folder).glob("*.json"), *(HERE / folder).glob("*.json.gz")])


def text_of(file):
    return file.with_name(file.name.split(".")[0] + ".txt")


def said(command, file):
    """The exit status, and what was said with the file's path cut to its name."""
    with tempfile.TemporaryDirectory() as work:
        path = file
        if file.suffix == ".gz":
            path = Path(work) / file.stem
            path.write_bytes(gzip.decompress(file.read_bytes()))
        program, *arguments = command
        run = subprocess.run([PROGRAMS / program, *arguments, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                             text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        return run.returncode, run.stdout.replace(str(path), path.name)


def each():
    for folder, (command, status, _) in KINDS.items():
        for file in files(folder):
            yield command, status, file


class Mistakes(unittest.TestCase):
    def test_there_are_many_and_each_has_its_text(self):
        for folder, (_, _, fewest) in KINDS.items():
            self.assertGreaterEqual(len(files(folder)), fewest, folder)
            self.assertEqual({text_of(file) for file in files(folder)}, set((HERE / folder).glob("*.txt")))

    def test_each_is_told_in_these_words(self):
        for command, status, file in each():
            with self.subTest(f"{file.parent.name}/{file.name}"):
                found, text = said(command, file)
                self.assertEqual(found, status, text)
                expected = text_of(file).read_text("utf-8")
                if text != expected:
                    lines = difflib.unified_diff(expected.splitlines(), text.splitlines(), "expected", "said", lineterm="")
                    self.fail("\n".join(["", *lines]))

    def test_every_fault_has_a_place_and_none_tells_a_secret(self):
        for _, _, file in each():
            with self.subTest(f"{file.parent.name}/{file.name}"):
                text = text_of(file).read_text("utf-8")
                self.assertNotEqual(text, "")
                self.assertNotIn(SECRET, text)
                name = file.name.removesuffix(".gz")
                place = "" if text_of(file).stem in UNREAD else r"(/\S+, )?line [1-9]\d*, column [1-9]\d*: "
                for line in text.splitlines():
                    self.assertRegex(line, "^" + re.escape(name) + ": " + place + r"\S")


def rewrite():
    for folder, (command, _, _) in KINDS.items():
        for file in files(folder):
            text_of(file).write_text(said(command, file)[1], "utf-8")


if __name__ == "__main__":
    if REWRITE:
        rewrite()
        sys.exit()
    unittest.main(argv=sys.argv[:1])
