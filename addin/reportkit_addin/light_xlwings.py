"""xlwings without matplotlib, which it imports wherever it finds it: a third of the time a button takes to start.

Imported before xlwings. The buttons put no figures into sheets; charts in mails import matplotlib themselves.
"""

from __future__ import annotations

import sys

if "xlwings" not in sys.modules and "matplotlib" not in sys.modules:
    sys.modules["matplotlib"] = None  # type: ignore[assignment] # Python's own way to have an import fail
    try:
        import xlwings  # noqa: F401 - what is imported once stays
    finally:
        del sys.modules["matplotlib"]
