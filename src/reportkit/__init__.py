"""Spreadsheet-driven reporting for a securities branch.

The names below are the stable interface (docs/api.md); everything else may change between versions.
They are imported on first use, so that `import reportkit` and `reportkit --help` answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from reportkit.branch import Branch as Branch
    from reportkit.due import due_list as due_list
    from reportkit.errors import ReportkitError as ReportkitError
    from reportkit.findings import Finding as Finding
    from reportkit.flow import work_from_file as work_from_file
    from reportkit.settings import Settings as Settings
    from reportkit.settings import default_settings as default_settings
    from reportkit.settings import load_settings as load_settings
    from reportkit.summary import AdvisorSummary as AdvisorSummary
    from reportkit.summary import TeamSummary as TeamSummary
    from reportkit.summary import Work as Work
    from reportkit.summary import summarise as summarise
    from reportkit.summary import team_of as team_of

_HOME = {
    "AdvisorSummary": "summary",
    "Branch": "branch",
    "Finding": "findings",
    "ReportkitError": "errors",
    "Settings": "settings",
    "TeamSummary": "summary",
    "Work": "summary",
    "default_settings": "settings",
    "due_list": "due",
    "load_settings": "settings",
    "summarise": "summary",
    "team_of": "summary",
    "work_from_file": "flow",
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
