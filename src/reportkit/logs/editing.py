"""Rows and cells written into a filled log; whatever else it holds stays: charts, notes, sheets, columns of its own.

No library saves a workbook somebody filled without losing part of it. So only the sheet's rows, its table's range and
the wish to be recalculated are rewritten, as text; every other part of the archive is copied as it is.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from reportkit.definitions.columns import Column
from reportkit.definitions.errors import CloseWorkbook, MendInput
from reportkit.definitions.text import Language, Text
from reportkit.read.book import RawBook, RawSheet
from reportkit.read.contents import sheet_parts
from reportkit.read.preflight import Package
from reportkit.read.spelling import as_run
from reportkit.read.survey import column_letters, column_number, quick_survey
from reportkit.read.values import EPOCH, SECONDS_A_DAY
from reportkit.read.workbook import DAYS_TO_1904
from reportkit.workbooks.style import fitting

ODD_SHEET: Final = Text(
    "{file} 的工作表“{sheet}”写法特殊，不能安全地添加行。请在 Excel 里打开并保存一次再试",
    "{file} 的工作表「{sheet}」寫法特殊，不能安全地新增列。請在 Excel 裡開啟並儲存一次再試",
    "Sheet “{sheet}” of {file} is written in an unusual way. Open and save it in Excel, then try again",
)
NO_SHEET: Final = Text(
    "{file} 缺少工作表“{sheet}”，不能写入。改过名就改回来；删掉了就从空白模板复制，再试一次",
    "{file} 缺少工作表「{sheet}」，不能寫入。改過名就改回來；刪掉了就從空白範本複製，再試一次",
    "{file} lacks the sheet “{sheet}”. Give it its name back, or copy it from the blank template, then try again",
)
NO_COLUMN: Final = Text(
    "{file} 的工作表“{sheet}”缺少列“{column}”。请从空白模板复制标题，再试一次",
    "{file} 的工作表「{sheet}」缺少欄「{column}」。請從空白範本複製標題，再試一次",
    "Sheet “{sheet}” of {file} lacks the column “{column}”. Copy its heading from the blank template and try again",
)
FORMULA: Final = Text(
    "{file} 的 {sheet}!{cell} 是公式，不能改写。请改成数值，再试一次",
    "{file} 的 {sheet}!{cell} 是公式，不能改寫。請改成數值，再試一次",
    "{sheet}!{cell} of {file} holds a formula, which is not overwritten. Make it a value and try again",
)
TOTALS: Final = Text(
    "{file} 的工作表“{sheet}”的表格有汇总行或下面还有表格，不能加行。请去掉汇总行，或移开下面的表格",
    "{file} 的工作表「{sheet}」的表格有合計列或下面還有表格，不能加列。請去掉合計列，或移開下面的表格",
    "The table on sheet “{sheet}” of {file} has a total row or another table below it. Remove it",
)  # fmt: skip
TOO_LONG: Final = Text(
    "“{column}”的内容超过 32,767 个字，Excel 放不下：{start}…",
    "「{column}」的內容超過 32,767 個字，Excel 放不下：{start}…",
    "“{column}” holds more than the 32,767 characters a cell takes: {start}…",
)
ROW: Final = re.compile(r"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
CELL: Final = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
COLUMN: Final = re.compile(r'<col\b(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")(?=[^>]*\bstyle="(\d+)")[^>]*>')
NUMBER: Final = re.compile(r'\br="(\d+)"')
STYLE: Final = re.compile(r'\bs="(\d+)"')
RANGE: Final = re.compile(r'(<(?:table|autoFilter)\b[^>]*?\bref=")([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True)
class Edit:
    """What to write into one form's sheet.

    `appended` are rows of column code → value; `changed` maps (Excel row number, column code) → value, None to empty
    the cell. Choices are given as codes or as typed.
    """

    appended: Sequence[Mapping[str, object]] = ()
    changed: Mapping[tuple[int, str], object] = field(default_factory=dict)


def edited(package: Package, raw: RawBook, edits: Mapping[str, Edit]) -> bytes:
    """Return a log with rows added and cells changed, form by form; everything else in it stays as it is.

    Raise MendInput or CloseWorkbook where that cannot be done without losing or hiding something.
    """
    parts, in_1904 = sheet_parts(package)
    new: dict[str, bytes] = {}
    for code, edit in edits.items():
        if not edit.appended and not edit.changed:
            continue
        sheet = raw.sheets[code]
        part = parts[sheet.name]
        editor = _Editor(package, sheet, raw.identity.language, in_1904)
        new[part] = editor.edited(package.parts[part], edit).encode()
        new |= _tables(package, part, sheet, editor.last)
    workbook = next(name for name in package.parts if name.endswith("workbook.xml"))
    new[workbook] = _recalculated(package.parts[workbook])
    return with_parts(package.content, new)


def must_have(raw: RawBook, *forms: str) -> None:
    """Raise MendInput where a log lacks the sheet of one of these forms."""
    for sheet in (raw.sheets[code] for code in forms):
        if not sheet.name:
            raise MendInput(NO_SHEET, file=raw.file, sheet=sheet.form.label)


def with_parts(content: bytes, new: Mapping[str, bytes]) -> bytes:
    """Return a workbook with some parts replaced, the rest in their order and with their dates."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in old.infolist():
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, new[info.filename] if info.filename in new else old.read(info.filename))
    return result.getvalue()


