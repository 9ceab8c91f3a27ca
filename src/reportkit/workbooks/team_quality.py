"""Data quality of the team workbook: every log's rows and findings, and the logs that could not be read."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from reportkit import report_words as say
from reportkit import words
from reportkit.findings import Finding
from reportkit.summary import AdvisorSummary, TeamSummary
from reportkit.text import Text
from reportkit.workbooks.cells import Page
from reportkit.workbooks.quality import HEADINGS as FINDING_HEADINGS
from reportkit.workbooks.quality import add_finding, count, worst_first
from reportkit.workbooks.style import WRONG, set_up_print

HEADINGS: Final[tuple[Text, ...]] = (
    say.LOG, words.ADVISOR, say.ROWS_READ, say.ROWS_COUNTED, say.ROWS_EXCLUDED, say.ERRORS, say.WARNINGS,
)  # fmt: skip
WIDTHS: Final = (26, 24, 18, 22, 70, 20, 12)
LOGS_FROM_REPORTS: Final = "../../logs/"
MOST: Final = 500  # findings listed here; each advisor's report lists all of theirs


def add_team_quality(page: Page, team: TeamSummary) -> None:
    """Fill the sheet: the logs, then findings of the settings and of logs that failed, then of every log."""
    sheet, language = page.sheet, page.language
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    page.say(0, 0, say.QUALITY, "title")
    every = [found for member in team.members for found in member.findings]
    rows = [member.rows for member in team.members]
    line = say.ROWS_LINE.fill(
        language, read=sum(one.read for one in rows), counted=sum(one.counted for one in rows),
        excluded=sum(one.excluded for one in rows), errors=count(every, "error"), warnings=count(every, "warning"),
    )  # fmt: skip
    page.typed(1, 0, line, "subtitle")
    row = _add_branch(page, 3, team.findings)
    row = _add_logs(page, row, team)
    _add_findings(page, row, team.members, len(every))
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def _add_branch(page: Page, row: int, findings: tuple[Finding, ...]) -> int:
    if not findings:
        return row
    page.section(row, 0, len(WIDTHS) - 1, say.BRANCH_FINDINGS)
    page.headings(row + 1, 0, (say.WORKBOOK, *FINDING_HEADINGS))
    for at, found in enumerate(worst_first(findings), row + 2):
        page.typed(at, 0, found.place.file, "body", "ruled", valign="top")
        add_finding(page, at, 1, found, None)
    return row + len(findings) + 3


def _add_logs(page: Page, row: int, team: TeamSummary) -> int:
    page.section(row, 0, len(WIDTHS) - 1, say.LOGS)
    page.headings(row + 1, 0, HEADINGS, numbers=(2, 3, 4, 5, 6))
    for at, member in enumerate(team.members, row + 2):
        _add_log(page, at, member)
    return row + len(team.members) + 3


def _add_log(page: Page, row: int, member: AdvisorSummary) -> None:
    name = PurePath(member.file).name
    page.sheet.write_url(row, 0, f"external:{LOGS_FROM_REPORTS}{name}", page.styles.of("link", "ruled"), name)
    page.typed(row, 1, f"{member.advisor_id} {member.name}", "body", "ruled")
    rows, errors = member.rows, count(member.findings, "error")
    numbers = (rows.read, rows.counted, rows.excluded, errors, count(member.findings, "warning"))
    for at, number in enumerate(numbers, 2):
        bad = {"font_color": WRONG, "bold": True} if number and at in (4, 5) else {}
        page.figure(row, at, float(number), "times", "body", "ruled", **bad)


def _add_findings(page: Page, row: int, members: tuple[AdvisorSummary, ...], total: int) -> None:
    page.section(row, 0, len(WIDTHS) - 1, words.FINDINGS)
    if not total:
        page.say(row + 1, 0, say.NO_FINDINGS, "caption")
        return
    page.headings(row + 1, 0, (say.LOG, *FINDING_HEADINGS))
    listed = [(member, found) for member in members for found in worst_first(member.findings)]
    for at, (member, found) in enumerate(listed[:MOST], row + 2):
        name = PurePath(member.file).name
        page.typed(at, 0, name, "body", "ruled", valign="top")
        add_finding(page, at, 1, found, LOGS_FROM_REPORTS + name)
    if total > MOST:
        page.typed(row + 2 + MOST, 0, say.MORE_FINDINGS.fill(page.language, shown=MOST, all=total), "caption")
