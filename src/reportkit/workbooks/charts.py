"""The native charts of the reports: one look, alt text on each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter import Workbook

from reportkit.definitions.text import Language
from reportkit.workbooks.style import ACCENT, AMBER, FONTS, INK, LINE, MUTED, NAVY, PAPER, SERIES, text_width

Range = list[str | int]  # sheet, first row, first column, last row, last column; from 0
LABELS: Final = 30  # on an axis at most; more run into each other
LABEL: Final = 16  # characters of a name that an axis still shows
SLIM: Final = 10  # columns at least that would find room: none is wider
WIDEST_GAP: Final = 500  # percent of a column, that charts know
FEW: Final = 5  # up to so many, an axis of counts has a line at each
NEARLY_ALL: Final = 0.8
QUARTER: Final = 0.25
SHOWN_TO: Final = 1.5  # of a target: bars beyond it end at the edge
DASHES: Final = ("solid", "dash", "round_dot", "long_dash", "dash_dot")
GRID: Final = {"visible": True, "line": {"color": LINE}}
_FONT_SIZE: Final = 9


def cells(sheet: str, first_row: int, first_column: int, last_row: int, last_column: int) -> Range:
    """Return a range as XlsxWriter's charts take it."""
    return [sheet, first_row, first_column, last_row, last_column]


def stand_on_axis(names: Sequence[str]) -> bool:
    """Return whether an axis has room for names; where it has none, ids stand there."""
    return len(names) <= LABELS and all(text_width(name) <= LABEL for name in names)


def _font(language: Language, **more: Any) -> dict[str, Any]:
    return {"name": FONTS[language], "size": _FONT_SIZE, "color": MUTED, **more}


def _dress(chart: Any, language: Language, title: str, size: tuple[int, int]) -> Any:
    chart.set_title({"name": title, "name_font": _font(language, size=11, bold=True, color=NAVY), "overlay": False})
    chart.set_size({"width": size[0], "height": size[1]})
    chart.set_chartarea({"border": {"color": LINE}, "fill": {"color": PAPER}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.show_blanks_as("gap")
    return chart


def _labels(language: Language, color: str = MUTED, **more: Any) -> dict[str, Any]:
    """Return how figures stand at their points: on white, so that no line runs through them."""
    return {"value": True, "font": _font(language, color=color), "fill": {"color": PAPER}, **more}


def _axis(language: Language, **more: Any) -> dict[str, Any]:
    return {"num_font": _font(language), "line": {"color": LINE}, "major_tick_mark": "none", **more}


def bar_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    values: Range,
    shares: Sequence[float | None],
    size: tuple[int, int],
) -> Any:
    """Return a bar chart of shares, the first label on top; those under 100 % stand out in amber, lighter in grey."""
    chart = book.add_chart({"type": "bar"})
    fills = [{"fill": {"color": ACCENT if round(share or 0.0, 9) >= 1 else AMBER}} for share in shares]
    chart.add_series({"categories": labels, "values": values, "points": fills, "gap": 40})
    chart.set_legend({"none": True})
    chart.set_y_axis(_axis(language, reverse=True, num_font=_font(language, size=8), interval_unit=1))
    asked = {"visible": True, "line": {"color": INK, "width": 1.5}}  # the line at 100 %
    chart.set_x_axis(_axis(language, min=0, max=SHOWN_TO, major_unit=1, num_format="0%", major_gridlines=asked))
    return _dress(chart, language, title, size)


def column_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    bars: tuple[str, Range],
    line: tuple[str, Range],
    size: tuple[int, int],
    *,
    highest: float,
) -> Any:
    """Return columns of what was done with a line of what was asked; `highest` is the greatest of both."""
    asked = book.add_chart({"type": "line"})
    asked.add_series(
        {
            "name": line[0], "categories": labels, "values": line[1],
            "line": {"color": AMBER, "width": 2.25, "dash_type": "dash"},
            "marker": {"type": "long_dash", "size": 12, "fill": {"color": AMBER}, "border": {"color": AMBER}},
        }
    )  # fmt: skip
    return _columns_with(book, language, title, labels, bars, asked, size, highest, data_labels=_labels(language))


