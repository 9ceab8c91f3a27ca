"""A proposed map, from a file's headings and values: to be read, mended and kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from reportkit.definitions.choices import PRODUCT
from reportkit.definitions.columns import Column, Form, fold
from reportkit.definitions.forms import WORKTIME
from reportkit.definitions.text import Language, Text
from reportkit.importing.evidence import Evidence, evidence_of
from reportkit.importing.header import DAY, FEWEST_DAYS, header_of, heading_score
from reportkit.importing.heading_words import AGENTS
from reportkit.importing.headings import Labelled, labelled, text_of
from reportkit.importing.hints import beside, dates_across, day_above, groups, scale, steps_of_five, toml
from reportkit.importing.maps import UNKNOWN, Map
from reportkit.importing.remarks import cases_of, is_heading, is_total
from reportkit.importing.synonyms import meaning, plain
from reportkit.importing.value_words import NOTHING
from reportkit.importing.written import parts_of
from reportkit.read.contents import Rows
from reportkit.read.foreign import Cells, opened_sheets
from reportkit.read.values import shown

MOST_VALUES: Final = 40  # a column with more different values is no list of choices
MOST_SHOWN: Final = 6
SAMPLE: Final = 500
MONTH: Final = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})")
TWICE: Final = Text("有的编号不止一行", "有的編號不止一列", "some ids stand in several rows")
ALIKE_SHEETS: Final = Text("这些表标题相同", "這些表標題相同", "these sheets have the same headings")
STATUS_OF: Final = Text("有解决时间的算已解决", "有解決時間的算已解決", "resolved where it has an end")
ABOVE: Final = Text("日期写在表格上方", "日期寫在表格上方", "the day stands above the table")
YEAR: Final = Text("请写年份", "請寫年份", "write the year")
TWO_PARTS: Final = Text(
    "如果 0:45 是 45 秒，去掉前面的 #", "如果 0:45 是 45 秒，去掉前面的 #", "uncomment where 0:45 is 45 seconds"
)
SPLIT: Final = Text(
    "分给几本日志：去掉 #，写各人的工号",
    "分給幾本日誌：去掉 #，寫各人的工號",
    "for several logs: uncomment, give advisor ids",
)
MONTH_OF: Final = Text("请核对年月", "請核對年月", "check year and month")
CHECK: Final = Text(
    "请核对每一行；“# ?” 后面是不确定的地方，“?” 是没有认出来的值，请填表单里的选项代码",
    "請核對每一行；「# ?」 後面是不確定的地方，「?」 是沒有認出來的值，請填表單裡的選項代碼",
    "Check every line; “# ?” marks what is uncertain, “?” a value not recognised: put a code of the form there",
)
FIXED: Final = Text(
    '每行只有一格。定宽文本请写各列的起止位置，如 no = "1-8"，并去掉前面的 #',
    '每列只有一格。定寬文字請寫各欄的起訖位置，如 no = "1-8"，並去掉前面的 #',
    'one cell a row. For columns of fixed width uncomment and write their positions, like no = "1-8"',
)
NOT_FOUND: Final = Text("必填，没有找到对应的列", "必填，沒有找到對應的欄", "required, but no column was found")
UNUSED: Final = Text("没有用到的列", "沒有用到的欄", "Columns not used")
RESEMBLES: Final = Text("标题只是相近", "標題只是相近", "only the heading or its values resemble this column")
ORDER: Final = Text(
    "没有大于 12 的数，看不出日在前还是月在前",
    "沒有大於 12 的數，看不出日在前還是月在前",
    "no number over 12 tells whether day or month comes first",
)
UNIT: Final = Text("请核对单位", "請核對單位", "check the unit")
BLANKS: Final = Text("这些文字当作空白", "這些文字當作空白", "these texts mean a blank")
TOTAL_ROW: Final = Text("合计行", "合計列", "total rows")


def propose(form: Form, file: Path, language: Language, sheet: str | None = None) -> str:
    """Return a proposed map as TOML. Raise MendInput where the file cannot be read."""
    cells, alike = _sheet_for(form, file, sheet)
    row, rows = header_of(form, cells.rows)
    told = {"columns": {"x": {"constant": ""}}, "header_row": row, "header_rows": rows}
    table = labelled(cells, Map.model_validate(told))
    found = evidence_of(form, table)
    lines = [f"# {CHECK.to(language)}", f"form = {toml(form.code)}"]
    if len(alike) > 1:
        lines += [f"sheet = [{', '.join(map(toml, alike))}]  # ? {ALIKE_SHEETS.to(language)}"]
    else:
        lines += [f"sheet = {toml(cells.sheet)}"] if cells.sheet else []
    lines += [f"header_row = {row}"] + ([f"header_rows = {rows}"] if rows > 1 else [])
    lines += (
        _blanks(table, language) + _totals(table, language) + _one_of_a_case(form, found, cases_of(table), language)
    )
    lines += beside(table, language) + groups(table, language)
    if not cells.sheet and max(map(len, cells.rows), default=0) == 1:
        lines += ["", f"# [fixed]  # {FIXED.to(language)}"]
    days = [label for label in table.labels if DAY.fullmatch(label)]
    if form.code == WORKTIME.code and len(days) >= FEWEST_DAYS:
        lines += _a_column_a_day(cells.rows[: row - 1], cells.sheet, days, table, language)
        return "\n".join([*lines, *_agents(form, table, language)]) + "\n"
    if form.code == WORKTIME.code and (across := dates_across(table, language)):
        return "\n".join([*lines, *across, *_agents(form, table, language)]) + "\n"
    lines += _columns(form, found, table, cells.rows[: row - 1], language) + _agents(form, table, language)
    used = {label for one in found.values() for label in one.labels}
    unused = [at for at, label in enumerate(table.labels) if label and table.called(at) not in used]
    lines += ["", f"# {UNUSED.to(language)}:", *(_sample(table, at) for at in unused)] if unused else []
    return "\n".join(lines) + "\n"


def _columns(
    form: Form, found: Mapping[str, Evidence], table: Labelled, above_it: Rows, language: Language
) -> list[str]:
    """Return the lines of a form's columns: of those found, and as a comment of those required that were not."""
    lines: list[str] = []
    cases = cases_of(table)
    for column in form.columns:
        if column.code in found:
            lines += _section(column, found[column.code], cases, language)
        elif column.code == "status" and "resolved_at" in found:
            lines += _status_of(found["resolved_at"], language)
        elif column.code == form.day_column and (above := day_above(above_it)):
            lines += ["", f"[columns.{column.code}]  # ? {ABOVE.to(language)}", *above]
        elif column.required:
            lines += ["", f"# [columns.{column.code}]  # {column.label.to(language)}: {NOT_FOUND.to(language)}"]
            lines += [f"# constant = {toml(column.choices.codes[-1])}"] if column.choices is not None else []
    return lines


