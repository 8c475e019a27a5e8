"""The two times that count for a single row; each is measured a few times, the median is printed in ms.

    python3 latency.py first-post BASE-URL FOLDER TIMES     from starting the program to its first request at the sandbox
    python3 latency.py inbox BASE-URL FOLDER TIMES SETTLE   from a drop's appearance in the inbox to its mapping.json, less the settle time (ms)

The settings of the program come from the environment; FOLDER is for scratch.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import datetime

what, base_url, folder, times = sys.argv[1:5]
folder = pathlib.Path(folder)
program = str(pathlib.Path(__file__).resolve().parent.parent / "catalog-drop")


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"{what} did not happen within {seconds} s; see {folder}")
        time.sleep(0.002)


def row(number):
    return f"name,cf:4400049\nA single row,{what}-{number}-{time.time_ns()}\n"


def log(after):
    with urllib.request.urlopen(f"{base_url}/sandbox/log?after={after}") as answer:
        return [json.loads(line) for line in answer.read().decode().splitlines()]


def first_post(number):
    home = folder / f"first-{number}"
    home.mkdir()
    drop = home / "one.csv"
    drop.write_text(row(number))
    seen = max((entry["number"] for entry in log(0)), default=0)
    begun = time.time()
    subprocess.run([program, "load", drop], env={**os.environ, "DROP_HOME": str(home)}, check=True, capture_output=True)
    first = next(entry for entry in log(seen) if entry["method"] == "POST")
    return datetime.fromisoformat(first["time"].replace("Z", "+00:00")).timestamp() - begun


def inbox(number, home):
    """The file is written under a hidden name and renamed, as a careful sender does it."""
    part = home / "inbox" / ".part"
    part.write_text(row(number))
    begun = time.monotonic()
    part.rename(home / "inbox" / f"one-{number}.csv")
    wait_for(lambda: any((home / "outbox").glob(f"one-{number}.csv-*/mapping.json")), "mapping.json")
    return time.monotonic() - begun


def inbox_times():
    home = folder / "inbox-home"
    home.mkdir()
    with open(folder / "inbox.log", "ab") as output:
        process = subprocess.Popen(
            [program, "run"], env={**os.environ, "DROP_HOME": str(home)}, stdout=output, stderr=output
        )
    try:
        wait_for((home / "inbox").is_dir, "the inbox")
        # The first one waits for the start as well and is not counted.
        return [inbox(number, home) for number in range(int(times) + 1)][1:]
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            sys.exit(f"'catalog-drop run' did not end within 30 s of being told to; see {folder}/inbox.log")


if what == "first-post":
    print(round(1000 * statistics.median(first_post(number) for number in range(int(times)))))
else:
    print(round(1000 * statistics.median(inbox_times()) - float(sys.argv[5])))
