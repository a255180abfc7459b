#!/usr/bin/python3
# judge_metrics.py FOLDER ALERTS DASHBOARD: checks metrics, alerts and dashboard with Prometheus's own programs. FOLDER
# has the metrics as text (metrics.txt) and as OpenMetrics (openmetrics.txt). Prints each fault and ends with 1 if there
# is one. A missing tool is an error, never a pass.
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client import parser as plain_text

FOLDER, ALERTS, DASHBOARD = (Path(argument) for argument in sys.argv[1:4])
faults = []


def expect(is_good, sentence):
    if not is_good:
        faults.append(sentence)


def samples_of(families):
    """Name and labels of each sample; suffixes such as _created exist in one format only."""
    return {(sample.name, tuple(sorted(sample.labels.items()))) for family in families for sample in family.samples}


def canonical(samples):
    """Bounds are written as 1 in one format, and as 1.0 in the other."""
    return {(name, tuple((key, str(float(value)) if key == "le" else value) for key, value in labels))
            for name, labels in samples}


def promtool(arguments, text=None):
    """The exit code and the complaints of promtool."""
    done = subprocess.run(["promtool", *arguments], input=text, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.strip()


def words_of(expressions):
    return set(re.findall(r"\b(?:azrestored|process)_[a-z_]+", " ".join(expressions)))


text = (FOLDER / "metrics.txt").read_text("utf-8")
code, said = promtool(["check", "metrics"], text)
expect(code == 0 and not said, f"promtool check metrics ends with {code}: {said}")

plain = samples_of(plain_text.text_string_to_metric_families(text))
other = samples_of(openmetrics.text_string_to_metric_families((FOLDER / "openmetrics.txt").read_text("utf-8")))
expect(len(plain) > 100, f"there are {len(plain)} samples")
expect(canonical(plain) == canonical(other),
       f"the two formats differ: {sorted(canonical(plain) ^ canonical(other))[:5]}")

known = {name for name, _ in plain}
code, said = promtool(["check", "rules", str(ALERTS)])
expect(code == 0, f"promtool check rules: {said}")
used = words_of(re.findall(r"expr: (?:>\n)?((?:.|\n)*?)\n +(?:for|labels):", ALERTS.read_text("utf-8")))
expect(len(used) > 8, f"the alerts use {sorted(used)}")
expect(used <= known, f"the alerts use metrics that do not exist: {sorted(used - known)}")

board = json.loads(DASHBOARD.read_text("utf-8"))
expressions = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
used = words_of(expressions)
expect(len(used) > 15, f"the dashboard shows {sorted(used)}")
expect(used <= known, f"the dashboard uses metrics that do not exist: {sorted(used - known)}")
variables = {variable["name"] for variable in board["templating"]["list"]}
expect({"datasource", "job", "instance"} <= variables, f"the dashboard has the variables {sorted(variables)}")
expect(len({panel["id"] for panel in board["panels"]}) == len(board["panels"]), "two panels have the same id")
with tempfile.NamedTemporaryFile("w", suffix=".yml") as rules:
    filled = [expression.replace("$__rate_interval", "5m") for expression in expressions]
    json.dump({"groups": [{"name": "dashboard", "rules": [{"record": f"panel:{number}", "expr": expression}
                                                          for number, expression in enumerate(filled)]}]}, rules)
    rules.flush()
    code, said = promtool(["check", "rules", rules.name])
    expect(code == 0, f"an expression of the dashboard is wrong: {said}")

print("\n".join(faults), end="")
sys.exit(1 if faults else 0)
