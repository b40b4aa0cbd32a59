"""Dhan's own client for Python: its live feed, its market depth, its order updates and its REST."""
import asyncio
import sys
import threading

from dhanhq import DhanContext, FullDepth, MarketFeed, OrderUpdate, dhanhq
from dhanhq.dhan_http import DhanHTTP

from harness import URL, on_command, say

sys.stdout = sys.stderr  # the SDK prints; the harness has kept the true output

MarketFeed.market_feed_wss = URL
FullDepth.depth_20_feed_wss = URL + "/twentydepth"
FullDepth.depth_200_feed_wss = URL + "/"
DhanHTTP.API_BASE_URL = URL.replace("ws:", "http:") + "/v2"
CLIENT = "1100000001"


def context(token):
    return DhanContext(CLIENT, token or "simulated-token")


def feed(token):
    """Subscribes to a share in each mode, and to an index."""
    instruments = [
        (MarketFeed.NSE, "1333", MarketFeed.Ticker),
        (MarketFeed.NSE, "1333", MarketFeed.Quote),
        (MarketFeed.NSE, "1333", MarketFeed.Full),
        (MarketFeed.IDX, "13", MarketFeed.Ticker),
    ]
    MarketFeed(
        context(token),
        instruments,
        on_connect=lambda _: say("open"),
        on_message=lambda _, data: say("feed", data=data),
        on_close=lambda _: say("ended"),
        on_error=lambda _, error: say("ended", error=type(error).__name__),
    ).start()


def depth(levels):
    """Tells one book of as many levels."""

    def run():
        socket = FullDepth(context(""), [(1, "1333")], int(levels))
        socket.on_ticks = lambda data: say("depth", lines=len(data["depth"]))
        socket.run_forever()
        socket.get_data()

    threading.Thread(target=run, daemon=True).start()


def orders(_):
    def run():
        socket = OrderUpdate(context(""))
        socket.order_feed_wss = URL
        socket.on_update = lambda data: say("order", data=data)
        asyncio.run(socket.connect_order_update())

    threading.Thread(target=run, daemon=True).start()


def rest(call):
    api = dhanhq(context(""))
    calls = {
        "ltp": lambda: api.ticker_data({"NSE_EQ": [1333]}),
        "quote": lambda: api.quote_data({"NSE_EQ": [1333]}),
        "expiries": lambda: api.expiry_list(13, "IDX_I"),
        "chain": lambda: api.option_chain(13, "IDX_I", "2025-07-29"),
        "minutes": lambda: api.intraday_minute_data(
            "1333", "NSE_EQ", "EQUITY", "2025-07-24", "2025-07-25"
        ),
        "days": lambda: api.historical_daily_data(
            "1333", "NSE_EQ", "EQUITY", "2025-07-14", "2025-07-21"
        ),
    }
    say("rest", answer=calls[call]())


on_command({"feed": feed, "depth": depth, "orders": orders, "rest": rest})
