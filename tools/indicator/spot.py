#!/usr/bin/env python3
"""Prints what TA-Lib says of indicators that the shared oracles lack, at some of the 502 days of quotes.csv.

The rows go to libraries/market/src/test/resources/dev/tapeline/market/indicator/talib.csv. Needs ta-lib.
TA-Lib's volume on balance begins with the volume of the first bar, ours with 0: the first one is taken off.

    pip install ta-lib
    python3 tools/indicator/spot.py ../shared/data/indicators/quotes.csv
"""

import csv
import sys

import numpy
import talib

EVERY = 40

with open(sys.argv[1], encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))
high, low, close, volume = (
    numpy.array([float(row[name]) for row in rows]) for name in ("high", "low", "close", "volume")
)
columns = {
    "wma-20": talib.WMA(close, 20),
    "wma-5": talib.WMA(close, 5),
    "cci-20": talib.CCI(high, low, close, 20),
    "cci-14": talib.CCI(high, low, close, 14),
    "obv": talib.OBV(close, volume) - volume[0],
    "rsi-9": talib.RSI(close, 9),
    "ema-50": talib.EMA(close, 50),
    "sma-200": talib.SMA(close, 200),
    "atr-7": talib.ATR(high, low, close, 7),
}
print(",".join(["bar", *columns]))
for bar in range(10, len(rows), EVERY):
    values = ("" if numpy.isnan(column[bar]) else repr(float(column[bar])) for column in columns.values())
    print(",".join([str(bar), *values]))
