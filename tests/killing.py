"""A process that dies at a chosen write, as by `kill -9`."""

import os
import signal
import sys


def die_at_rename(nth: int) -> None:
    """Let this process die by its nth rename, from 0: what every write ends with."""
    left = iter(range(nth, -1, -1))

    def hook(event: str, _: object) -> None:
        if event == "os.rename" and next(left, -1) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
