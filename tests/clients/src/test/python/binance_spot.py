"""Binance's own client for Python, in both of its forms."""
import json

from binance.websocket.spot.websocket_stream import SpotWebsocketStreamClient

from harness import URL, on_command, say

clients = []


def connect(form):
    clients.append(
        SpotWebsocketStreamClient(
            stream_url=URL,
            is_combined=form == "combined",
            on_open=lambda _: say("open"),
            on_close=lambda _: say("close"),
            on_error=lambda _, error: say("error", text=str(error)),
            on_message=lambda _, text: say("message", message=json.loads(text)),
        )
    )


on_command(
    {
        "connect": connect,
        "trade": lambda symbol: clients[-1].trade(symbol=symbol),
        "subscribe": lambda stream: clients[-1].subscribe(stream=stream),
        "unsubscribe": lambda stream: clients[-1].unsubscribe(stream=stream),
        "list": lambda _: clients[-1].list_subscribe(),
        "stop": lambda _: clients[-1].stop(),
    }
)
