#!/usr/bin/env python3
"""Compares Tapeline's bars with those that pandas resamples: speed and differences, in one run.

A million trades of a day of UTC, as random walks: of one pair, and of 100 pairs in random order. Tapeline's study of
bars takes them one by one, each a new object with its decimals, and tells each bar when it closes. pandas has all
trades in arrays and makes all bars at once: open, high, low, close, volume and count. Times are thread CPU time, the
least of several passes. Of the bars all values are compared; pandas adds volumes up as binary fractions.

pandas is fetched from PyPI to a temporary folder. Needs a compiled libraries/market, a JDK 25 and Python's venv.

    mvn -q -pl libraries/market -am test-compile && python3 tools/bar/compare.py
"""

import random
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tools/bar/compare"
TRADES = 1_000_000
MIDNIGHT = 1_796_860_800_000
DAY = 86_400_000
NINE = "1m,3m,5m,10m,15m,30m,1h,4h,1d"
CASES = [(1, "1m"), (1, NINE), (100, "1m"), (100, NINE)]


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def write_trades(file, pairs):
    """Pair, time in ms, price and quantity in hundredths, each 8 bytes."""
    walk = random.Random(17)
    prices = [100_000 + 100 * pair for pair in range(pairs)]
    with open(file, "wb") as out:
        for i in range(TRADES):
            pair = walk.randrange(pairs)
            prices[pair] = max(1, prices[pair] + walk.randint(-5, 5))
            out.write(struct.pack("<4q", pair, MIDNIGHT + i * DAY // TRADES, prices[pair], walk.randint(1, 90_000)))


def bars(file):
    return {tuple(line.split()[:3]): [float(one) for one in line.split()[3:]] for line in file.read_text().splitlines()}


def difference(ours, theirs):
    """How many bars only one has, and the greatest relative difference of a value."""
    worst = max(abs(a - b) / max(abs(a), 1e-9) for key in ours.keys() & theirs.keys()
                for a, b in zip(ours[key], theirs[key]))
    return len(ours.keys() ^ theirs.keys()), worst


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        run(sys.executable, "-m", "venv", folder / "venv")
        run(folder / "venv/bin/pip", "-q", "install", "pandas==3.1.1")
        java = run(ROOT / "tapeline", "--print-java-home").strip() + "/bin/java"
        classes = ROOT / "libraries/market/target/classes"
        print("| pairs | frames | bars | Tapeline, ns a trade | pandas, ns a trade | times ours | bars of one alone "
              "| worst difference |")
        print("|---|---|---|---|---|---|---|---|")
        for pairs, frames in CASES:
            trades, ours, theirs = folder / "trades", folder / "ours", folder / "theirs"
            write_trades(trades, pairs)
            own = float(run(java, "-cp", classes, SOURCES / "Bars.java", trades, frames, ours))
            other = float(run(folder / "venv/bin/python", SOURCES / "with_pandas.py", trades, frames, theirs))
            made = bars(ours)
            alone, worst = difference(made, bars(theirs))
            print(f"| {pairs:,} | {len(frames.split(','))} | {len(made):,} | {own:,.0f} | {other:,.0f} "
                  f"| {other / own:,.1f} | {alone} | {worst:.0e} |", flush=True)
