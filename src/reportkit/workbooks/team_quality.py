"""The sheets 数据质量 and 校验结果 of the team workbook: every log's rows, and every finding with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.findings import Finding, how_many
from reportkit.definitions.text import Text
from reportkit.read.archives import year_of
from reportkit.summary.summaries import AdvisorSummary, TeamSummary
from reportkit.workbooks.cells import Page
from reportkit.workbooks.links import beside, from_reports
from reportkit.workbooks.quality import HEADINGS as FINDING_HEADINGS
from reportkit.workbooks.quality import WIDTHS as FINDING_WIDTHS
from reportkit.workbooks.quality import add_finding, worst_first
from reportkit.workbooks.style import ASIDE, WRONG, set_up_print, shortened

HEADINGS: Final[tuple[Text, ...]] = (
    say.LOG, words.ADVISOR, say.ROWS_READ, say.ROWS_COUNTED, say.ROWS_EXCLUDED, say.ERRORS, say.WARNINGS,
)  # fmt: skip
WIDTHS: Final = (30, 24, 12, 12, 12, 12, 12)
HEADER: Final = 3
MOST: Final = 2000  # findings listed here; each advisor's report lists all of theirs


def add_logs(page: Page, team: TeamSummary) -> None:
    """Fill the sheet of the logs: rows read, counted and excluded, errors and warnings of each."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    every = [found for member in team.members for found in member.findings]
    rows = [member.rows for member in team.members]
    line = say.ROWS_LINE.fill(
        language, read=sum(one.read for one in rows), counted=sum(one.counted for one in rows),
        excluded=sum(one.excluded for one in rows), errors=how_many(every, "error"),
        warnings=how_many(every, "warning"),
    )  # fmt: skip
    page.title(say.QUALITY.to(language), line)
    page.headings(HEADER, 0, HEADINGS, numbers=(2, 3, 4, 5, 6), filtered=True)
    for at, member in enumerate(team.members, HEADER + 1):
        _add_log(page, at, member)
    sheet.autofilter(HEADER, 0, HEADER + len(team.members), len(HEADINGS) - 1)
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)


def _add_log(page: Page, row: int, member: AdvisorSummary) -> None:
    name = PurePath(member.file).name
    style = page.styles.of("link", "ruled", align="left", indent=1)
    page.sheet.write_url(row, 0, beside(from_reports(member.file)), style, shortened(name, WIDTHS[0] - ASIDE))
    page.named(row, 1, f"{member.advisor_id} {member.name}", WIDTHS[1])
    rows, errors = member.rows, how_many(member.findings, "error")
    numbers = (rows.read, rows.counted, rows.excluded, errors, how_many(member.findings, "warning"))
    for at, number in enumerate(numbers, 2):
        bad = {"font_color": WRONG, "bold": True} if number and at in (4, 5) else {}
        page.figure(row, at, float(number), "times", "body", "ruled", **bad)


def add_findings(page: Page, team: TeamSummary) -> None:
    """Fill the sheet of findings: those of the settings and of logs that failed, then of every log."""
    sheet, language = page.sheet, page.language
    page.columns((WIDTHS[0], *FINDING_WIDTHS))
    listed = _listed(team)
    line = say.FINDINGS_LINE if listed else say.NO_FINDINGS
    page.title(words.FINDINGS.to(language), line.fill(language, shown=min(MOST, len(listed)), all=len(listed)))
    page.headings(HEADER, 0, (say.WORKBOOK, *FINDING_HEADINGS))
    for at, (found, linked) in enumerate(listed[:MOST], HEADER + 1):
        name = found.place.file if year_of(found.place.file) else PurePath(found.place.file).name
        page.text(at, 0, name, text_wrap=True)
        page.tall(at, [(name, WIDTHS[0])])
        add_finding(page, at, 1, found, linked=linked)
    sheet.autofilter(HEADER, 0, HEADER + max(1, min(MOST, len(listed))), len(FINDING_HEADINGS))
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    sheet.repeat_rows(HEADER)


def _listed(team: TeamSummary) -> Sequence[tuple[Finding, bool]]:
    """Return every finding, and whether its place can be linked to: not in the settings or a log that failed."""
    branch = [(found, False) for found in worst_first(team.findings)]
    return branch + [(found, True) for member in team.members for found in worst_first(member.findings)]
