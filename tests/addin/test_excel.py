"""What Excel hands over otherwise than LibreOffice, as read in xlwings' source: no Excel runs here, its side is described."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.forms import FORMS
from reportkit.read.values import CellError, normalise
from reportkit_addin import reading, team
from reportkit_addin import sentences as say
from reportkit_addin.files import file_of, open_book, open_books, path_of
from reportkit_addin.links import follow
from reportkit_addin.looks import rule
from reportkit_addin.oddly import merged_halves
from reportkit_addin.protection import ALLOWED, unprotected
from reportkit_addin.reading import cells_of
from reportkit_addin.times import is_time, tell_times
from reportkit_addin.typed import typed_into

EXCEL = SimpleNamespace(engine=SimpleNamespace(name="excel"))
UNKNOWN_NAME = -2147352570


class Refused(Exception):
    """What pywin32 raises, with Windows' own number."""

    def __init__(self, hresult: int) -> None:
        super().__init__(hresult)
        self.hresult = hresult


class Got:
    """A property as appscript hands it over."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def get(self) -> Any:
        return self.value


WINDOWS_ERRORS = {-2146826246: "#N/A", -2146826265: "#REF!"}  # those xlwings names


class Held:
    """Cells of Excel's, with what it hands over of them and what it shows."""

    row = column = 1

    def __init__(self, rows: list[list[Any]], sheet: Any, shown: list[list[str]] | None = None) -> None:
        self.rows, self.sheet, self.shown = rows, sheet, shown
        self.shape = len(rows), len(rows[0])
        self.last_cell = SimpleNamespace(row=self.shape[0], column=self.shape[1])

    def options(self, **given: Any) -> Any:
        self.sheet.asked.append(given)
        return SimpleNamespace(value=[[WINDOWS_ERRORS.get(cell, cell) for cell in row] for row in self.rows])

    @property
    def raw_value(self) -> Any:
        return tuple(map(tuple, self.rows)) if self.shape != (1, 1) else self.rows[0][0]

    @property
    def api(self) -> Any:
        assert self.shown
        texts: Any = self.shown if len(self.shown) > 1 else self.shown[0]  # as it answers of a single row, and cell
        return SimpleNamespace(string_value=Got(texts[0] if self.shape == (1, 1) else texts))

    def __getitem__(self, at: tuple[slice, Any]) -> Held:
        part = at[1] if isinstance(at[1], slice) else slice(at[1], at[1] + 1)
        cut = [row[part] for row in self.rows[at[0]]]
        return Held(cut, self.sheet, self.shown and [row[part] for row in self.shown[at[0]]])


def sheet_of(rows: list[list[Any]], api: Any = None, shown: list[list[str]] | None = None) -> Any:
    """Return a sheet of Excel's that holds rows from A1 on."""
    sheet = SimpleNamespace(name="每日记录", api=api, book=SimpleNamespace(app=EXCEL), asked=[])
    sheet.used_range = Held(rows, sheet, shown)
    return sheet


def test_windows_hands_over_amounts_as_decimals_times_as_moments_and_young_errors_as_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    day, midnight = dt.datetime(2026, 11, 24), dt.datetime(1899, 12, 30)
    rows: list[list[Any]] = [
        [Decimal("1234.5"), day, midnight.replace(hour=9, minute=30), -2146826243, -2146826265],
        ["", dt.datetime(2026, 11, 24, 9, 30), midnight, True, "#REF!"],
    ]
    assert cells_of(sheet_of(rows)) == [
        [1234.5, day.date(), dt.time(9, 30), CellError("#SPILL!"), CellError("#REF!")],
        ["", dt.datetime(2026, 11, 24, 9, 30), dt.time(), True, "#REF!"],  # somebody typed that
    ]
    clock = next(column for column in FORMS["activities"].columns if column.kind == "time")
    assert normalise(clock, [dt.time()]) == [dt.time()]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("h:mm", True), ("hh:mm:ss", True), ("[h]:mm", True), ("mm:ss.0", True), ("[m]", True), ("h:mm AM/PM", True),
        ("[$-F400]h:mm:ss AM/PM", True), ('h"时"mm"分"', True), ("h:mm;@", True),
        ("General", False), ("0.00", False), ("yyyy/m/d h:mm", False), ("m/d", False), ('0.0"h"', False), ("@", False),
        ("[Red]0.00", False), ("#,##0.00_s", False), ("[$-804]yyyy-mm-dd", False), (r"0\h", False), ("0.00E+00", False),
    ],
)  # fmt: skip
def test_a_time_is_told_by_its_format(code: str, told: bool) -> None:
    assert is_time(code) is told


