#!/usr/bin/env python3
"""Compares Tapeline's trading calendar with those of three Python libraries, and prints where they differ.

    tools/calendar/check.py [--url http://127.0.0.1:8080]

Without --url it starts `./tapeline serve` on a free port, and stops it afterwards. It asks GET /api/v1/session, so what
it compares is what the server answers. The libraries are installed from PyPI into a virtual environment under target/.
The exit code is 1 if there is a difference that is not expected. Known ones have the reason below why ours is kept.
"""

import argparse
import datetime as dt
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from zoneinfo import ZoneInfo

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VENV = HERE / "target" / "venv"
PACKAGES = [
    "exchange_calendars==4.13.2",
    "pandas_market_calendars==5.5.0",
    "aion-indian-market-calendar==1.6.0",
]
IST = ZoneInfo("Asia/Kolkata")
DATES = ["2026-07-31", "2026-08-04", "2026-12-04", "2026-12-07", "2026-12-08"]
TIMES = ["15:14", "15:16", "15:31", "15:41", "15:46"]

# Our exchange and class, and the name of that market in aion-indian-market-calendar.
MARKETS = {
    ("NSE", "cash-fno"): "NSE_EQUITY_FNO_UNDERLYING",
    ("NSE", "cash"): "NSE_EQUITY",
    ("NSE", "equity-derivatives"): "NSE_EQUITY_DERIVATIVES",
    ("NSE", "currency"): "NSE_CURRENCY_DERIVATIVES",
    ("BSE", "cash-fno"): "BSE_EQUITY_FNO_UNDERLYING",
    ("BSE", "cash"): "BSE_EQUITY",
    ("BSE", "equity-derivatives"): "BSE_EQUITY_DERIVATIVES",
    ("MCX", "commodity"): "MCX",
}
AION_PHASES = {
    "PRE_OPEN": "pre-open",
    "CONTINUOUS": "open",
    "CLOSING_AUCTION": "closing-auction",
    "POST_CLOSE": "post-close",
    "MUHURAT_TRADING": "open",
    "CLOSED": "closed",
}

BUDGET = "NSE and BSE traded on the Sunday of the budget; the library leaves weekend sessions out"
MUHURAT = "the library leaves this muhurat session out"
PRE_OPEN = "futures of the current month have a pre-open since 2025-12-08; the library leaves it out"
MATCHING = "orders of the pre-open were taken to 09:08, and matched to 09:12; the library knows the first part alone"
NO_MORNING = "there is no morning session, so nothing can be cancelled before it"
WINTER = "MCX trades to 23:55 while New York keeps winter time; the library has 23:30 throughout"

# Differences that are known, by library, date and class, with the reason why ours is kept.
EXPECTED = {
    ("exchange_calendars", "2026-02-01", "cash"): BUDGET,
    ("exchange_calendars", "2026-11-08", "cash"): MUHURAT,
    ("pandas_market_calendars", "2026-02-01", "cash"): BUDGET,
    ("pandas_market_calendars", "2026-11-08", "cash"): MUHURAT,
    **{("aion", "2026-02-01", market): BUDGET for market in ("cash", "cash-fno", "equity-derivatives")},
    ("aion", "2026-11-08", "equity-derivatives"): MUHURAT,
}


def reason_of(library, when, market, ours, theirs):
    """Why a difference is expected; None if it is not."""
    market_class = market.split()[-1]
    if library == "aion" and market_class == "equity-derivatives" and (ours, theirs) == ("pre-open", "closed"):
        return PRE_OPEN
    if library == "aion" and market == "MCX commodity" and "23:30" in when and (ours, theirs) == ("open", "closed"):
        return WINTER
    if library == "aion" and market_class.startswith("cash") and "09:08" in when and when < "2026-09-07":
        return MATCHING
    if market == "MCX commodity" and when.startswith("2026-11-24") and theirs == "cancel-only":
        return NO_MORNING
    return EXPECTED.get((library, when[:10], market_class))