def _a_column_a_day(
    above: Rows, name: str, days: Sequence[str], sheet: Labelled, language: Language
) -> list[str]:  # fmt: skip
    """Return the lines for attendance with a column a day; its month stands above, or in the sheet's name."""
    titles = " ".join([*(text_of(cell) for line in above for cell in line), name])
    month = MONTH.search(titles)
    at = f"{month[1]}-{int(month[2]):02}" if month else "????-??"
    marks = Counter(text_of(cell) for label in days for cell in sheet.cells(label) if cell is not None)
    leave = WORKTIME.column["leave"]
    known = {mark: meaning(leave.choices, mark) or (UNKNOWN, True) for mark in sorted(marks)}
    values = [f"{toml(mark)} = {toml(code)}" + ("" if sure else "  # ?") for mark, (code, sure) in known.items()]
    return [
        "", "[unfold]", f"matches = '^{DAY.pattern}$'", 'name = "day"', 'value = "mark"',
        "", "[columns.date]", f'text = "{at}-{{day}}"  # ? {MONTH_OF.to(language)}', 'remove = ["日", "号", "號"]',
        "", "[columns.leave]", 'from = "mark"',
        f"[columns.leave.values]  # {' · '.join(leave.choices.codes if leave.choices else ())}", *values,
    ]  # fmt: skip


