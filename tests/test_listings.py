"""Tables in a terminal: no figure and no word of a heading is torn, however narrow it is."""

import io
from collections.abc import Iterable, Sequence

import pytest
from rich.cells import cell_len

from reportkit.cli.output import Plain, table

HEADINGS = ("Advisor", "Planned", "On time", "Late rate", "Satisfied", "Follow-ups done", "Follow-ups overdue")
ROWS = [("Zhang Wei", "11", "10", "0%", "62.5%", "66.7%", "2"), ("Li Jing", "1,200", "9", "11.1%", "—", "100%", "0")]
FIGURES = range(1, len(HEADINGS))


def shown(
    width: int,
    headings: tuple[str, ...] = HEADINGS,
    rows: Sequence[Sequence[str]] = ROWS,
    numbers: Iterable[int] = FIGURES,
) -> list[str]:
    out = io.StringIO()
    Plain(file=out, width=width).print(table(headings, rows, numbers=list(numbers)))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [28, 40, 60, 70, 80, 100, 160])
def test_no_figure_and_no_word_is_torn(width: int) -> None:
    lines = shown(width)
    words = {word for line in lines for word in line.split()}
    assert {word for text in (*HEADINGS, *ROWS[0], *ROWS[1]) for word in text.split()} <= words
    assert max(map(cell_len, lines)) <= width


def test_a_heading_wraps_before_the_table_is_turned() -> None:
    assert shown(100)[0].startswith("Advisor    Planned  On time")
    assert shown(66)[1].split()[:3] == ["Advisor", "Planned", "time"]
    assert shown(40)[:2] == ["Advisor             Zhang Wei", "Planned             11"]


def test_a_chinese_heading_is_not_cut_to_single_characters() -> None:
    headings = ("客户经理", "计划", "逾期未做", "行动完成率", "晚完成率", "后续行动", "平均分")
    rows = [("张伟", "11", "0", "66.7%", "0%", "6", "4.1")]
    assert shown(50, headings, rows)[-1].split() == list(rows[0])
    assert all(
        line.split() == [heading, cell]
        for line, heading, cell in zip(shown(24, headings, rows), headings, rows[0], strict=True)
    )


def test_a_score_and_its_grade_stay_together_while_sentences_wrap() -> None:
    rows = [("Zhang Wei", "100.1 A", "Market views 120% → 60%, Stock views 50% → 25%")]
    first = shown(40, ("Name", "Now", "Affected"), rows, [1])[1]
    assert first.startswith("Zhang Wei  100.1 A  Market views")
