#!/usr/bin/env python3
"""Makes the rows that the tests of dev.tapeline.market.option compare with: volatilities of prices, to 80 digits.

Needs mpmath. A row has the double price, and the volatility of just that price, not the one that the price was made
of. Doubles are in hexadecimal. The last column is the attainable factor: what a relative error of one unit in the
last place of the price, and one of the result, amount to in the result.

    python3 tools/option/grid.py libraries/market/src/test/resources/dev/tapeline/market/option
"""

import sys

from mpmath import erfc, exp, log, mp, mpf, pi, sign, sqrt

mp.dps = 80

MONEYNESS = [0, 1e-14, 1e-10, 1e-8, 1e-6, 1e-4, 1e-3, .003, .01, .02, .05, .1, .2, .3, .5, .75, 1, 1.5, 2, 3, 5, 7, 10,
             20, 50, 100, 150, 200, 300, 500]
DEVIATIONS = [1e-8, 1e-6, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3, .01, .02, .03, .05, .07, .1, .15, .2, .25, .3, .4, .5, .6, .75,
              .9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8, 10, 13, 17, 22, 28, 35]
FORWARD = 24321.5
STRIKES = [18000, 20000, 22000, 23000, 23500, 24000, 24200, 24300, 24321.45, 24321.5, 24350, 24400, 24500, 25000, 26000,
           28000, 31000]
MINUTES = [1, 5, 30, 120, 1440, 7 * 1440, 30 * 1440, 365 * 1440]
VOLATILITIES = [.01, .03, .08, .12, .2, .35, .6, 1, 3]
YEAR_MILLIS = 31_536_000_000


def share(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def normalised(x, s):
    return exp(x / 2) * share(x / s + s / 2) - exp(-x / 2) * share(x / s - s / 2)


def vega(x, s):
    return exp(-((x / s) ** 2 + s * s / 4) / 2) / sqrt(2 * pi)


def deviation(x, price, guess):
    """s of a normalised price, by Newton on the logarithm of the price, or of what is left to its limit."""
    s = mpf(guess)
    limit = exp(x / 2)
    for _ in range(200):
        if price < limit / 2:
            value = normalised(x, s)
            step = log(price / value) * value / vega(x, s)
        else:
            left = exp(x / 2) * share(-(x / s + s / 2)) + exp(-x / 2) * share(x / s - s / 2)
            step = log(left / (limit - price)) * left / vega(x, s)
        if abs(step) > s / 2:
            step = sign(step) * s / 2
        s += step
        if abs(step) < mpf("1e-45") * s:
            return s
    raise ValueError(f"no s of {x} {price}")


def normalised_rows():
    yield "x\tprice\ts\tfactor"
    for x in (-float(v) for v in MONEYNESS):
        for guess in map(float, DEVIATIONS):
            price = float(normalised(mpf(x), mpf(guess)))
            limit = exp(mpf(x) / 2)
            if price < 1e-305 or (limit - price) / limit < 1e-15:
                continue
            s = deviation(mpf(x), mpf(price), guess)
            factor = 1 + mpf(price) / (s * vega(mpf(x), s))
            yield f"{x.hex()}\t{price.hex()}\t{float(s).hex()}\t{float(factor):.3g}"


def market_rows():
    yield "right\tforward\tstrike\tyears\tprice\tvolatility\tfactor"
    forward = mpf(FORWARD)
    for strike in map(float, STRIKES):
        x = -abs(log(forward / mpf(strike)))
        root = sqrt(forward * mpf(strike))
        for minutes in MINUTES:
            years = minutes * 60_000 / YEAR_MILLIS
            for volatility in VOLATILITIES:
                guess = mpf(volatility) * sqrt(mpf(years))
                for right in ("CALL", "PUT"):
                    intrinsic = max(mpf(0), (forward - mpf(strike)) * (1 if right == "CALL" else -1))
                    price = float(intrinsic + root * normalised(x, guess))
                    time = (mpf(price) - intrinsic) / root
                    if time <= 1e-300:
                        continue
                    s = deviation(x, time, guess)
                    factor = 1 + mpf(price) / (root * vega(x, s) * s)
                    if factor > 1e12:
                        continue
                    result = s / sqrt(mpf(years))
                    yield "\t".join([right, FORWARD.hex(), strike.hex(), years.hex(), price.hex(),
                                     float(result).hex(), f"{float(factor):.3g}"])


if __name__ == "__main__":
    for name, rows in (("normalised", normalised_rows()), ("market", market_rows())):
        with open(f"{sys.argv[1]}/{name}.tsv", "w") as file:
            file.writelines(row + "\n" for row in rows)