def _blanks(sheet: Labelled, language: Language) -> list[str]:
    """Return the line of the texts that stand for nothing, where there are any."""
    texts = {text_of(cell) for row in sheet.body[:SAMPLE] for cell in row if isinstance(cell, str)}
    nothing = sorted(text for text in texts if text.casefold() in NOTHING)
    return [f"blank = [{', '.join(map(toml, nothing))}]  # ? {BLANKS.to(language)}"] if nothing else []


def _one_of_a_case(form: Form, found: Mapping[str, Evidence], sheet: Labelled, language: Language) -> list[str]:
    """Return the line that takes the last of the rows of one id, where ids stand more than once."""
    if form.id_column is None or form.id_column not in found:
        return []
    ids = Counter(text_of(cell) for cell in sheet.cells(found[form.id_column].labels[0]) if cell is not None)
    return [f'take = "last"  # ? {TWICE.to(language)}'] if any(times > 1 for times in ids.values()) else []


def _agents(form: Form, sheet: Labelled, language: Language) -> list[str]:
    """Return, as a comment, how rows would go to several logs, where a column names who they belong to."""
    names = {plain(one) for one in AGENTS} | ({"姓名"} if form.code == WORKTIME.code else set())
    for at, label in enumerate(sheet.labels):
        people = Counter(text_of(row[at]) for row in sheet.body if at < len(row) and text_of(row[at]))
        if plain(label.rpartition(" / ")[2]) in names and len(people) <= MOST_VALUES:
            who = [f'# {toml(one)} = "?"' for one in sorted(people)]
            return [
                "",
                f"# [split]  # {SPLIT.to(language)}",
                f"# column = {toml(sheet.called(at))}",
                "# [split.logs]",
                *who,
            ]
    return []


def _totals(sheet: Labelled, language: Language) -> list[str]:
    """Return the line that leaves out rows of totals and headings that come again, where there are any."""
    for at in range(min(3, len(sheet.labels))):
        cells = [(text_of(row[at]), is_total(row[at]) or is_heading(sheet, row)) for row in sheet.body if at < len(row)]
        totals = [toml(text) for text in dict.fromkeys(text for text, left in cells if left and text)]
        if totals:
            test = f"{{ column = {toml(sheet.called(at))}, is = [{', '.join(totals)}] }}"
            return [f"skip = {test}  # ? {TOTAL_ROW.to(language)}"]
    return []


def _sheet_for(form: Form, file: Path, sheet: str | None) -> tuple[Cells, list[str]]:
    """Return the sheet that looks most like the form, and the names of all with its headings."""
    sheets = opened_sheets(file, (sheet,) if sheet else ("*",))
    best = max(sheets, key=lambda one: heading_score(form, one.rows))
    headings = _headings(form, best)
    return best, [one.sheet for one in sheets if one.rows and _headings(form, one) == headings]


def _headings(form: Form, cells: Cells) -> list[str]:
    row, rows = header_of(form, cells.rows)
    return [text_of(cell) for line in cells.rows[row - 1 : row - 1 + rows] for cell in line]


def _status_of(resolved: Evidence, language: Language) -> list[str]:
    """Return the lines that tell from the end of a case whether it is resolved, where no column says so."""
    return [
        "", f"[columns.status]  # ? {STATUS_OF.to(language)}", f"from = {toml(resolved.labels[-1])}",
        'otherwise = "resolved"', 'default = "open"',
    ]  # fmt: skip


