"""Kills a load with -9 at a share of its rows, starts it again, and prints how long it takes to the first rows that were not sent before.

    python3 resume.py BASE-URL FOLDER ROWS ROUNDS FRESH SHARE…

FOLDER has drop.csv of ROWS rows and is for scratch; FRESH is what a fresh drop of one row takes to its first request, in ms; a SHARE is in
percent. The settings of the program come from the environment.
"""
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from datetime import datetime

base_url, folder, rows, rounds, fresh, *shares = sys.argv[1:]
folder, rows, rounds, fresh = pathlib.Path(folder), int(rows), int(rounds), float(fresh)
program = str(pathlib.Path(__file__).resolve().parent.parent / "catalog-drop")


def get(path):
    with urllib.request.urlopen(base_url + path) as answer:
        return answer.read().decode()


def log(after):
    return [json.loads(line) for line in get(f"/sandbox/log?after={after}").splitlines()]


def wait_for(condition, what, process, seconds=300):
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end or process.poll() is not None:
            sys.exit(f"{what} did not happen; see {folder}")
        time.sleep(0.02)
    return found


def load(home):
    with open(folder / "load.log", "ab") as output:
        return subprocess.Popen(
            [program, "load", folder / "drop.csv"],
            env={**os.environ, "DROP_HOME": str(home)},
            stdout=output,
            stderr=output,
        )


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def cpu_seconds(process):
    """User and system time so far; 0 where there is no /proc."""
    try:
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except FileNotFoundError:
        return 0


def seconds(entry):
    return datetime.fromisoformat(entry["time"].replace("Z", "+00:00")).timestamp()


def resume(share, number):
    """Seconds to the first request of any kind, to the first rows not sent before, and CPU seconds until then."""
    urllib.request.urlopen(urllib.request.Request(base_url + "/sandbox/reset", b"", method="POST")).close()
    home = folder / f"home-{share}-{number}"
    home.mkdir()
    process = load(home)
    wait_for(lambda: json.loads(get("/sandbox/stats"))["created"] * 100 >= rows * share, "the share", process)
    kill(process)
    time.sleep(0.5)  # what was under way arrives
    before = log(0)
    sent = {request_id for entry in before for request_id in entry["request_ids"]}
    last = max(entry["number"] for entry in before)
    begun = time.time()
    process = load(home)

    def news():
        entries = log(last)
        new = [e for e in entries if e["method"] == "POST" and not sent.issuperset(e["request_ids"])]
        return [entries[0], new[0]] if new else []

    first, new = wait_for(news, "a new request", process)
    cpu = cpu_seconds(process)
    kill(process)
    return seconds(first) - begun, seconds(new) - begun, cpu


print(f"| {rows} rows, median of {rounds} | ms to the first request | ms to the first new rows | × a fresh drop of one row | CPU s until then |")
print("|---|---|---|---|---|")
print(f"| a fresh drop of one row | {fresh:.0f} | {fresh:.0f} | 1.0 | |")
for share in map(int, shares):
    took = [resume(share, number) for number in range(rounds)]
    print(f"  {share} %: " + ", ".join(f"{new * 1000:.0f}" for _, new, _ in took), file=sys.stderr)
    first, new, cpu = map(statistics.median, zip(*took))
    print(f"| killed at {share} % | {first * 1000:.0f} | {new * 1000:.0f} | {new * 1000 / fresh:.1f} | {cpu:.1f} |", flush=True)
