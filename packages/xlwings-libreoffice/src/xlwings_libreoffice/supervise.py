"""Keeps one office for one program: a script of the standard library, started beside every office.

It starts the office, writes its process id a line at a time to standard output, starts it again when a fresh profile
asks for that, and kills it and deletes its profile as soon as standard input closes: however the program ended.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading

START_AGAIN = 81  # the exit code of an office whose fresh profile has just been set up


def main(profile: str, command: list[str]) -> int:
    """Run the office until it ends or the program behind standard input does."""
    closing = threading.Event()
    office: list[subprocess.Popen[bytes]] = []

    def watch() -> None:
        while os.read(0, 1024):
            pass
        closing.set()
        for process in office:
            process.kill()

    threading.Thread(target=watch, daemon=True).start()
    try:
        while not closing.is_set():
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            office[:] = [process]
            print(process.pid, flush=True)
            if closing.is_set():
                process.kill()
            code = process.wait()
            if code != START_AGAIN:
                return code
        return 0
    finally:
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
