#!/usr/bin/env python3
"""Fits the rational functions of dev.tapeline.market.option.Normal, and prints their coefficients.

Needs mpmath. Each function is fitted with the smallest relative error over its piece, by weighted least squares in
which the weights of the worst points grow (Lawson), with 60 digits. Prints the worst relative error of each piece,
also with the coefficients rounded to doubles, which is what the program calculates with.

    python3 tools/option/fit.py
"""

from mpmath import cos, erfc, erfinv, exp, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.dps = 60


def erfcx(z):
    return exp(z * z) * erfc(z)


def slope(z):
    """M1(-z), the derivative of the cumulative over the density at -z: 1 - z * sqrt(pi/2) * erfcx(z / sqrt 2)."""
    mp.dps = 90
    value = 1 - z * sqrt(pi / 2) * erfcx(z / sqrt(2))
    mp.dps = 60
    return value


def nodes(low, high, count):
    middle, half = (low + high) / 2, (high - low) / 2
    return [middle + half * cos(pi * (2 * i + 1) / (2 * count)) for i in range(count)]


def evaluate(coefficients, x):
    value = mpf(0)
    for c in reversed(coefficients):
        value = value * x + c
    return value


def fit(f, low, high, above, below, rounds=40):
    """Coefficients of a polynomial of degree `above` over one of degree `below` that begins with 1."""
    low, high = mpf(low), mpf(high)
    count = 6 * (above + below + 2)
    xs = nodes(low, high, count)
    fs = [f(x) for x in xs]
    scale = max(abs(low), abs(high))
    us = [x / scale for x in xs]
    weights = [mpf(1)] * count
    denominators = [mpf(1)] * count
    best = None
    unknowns = above + 1 + below
    for _ in range(rounds):
        normal, right = matrix(unknowns, unknowns), matrix(unknowns, 1)
        for u, y, w, d in zip(us, fs, weights, denominators):
            factor = w / (y * d) ** 2
            row = [u**k for k in range(above + 1)] + [-y * u**k for k in range(1, below + 1)]
            for i in range(unknowns):
                right[i] += factor * row[i] * y
                for j in range(i, unknowns):
                    normal[i, j] += factor * row[i] * row[j]
        for i in range(unknowns):
            for j in range(i):
                normal[i, j] = normal[j, i]
        found = lu_solve(normal, right)
        p = [found[k] for k in range(above + 1)]
        q = [mpf(1)] + [found[above + k] for k in range(1, below + 1)]
        denominators = [evaluate(q, u) for u in us]
        errors = [abs(evaluate(p, u) / d / y - 1) for u, d, y in zip(us, denominators, fs)]
        worst = max(errors)
        if best is None or worst < best[0]:
            best = (worst, p, q)
        weights = [w * (e / worst + mpf("1e-3")) for w, e in zip(weights, errors)]
        total = sum(weights)
        weights = [w * count / total for w in weights]
    worst, p, q = best
    p = [c / scale**k for k, c in enumerate(p)]
    q = [c / scale**k for k, c in enumerate(q)]
    return worst, p, q


def show(name, f, low, high, above, below):
    worst, p, q = fit(f, low, high, above, below)
    p, q = [mpf(float(c)) for c in p], [mpf(float(c)) for c in q]
    rounded = max(abs(evaluate(p, x) / evaluate(q, x) / f(x) - 1) for x in nodes(mpf(low), mpf(high), 500))
    print(f"{name} on [{low}, {high}]: {float(worst):.2e}, rounded {float(rounded):.2e}")
    for kind, row in (("above", p), ("below", q)):
        print(f"  {kind}: " + ", ".join(repr(float(c)) for c in row))


def quantile(r):
    """z with a share exp(-r^2) of the normal distribution below -z."""
    mp.dps = 400
    goal = -r * r
    z = r * sqrt(mpf(2))
    for _ in range(60):
        below = erfc(z / sqrt(mpf(2))) / 2
        step = (log(below) - goal) * below / (exp(-z * z / 2) / sqrt(2 * pi))
        z += step
        if abs(step) < mpf("1e-50") * z:
            break
    mp.dps = 60
    return +z


def central(w):
    """The quantile of 1/2 + sqrt(w), over sqrt(w)."""
    return sqrt(mpf(2)) * erfinv(2 * sqrt(w)) / sqrt(w)


if __name__ == "__main__":
    show("ERFCX_NEAR, in z", erfcx, 0, 2, 6, 7)
    show("ERFCX_FAR, in z", erfcx, 2, 8, 6, 7)
    show("ERFCX_ASYMPTOTE: z sqrt(pi) erfcx, in 1/z^2",
         lambda u: erfcx(1 / sqrt(u)) / sqrt(u) * sqrt(pi), "1e-12", 1 / mpf(64), 4, 4)
    show("SLOPE_NEAR, in -h", slope, 0, 4, 8, 8)
    show("SLOPE_FAR, in -h", slope, 4, 13, 6, 8)
    show("QUANTILE_CENTRAL: over u = p - 1/2, in u^2", central, "1e-30", "0.16", 6, 6)
    show("QUANTILE_TAIL, in sqrt(-ln p)", quantile, "1.5", 5, 6, 6)
    show("QUANTILE_DEEP, in sqrt(-ln p)", quantile, 5, 28, 6, 6)
