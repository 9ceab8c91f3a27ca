"""The custom document properties that say whose log a workbook is; `workbooks` writes them, `read` reads them."""

from __future__ import annotations

from typing import Final

TEMPLATE_VERSION: Final = "1"
MADE_OF: Final = "ReportkitMadeOf"  # a digest of the template and the settings a log was made with
BETWEEN: Final = "|"  # the archives a log names
PROPERTIES: Final[dict[str, str]] = {  # field of Identity → name of the property
    "advisor_id": "ReportkitAdvisorId",
    "advisor_name": "ReportkitAdvisorName",
    "branch": "ReportkitBranch",
    "template_version": "ReportkitTemplateVersion",
    "language": "ReportkitLanguage",
    "archives": "ReportkitArchives",
    "seal": "ReportkitSeal",
    "since": "ReportkitSince",
}
