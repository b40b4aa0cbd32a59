#!/usr/bin/env python3
"""Compares Tapeline's implied volatilities with those of other programs: speed and error, in one run.

The rows are those of the tests, made by grid.py: prices of a market from one minute to a year, with volatilities from 1
to 300 %, and the volatility of just each price to 80 digits. Times are thread CPU time, the least of several blocks.
The error is the worst relative one of the practical rows: those whose price determines the volatility to three digits
less than a double has, and is over 1e-12 of the forward.

What it compares with is fetched from the registries to a temporary folder; none of it is a part of Tapeline. Needs a
compiled libraries/market, a JDK 25, Maven, cargo and Python's venv.

    mvn -q -pl libraries/market -am test-compile && python3 tools/option/compare.py
"""

import math
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tools/option/compare"
GRID = ROOT / "libraries/market/src/test/resources/dev/tapeline/market/option/market.tsv"
JARS = ["com.opengamma.strata:strata-pricer:2.12.73", "com.opengamma.strata:strata-math:2.12.73",
        "com.opengamma.strata:strata-collect:2.12.73", "com.opengamma.strata:strata-basics:2.12.73",
        "com.google.guava:guava:33.4.8-jre", "com.google.guava:failureaccess:1.0.3",
        "org.joda:joda-beans:2.11.1", "org.joda:joda-convert:2.2.4", "net.finmath:finmath-lib:6.0.28",
        "org.apache.commons:commons-math3:3.6.1", "org.slf4j:slf4j-api:2.0.17"]
CARGO = """[package]
name = "compare"
version = "0.1.0"
edition = "2021"
[[bin]]
name = "compare"
path = "%s"
[dependencies]
implied-vol = "=2.1.0"
libc = "0.2"
"""


def run(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **more).stdout


def write_rows(file):
    """As decimals that give the same doubles: right, forward, strike, years, price, volatility, practical."""
    with open(file, "w") as out:
        for line in GRID.read_text().splitlines()[1:]:
            right, *numbers, factor = line.split("\t")
            forward, strike, years, price, volatility = map(float.fromhex, numbers)
            practical = float(factor) < 1000 and price > 1e-12 * math.sqrt(forward * strike)
            print(int(right == "CALL"), forward, strike, years, price, volatility, int(practical), file=out)


def java(rows, folder):
    for jar in JARS:
        run("mvn", "-B", "-q", "dependency:copy", f"-Dartifact={jar}", f"-DoutputDirectory={folder}/jars")
    home = run(ROOT / "tapeline", "--print-java-home").strip()
    return run(f"{home}/bin/java", "-cp", f"{ROOT}/libraries/market/target/classes:{folder}/jars/*",
               SOURCES / "Compare.java", rows)


def rust(rows, folder):
    (folder / "Cargo.toml").write_text(CARGO % (SOURCES / "compare.rs"))
    run("cargo", "build", "--release", "-q", cwd=folder)
    return run(folder / "target/release/compare", rows)


def python(rows, folder):
    run(sys.executable, "-m", "venv", folder / "venv")
    run(folder / "venv/bin/pip", "-q", "install", "vollib")
    return run(folder / "venv/bin/python", SOURCES / "with_vollib.py", rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        rows = Path(temporary) / "rows"
        write_rows(rows)
        found = "".join(each(rows, Path(temporary)) for each in (java, rust, python))
    table = [line.split() for line in found.splitlines()]
    ours = float(table[0][1])
    print("| program | ns | times ours | worst error | without an answer |\n|---|---|---|---|---|")
    for name, nanos, error, unanswered, count in table:
        print(f"| {name} | {float(nanos):,.0f} | {float(nanos) / ours:,.1f} | {error} | {unanswered} of {count} |")
