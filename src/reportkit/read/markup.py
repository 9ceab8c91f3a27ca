"""Exports that are markup under the name .xls: web pages with tables, saved web archives, and Excel's XML of 2003."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from email import message_from_string, policy
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element  # only its type: defusedxml parses

from defusedxml.ElementTree import fromstring

from reportkit.read.contents import BROKEN, REACHES, Rows
from reportkit.read.preflight import LIMITS, Unsound
from reportkit.read.survey import ODD_MARKUP, column_letters
from reportkit.read.values import DATES_BEGIN, FIRST_DAY, CellError

WIDEST: Final = 16_384  # columns of a sheet
SPREADSHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_OF: Final = f"{{{SPREADSHEET}}}"
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK: Final = re.compile(r" *\n *")
BEFORE_FIRST: Final = FIRST_DAY - dt.timedelta(days=1)  # from which some programs count a day's times


def tables_of(text: str) -> dict[str, Rows] | None:
    """Return sheet name → cells of a text that is markup with tables, None where it is none.

    A page has one nameless sheet: its tables, one below the other. Raise Unsound where the markup is broken.
    """
    if text[:500].lstrip().casefold().startswith("mime-version:"):
        text = _archived(text)
    start = text[:5000].lstrip().casefold()
    if not start.startswith("<"):
        return None
    if SPREADSHEET in start:
        return _sheets(text)
    return {"": _page_rows(text)} if "<table" in text.casefold() else None


def _archived(text: str) -> str:
    """Return the first page with a table of a web archive (.mht)."""
    parts = message_from_string(text, policy=policy.default).walk()
    pages = [part.get_content() for part in parts if part.get_content_type() == "text/html"]
    return next((page for page in pages if "<table" in page.casefold()), "")


def _sheets(text: str) -> dict[str, Rows]:
    """Return the sheets of a spreadsheet in Excel's XML of 2003."""
    try:
        root: Element = fromstring(text.lstrip(), forbid_dtd=True)
    except ODD_MARKUP:
        raise Unsound("file.damaged", reason=BROKEN) from None
    return {
        sheet.get(f"{_OF}Name", ""): _cells(sheet, sheet.get(f"{_OF}Name", ""))
        for sheet in root.iterfind(f"{_OF}Worksheet")
    }


def _cells(sheet: Element, name: str) -> Rows:
    """Return the cells of one sheet; cells left out and those a merged one reaches over are blank."""
    rows: Rows = []
    held = 0
    for row in sheet.iterfind(f"{_OF}Table/{_OF}Row"):
        number = _number(row.get(f"{_OF}Index"), len(rows) + 1)
        cells: list[object] = []
        for cell in row.iterfind(f"{_OF}Cell"):
            at = _number(cell.get(f"{_OF}Index"), len(cells) + 1)
            if at > WIDEST or number * at > LIMITS.cells or (held := held + 1) > LIMITS.cells:
                reached = f"{column_letters(min(at, WIDEST))}{number}"
                raise Unsound("file.too_large", name, reason=REACHES.filled(sheet=name, cell=reached))
            cells.extend([None] * (at - 1 - len(cells)))
            across = min(_number(cell.get(f"{_OF}MergeAcross"), 0), WIDEST - at)
            cells.extend([_value(cell.find(f"{_OF}Data")), *[None] * across])
        rows.extend([] for _ in range(number - 1 - len(rows)))
        rows.append(cells)
    return rows


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written is not None and written.isdigit() else otherwise


def _moment(written: str) -> object:
    """Return a moment; one of the days before dates begin is a time that passed."""
    moment = dt.datetime.fromisoformat(written)
    if not BEFORE_FIRST <= moment < DATES_BEGIN:
        return moment
    return moment - (BEFORE_FIRST if moment < FIRST_DAY else FIRST_DAY)


_READ: Final[dict[str, Callable[[str], object]]] = {
    "DateTime": _moment,
    "Number": float,
    "Boolean": lambda written: written == "1",
    "Error": CellError,
}


def _value(data: Element | None) -> object:
    """Return what a cell holds; what does not read as its type says stays a text."""
    if data is None:
        return None
    text = "".join(data.itertext())
    try:
        return _READ.get(data.get(f"{_OF}Type", ""), str)(text)
    except ValueError:
        return text


def _page_rows(text: str) -> Rows:
    """Return the cells of a page's tables; a cell over several columns or rows leaves the others blank."""
    page = _Page()
    page.feed(text)
    page.close()
    while page.tables:
        page.end_table()
    return page.rows


class _Table:
    """A table being read: its row, its cell's text, and the columns cells of rows above still reach into."""

    def __init__(self) -> None:
        self.row: list[object] | None = None
        self.begun = 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.below: dict[int, int] = {}  # column → rows it is still taken for


class _Page(HTMLParser):
    """Collects the rows of tables; a table inside a cell comes as rows of its own, after the row that holds it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Rows = []
        self.tables: list[_Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append(_Table())
        if not self.tables:
            return
        table, given = self.tables[-1], dict(attrs)
        if tag == "tr":
            self._end_row(table)
            table.row, table.begun = [], len(self.rows)
        elif tag in ("td", "th"):
            self._end_cell(table)
            table.cell = []
            table.span = (_span(given.get("colspan"), 1000), _span(given.get("rowspan"), 65_534))
        elif tag == "br" and table.cell is not None:
            table.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row or a cell."""
        if not self.tables:
            return
        if tag in ("td", "th"):
            self._end_cell(self.tables[-1])
        elif tag == "tr":
            self._end_row(self.tables[-1])
        elif tag == "table":
            self.end_table()

    def handle_data(self, data: str) -> None:
        """Take a cell's text; as on the page, spaces and lines of the source are one space."""
        if self.tables and self.tables[-1].cell is not None:
            self.tables[-1].cell.append(_SPACES.sub(" ", data))

    def end_table(self) -> None:
        """End the innermost table."""
        self._end_row(self.tables[-1])
        self.tables.pop()

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.row is not None:
            self._pass_over(table)
            self.rows.insert(table.begun, table.row)
            table.below = {at: left - 1 for at, left in table.below.items() if left > 1}
        table.row = None

    def _end_cell(self, table: _Table) -> None:
        if table.cell is not None and table.row is not None:
            self._pass_over(table)
            wide, high = table.span
            if high > 1:  # counted down at the end of this row, too
                table.below |= dict.fromkeys(range(len(table.row), len(table.row) + wide), high)
            table.row.extend([_AROUND_BREAK.sub("\n", "".join(table.cell)).strip(), *[""] * (wide - 1)])
        table.cell = None

    def _pass_over(self, table: _Table) -> None:
        """Leave the columns blank that a cell of a row above reaches into."""
        while table.row is not None and len(table.row) in table.below:
            table.row.append("")


def _span(written: str | None, most: int) -> int:
    return max(1, min(int(written), most)) if written is not None and written.strip().isdigit() else 1
