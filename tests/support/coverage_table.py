#!/usr/bin/env python3
"""coverage_table.py COVERAGE EXCEPTIONS PERCENT: prints the tables of tests/coverage.sh from gcovr's JSON.

EXCEPTIONS has a line "FILE | TEXT | REASON" for places that no test reaches on purpose: each uncovered line of FILE
that holds TEXT has that reason. Lines are named by their text because their numbers change with every edit; an
exception that excuses nothing any more is told, so that the list does not outlive the code.
"""
import json
import sys
from pathlib import Path


def read_exceptions(path):
    found = []
    for line in Path(path).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            file, text, reason = (part.strip() for part in line.split(" | "))
            found.append({"file": file, "text": text, "reason": reason, "used": False})
    return found


def reason_for(exceptions, file, text):
    for exception in exceptions:
        if exception["file"] == file and exception["text"] in text:
            exception["used"] = True
            return exception["reason"]
    return None


def main(coverage, exceptions_file, least):
    exceptions = read_exceptions(exceptions_file)
    totals = {}
    unexplained = 0
    for entry in sorted(json.loads(Path(coverage).read_text())["files"], key=lambda each: each["file"]):
        file = entry["file"]
        source = Path(file).read_text().splitlines()
        lines = {}
        for line in entry["lines"]:
            if not line.get("gcovr/noncode"):
                lines[line["line_number"]] = lines.get(line["line_number"], 0) + line["count"]
        missed = sorted(number for number, count in lines.items() if count == 0)
        total = totals.setdefault(file.split("/")[0], [0, 0])
        total[0] += len(lines) - len(missed)
        total[1] += len(lines)
        for number in missed:
            text = source[number - 1].strip()
            reason = reason_for(exceptions, file, text)
            unexplained += reason is None
            print(f"{file}:{number}: {text}\n    {reason or 'no reason given'}")
    for exception in exceptions:
        if not exception["used"]:
            print(f"no longer needed: {exception['file']} | {exception['text']}")
    short = 0
    for folder, (run, lines) in sorted(totals.items()):
        percent = 100 * run / lines
        short += percent < least
        print(f"{folder + '/':13} {percent:5.1f} %  {run} of {lines} lines")
    print(f"{unexplained} lines without a reason; at least {least:g} % is required")
    return 1 if short else 0


sys.exit(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
