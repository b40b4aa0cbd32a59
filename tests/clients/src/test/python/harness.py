"""What all clients here share, as harness.mjs does for those of npm: they tell what happens to them by a
line of JSON each on the standard output, and are told what to do by lines "COMMAND ARGUMENT" on the
standard input. Its end ends them."""
import json
import os
import sys
import threading

URL = sys.argv[1]  # where the server is: ws://HOST:PORT and a path

_out = sys.stdout
_lock = threading.Lock()


def say(event, **more):
    with _lock:
        print(json.dumps({"event": event, **more}), file=_out, flush=True)


def on_command(commands):
    """Has each command, by its name, call a function with the text behind it."""
    for line in sys.stdin:
        command, _, argument = line.rstrip("\n").partition(" ")
        commands[command](argument)
    os._exit(0)
