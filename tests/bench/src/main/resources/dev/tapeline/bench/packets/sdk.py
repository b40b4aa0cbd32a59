"""Gives packets to the parser of Dhan's own Python SDK, and prints the processor time it takes.

Arguments: a file of packets, their size in bytes, and how often all are parsed.
"""
import sys
import time

from dhanhq import DhanContext, MarketFeed

path, size, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, "rb") as file:
    data = file.read()
packets = [data[at : at + size] for at in range(0, len(data), size)]
feed = MarketFeed(DhanContext("1100000001", "simulated-token"), [])
times = []
for _ in range(rounds):
    begun = time.process_time()
    for packet in packets:
        feed.process_data(packet)
    times.append((time.process_time() - begun) / len(packets) * 1e9)
times.sort()
print("nanoseconds", times[len(times) // 2])
