"""An advisor's weekly report as a workbook: the week on one page, whom to contact, data quality, the rows behind it."""

from __future__ import annotations

from typing import Final

LOGS_FROM_REPORTS: Final = "../../logs/"