def _section(column: Column, one: Evidence, sheet: Labelled, language: Language) -> list[str]:
    """Return the lines of one column: where it comes from, and what its values, dates or durations are."""
    doubt = "" if one.sure else f"  # ? {RESEMBLES.to(language)}"
    lines = ["", f"[columns.{column.code}]{doubt}"]
    if one.at is not None:
        lines += [f"start = {toml(one.start or '')}", f"at = {toml(one.at)}"]
    elif one.year:
        lines.append(f'text = "????年{{{one.labels[0]}}}"  # ? {YEAR.to(language)}')
    elif one.start is not None:
        lines += [f"start = {toml(one.start)}", f"plus = {toml(one.labels[0])}"]
    else:
        origin = ", ".join(map(toml, one.labels))
        lines.append(f"from = {origin if len(one.labels) == 1 else f'[{origin}]'}")
    if one.lookup is not None:
        lines.append(f"lookup = {toml(one.lookup)}")
    if one.unit is not None:
        lines.append(f'unit = "{one.unit}"  # ? {UNIT.to(language)}')
    if one.two_parts:
        lines.append(f'# clock = "mm:ss"  # ? {TWO_PARTS.to(language)}')
    if one.since is not None:
        lines.append(f"since = {toml(one.since)}")
    if one.decimal is not None:
        lines.append(f'decimal = "{one.decimal}"')
    if one.extract is not None:
        lines.append(f"extract = '{one.extract}'")
    if one.into is not None:
        lines.append(f'into = "{one.into}"')
    if one.dates is not None:
        lines.append(f"dates = {toml(one.dates)}" + (f"  # ? {ORDER.to(language)}" if one.order_unknown else ""))
    lines += scale(column, one.labels[0]) if one.labels else []
    if one.start is None and (steps := steps_of_five(column, one, sheet)):
        return [*lines, *steps]
    if one.product is not None:
        return [*lines, *_holding(one, sheet)]
    return [*lines, *_values(column, one, sheet)] if one.start is None and one.lookup is None else lines


def _holding(one: Evidence, sheet: Labelled) -> list[str]:
    """Return the rule of a product in a column that lists the products held."""
    entries = Counter(part for cell in sheet.cells(one.labels[0]) for part in parts_of(text_of(cell)))
    mine = [entry for entry in sorted(entries) if (known := meaning(PRODUCT, entry)) and known[0] == one.product]
    return [f'rules = [{{ has = [{", ".join(map(toml, mine))}], to = "holds" }}]', 'otherwise = ""']


def _values(column: Column, one: Evidence, sheet: Labelled) -> list[str]:
    """Return the lines that say what the values of a list of choices, or of a scale, mean."""
    scale = column.kind == "whole" and column.maximum == 5
    if column.choices is None and not scale:
        return []
    values = Counter(shown(cell).strip() for cell in sheet.cells(one.labels[0]) if cell is not None)
    known = column.choices.by_label if column.choices is not None else {str(step): str(step) for step in range(1, 6)}
    strange = [value for value in sorted(values) if fold(value) not in known and value.casefold() not in NOTHING]
    if not strange or len(strange) > MOST_VALUES or (scale and all(_numeric(value) for value in strange)):
        return []
    codes = " · ".join(column.choices.codes) if column.choices is not None else "1 – 5"
    lines = [f"[columns.{column.code}.values]  # {codes}"]
    for value in strange:
        code, sure = meaning(column.choices, value) or (UNKNOWN, True)
        lines.append(f"{toml(value)} = {toml(code)}" + ("" if sure else "  # ?"))
    return lines


def _numeric(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _sample(sheet: Labelled, at: int) -> str:
    """Return a comment with a column's heading and its most frequent values."""
    cells = Counter(" ".join(text_of(row[at]).split())[:30] for row in sheet.body[:SAMPLE] if at < len(row) and row[at])
    label = " ".join(sheet.labels[at].split())
    return f"#   {label}: " + " · ".join(text for text, _ in cells.most_common(MOST_SHOWN))
