"""Writes the values and prints the speed of TA-Lib's indicators, by bar and of all bars at once; see compare.py."""

import sys
import time

import numpy
import talib
import talib.stream

BLOCK = 0.1
BEGUN = 100

rows = numpy.loadtxt(sys.argv[1])
high, low, close = (numpy.ascontiguousarray(rows[:, i]) for i in (1, 2, 3))


def all_at_once():
    macd, signal, _ = talib.MACD(close, 12, 26, 9)
    upper, _, _ = talib.BBANDS(close, 20, 2, 2)
    k, d = talib.STOCH(high, low, close, 14, 3, 0, 3, 0)
    return [talib.RSI(close, 14), talib.EMA(close, 20), talib.SMA(close, 20), macd, signal,
            talib.ATR(high, low, close, 14), talib.ADX(high, low, close, 14), talib.PLUS_DI(high, low, close, 14),
            upper, k, d]


def streams(bars):
    """Those of closes alone, and those of whole bars, after so many bars."""
    h, l, c = high[:bars], low[:bars], close[:bars]
    of = talib.stream
    return ([of.RSI(c, 14), of.EMA(c, 20), of.SMA(c, 20), of.MACD(c, 12, 26, 9), of.BBANDS(c, 20, 2, 2)],
            [of.ATR(h, l, c, 14), of.ADX(h, l, c, 14), of.PLUS_DI(h, l, c, 14), of.STOCH(h, l, c, 14, 3, 0, 3, 0)])


def update_all():
    of_closes, of_bars = streams(BEGUN)
    for h, l, c in zip(high[BEGUN:].tolist(), low[BEGUN:].tolist(), close[BEGUN:].tolist()):
        for one in of_closes:
            one.update(c)
        for one in of_bars:
            one.update(h, l, c)


def nanos(parts, work):
    """The least thread CPU time of one of so many parts."""
    least, passes, end = float("inf"), 1, time.monotonic() + 6
    while time.monotonic() < end:
        begin = time.thread_time()
        for _ in range(passes):
            work()
        spent = time.thread_time() - begin
        least = min(least, spent / passes / parts)
        passes = 2 * passes if spent < BLOCK else passes
    return least * 1e9


for name in "TA-Lib", "TA-Lib-at-once":
    numpy.savetxt(f"{sys.argv[2]}/{name}", numpy.column_stack(all_at_once()), fmt="%.17g")
closes_only, whole = streams(len(close))
price = float(close[-1])


def peek():
    for one in closes_only:
        one.peek(price)
    for one in whole:
        one.peek(price, price, price)


print(f"TA-Lib {nanos(len(close) - BEGUN, update_all):.1f} {nanos(1, peek):.1f}")
print(f"TA-Lib-at-once {nanos(len(close), all_at_once):.1f} nan")