class Formatted:
    """A sheet of Excel's whose cells have formats, and what it was asked: Excel says nothing of several at once."""

    def __init__(self, columns: list[list[str]]) -> None:
        self.columns, self.asked = columns, 0

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Any:
        self.asked += 1
        codes = set(self.columns[first[1] - 1][first[0] - 1 : last[0]])
        return SimpleNamespace(number_format=codes.pop() if len(codes) == 1 else None)


def test_numbers_that_excel_shows_as_times_are_times_as_in_a_file() -> None:
    below = ["General"] * 500
    sheet: Any = Formatted(
        [["General", *["h:mm"] * 505], ["General", "General", "h:mm", "0", "[h]:mm", "h:mm", *below]]
    )
    rows: list[list[object]] = [["时间", "时长"], [0.5, 12.5], [46350.25, 0.5 / 24], ["x", 7.0], ["", 1.5], [1.0, 0.0]]
    rows += [["", 30.0] for _ in below]
    tell_times(sheet, rows)
    assert [cells[0] for cells in rows[1:6]] == [
        dt.time(12),
        dt.datetime(2026, 11, 24, 6),
        "x",
        "",
        dt.datetime(1899, 12, 31),
    ]
    assert [cells[1] for cells in rows[1:6]] == [12.5, dt.time(0, 30), 7.0, dt.timedelta(hours=36), 0.0]
    assert rows[-1] == ["", 30.0]
    assert sheet.asked < 40


def test_macos_tells_failed_formulas_by_what_cells_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(reading, "MOST_SHOWN", 4)
    shown = [["24/11/2026", "#N/A"], ["x", ""], ["#N/A", ""]]
    sheet = sheet_of([[dt.datetime(2026, 11, 24), ""], ["x", ""], ["#N/A", ""]], shown=shown)
    assert cells_of(sheet) == [[dt.date(2026, 11, 24), CellError("#N/A")], ["x", ""], ["#N/A", ""]]
    assert len(sheet.asked) == 2, "in parts, for an answer has its limit"
    assert not any(given.get("err_to_str") for given in sheet.asked)  # xlwings 0.37.8 breaks on it there


