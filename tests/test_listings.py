"""Tables in a terminal: no figure and no word of a heading is torn, however narrow it is."""

import io
from collections.abc import Iterable, Sequence

import pytest
from rich.cells import cell_len

from reportkit.cli.listing import wrapped
from reportkit.cli.output import Plain, print_json, table

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
    assert shown(40)[:2] == ["Advisor             Zhang Wei  Li Jing", "Planned                    11    1,200"]
    assert shown(30)[:2] == ["Advisor             Zhang Wei", "Planned             11"]


def test_a_chinese_heading_is_not_cut_to_single_characters() -> None:
    headings = ("客户经理", "计划", "逾期未做", "行动完成率", "晚完成率", "后续行动", "平均分")
    rows = [("张伟", "11", "0", "66.7%", "0%", "6", "4.1")]
    assert shown(50, headings, rows)[-1].split() == list(rows[0])
    assert all(
        line.split() == [heading, cell]
        for line, heading, cell in zip(shown(24, headings, rows), headings, rows[0], strict=True)
    )


def test_a_chinese_heading_stands_on_two_lines_of_like_length() -> None:
    lines = shown(24, ("客户经理", "逾期未做", "行动完成率", "平均分"), [("张伟", "12", "66.7%", "4.1")] * 9, (1, 2, 3))
    assert [line.split() for line in lines[:3]] == [
        ["客户", "逾期", "行动完", "平均"],
        ["经理", "未做", "成率", "分"],
        ["张伟", "12", "66.7%", "4.1"],
    ]


def test_many_rows_that_find_no_room_have_their_cells_abreast() -> None:
    lines = shown(60, rows=[*ROWS, *[("He Wenbo", "3", "2", "0%", "—", "0%", "1")] * 5])
    assert lines[0].split() == ["Advisor", "Zhang", "Wei", "Planned", "11"]
    assert lines[4:6] == ["", f"{'Advisor':<20}{'Li Jing':<11}{'Planned':<17}1,200"]


def test_columns_nobody_filled_in_are_left_out_where_room_is_short() -> None:
    rows = [("Zhang Wei", "", "a001@example.com"), ("Li Jing", "", "a002@example.com")]
    assert shown(60, ("Of", "Said", "To"), rows, ())[0].split() == ["Of", "Said", "To"]
    assert [line.split() for line in shown(28, ("Of", "Said", "To"), rows, ())][:2] == [
        ["Of", "To"],
        ["Zhang", "Wei", "a001@example.com"],
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("与第 46 行完全相同，两行都计入", 16, ["与第 46 行完全相", "同，两行都计入"]),
        ("早于“日期”。请核对先后", 9, ["早于“日", "期”。请核", "对先后"]),
        ("先看，“日期”填了没有", 7, ["先看，", "“日期”", "填了没", "有"]),  # a mark stays with its word
        ("错在第一格，请改", 10, ["错在第一", "格，请改"]),
        ("Correct it, then try again", 12, ["Correct it,", "then try", "again"]),
        ("supercalifragilistic word", 8, ["supercal", "ifragili", "stic", "word"]),
        ("　└ C01073", 20, ["　└ C01073"]),
    ],
)
def test_a_text_breaks_between_words_and_characters(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_a_score_and_its_grade_stay_together_while_sentences_wrap() -> None:
    rows = [("Zhang Wei", "100.1 A", "Market views 120% → 60%, Stock views 50% → 25%")]
    first = shown(40, ("Name", "Now", "Affected"), rows, [1])[1]
    assert first.startswith("Zhang Wei  100.1 A  Market views")


def test_a_figure_in_json_has_no_noise_whichever_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"score": 0.1 + 0.2, "rows": [(80.0, None, True, 7)], "name": "1.50"})
    assert capsys.readouterr().out.split() == [
        "{", '"score":', "0.3,", '"rows":', "[", "[", "80,", "null,", "true,", "7", "]", "],", '"name":', '"1.50"', "}",
    ]  # fmt: skip
