"""Bounds on a process that parses strangers' files: how much memory and processor time it may take."""

from __future__ import annotations

import math
import sys
import time
from contextlib import suppress
from pathlib import Path


def limit_memory(memory: int) -> None:
    """Let this process take so many bytes more than it has, where the system can say so; no dump when it dies."""
    if sys.platform == "win32":
        return
    import resource

    taken = 0
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        taken = int(statistics.read_text().split()[0]) * resource.getpagesize()
    with suppress(ValueError, OSError):  # a limit already lower stays
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Let this process compute so many seconds more than it has, where the system can say so."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):  # a limit already lower stays
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), most))
