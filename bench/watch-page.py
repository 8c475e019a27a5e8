"""Watches the page as somebody would who has it open: its events all the time, and the history twice a second. Ends by a signal.

    python3 watch-page.py PORT
"""
import sys
import threading
import time
import urllib.request

page = f"http://127.0.0.1:{sys.argv[1]}"


def follow():
    while True:
        try:
            with urllib.request.urlopen(page + "/now/events", timeout=30) as events:
                while events.readline():
                    pass
        except OSError:
            time.sleep(0.1)


threading.Thread(target=follow, daemon=True).start()
while True:
    try:
        urllib.request.urlopen(page + "/history", timeout=10).read()
    except OSError:
        pass
    time.sleep(0.5)