def re_execute_in_venv():
    """Runs this script again by the Python that has the libraries."""
    python = VENV / "bin" / "python"
    if pathlib.Path(sys.prefix) == VENV:
        return
    if not python.exists():
        print(f"making {VENV}", file=sys.stderr)
        venv.create(VENV, with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    os.execv(python, [str(python), __file__, *sys.argv[1:]])


class Server:
    """A server of our own, on a free port."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        settings = {
            "TAPELINE_BIND_HOST": "127.0.0.1",
            "TAPELINE_API_PORT": str(port),
            "REDIS_WS_GATEWAY_PORT": "0",
            "TAPELINE_JAVA_OPTS": "-Xmx256m",  # any option: the start is then not prepared for later ones
        }
        self.log = open(HERE / "target" / "server.log", "wb")
        self.process = subprocess.Popen(
            [ROOT / "tapeline", "serve"], env={**os.environ, **settings}, stdout=self.log, stderr=self.log
        )
        self.await_live()
        return self

    def await_live(self):
        deadline = time.monotonic() + 900  # the launcher builds what is stale
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + "/health/live", timeout=5):
                    return
            except OSError:
                time.sleep(0.5)
        raise SystemExit(f"the server did not start: see {self.log.name}")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()


class Ours:
    """The answers of a server, by exchange and class."""

    def __init__(self, url):
        self.url = url

    def at(self, instant):
        utc = instant.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        answer = self.get(f"{self.url}/api/v1/session?at={utc}")
        return {
            (exchange["exchange"], market["class"]): market
            for exchange in answer["exchanges"]
            for market in exchange["classes"]
        }

    def get(self, url):
        while True:
            try:
                with urllib.request.urlopen(url, timeout=30) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                if error.code != 429:
                    raise
                time.sleep(1)

    def trading_days(self, days):
        """The days with a session, by market: the session that follows midnight is of the same date."""
        found = {}
        for day in days:
            midnight = dt.datetime.combine(day, dt.time(), IST)
            for market, answer in self.at(midnight).items():
                if answer.get("session", {}).get("date") == day.isoformat():
                    found.setdefault(market, set()).add(day)
        return found


def days_of_2026():
    first = dt.date(2026, 1, 1)
    return [first + dt.timedelta(days=n) for n in range(365)]


class Report:
    """Prints what differs, and counts what was not expected."""

    def __init__(self):
        self.unexpected = 0

    def differ(self, library, when, market, ours, theirs):
        reason = reason_of(library, str(when), market, ours, theirs)
        if reason is None:
            self.unexpected += 1
        print(f"  DIFFERS {when} {market}: ours {ours}, {library} {theirs} ({reason or 'not expected'})")


def check_days(report, ours, library, market, theirs):
    days = days_of_2026()
    mine = ours.get(market, set())
    name = " ".join(market)
    weekdays = [day for day in days if day.weekday() < 5]
    holidays = [day for day in weekdays if day not in mine]
    print(f"{name} against {library}: we have {len(mine)} trading days, {len(holidays)} holidays on weekdays")
    for day in days:
        if theirs(day) is not None and (day in mine) != theirs(day):
            report.differ(library, day, name, word(day in mine), word(theirs(day)))


def word(trades):
    return "trades" if trades else "closed"


def check_all_days(report, ours):
    import exchange_calendars
    import pandas_market_calendars
    from aion_indian_market_calendar import is_trading_day

    trading = ours.trading_days(days_of_2026())
    bombay = exchange_calendars.get_calendar("XBOM", start="2026-01-01", end="2026-12-31")
    xbom = {session.date() for session in bombay.sessions}
    for exchange in ("NSE", "BSE"):
        check_days(report, trading, "exchange_calendars", (exchange, "cash"), lambda day: day in xbom)
        calendar = pandas_market_calendars.get_calendar(exchange)
        valid = {day.date() for day in calendar.valid_days("2026-01-01", "2026-12-31")}
        check_days(report, trading, "pandas_market_calendars", (exchange, "cash"), lambda day: day in valid)
    covered = dt.date(2026, 12, 25)  # the end of what the library has
    for market, name in MARKETS.items():
        check_days(
            report,
            trading,
            "aion",
            market,
            lambda day: is_trading_day(day, market=name) if day <= covered else None,
        )
    nse = sorted(day for day in days_of_2026() if day.weekday() < 5 and day not in trading[("NSE", "cash")])
    print(f"our holidays of NSE: {' '.join(day.strftime('%m-%d') for day in nse)}")


def aion_phase(instant, market):
    """The phase by aion, in our words: what it calls the pre-open of MCX is the time when orders can be cancelled."""
    from aion_indian_market_calendar import get_market_phase

    phase = AION_PHASES[get_market_phase(instant, market=market)]
    return "cancel-only" if (market, phase) == ("MCX", "pre-open") else phase


def check_phases(report, ours):
    header = " ".join(f"{' '.join(market):>24}" for market in MARKETS)
    print(f"{'IST':16} {header}   (ours/aion where they differ)")
    for date in DATES:
        for time_of_day in TIMES:
            instant = dt.datetime.fromisoformat(f"{date}T{time_of_day}").replace(tzinfo=IST)
            answers = ours.at(instant)
            cells, differing = [], []
            for market, name in MARKETS.items():
                mine = answers[market]["phase"]
                theirs = aion_phase(instant, name)
                cells.append(mine if mine == theirs else f"{mine}/{theirs}")
                if mine != theirs:
                    differing.append((" ".join(market), mine, theirs))
            print(f"{date} {time_of_day} " + " ".join(f"{cell:>24}" for cell in cells))
            for market, mine, theirs in differing:
                report.differ("aion", f"{date} {time_of_day}", market, mine, theirs)


def check_whole_days(report, ours):
    """Compares each minute of one day of each regime, and of half and special days."""
    for date in DATES + ["2026-09-04", "2026-09-07", "2026-11-08", "2026-11-24", "2026-01-01"]:
        spans = {}
        instant = dt.datetime.fromisoformat(f"{date}T08:00").replace(tzinfo=IST)
        while instant.date().isoformat() == date:
            answers = ours.at(instant)
            for market, name in MARKETS.items():
                mine = answers[market]["phase"]
                theirs = aion_phase(instant, name)
                if mine != theirs:
                    runs = spans.setdefault((" ".join(market), mine, theirs), [])
                    if runs and runs[-1][1] + dt.timedelta(minutes=1) == instant:
                        runs[-1][1] = instant
                    else:
                        runs.append([instant, instant])
            instant += dt.timedelta(minutes=1)
        print(f"{date} by the minute from 08:00:")
        for (market, mine, theirs), runs in spans.items():
            for first, last in runs:
                report.differ("aion", f"{date} {first:%H:%M}-{last:%H:%M}", market, mine, theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", help="of a running server")
    parser.add_argument("--minutes", action="store_true", help="compare some days by the minute, too")
    options = parser.parse_args()
    re_execute_in_venv()
    if options.url:
        return compare(options.url, options.minutes)
    with Server() as server:
        return compare(server.url, options.minutes)


def compare(url, minutes):
    ours, report = Ours(url.rstrip("/")), Report()
    print("== trading days of 2026 ==")
    check_all_days(report, ours)
    print("== phases ==")
    check_phases(report, ours)
    if minutes:
        print("== phases by the minute ==")
        check_whole_days(report, ours)
    print(f"{report.unexpected} differences that were not expected")
    return 1 if report.unexpected else 0


if __name__ == "__main__":
    sys.exit(main())
