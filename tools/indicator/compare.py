#!/usr/bin/env python3
"""Compares Tapeline's indicators with those of other programs: speed and differences, in one run.

Eleven values over 2,000 bars of a random walk: RSI 14, EMA 20, SMA 20, MACD 12/26 with its signal 9, ATR 14, ADX 14
with +DI, Bollinger's upper band 20/2, %K and %D of 14/3/3. Times are thread CPU time, the least of several blocks: of a
closed bar with all its values, and of another price of the bar that forms. TA-Lib takes the bars one by one through its
Python classes, one for each function, and as "TA-Lib-at-once" all of them in one call of each function.

Programs begin their averages differently. So the differences, relative to our value, are told from bar 500 on, and from
which bar on all are below 1e-6.

What it compares with is fetched from the registries to a temporary folder; none of it is a part of Tapeline. Needs a
compiled libraries/market, a JDK 25, Maven and Python's venv.

    mvn -q -pl libraries/market -am test-compile && python3 tools/indicator/compare.py
"""

import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tools/indicator/compare"
JARS = ["org.ta4j:ta4j-core:0.22.2", "org.slf4j:slf4j-api:2.0.17"]
BARS = 2_000
SETTLED = 500
SMALL = 1e-6


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def write_rows(file):
    """Open, high, low, close and volume of each bar."""
    walk = random.Random(17)
    price = 24_000
    with open(file, "w") as out:
        for _ in range(BARS):
            begin, price = price, round(price + walk.gauss(0, 5), 2)
            high = round(max(begin, price) + 4 * walk.random(), 2)
            low = round(min(begin, price) - 4 * walk.random(), 2)
            print(begin, high, low, price, walk.randint(1, 900), file=out)


def java(rows, folder):
    for jar in JARS:
        run("mvn", "-B", "-q", "dependency:copy", f"-Dartifact={jar}", f"-DoutputDirectory={folder}/jars")
    home = run(ROOT / "tapeline", "--print-java-home").strip()
    return run(f"{home}/bin/java", "-cp", f"{ROOT}/libraries/market/target/classes:{folder}/jars/*",
               SOURCES / "Indicators.java", rows, folder)


def python(rows, folder):
    run(sys.executable, "-m", "venv", folder / "venv")
    run(folder / "venv/bin/pip", "-q", "install", "ta-lib==0.8.2")
    return run(folder / "venv/bin/python", SOURCES / "with_talib.py", rows, folder)


def values(file):
    return [[float(one) for one in line.split()] for line in file.read_text().splitlines()]


def difference(ours, theirs):
    """The greatest of one bar; infinite where only one of the two has a value."""
    worst = 0
    for own, other in zip(ours, theirs):
        if math.isnan(own) or math.isnan(other):
            worst = worst if math.isnan(own) and math.isnan(other) else math.inf
        else:
            worst = max(worst, abs(other - own) / max(abs(own), 1e-3))
    return worst


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_rows(folder / "rows")
        found = "".join(each(folder / "rows", folder) for each in (java, python))
        table = [line.split() for line in found.splitlines()]
        ours = values(folder / "Tapeline")
        print("| program | a closed bar, ns | times ours | a forming bar, ns | times ours | worst difference "
              "| all equal |")
        print("|---|---|---|---|---|---|---|")
        for name, closed, forming in table:
            apart = [difference(own, other) for own, other in zip(ours, values(folder / name))]
            equal = 1 + max((i for i, one in enumerate(apart) if one > SMALL), default=-1)
            bar, peek = (f"{float(own):,.0f} | {float(own) / float(first):,.1f}" if own != "nan" else " | "
                         for own, first in ((closed, table[0][1]), (forming, table[0][2])))
            print(f"| {name} | {bar} | {peek} | {max(apart[SETTLED:]):.0e} | from bar {equal + 1} on |")
