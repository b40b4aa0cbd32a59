"""Prints the speed and the errors of the implied volatilities that vollib finds; see compare.py."""

import sys
import time

from vollib.black.implied_volatility import implied_volatility_of_undiscounted_option_price as implied


def find(row):
    call, forward, strike, years, price, _, _ = row
    try:
        return implied(price, forward, strike, years, "c" if call == 1 else "p")
    except Exception:  # it raises its own ones for prices that it finds no volatility of
        return float("nan")


rows = [tuple(map(float, line.split())) for line in open(sys.argv[1])]
worst, unanswered = 0, 0
for each in rows:
    found = find(each)
    if not 0 < found < float("inf"):
        unanswered += 1
    elif each[6] == 1:
        worst = max(worst, abs(found / each[5] - 1))
least = float("inf")
for _ in range(10):
    begin = time.thread_time_ns()
    for each in rows:
        find(each)
    least = min(least, (time.thread_time_ns() - begin) / len(rows))
print(f"vollib {least:.1f} {worst:.2g} {unanswered} {len(rows)}")