@pytest.mark.parametrize("texts", [["#N/A"], ["#N/A", "x"]])
def test_macos_shows_a_single_row_or_cell_without_a_row_around_it(
    monkeypatch: pytest.MonkeyPatch, texts: list[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    row = ["", *texts[1:]]
    assert cells_of(sheet_of([row], shown=[texts])) == [[CellError("#N/A"), *texts[1:]]]


class Windows:
    """A protected sheet as Excel on Windows has it: protecting it anew allows what is asked for and nothing else."""

    def __init__(self) -> None:
        self.ProtectContents = self.ProtectDrawingObjects = self.ProtectionMode = True
        self.ProtectScenarios = False
        self.Protection = SimpleNamespace(
            **{f"Allow{name}": name in ("Sorting", "FormattingCells") for name in self.allowed()}
        )
        self.calls: list[tuple[Any, ...]] = []

    @staticmethod
    def allowed() -> list[str]:
        return [
            *("FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows"),
            *("InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables"),
        ]

    def Unprotect(self, password: str) -> None:  # noqa: N802 # Excel's name
        self.ProtectContents = bool(password)
        self.Protection = SimpleNamespace(**dict.fromkeys((f"Allow{name}" for name in self.allowed()), False))

    def Protect(self, *given: Any) -> None:  # noqa: N802 # Excel's name
        self.ProtectContents = True
        self.calls.append(given)


def test_windows_is_told_what_a_sheet_allowed_when_it_is_protected_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    api = Windows()
    sheet: Any = SimpleNamespace(name="每日记录", api=api, book=SimpleNamespace(app=EXCEL))
    with unprotected(sheet):
        assert not api.ProtectContents
    allowed = [name in ("FormattingCells", "Sorting") for name in Windows.allowed()]
    assert api.calls == [("", True, True, False, True, *allowed)]


def test_macos_is_told_by_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    state, said = {"protected": True}, []

    def unprotect(password: str) -> None:
        said.append(password)
        state["protected"] = False

    def protect_worksheet(**given: Any) -> None:
        said.append(given)
        state["protected"] = True

    allows = {f"allow_{one}": Got(one == "filtering") for one in ALLOWED}
    api = SimpleNamespace(
        protect_contents=SimpleNamespace(get=lambda: state["protected"]), protection_object=SimpleNamespace(**allows),
        protect_drawing_objects=Got(False), protect_scenarios=Got(True), protection_mode=Got(False),
        unprotect=unprotect, protect_worksheet=protect_worksheet,
    )  # fmt: skip
    sheet: Any = SimpleNamespace(name="每日记录", api=api, book=SimpleNamespace(app=EXCEL))
    with unprotected(sheet):
        assert not state["protected"]
    password, given = said
    assert password == ""  # without one Excel would ask for it in a box
    assert {name for name, value in given.items() if value} == {"allow_filtering", "scenarios", "worksheet_contents"}
    assert len(given) == len(ALLOWED) + 4


class InTheCloud:
    """A workbook whose address xlwings finds nowhere on this machine."""

    name = "预算.xlsx"

    @property
    def fullname(self) -> str:
        raise xw.XlwingsError("Couldn't find your local OneDrive file")


def test_a_workbook_in_the_cloud_is_not_saved_here_and_no_button_breaks_on_it() -> None:
    book: Any = InTheCloud()
    assert file_of(book) == Path("预算.xlsx")
    with pytest.raises(MendInput) as refused:
        path_of(book)
    assert refused.value.text is say.SAVE_FIRST


def test_excel_opens_no_second_workbook_of_a_name(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.touch()
    (tmp_path / "W47").mkdir()
    other = tmp_path / "W47" / "Team.xlsx"
    other.touch()
    app: Any = SimpleNamespace(books=[SimpleNamespace(name=other.name, fullname=str(other))], **vars(EXCEL))
    with pytest.raises(MendInput) as refused:
        open_book(app, path)
    assert refused.value.text is say.SAME_NAME
    link = tmp_path / "by its letter"
    link.symlink_to(other.parent)
    assert open_book(app, link / "Team.xlsx") is app.books[0]


def test_a_drive_of_windows_is_no_kind_of_address() -> None:
    formula = '=HYPERLINK("D:\\客户\\A001 张伟.xlsx#\'每日记录\'!A7","每日记录 A7")'
    book: Any = SimpleNamespace(
        selection=SimpleNamespace(count=1, formula=formula), app=SimpleNamespace(books=[], **vars(EXCEL))
    )
    with pytest.raises(MendInput) as refused:
        follow(book)
    assert refused.value.text is say.NO_FILE  # looked for, here in vain
    book.selection.formula = '=HYPERLINK("https://example.com/a#\'b\'!A7","b")'
    assert follow(book) is None


class Merged:
    """Cells of an Excel sheet some of which are merged; a box is first row and column, last row and column."""

    areas = ((5, 1, 6, 1), (8, 9, 8, 11), (9, 2, 12, 4))

    def __init__(self, box: tuple[int, int, int, int]) -> None:
        self.box = self.row, self.column, *_ = box

    @property
    def shape(self) -> tuple[int, int]:
        return self.box[2] - self.row + 1, self.box[3] - self.column + 1

    @property
    def last_cell(self) -> Any:
        return SimpleNamespace(row=self.box[2], column=self.box[3])

    @property
    def merge_cells(self) -> bool | None:
        """True or False where all cells are alike, None where some are merged."""
        rows, columns = range(self.row, self.box[2] + 1), range(self.column, self.box[3] + 1)
        found = {self.area_of(row, column) is not None for row in rows for column in columns}
        return found.pop() if len(found) == 1 else None

    @property
    def merge_area(self) -> Merged:
        return Merged(self.area_of(self.row, self.column) or self.box)

    def area_of(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        return next((a for a in self.areas if a[0] <= row <= a[2] and a[1] <= column <= a[3]), None)

    def __getitem__(self, at: tuple[Any, Any]) -> Merged:
        if at == (0, 0):
            return Merged((self.row, self.column, self.row, self.column))
        rows, columns = (range(one)[part] for one, part in zip(self.shape, at, strict=True))
        top, left = self.row, self.column
        return Merged((top + rows[0], left + columns[0], top + rows[-1], left + columns[-1]))


def test_merged_cells_of_excel_are_found_by_halving() -> None:
    cells: Any = Merged((3, 1, 40, 12))
    assert set(merged_halves(cells)) == set(Merged.areas)
    nothing: Any = Merged((13, 1, 40, 12))
    assert not list(merged_halves(nothing))


def test_a_file_that_moved_while_it_is_open_is_not_to_be_saved_where_it_was(tmp_path: Path) -> None:
    book: Any = SimpleNamespace(name="A001 张伟.xlsx", fullname=str(tmp_path / "A001 张伟.xlsx"))
    with pytest.raises(TryLater) as refused:
        path_of(book)
    assert refused.value.text is say.FILE_AWAY


def test_an_excel_without_threaded_comments_lists_its_notes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    class Api:
        Comments = (SimpleNamespace(Parent=SimpleNamespace(Address="$B$3")),)

        @property
        def CommentsThreaded(self) -> Any:  # noqa: N802 # Excel's name
            raise Refused(UNKNOWN_NAME)

    book: Any = SimpleNamespace(
        name="team.xlsx", fullname=str(tmp_path / "team.xlsx"), app=EXCEL, sheet_names=["总览"],
        sheets={"总览": sheet_of([["typed", ""]], Api())},
    )  # fmt: skip
    assert typed_into(book) == {"总览": ["A1", "B3"]}


class Counted:
    """The workbooks open on macOS as xlwings has them: those it goes through are the first, the second and so on."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = paths

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Any:
        return (Place(self, lambda at=at: at) for at in range(len(self)))

    def __getitem__(self, name: str) -> Any:
        return Place(self, lambda: [path.name for path in self.paths].index(name))


class Place:
    """A workbook by its place among those open, or by its name."""

    def __init__(self, books: Counted, at: Any) -> None:
        self.books, self.at = books, at

    @property
    def fullname(self) -> str:
        return str(self.books.paths[self.at()])

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    def close(self) -> None:
        del self.books.paths[self.at()]


def test_reports_alone_are_closed_on_macos_where_xlwings_counts_workbooks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(team, "sight_of", lambda book: None)
    log, reports = tmp_path / "logs" / "A001 张伟.xlsx", tmp_path / "reports" / "2026-W48"
    app: Any = SimpleNamespace(books=Counted([reports / "team.xlsx", reports / "A001.xlsx", log]), **vars(EXCEL))
    with team._closed_meanwhile(app, reports):
        assert app.books.paths == [log], "closed without a question, it would lose what is not saved"
    found = open_books(app)
    app.books.paths.insert(0, reports / "team.xlsx")
    assert [book.name for book in found] == [log.name]


def test_a_single_row_gets_no_line_inside_it() -> None:
    drawn: list[list[str]] = []
    for rows in (1, 2):
        cells: Any = SimpleNamespace(
            shape=(rows, 5), font=SimpleNamespace(),
            borders=SimpleNamespace(set=lambda sides, **look: drawn.append(sides)),
        )  # fmt: skip
        rule(cells)
    assert drawn == [["edge_bottom"], ["inside_horizontal", "edge_bottom"]]
