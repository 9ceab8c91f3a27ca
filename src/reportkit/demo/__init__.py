"""A believable branch: people who work in their own ways, and the mistakes they make."""

from __future__ import annotations

from reportkit.demo.branch import MARK, DemoBranch, big_log_rows, demo_rows, saved_since, write_demo
from reportkit.demo.mistakes import Planted
from reportkit.demo.spellings import Spelling

__all__ = ["MARK", "DemoBranch", "Planted", "Spelling", "big_log_rows", "demo_rows", "saved_since", "write_demo"]
