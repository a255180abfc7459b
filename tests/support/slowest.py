#!/usr/bin/env python3
"""slowest.py BUILD...: the twenty slowest tests and the twenty slowest build steps of each build folder, slowest first.

Tests: from BUILD/junit.xml (ctest --output-junit), otherwise from the costs that ctest keeps, which are means over all
its runs. Build steps: from BUILD/.ninja_log, the last run of each step whose output still exists; with ccache a step may
have been a copy. What is missing or cannot be read is left out: this is a report and never a reason to fail.
"""
import sys
import xml.etree.ElementTree
from pathlib import Path

MOST = 20


def tests_of_junit(path):
    cases = xml.etree.ElementTree.parse(path).getroot().iter("testcase")
    return {case.get("name"): float(case.get("time") or 0) for case in cases}


def tests_of_costs(path):
    """Lines "NAME RUNS SECONDS", up to a line of hyphens; the names of failed tests follow."""
    found = {}
    for line in path.read_text("utf-8", "replace").splitlines():
        words = line.rsplit(" ", 2)
        if line == "---":
            break
        if len(words) == 3 and is_number(words[2]):
            found[words[0]] = float(words[2])
    return found


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def tests(build):
    for read, path in ((tests_of_junit, build / "junit.xml"),
                       (tests_of_costs, build / "Testing" / "Temporary" / "CTestCostData.txt")):
        try:
            return read(path)
        except (OSError, ValueError, xml.etree.ElementTree.ParseError):
            continue
    return {}


def steps(build):
    """Lines "BEGIN END MTIME OUTPUT HASH", in milliseconds; a later line of an output replaces an earlier one. Outputs of
    one step have the same times and the same hash."""
    try:
        lines = (build / ".ninja_log").read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    last = {}
    for line in lines:
        fields = line.split("\t")
        if len(fields) == 5 and fields[0].isdigit() and fields[1].isdigit() and (build / fields[3]).exists():
            last[fields[3]] = (int(fields[0]), int(fields[1]), fields[4])
    names = {}
    for output, step in last.items():
        names[step] = min(names.get(step, output), output)
    return {output: (step[1] - step[0]) / 1000 for step, output in names.items()}


def show(title, seconds):
    if not seconds:
        return
    print(f"{title} ({len(seconds)} in all, {sum(seconds.values()):.0f} s one after the other)")
    for name, its in sorted(seconds.items(), key=lambda each: (-each[1], each[0]))[:MOST]:
        print(f"{its:8.1f} s  {name}")


for folder in map(Path, sys.argv[1:]):
    show(f"The slowest tests of {folder}", tests(folder))
    show(f"The slowest build steps of {folder}", steps(folder))