def _recalculated(workbook: bytes) -> bytes:
    """Return a workbook part that asks for everything to be calculated on opening."""
    if b"fullCalcOnLoad=" in workbook:
        return re.sub(rb'fullCalcOnLoad="[^"]*"', b'fullCalcOnLoad="1"', workbook)
    return workbook.replace(b"<calcPr", b'<calcPr fullCalcOnLoad="1"', 1)


def _tables_of(package: Package, part: str) -> list[str]:
    """Return the names of the parts of a sheet's tables."""
    folder, name = posixpath.split(part)
    relations = package.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"), b"").decode()
    targets = re.findall(r'<Relationship\b(?=[^>]*\bType="[^"]*/table")[^>]*\bTarget="([^"]*)"', relations)
    return [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets]


def _tables(package: Package, part: str, sheet: RawSheet, last: int) -> dict[str, bytes]:
    """Return the parts of the sheet's table, its range drawn down to a row."""
    tables = {name: package.parts[name].decode() for name in _tables_of(package, part)}
    columns = sorted(column_number(letter) for letter in sheet.letters.values())
    reach = {name: RANGE.search(xml) for name, xml in tables.items()}
    new: dict[str, bytes] = {}
    for name, found in reach.items():
        if found is None:
            continue
        left, right, bottom = column_number(found[2]), column_number(found[4]), int(found[5])
        if right < columns[0] or left > columns[-1] or bottom >= last:
            continue
        if re.search(r'totalsRowCount="[1-9]', tables[name]) or new:
            raise MendInput(TOTALS, file=package.file, sheet=sheet.name)
        longer = RANGE.sub(rf'\g<1>\g<2>\g<3>:\g<4>{last}"', tables[name])
        new[name] = longer.encode()
    return new


