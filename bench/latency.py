"""The two times that count for a single row, in ms: the median for each program, and the quotient by the last one. They take turns.

    python3 latency.py BASE-URL FOLDER TIMES SETTLE PROGRAM…

Prints lines of a Markdown table: from starting the program to its first POST at the sandbox, and from a drop's appearance in a watched
inbox to its mapping.json, less SETTLE, the settle time (ms). The settings of the programs come from the environment; FOLDER is for scratch.
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

base_url, folder, times, settle, *programs = sys.argv[1:]
folder = pathlib.Path(folder)


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"{what} did not happen within {seconds} s; see {folder}")
        time.sleep(0.002)


def row(name):
    return f"name,cf:4400049\nA single row,{name}-{time.time_ns()}\n"


def log(after):
    with urllib.request.urlopen(f"{base_url}/sandbox/log?after={after}") as answer:
        return [json.loads(line) for line in answer.read().decode().splitlines()]


def first_post(program, home):
    home.mkdir()
    drop = home / "one.csv"
    drop.write_text(row(home.name))
    seen = max((entry["number"] for entry in log(0)), default=0)
    begun = time.time()
    subprocess.run([program, "load", drop], env={**os.environ, "DROP_HOME": str(home)}, check=True, capture_output=True)
    first = next(entry for entry in log(seen) if entry["method"] == "POST")
    return datetime.fromisoformat(first["time"].replace("Z", "+00:00")).timestamp() - begun


class Inbox:
    """A program that watches an inbox."""

    def __init__(self, program, home):
        home.mkdir()
        self.home = home
        self.log = home.with_suffix(".log")
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(
                [program, "run"], env={**os.environ, "DROP_HOME": str(home)}, stdout=output, stderr=output
            )
        wait_for((home / "inbox").is_dir, "the inbox")

    def drop(self, number):
        """The file is written under a hidden name and renamed, as a careful sender does it."""
        part = self.home / "inbox" / ".part"
        part.write_text(row(f"{self.home.name}-{number}"))
        begun = time.monotonic()
        part.rename(self.home / "inbox" / f"one-{number}.csv")
        wait_for(lambda: any((self.home / "outbox").glob(f"one-{number}.csv-*/mapping.json")), "mapping.json")
        return time.monotonic() - begun

    def end(self):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            sys.exit(f"'catalog-drop run' did not end within 30 s of being told to; see {self.log}")


def inbox_times():
    inboxes = []
    try:
        for number, program in enumerate(programs):
            inboxes.append(Inbox(program, folder / f"inbox-{number}"))
        rounds = [[inbox.drop(number) for inbox in inboxes] for number in range(int(times) + 1)]
        # The first one waits for the start as well and is not counted.
        return rounds[1:]
    finally:
        for inbox in inboxes:
            inbox.end()


def first_times():
    return [
        [first_post(program, folder / f"first-{number}-{place}") for place, program in enumerate(programs)]
        for number in range(int(times))
    ]


def line(what, rounds, less=0):
    medians = [1000 * statistics.median(of) - less for of in zip(*rounds)]
    cells = [f"{median:.0f}" for median in medians] + ([f"{medians[0] / medians[-1]:.2f}"] if len(medians) > 1 else [])
    print(f"| {what} | {' | '.join(cells)} |")


line("start of the program to its first POST", first_times())
line(f"appearance in the inbox to `mapping.json`, beyond the {settle} ms of `drop.settle`", inbox_times(), float(settle))
