"""Lines of a proposed map that a file's layout suggests: groups, a day above the table, days as headings, scales."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from typing import Final

from reportkit.definitions.columns import Column
from reportkit.definitions.text import Language, Text
from reportkit.importing.dating import date_order
from reportkit.importing.evidence import Evidence
from reportkit.importing.headings import Labelled, clean, text_of
from reportkit.importing.written import amount, duration
from reportkit.read.contents import Rows
from reportkit.read.survey import column_letters

SCALED: Final = re.compile(r"[(（\[【:：](?:单位|單位|[:：\s])*(百万|百萬|千万|千萬|万|萬|亿|億|千)")  # 资产(万元)
TIMES: Final = {
    "千": 1000, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "百萬": 1_000_000,
    "千万": 10_000_000, "千萬": 10_000_000, "亿": 100_000_000, "億": 100_000_000,
}  # fmt: skip
STEPS: Final = 5
SCALES: Final = ((10, (9, 7, 5, 3, 0)), (100, (90, 75, 60, 40, 0)))  # most points → the least of each of five steps
GROUP_HEAD: Final = re.compile(r"([^:：]{1,20}?)\s*[:：]\s*\S.*")
DATE_WITHIN: Final = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?")
BESIDE: Final = Text(
    "同样的标题并排：一行里有几条记录就去掉前面的 #",
    "同樣的標題並排：一列裡有幾筆記錄就去掉前面的 #",
    "the same headings side by side: uncomment where a row holds several records",
)
GROUP: Final = Text("一行管下面几行", "一列管下面幾列", "rows that head those below them")
DATED_HEADING: Final = re.compile(r"\d{4}-\d\d-\d\d[^/]*?(?: / (.+))?")
FEWEST_DATES: Final = 2
HOURS: Final = ("[columns.service_hours]", 'from = "mark"', 'into = "hours"')
LEAVE: Final = ("[columns.leave]", 'from = "mark"')
UNFOLDED: Final = Text("一列一天", "一欄一天", "a column a day")


def toml(text: str) -> str:
    """Return a text as TOML writes it: its basic strings are JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def groups(sheet: Labelled, language: Language) -> list[str]:
    """Return the lines that make a column of rows like `Agent: Becky`, where there are any."""
    for at in range(min(3, len(sheet.labels))):
        heads = [
            found[1]
            for row in sheet.body
            if at < len(row)
            and sum(clean(cell) is not None for cell in row) == 1
            and (found := GROUP_HEAD.fullmatch(text_of(row[at])))
        ]
        name, times = Counter(heads).most_common(1)[0] if heads else ("", 0)
        if times > 1:
            pattern = f"^{re.escape(name)}\\s*[:：]\\s*(.+)"
            return [
                "", f"[[group]]  # ? {GROUP.to(language)}", f"column = {toml(sheet.called(at))}",
                f"matches = '{pattern}'", f"name = {toml(name)}",
            ]  # fmt: skip
    return []


def day_above(rows: Rows) -> list[str]:
    """Return the lines that take the day from a cell above the table, where one holds a date."""
    for at, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            found = DATE_WITHIN.search(text_of(cell))
            written = found[0] if found else cell
            order = date_order([written]) if cell is not None else None
            if order is not None and (found or isinstance(cell, dt.date)):
                whole = isinstance(cell, dt.date) or (found is not None and found[0] == text_of(cell))
                lines = [f'from = "@{column_letters(column)}{at}"']
                lines += [] if whole else [f"extract = '{DATE_WITHIN.pattern}'"]
                return [*lines, *([f"dates = {toml(order.rstrip('?'))}"] if order else [])]
    return []


def beside(sheet: Labelled, language: Language) -> list[str]:
    """Return, as a comment, the groups of columns that stand side by side under the same headings."""
    labels = [label.rpartition(" / ")[2] for label in sheet.labels]
    for wide in range(len(labels) // 2, 1, -1):
        for begin in range(len(labels) - 2 * wide + 1):
            block = labels[begin : begin + wide]
            if not all(block) or len(set(block)) < wide:
                continue
            times = 1
            while labels[begin + times * wide : begin + (times + 1) * wide] == block:
                times += 1
            if times > 1:
                starts = [begin + at * wide for at in range(times)]
                blocks = [f"{column_letters(at + 1)}:{column_letters(at + wide)}" for at in starts]
                return [f"# beside = [{', '.join(map(toml, blocks))}]  # ? {BESIDE.to(language)}"]
    return []


def scale(column: Column, heading: str) -> list[str]:
    """Return the line that makes single units of thousands or millions, where a heading says that it counts those."""
    found = SCALED.search(heading)
    return [f"multiply = {TIMES[found[1]]}"] if found and column.kind == "number" else []


def steps_of_five(column: Column, one: Evidence, sheet: Labelled) -> list[str]:
    """Return the rules that make five steps of a scale of ten or a hundred."""
    if column.maximum != STEPS or column.kind != "whole":
        return []
    written = [text_of(cell) for cell in sheet.cells(one.labels[0]) if cell is not None]
    known = [(text, number) for text in written if isinstance(number := amount(text.rstrip("分")), float)]
    texts, numbers = [text for text, _ in known], [number for _, number in known]
    if texts and all(text.endswith("%") for text in texts):
        numbers = [100 * number for number in numbers]
    scale = next((least for most, least in SCALES if numbers and STEPS < max(numbers) <= most), None)
    if scale is None or len(numbers) * 3 < len(written) * 2:
        return []
    part = 100 if texts[0].endswith("%") else 1
    rules = [
        f'{{ at_least = {least / part:g}, to = "{step}" }}' for step, least in zip(range(5, 0, -1), scale, strict=True)
    ]
    return [f"rules = [{', '.join(rules)}]  # ?"]


def dates_across(sheet: Labelled, language: Language) -> list[str]:
    """Return the lines that make rows of columns headed by dates, of the first thing under them; none without."""
    dated = [(label, found[1]) for label in sheet.labels if (found := DATED_HEADING.fullmatch(label))]
    if len(dated) < FEWEST_DATES:
        return []
    what = dated[0][1]
    cells = [cell for label, one in dated if one == what for cell in sheet.cells(label) if cell is not None]
    hours = all(isinstance(duration(cell, "hours"), dt.timedelta) for cell in cells)
    pattern = rf"^(\d{{4}}-\d\d-\d\d).* / {re.escape(what)}$" if what else r"^(\d{4}-\d\d-\d\d)"
    return [
        "", f"[unfold]  # ? {UNFOLDED.to(language)}", f"matches = '{pattern}'", 'name = "day"', 'value = "mark"',
        "", "[columns.date]", 'from = "day"',
        "", *(HOURS if hours else LEAVE),
    ]  # fmt: skip
