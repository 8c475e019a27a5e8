"""Watches the page as somebody would who has it open: its events all the time, and another of its pages twice a second. Ends by a signal.

    python3 watch-page.py PORT [FILE]

FILE gets a line for each answer: its path and its milliseconds. Without it only the events are followed.
"""
import itertools
import sys
import threading
import time
import urllib.request

page = f"http://127.0.0.1:{sys.argv[1]}"
FILE = sys.argv[2] if len(sys.argv) > 2 else None
PATHS = ["/", "/history", "/history?words=shop+00007", "/history?kind=refused", "/history?before=51", "/rejects", "/bring"]


def follow():
    while True:
        try:
            with urllib.request.urlopen(page + "/now/events", timeout=30) as events:
                while events.readline():
                    pass
        except OSError:
            time.sleep(0.1)


if FILE is None:
    follow()
threading.Thread(target=follow, daemon=True).start()
times = open(FILE, "a", buffering=1, encoding="utf-8")
for path in itertools.cycle(PATHS):
    begun = time.monotonic()
    try:
        urllib.request.urlopen(page + path, timeout=30).read()
        times.write(f"{path} {1000 * (time.monotonic() - begun):.0f}\n")
    except OSError:
        pass
    time.sleep(0.5)
