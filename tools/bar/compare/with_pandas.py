"""Writes the bars that pandas resamples of trades, and prints the time that a trade takes; see compare.py."""

import sys
import time

import numpy
import pandas

FRAMES = {"1m": "1min", "3m": "3min", "5m": "5min", "10m": "10min", "15m": "15min", "30m": "30min", "1h": "1h",
          "4h": "4h", "1d": "1D"}

trades = numpy.fromfile(sys.argv[1], dtype="<i8").reshape(-1, 4)
frames = sys.argv[2].split(",")
table = pandas.DataFrame({"pair": trades[:, 0], "price": trades[:, 2] / 100, "quantity": trades[:, 3] / 100},
                         index=pandas.to_datetime(trades[:, 1], unit="ms"))
alone = table["pair"].nunique() == 1


def bars(frame):
    groups = (table if alone else table.groupby("pair")).resample(FRAMES[frame])
    made = groups["price"].ohlc()
    made["volume"] = groups["quantity"].sum()
    made["count"] = groups["price"].count()
    return made[made["count"] > 0]


with open(sys.argv[3], "w") as out:
    for frame in frames:
        for at, *row, count in bars(frame).itertuples():
            pair, begin = (0, at) if alone else at
            print(pair, frame, begin.value // 1_000_000, *row, count, file=out)
least, end = float("inf"), time.monotonic() + 8
while time.monotonic() < end:
    start = time.thread_time()
    for frame in frames:
        bars(frame)
    least = min(least, time.thread_time() - start)
print(f"{least / len(trades) * 1e9:.1f}")
