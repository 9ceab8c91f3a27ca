"""Spreadsheet-driven reporting for a securities branch.

The names below are the stable interface (docs/api.md); everything else may change between versions.
They are imported on first use, so that `import reportkit` and `reportkit --help` answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from reportkit.branch.folder import Branch as Branch
    from reportkit.customers.due import due_list as due_list
    from reportkit.definitions.errors import ReportkitError as ReportkitError
    from reportkit.definitions.findings import Finding as Finding
    from reportkit.settings.branch_settings import Settings as Settings
    from reportkit.settings.branch_settings import default_settings as default_settings
    from reportkit.settings.branch_settings import load_settings as load_settings
    from reportkit.summary.flow import work_from_file as work_from_file
    from reportkit.summary.summaries import AdvisorSummary as AdvisorSummary
    from reportkit.summary.summaries import TeamSummary as TeamSummary
    from reportkit.summary.summaries import Work as Work
    from reportkit.summary.summaries import summarise as summarise
    from reportkit.summary.summaries import team_of as team_of

_HOME = {
    "AdvisorSummary": "summary.summaries",
    "Branch": "branch.folder",
    "Finding": "definitions.findings",
    "ReportkitError": "definitions.errors",
    "Settings": "settings.branch_settings",
    "TeamSummary": "summary.summaries",
    "Work": "summary.summaries",
    "default_settings": "settings.branch_settings",
    "due_list": "customers.due",
    "load_settings": "settings.branch_settings",
    "summarise": "summary.summaries",
    "team_of": "summary.summaries",
    "work_from_file": "summary.flow",
}
__all__ = ["__version__", *sorted(_HOME)]  # strings all


def __getattr__(name: str) -> Any:
    """Import a name of the interface when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'reportkit' has no attribute {name!r}")
    return getattr(import_module(f"reportkit.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """Return the names of the interface."""
    return list(__all__)
