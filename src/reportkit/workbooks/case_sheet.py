"""The sheet 工单分析 of the team workbook: what cases are about, how urgent, when they come, which are late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from reportkit.definitions import insight_words as extra
from reportkit.definitions import report_words as say
from reportkit.definitions import words
from reportkit.definitions.choices import CATEGORY, CHANNEL, CLOCK, PRIORITY
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import LimitRow
from reportkit.definitions.text import Text
from reportkit.settings.branch_settings import Settings
from reportkit.summary.service import CaseAlert, ServiceStandards, Tally
from reportkit.workbooks.blocks import LONG, Block, Figure, Link, Readers, Value, add_block, add_blocks
from reportkit.workbooks.cells import Page
from reportkit.workbooks.charts import cells, pareto_chart
from reportkit.workbooks.paging import Pages, pages_of, table, whole
from reportkit.workbooks.style import PAPER, PERCENT, ROW_HEIGHT, SKY, WRONG, set_up_print

HEADINGS: Final[tuple[Text, ...]] = (
    say.BY_CATEGORY, say.CASE_COUNT, say.CUMULATIVE, say.WITHIN_LIMIT, say.REOPEN_RATE,
)  # fmt: skip
OF_CASE: Final = FORMS["cases"].column
LATE: Final[tuple[Text, ...]] = (
    say.CASE_ID, words.ADVISOR_ID, words.CUSTOMER, OF_CASE["category"].label, OF_CASE["priority"].label, say.OWNER,
    say.OPENED, say.DUE_AT, say.USED, extra.LATE_STATE, say.ESCALATE,
)  # fmt: skip
WIDTHS: Final = (18, 11, 14, 13, 12, 14, 19, 19, 12, 14, 14)
GROUPED: Final[tuple[Text, ...]] = (
    say.CASE_COUNT, extra.RESPONSES_WITHIN, extra.RESOLVED_WITHIN, say.REOPEN_RATE,
)  # fmt: skip
CAUSES: Final = 8
BESIDE: Final = (7, 8, 9, 10, 11)  # the causes: right of people and of limits
FIRST: Final = 3
CHART_ROWS: Final = 14
MOST: Final = 200  # late cases listed; the figures count all of them


def add_cases(page: Page, desk: ServiceStandards, settings: Settings, readers: Readers) -> None:
    """Fill the sheet."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.CASES.to(language), (say.CASES_LINE if desk.total.cases else say.NO_CASES).to(language))
    pages = pages_of(page, WIDTHS)
    end = FIRST
    if desk.total.cases:
        end = _add_categories(page, FIRST, desk)
        end = _add_priorities(page, end + 1, desk)
        end = add_block(page, end + 1, grouped(extra.BY_CHANNEL, desk.by["channel"], CHANNEL.labels), WIDTHS)
        end = max(end, FIRST + CHART_ROWS)
        hours = _add_hours(page, end + 1, desk)
        pages.place(whole(FIRST, end))
        pages.place(whole(end + 1, hours))
        end = hours + 1
    _add_lists(page, end, desk, settings, readers, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(2, 0)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def _add_lists(
    page: Page, row: int, desk: ServiceStandards, settings: Settings, readers: Readers, pages: Pages
) -> None:
    """Write people beside causes, the limits and the late cases; of many people the list comes last."""
    names = {code: Text.same(readers.advisor(code)) for code in desk.people}
    people = grouped(extra.BY_PERSON, desk.people, names)
    caused = {key: tally for key, tally in desk.by["cause"].items() if key}
    causes = replace(grouped(extra.BY_CAUSE, caused, {}, CAUSES), at=BESIDE)
    lists = [_limits(settings, readers), late_cases(desk, readers)]
    if desk.total.cases:
        beside, below = (people, lists) if len(people.lines) < LONG else (lists[0], [lists[1], people])
        end = max(add_block(page, row, one, WIDTHS) for one in (causes, beside))
        pages.place(table(row, end))
        row, lists = end + 1, below
    add_blocks(page, row, lists, WIDTHS, pages)


def _labelled(labels: Mapping[str, Text], key: str) -> Text:
    """Return what a key is called, as it is written where nobody says."""
    return labels.get(key, Text.same(key) if key else say.NOT_GIVEN)


def _add_categories(page: Page, row: int, desk: ServiceStandards) -> int:
    """Write the categories, most cases first, with their Pareto chart; return the row after them."""
    page.headings(row, 0, HEADINGS, numbers=(1, 2, 3, 4))
    page.tall(row, ((text.to(page.language), width) for text, width in zip(HEADINGS, WIDTHS, strict=False)))
    bars = desk.pareto("category")
    for at, bar in enumerate(bars, row + 1):
        page.text(at, 0, _labelled(CATEGORY.labels, bar.key).to(page.language))
        page.figure(at, 1, float(bar.tally.cases), "times", "body", "ruled", bold=True)
        page.share(at, 2, bar.cumulative, "body", "ruled")
        page.share_of(at, 3, bar.tally.within_limit, "body", "ruled", counts=False)
        page.share_of(at, 4, bar.tally.reopen_rate, "body", "ruled", counts=False)
    end = row + 1 + len(bars)
    if bars:
        book, language, name = page.styles.book, page.language, page.name
        chart = pareto_chart(
            book, language, say.CHART_PARETO.to(language), cells(name, row + 1, 0, end - 1, 0),
            (say.CASE_COUNT.to(language), cells(name, row + 1, 1, end - 1, 1)),
            (say.CUMULATIVE.to(language), cells(name, row + 1, 2, end - 1, 2)), (560, 300),
            highest=bars[0].tally.cases,
        )  # fmt: skip
        options: dict[str, Any] = {"description": say.ALT_PARETO.to(language), "object_position": 1, "x_offset": 10}
        page.sheet.insert_chart(row, 5, chart, options)
    return end


def _add_priorities(page: Page, row: int, desk: ServiceStandards) -> int:
    """Write the priorities with what kept its limit; return the row after them."""
    headings = (say.BY_PRIORITY, say.CASE_COUNT, say.SERVICE_LEVEL, say.WITHIN_LIMIT)
    page.headings(row, 0, headings, numbers=(1, 2, 3))
    page.tall(row, ((text.to(page.language), width) for text, width in zip(headings, WIDTHS, strict=False)))
    known = [code for code in PRIORITY if code in desk.by["priority"]]
    for at, code in enumerate(known, row + 1):
        tally = desk.by["priority"][code]
        page.text(at, 0, _labelled(PRIORITY.labels, code).to(page.language))
        page.figure(at, 1, float(tally.cases), "times", "body", "ruled", bold=True)
        page.share_of(at, 2, tally.service_level, "body", "ruled", counts=False)
        page.share_of(at, 3, tally.within_limit, "body", "ruled", counts=False)
    return row + 1 + len(known)


def _add_hours(page: Page, row: int, desk: ServiceStandards) -> int:
    """Write when cases come as a heat matrix: hours down, weekdays across; return the row after it."""
    page.section(row, 0, 7, say.BY_HOUR)
    page.typed(row + 1, 0, None, "heading")
    for day, label in enumerate(words.SHORT_WEEKDAYS, 1):
        page.say(row + 1, day, label, "heading", align="center")
    hours = [hour for hour in range(24) if desk.opened[:, hour].any()]
    first, last = hours[0], hours[-1]
    for at, hour in enumerate(range(first, last + 1), row + 2):
        page.typed(at, 0, f"{hour:02d}:00", "body", "ruled", indent=1)
        for day in range(7):
            style = page.styles.of("body", "boxed", align="center", num_format="0;-0;")
            page.sheet.write_number(at, day + 1, int(desk.opened[day, hour]), style)
    end = row + 2 + last - first + 1
    scale = {"type": "2_color_scale", "min_color": PAPER, "max_color": SKY}
    page.sheet.conditional_format(row + 2, 1, end - 1, 7, scale)
    return end


def grouped(title: Text, groups: Mapping[str, Tally], labels: Mapping[str, Text], most: int | None = None) -> Block:
    """Return groups of cases with what kept its limit, most cases first."""
    ordered = sorted(groups.items(), key=lambda group: (-group[1].cases, group[0]))
    lines: list[tuple[Value, ...]] = [
        (
            _labelled(labels, key),
            Figure(float(tally.cases), "times", (("bold", True),)),
            tally.service_level,
            tally.within_limit,
            *((tally.reopen_rate,) if most is None else ()),
        )
        for key, tally in ordered[:most]
    ]
    headings = (title, *GROUPED[: 4 if most is None else 3])
    return Block(title, headings, tuple(range(len(headings) + 1)), lines, (1, 2, 3, 4), all=len(groups))


def _limits(settings: Settings, readers: Readers) -> Block:
    """Return the limits of the settings, as the branch wrote them."""

    def cell(row: LimitRow, name: str, value: Value) -> Value:
        return extra.AS_FOR_ALL if row.channel and getattr(row, name) is None else value

    lines: list[tuple[Value, ...]] = [
        (
            PRIORITY.labels[row.priority],
            CHANNEL.labels[row.channel] if row.channel else extra.ALL_CHANNELS,
            cell(row, "first_response_seconds", Figure(row.first_response_seconds)),
            cell(row, "resolution_hours", Figure(row.resolution_hours)),
            cell(row, "clock", CLOCK.labels[row.clock or "calendar"]),
            cell(row, "escalate_to", readers.advisor(row.escalate_to or "")),
            row.from_,
        )
        for row in settings.limits
    ]
    headings = (
        OF_CASE["priority"].label, OF_CASE["channel"].label, extra.RESPONSE_LIMIT, extra.RESOLUTION_LIMIT, extra.CLOCK,
        say.ESCALATE, extra.SINCE,
    )  # fmt: skip
    return Block(extra.LIMITS, headings, tuple(range(len(headings) + 1)), lines, (2, 3))


def late_cases(desk: ServiceStandards, readers: Readers) -> Block:
    """Return the cases past their limit, near it, and resolved after it: a limit once passed stays passed."""
    states = ((desk.past_limit, extra.PAST), (desk.at_risk, extra.AT_RISK), (desk.missed, extra.RESOLVED_LATE))
    late = [(one, state) for ones, state in states for one in ones]
    lines: list[tuple[Value, ...]] = [_late(one, state, readers) for one, state in late[:MOST]]
    return Block(say.PAST_LIMIT, LATE, tuple(range(len(LATE) + 1)), lines, (8,), say.NONE_LATE, len(late))


def _late(one: CaseAlert, state: Text, readers: Readers) -> tuple[Value, ...]:
    used = one.used_minutes / one.limit_minutes if one.limit_minutes else None
    over = (("font_color", WRONG), ("bold", True)) if used is not None and used > 1 else ()
    return (
        Link(one.case_id, readers.row(one.advisor_id, one.sheet, one.row, one.archive).to),
        one.advisor_id,
        readers.customer(one.customer_id),
        _labelled(CATEGORY.labels, one.category),
        _labelled(PRIORITY.labels, one.priority),
        readers.advisor(one.owner),
        one.opened_at,
        one.due_at,
        Figure(used, "percent", (("num_format", PERCENT), *over)),
        state,
        readers.advisor(one.escalated_to or one.escalate_to or ""),
    )
