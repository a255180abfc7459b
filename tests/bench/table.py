"""table.py LINES RESULTS: converts the drivers' output (figure.hpp) to a table for people and a file for programs.

Between the figures, LINES holds {"driver", "machineNoise"}: the driver of the following figures, and the noise of the
machine. The larger of the two values around a driver applies to its figures without their own noise.
"""
import json
import os
import platform
import sys
from datetime import datetime, timezone


def read_figures(path):
    figures, driver, noise = [], None, {}
    for text in open(path, encoding="utf-8"):
        line = json.loads(text)
        if "machineNoise" in line:
            driver = line["driver"]
            noise[driver] = max(noise.get(driver, 0.0), line["machineNoise"])
        else:
            figures.append({"driver": driver, **line})
    for figure in figures:
        if figure.get("noise") is None:
            figure["noise"] = noise[figure["driver"]]
    return figures


def processor():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def short(number):
    if number is None:
        return ""
    if number == 0 or 1e4 <= abs(number):
        return f"{number:,.0f}"
    return f"{number:.3g}" if abs(number) < 1000 else f"{number:,.0f}"


def row_of(figure):
    unit = figure["unit"]
    beside = short(figure.get("beside"))
    if beside and figure.get("besideWhat"):
        beside += f" ({figure['besideWhat']})"
    ok = {True: "yes", False: "NO", None: ""}[figure.get("ok")]
    return [figure["name"], f"{short(figure['value'])} {unit}".strip(), beside, short(figure.get("ratio")),
            figure.get("bar") or "", ok, f"{figure['noise'] * 100:.0f} %"]


def print_table(figures):
    rows = [["figure", "ours", "beside", "ratio", "bar", "ok", "noise"]]
    rows += [row_of(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        if number == 0:
            print("  ".join("─" * width for width in widths))


def main():
    lines, results = sys.argv[1:]
    figures = read_figures(lines)
    machine = {"processor": processor(), "cores": os.cpu_count(), "kernel": platform.release()}
    when = datetime.now(timezone.utc).isoformat(timespec="seconds")
    with open(results, "w", encoding="utf-8") as file:
        json.dump({"measuredAt": when, "machine": machine, "figures": figures}, file, indent=1, ensure_ascii=False)
        file.write("\n")
    print_table(figures)
    missed = [figure["name"] for figure in figures if figure.get("ok") is False]
    print(f"\n{machine['processor']}, {machine['cores']} cores; {len(figures)} figures, bars missed: {len(missed)}")


main()
