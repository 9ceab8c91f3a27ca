"""The sheet 改进效果 of the team workbook: improvements before and after, what worked, and a chart of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportkit.definitions import insight_words as say
from reportkit.definitions import words
from reportkit.definitions.choices import UNIT
from reportkit.definitions.figures import figure
from reportkit.definitions.text import Text
from reportkit.settings.calendars import week_name
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.improvement import CHART_WEEKS, VERDICT_LABEL, Effect, Verdict, what_worked
from reportkit.workbooks.blocks import LONG, MOST, Block, Figure, Readers, Value, add_block, add_blocks
from reportkit.workbooks.cells import Page
from reportkit.workbooks.charts import cells, effect_chart
from reportkit.workbooks.paging import pages_of, whole
from reportkit.workbooks.style import GOOD, ROW_HEIGHT, WRONG, set_up_print, shortened

WIDTHS: Final = (14, 26, 26, 18, 12, 10, 10, 11, 16, 8, 18)
HEADINGS: Final[tuple[Text, ...]] = (
    say.ADVISOR, say.PROBLEM, say.MEASURE, words.INDICATOR, say.STARTED, say.BEFORE, say.AFTER, say.CHANGE,
    say.SAMPLES, say.CHANCE, say.VERDICT,
)  # fmt: skip
FIRST: Final = 3
AT: Final = tuple(range(len(WIDTHS) + 1))
CHARTS: Final = 12  # of the surest
CHART_ROWS: Final = 8  # four rows of charts share a page
CHART_SIZE: Final = (596, 184)  # a second one stands right of it, from column `BESIDE` on
BESIDE: Final = 4
FIRST_WEEK: Final = 1  # column of the weekly values
ORDER: Final[tuple[Verdict, ...]] = (
    "better", "worse", "no_difference", "too_little_data", "not_over", "not_started", "no_indicator",
)  # fmt: skip


def add_effects(page: Page, effects: Sequence[Effect], readers: Readers) -> None:
    """Fill the sheet."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    ordered = in_order(effects)
    worked = what_worked(ordered)
    judged = sum(one.p_value is not None for one in ordered)
    page.title(say.EFFECTS.to(language), say.EFFECTS_LINE.fill(language, judged=judged, better=len(worked)))
    every = effect_block(ordered, readers)
    best = replace(effect_block(worked[:MOST], readers), title=say.WORKED, none=say.NONE_WORKED, all=len(worked))
    pages = pages_of(page, WIDTHS)
    row = add_blocks(page, FIRST, (best,) if len(ordered) >= LONG else (every, best), WIDTHS, pages) + 1
    drawn = [one for one in ordered if any(value is not None for _, value in one.weekly)][:CHARTS]
    data = row + -(-len(drawn) // 2) * CHART_ROWS
    for at in range(row, data, CHART_ROWS):
        pages.place(whole(at, at + CHART_ROWS))
    if len(ordered) >= LONG:
        data = add_block(page, data, every, WIDTHS, pages) + 1
    if drawn:
        _add_values(page, data, drawn, readers)
    for at, one in enumerate(drawn):
        _add_chart(page, row + at // 2 * CHART_ROWS, BESIDE * (at % 2), data + 1 + 3 * at, one, readers)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)
    pages.set_breaks(page)
    sheet.print_area(0, 0, max(data - 1, FIRST), len(WIDTHS) - 1)


def effect_block(effects: Sequence[Effect], readers: Readers) -> Block:
    """Return improvements with their indicator before and after, and whether that is more than chance."""
    lines = [_line(one, readers) for one in effects]
    return Block(say.BEFORE_AFTER, HEADINGS, AT, lines, (5, 6, 7, 9), say.NO_EFFECTS, wrapped=(1, 2))


def in_order(effects: Sequence[Effect]) -> list[Effect]:
    """Return improvements that can be judged first, the surest of each verdict first, then the latest."""
    return sorted(
        effects,
        key=lambda one: (
            ORDER.index(one.verdict),
            one.p_value if one.p_value is not None else 1.0,
            -(one.started_on.toordinal() if one.started_on else 0),
            one.advisor_id,
            one.row,
        ),
    )


def verdict_of(effect: Effect) -> tuple[tuple[str, object], ...]:
    """Return how the change of an improvement is marked."""
    colour = {"better": GOOD, "worse": WRONG}.get(effect.verdict)
    return (("bold", True), ("font_color", colour)) if colour else ()


def shown_value(indicator: Indicator | None, value: float | None, *, change: bool = False) -> Figure:
    """Return a value in its indicator's unit; a change carries its sign."""
    unit = indicator.unit if indicator else "times"
    if not change:
        return Figure(value, unit)
    form = "+0.0%;-0.0%;0.0%" if unit == "percent" else "+#,##0.0;-#,##0.0;0"
    return Figure(value, unit, (("num_format", form),))


def _line(effect: Effect, readers: Readers) -> tuple[Value, ...]:
    indicator = effect.indicator
    change = shown_value(indicator, effect.change, change=True)
    return (
        readers.advisor(effect.advisor_id),
        effect.problem,
        effect.measure,
        indicator.label if indicator else None,
        effect.started_on,
        shown_value(indicator, effect.before),
        shown_value(indicator, effect.after),
        Figure(change.value, change.unit, (*change.more, *verdict_of(effect))),
        Text.same(f"{effect.n_before} / {effect.n_after}") if effect.n_after else None,
        Figure(effect.p_value, "times", (("num_format", "0.000"),)),
        VERDICT_LABEL[effect.verdict],
    )


def _add_values(page: Page, row: int, drawn: Sequence[Effect], readers: Readers) -> None:
    """Write what the charts draw: of each improvement the weeks, and under them the values."""
    page.section(row, 0, len(WIDTHS) - 1, say.WEEKLY_VALUES)
    for at, one in enumerate(drawn):
        first = row + 1 + 3 * at
        page.typed(first, 0, readers.advisor(one.advisor_id), "caption", "ruled")
        page.typed(first + 1, 0, one.indicator.label.to(page.language) if one.indicator else "", "caption", "ruled")
        page.say(first + 2, 0, say.STARTED, "caption", "ruled")
        unit = one.indicator.unit if one.indicator else "times"
        for column, (week, value) in enumerate(_weeks(one), FIRST_WEEK):
            page.typed(first, column, week[-3:], "caption", "ruled", align="right")
            begun = one.started_on is not None and week == week_name(one.started_on)
            page.figure(first + 2, column, float(begun), "times", "caption", "ruled", num_format="0;;")
            if value is None:
                page.typed(first + 1, column, None, "caption", "ruled")
            else:
                page.figure(first + 1, column, value, unit, "caption", "ruled")


def _weeks(effect: Effect) -> Sequence[tuple[str, float | None]]:
    """Return the weeks a chart shows: those since the first with a value, or since the one it was put in force in."""
    valued = (at for at, (_, value) in enumerate(effect.weekly) if value is not None)
    return effect.weekly[min(next(valued, len(effect.weekly)), CHART_WEEKS.index(0)) :]


def _add_chart(page: Page, row: int, column: int, data: int, effect: Effect, readers: Readers) -> None:
    """Draw the weeks of an improvement with the week it was put in force."""
    language = page.language
    if effect.indicator is None or effect.started_on is None:
        return
    label = effect.indicator.label.to(language)
    title = say.CHART_EFFECT.fill(
        language, who=shortened(readers.advisor(effect.advisor_id), 24), indicator=label,
        measure=page.fit(shortened(effect.measure, 60)),
    )  # fmt: skip
    last = FIRST_WEEK + len(_weeks(effect)) - 1
    values = [value for _, value in effect.weekly if value is not None]
    chart = effect_chart(
        page.styles.book, language, title, cells(page.name, data, FIRST_WEEK, data, last),
        (f"{label} ({UNIT.labels[effect.indicator.unit].to(language)})",
         cells(page.name, data + 1, FIRST_WEEK, data + 1, last)),
        (say.START_DAY.fill(language, day=effect.started_on), cells(page.name, data + 2, FIRST_WEEK, data + 2, last)),
        CHART_SIZE, percent=effect.indicator.unit == "percent", highest=max(values, default=0.0),
    )  # fmt: skip
    said = ", ".join(figure(value, effect.indicator.unit, language) for value in values)
    alt = f"{say.ALT_EFFECT.fill(language, indicator=label)}: {said}"
    options = {"description": alt, "object_position": 1, "x_offset": 4, "y_offset": 4}
    page.sheet.insert_chart(row, column, chart, options)