def _columns_with(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    bars: tuple[str, Range],
    line: Any,
    size: tuple[int, int],
    highest: float,
    **more: Any,
) -> Any:
    """Return columns of counts with another chart laid over them; its axis shows no parts of a count."""
    chart = book.add_chart({"type": "column"})
    fill = {"color": ACCENT}
    chart.add_series({"name": bars[0], "categories": labels, "values": bars[1], "fill": fill, "gap": 50, **more})
    chart.combine(line)
    chart.set_legend({"position": "bottom", "font": _font(language)})
    chart.set_x_axis(_axis(language))
    steps = {"max": FEW, "major_unit": 1} if highest <= FEW else {}
    chart.set_y_axis(_axis(language, min=0, major_gridlines=GRID, **steps))
    return _dress(chart, language, title, size)


def trend_chart(
    book: Workbook, language: Language, title: str, labels: Range, values: Range, size: tuple[int, int]
) -> Any:
    """Return a line of scores over weeks."""
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "categories": labels,
            "values": values,
            "line": {"color": ACCENT, "width": 2.25},
            "marker": {"type": "circle", "size": 6, "fill": {"color": ACCENT}, "border": {"color": ACCENT}},
            "data_labels": _labels(language, position="above", num_format="0", color=INK),
        }
    )
    return _of_scores(chart, language, title, size)


def score_chart(
    book: Workbook, language: Language, title: str, labels: Range, values: Range, size: tuple[int, int]
) -> Any:
    """Return a column a score, as the ranking orders them."""
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": labels, "values": values, "fill": {"color": ACCENT}, "gap": _gap(values, 30)})
    return _of_scores(chart, language, title, size, every=-(-_count(values) // LABELS))


def _count(cells: Range) -> int:
    """Return how many rows a range has."""
    return int(cells[3]) - int(cells[1]) + 1


def _gap(values: Range, least: int) -> int:
    """Return the gap between columns, in percent of one: of a few they would be as wide as walls."""
    return max(least, min(WIDEST_GAP, round(100 * (SLIM / _count(values) - 1))))


def _of_scores(chart: Any, language: Language, title: str, size: tuple[int, int], *, every: int = 1) -> Any:
    """Return a chart with the axis of scores; `every` so many labels one is written."""
    chart.set_legend({"none": True})
    chart.set_x_axis(_axis(language, num_font=_font(language, size=8), interval_unit=every if every > 1 else None))
    chart.set_y_axis(_axis(language, min=0, max=120, major_unit=30, major_gridlines=GRID))
    return _dress(chart, language, title, size)


def lines_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    lines: Sequence[tuple[str, Range]],
    size: tuple[int, int],
    *,
    between: tuple[float, float],
) -> Any:
    """Return several lines of shares over weeks, told apart by colour and by dashes; `between` are the ends of all."""
    chart = book.add_chart({"type": "line"})
    for at, (name, values) in enumerate(lines):
        fill = {"color": SERIES[at % len(SERIES)]}
        line = fill | {"width": 2.25, "dash_type": DASHES[at % len(DASHES)]}
        marker = {"type": "circle", "size": 5, "fill": fill, "border": fill}  # a single week has no line
        chart.add_series({"name": name, "categories": labels, "values": values, "line": line, "marker": marker})
    chart.set_legend({"position": "right", "font": _font(language)})
    chart.set_x_axis(_axis(language, num_font=_font(language, size=8)))
    low, high = math.floor(between[0] / QUARTER) * QUARTER, math.ceil(between[1] / QUARTER) * QUARTER
    ends = {"min": min(low, 1 - QUARTER), "max": min(SHOWN_TO, max(high, 1 + QUARTER)), "major_unit": QUARTER}
    chart.set_y_axis(_axis(language, **ends, num_format="0%", major_gridlines=GRID))
    return _dress(chart, language, title, size)


def pareto_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    bars: tuple[str, Range],
    line: tuple[str, Range],
    size: tuple[int, int],
    *,
    highest: float,
) -> Any:
    """Return columns, most first, with the line of their cumulative share on an axis of its own."""
    share = book.add_chart({"type": "line"})
    share.add_series(
        {
            "name": line[0], "categories": labels, "values": line[1], "y2_axis": True,
            "line": {"color": AMBER, "width": 2.25}, "marker": {"type": "circle", "size": 5, "fill": {"color": AMBER}},
        }
    )  # fmt: skip
    share.set_y2_axis(_axis(language, min=0, max=1, num_format="0%", major_unit=0.25))
    return _columns_with(book, language, title, labels, bars, share, size, highest)


