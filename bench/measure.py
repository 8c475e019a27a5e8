"""Runs a command and prints what it took: seconds, CPU seconds (user + system), most resident memory in MB.

    python3 measure.py LOG COMMAND…        (its output goes to LOG; exit status is the command's)
"""
import os
import sys
import time

log, *command = sys.argv[1:]
begun = time.monotonic()
child = os.fork()
if child == 0:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.execvp(command[0], command)
_, status, used = os.wait4(child, 0)
seconds = time.monotonic() - begun
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(f"{seconds:.3f} {used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss / unit:.0f}")
sys.exit(os.waitstatus_to_exitcode(status) != 0)