@dataclass
class _Editor:
    """Rewrites the rows of one sheet; `last` is the last row written to."""

    package: Package
    sheet: RawSheet
    language: Language
    in_1904: bool
    last: int = 0

    def edited(self, xml: bytes, edit: Edit) -> str:
        """Return the sheet's XML with the edit made."""
        text = xml.decode()
        start, end = text.find("<sheetData>") + len("<sheetData>"), text.rfind("</sheetData>")
        if quick_survey(xml) is None or not 0 < start <= end:
            raise CloseWorkbook(ODD_SHEET, file=self.package.file, sheet=self.sheet.name)
        rows = {number: (attributes, cells) for number, attributes, cells in self._rows(text[start:end])}
        styles = self._styles(text[:start], rows)
        self.last = bottom = self._bottom(rows)
        wanted = dict(edit.changed)
        for at, row in enumerate(edit.appended, 1):
            wanted |= {(bottom + at, code): value for code, value in row.items() if value is not None}
        self.last = max([bottom + len(edit.appended), *(number for number, _ in wanted)])
        for (number, code), value in wanted.items():
            attributes, cells = rows.setdefault(number, (f' r="{number}"', {}))
            letter = self._letter(code)
            cells[letter] = self._cell(letter, number, code, value, cells.get(letter), styles)
            rows[number] = (re.sub(r'\s+spans="[^"]*"', "", attributes), cells)
        head = re.sub(r'(<dimension ref="[A-Z]+\d+:[A-Z]+)(\d+)"', self._dimension, text[:start], count=1)
        return head + "".join(_row(*rows[number]) for number in sorted(rows)) + text[end:]

    def _dimension(self, found: re.Match[str]) -> str:
        return f'{found[1]}{max(int(found[2]), self.last)}"'

    def _rows(self, data: str) -> Iterator[tuple[int, str, dict[str, str]]]:
        """Yield each row's number, its attributes and its cells by letter, as text."""
        for attributes, inner in ROW.findall(data):
            number = NUMBER.search(attributes)
            if number is None:
                raise CloseWorkbook(ODD_SHEET, file=self.package.file, sheet=self.sheet.name)
            cells = {found[1]: found[0] for found in CELL.finditer(inner)}
            yield int(number[1]), attributes, cells

    def _bottom(self, rows: Mapping[int, tuple[str, Mapping[str, str]]]) -> int:
        """Return the last row with a value or a formula in one of the form's columns."""
        own = set(self.sheet.letters.values())
        return max(
            (number for number, (_, cells) in rows.items() if any(_filled(cells[one]) for one in own & cells.keys())),
            default=0,
        )

    def _styles(self, head: str, rows: Mapping[int, tuple[str, Mapping[str, str]]]) -> dict[str, str]:
        """Return letter → the style of its cells: of the last row of the form, else of the column."""
        styles: dict[str, str] = {}
        for first, last, style in COLUMN.findall(head):
            columns = range(int(first), min(int(last), int(first) + 200) + 1)
            styles |= {column_letters(column): style for column in columns}
        latest = rows.get(self.sheet.rows[-1], ("", {}))[1] if self.sheet.rows else {}
        own = {letter: STYLE.search(cell.partition(">")[0]) for letter, cell in latest.items()}
        return styles | {letter: found[1] for letter, found in own.items() if found}

    def _letter(self, code: str) -> str:
        if code not in self.sheet.letters:
            label = self.sheet.form.column[code].label
            raise MendInput(NO_COLUMN, file=self.package.file, sheet=self.sheet.name, column=label)
        return self.sheet.letters[code]

    def _cell(
        self, letter: str, number: int, code: str, value: object, old: str | None, styles: Mapping[str, str]
    ) -> str:
        """Return a cell with a value, in the style it had or its column has."""
        place = f"{letter}{number}"
        if old is not None and "<f" in old:
            raise MendInput(FORMULA, file=self.package.file, sheet=self.sheet.name, cell=place)
        kept = STYLE.search(old.partition(">")[0]) if old is not None else None
        style = kept[1] if kept else styles.get(letter)
        start = f'<c r="{place}"' + (f' s="{style}"' if style else "")
        return start + _value(self.sheet.form.column[code], value, self.language, self.in_1904)


def _row(attributes: str, cells: Mapping[str, str]) -> str:
    inner = "".join(cells[letter] for letter in sorted(cells, key=column_number))
    return f"<row{attributes}>{inner}</row>"


def _filled(cell: str) -> bool:
    return any(mark in cell for mark in ("<v", "<is", "<f"))


def _value(column: Column, value: object, language: Language, in_1904: bool) -> str:
    """Return what follows a cell's place and style: its type and value. Text stays text, never a formula."""
    if value is None or value == "":
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v></c>"
    if isinstance(value, dt.date | dt.time):
        return f"><v>{_serial(value, in_1904)!r}</v></c>"
    text = str(value)
    if column.choices is not None and text in column.choices.labels:
        text = column.choices.labels[text].to(language)
    if fitting(text) != text:
        raise MendInput(TOO_LONG, column=column.label, start=text[:20])
    return f' t="inlineStr"><is>{as_run(text)}</is></c>'


def _serial(value: dt.date | dt.time, in_1904: bool) -> float:
    """Return a day, a moment or a time of day as Excel counts it."""
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / SECONDS_A_DAY
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    days = (moment - EPOCH) / dt.timedelta(days=1) - (DAYS_TO_1904 if in_1904 else 0)
    return int(days) if days.is_integer() else days