def amount_chart(
    book: Workbook, language: Language, title: str, labels: Range, values: Range, size: tuple[int, int], highest: float
) -> Any:
    """Return a bar chart of counts or amounts, the first label on top; behind the `highest` there is room for it."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": labels, "values": values, "fill": {"color": ACCENT}, "gap": 40,
            "data_labels": {"value": True, "num_format": "#,##0", "font": _font(language)},
        }
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_y_axis(_axis(language, reverse=True))
    chart.set_x_axis(_axis(language, min=0, max=1.2 * highest, visible=False, major_gridlines={"visible": False}))
    return _dress(chart, language, title, size)


def effect_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    line: tuple[str, Range],
    start: tuple[str, Range],
    size: tuple[int, int],
    *,
    percent: bool,
    highest: float,
) -> Any:
    """Return an indicator's weeks as a line, with a bar over the week a measure began: 1 in that week of `start`.

    An axis of shares near to all of them goes from none to 100 %.
    """
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": line[0], "categories": labels, "values": line[1], "line": {"color": ACCENT, "width": 2.25},
            "marker": {"type": "circle", "size": 5, "fill": {"color": ACCENT}, "border": {"color": ACCENT}},
        }
    )  # fmt: skip
    bar = book.add_chart({"type": "column"})
    bar.add_series(
        {
            "name": start[0], "categories": labels, "values": start[1], "y2_axis": True, "fill": {"color": AMBER},
            "gap": 500,
        }
    )  # fmt: skip
    hidden = {"line": {"none": True}, "label_position": "none", "major_tick_mark": "none"}
    bar.set_y2_axis({"min": 0, "max": 1, "major_gridlines": {"visible": False}, **hidden})
    chart.combine(bar)
    chart.set_legend({"position": "bottom", "font": _font(language)})
    chart.set_x_axis(_axis(language, num_font=_font(language, size=8)))
    ends = {"min": 0, "max": 1, "major_unit": 0.5} if percent and NEARLY_ALL < highest <= 1 else {}
    chart.set_y_axis(_axis(language, num_format="0%" if percent else "General", major_gridlines=GRID, **ends))
    return _dress(chart, language, title, size)


def interval_chart(
    book: Workbook,
    language: Language,
    title: str,
    labels: Range,
    values: Range,
    above_below: tuple[str, str],
    size: tuple[int, int],
) -> Any:
    """Return columns of shares with the reach of their intervals, whose cells are above and below."""
    above, below = above_below
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "categories": labels, "values": values, "fill": {"color": ACCENT}, "gap": _gap(values, 60),
            "y_error_bars": {
                "type": "custom", "plus_values": above, "minus_values": below,
                "line": {"color": INK, "width": 1.25},
            },
        }
    )  # fmt: skip
    chart.set_legend({"none": True})
    chart.set_x_axis(_axis(language, num_font=_font(language, size=8)))
    chart.set_y_axis(_axis(language, min=0, max=1, major_unit=0.25, num_format="0%", major_gridlines=GRID))
    return _dress(chart, language, title, size)
