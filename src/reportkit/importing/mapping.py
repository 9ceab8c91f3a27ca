"""The cells of another system's file → a form's values, by a map; every row keeps its place in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.importing.headings import Labelled, clean, header_index, text_of
from reportkit.importing.layout import laid_out
from reportkit.importing.maps import Map, Source, Split
from reportkit.importing.moments import Clocks, moment, undecided
from reportkit.importing.steps import IDS, MOMENTS, Steps, meeting, trimmed
from reportkit.importing.written import digits_lost, parts_of
from reportkit.read.foreign import Cells
from reportkit.read.plain_text import CUT
from reportkit.read.survey import column_letters


@dataclass(frozen=True)
class Origin:
    """The sheet rows come from, and the letter of the column that each of the form's was made of."""

    sheet: str
    letters: Mapping[str, str]


@dataclass(frozen=True)
class Mapped:
    """A form's values from a file: code → values, one a row kept; `rows` are the file's row numbers, `sheets` whence.

    `to` is the advisor each row goes to where the map splits the file (None: nobody is named for its value in
    `who`); `read` counts the rows with anything in them, `skipped` those the map leaves out; `notes` are findings of
    kept rows, each with its row's index here, `findings` those of whole sheets.
    """

    form: Form
    file: str
    sheets: list[Origin]
    columns: dict[str, list[object]]
    rows: list[int]
    read: int
    skipped: int
    to: list[str | None]
    who: list[str]
    notes: tuple[tuple[int, Finding], ...] = ()
    findings: tuple[Finding, ...] = ()

    def place(self, row: int, column: str | None = None) -> Place:
        """Return the place in the file of a kept row, or of what one of its cells was made of."""
        origin = self.sheets[row]
        letter = origin.letters.get(column) if column else None
        described = self.form.column[column] if column else None
        number = self.rows[row]
        return Place(self.file, origin.sheet or None, number, described, f"{letter}{number}" if letter else None)


def map_sheets(sheets: Sequence[Cells], form: Form, wanted: Map) -> Mapped:
    """Return what the rows of a file's sheets mean by a map. Raise MendInput where columns it names are not there."""
    mapped = _joined([_map_rows(cells, form, wanted) for cells in sheets])
    return _some(mapped, _one_of_a_key(mapped, wanted))


def _joined(parts: Sequence[Mapped]) -> Mapped:
    """Return the rows of several sheets as those of one."""
    before = list(accumulate((len(one.rows) for one in parts), initial=0))
    return replace(
        parts[0],
        columns={code: [cell for one in parts for cell in one.columns[code]] for code in parts[0].columns},
        rows=[number for one in parts for number in one.rows],
        sheets=[origin for one in parts for origin in one.sheets],
        to=[advisor for one in parts for advisor in one.to],
        who=[name for one in parts for name in one.who],
        read=sum(one.read for one in parts),
        skipped=sum(one.skipped for one in parts),
        notes=tuple((row + begin, note) for begin, one in zip(before, parts, strict=False) for row, note in one.notes),
        findings=tuple(found for one in parts for found in one.findings),
    )


def _map_rows(cells: Cells, form: Form, wanted: Map) -> Mapped:
    """Return what the rows of one sheet mean."""
    sheet, heads = laid_out(cells, wanted)
    read = len(sheet.body) + heads
    sheet = sheet.only(_kept(sheet, wanted))
    columns: dict[str, list[object]] = {}
    for code, source in wanted.columns.items():
        columns[code] = Steps(sheet, wanted, columns).column(form.column[code], source)
    ordered = {column.code: columns[column.code] for column in form.columns if column.code in columns}
    own = {
        code: [one for one in source.labels if fold(one) not in sheet.made] for code, source in wanted.columns.items()
    }
    sources = {code: labels[0] for code, labels in own.items() if labels}
    who = _who(sheet, wanted.split) if wanted.split else [""] * len(sheet.body)
    advisors = {fold(name): advisor for name, advisor in wanted.split.logs.items()} if wanted.split else {}
    to = [advisors.get(fold(one)) for one in who]
    whence = _whence(cells.sheet, sheet, sources)
    mapped = Mapped(form, cells.file, whence, ordered, sheet.rows, read, read - len(sheet.body), to, who)
    notes = (*_shifted(mapped, cells, wanted), *_notes(mapped, sheet, wanted))
    return replace(mapped, notes=notes, findings=cells.findings)


def _whence(name: str, sheet: Labelled, sources: Mapping[str, str]) -> list[Origin]:
    """Return of each row the sheet it comes from and the letters of its columns: code → heading."""
    places = {code: sheet.column(label) for code, label in sources.items()}

    def origin(stood: Mapping[int, int]) -> Origin:
        return Origin(name, {code: column_letters(stood.get(at, at) + 1) for code, at in places.items()})

    return [origin(stood) for stood in sheet.stood] if sheet.stood else [origin({})] * len(sheet.body)


def _shifted(mapped: Mapped, cells: Cells, wanted: Map) -> Iterator[tuple[int, Finding]]:
    """Yield rows of a text whose cells are not what stands under the headings.

    In a csv those with more cells than headings: a delimiter inside a text has moved what follows; and those that make
    a whole row together with the next: a line ends inside a text. In columns of fixed width those with half a
    character.
    """
    for row, number in enumerate(mapped.rows if wanted.fixed else ()):
        if any(CUT in str(cell) for cell in cells.rows[number - 1]):
            yield row, finding("import.cut", mapped.place(row))
    heads = cells.rows[header_index(cells.rows, wanted) :][: wanted.header_rows]
    width = max(map(len, heads), default=0)
    for row, number in enumerate(mapped.rows if cells.delimiter and heads else ()):
        line = cells.rows[number - 1]
        if any(clean(cell) is not None for cell in line[width:]):
            have, want, place = str(len(line)), str(width), mapped.place(row)
            yield row, finding("import.more_cells", place, cells=have, headings=want, delimiter=cells.delimiter)
        below = cells.rows[number] if number < len(cells.rows) else ()
        if 1 < len(line) < width and 1 < len(below) < width and len(line) + len(below) == width + 1:
            yield row, finding("import.broken", mapped.place(row))


def _who(sheet: Labelled, split: Split) -> list[str]:
    """Return whose each row is, as the file says it and as the map trims it."""
    return [text_of(trimmed(cell, split)) for cell in sheet.cells(split.column)]


def _kept(sheet: Labelled, wanted: Map) -> list[int]:
    """Return the rows a map takes: before the end it names, with all of `keep`, and none of `skip`."""
    rows = range(len(sheet.body))
    ends = meeting(sheet, wanted.until) if wanted.until else [False for _ in rows]
    end = ends.index(True) if True in ends else len(sheet.body)
    keep = meeting(sheet, wanted.keep)
    skip = [meeting(sheet, [one]) for one in wanted.skip]
    return [
        at
        for at in rows
        if at < end and keep[at] and not any(one[at] for one in skip) and sheet.rows[at] not in wanted.skip_rows
    ]


def _one_of_a_key(mapped: Mapped, wanted: Map) -> list[int]:
    """Return the rows, with the first or the last only of those alike in their key, where the map says which."""
    codes = wanted.key or ((mapped.form.id_column,) if mapped.form.id_column else ())
    if wanted.take is None or not codes or not all(code in mapped.columns for code in codes):
        return list(range(len(mapped.rows)))
    taken: dict[tuple[object, ...], int] = {}
    for row in range(len(mapped.rows)):
        key = tuple(mapped.columns[code][row] for code in codes)
        if wanted.take == "last" or key not in taken:
            taken[key] = row
    return sorted(taken.values())


def _some(mapped: Mapped, rows: Sequence[int]) -> Mapped:
    """Return some of the rows; the others count as skipped."""
    places = {row: at for at, row in enumerate(rows)}
    return replace(
        mapped,
        columns={code: [cells[row] for row in rows] for code, cells in mapped.columns.items()},
        rows=[mapped.rows[row] for row in rows],
        sheets=[mapped.sheets[row] for row in rows],
        to=[mapped.to[row] for row in rows],
        who=[mapped.who[row] for row in rows],
        skipped=mapped.skipped + len(mapped.rows) - len(rows),
        notes=tuple((places[row], note) for row, note in mapped.notes if row in places),
    )


def _notes(mapped: Mapped, sheet: Labelled, wanted: Map) -> Iterator[tuple[int, Finding]]:
    """Yield what a person must know of cells that could be read but may not mean what they seem to."""
    for code, source in wanted.columns.items():
        column = mapped.form.column[code]
        if column.kind in IDS:
            raw = sheet.cells(source.from_[0]) if source.from_ and len(source.from_) == 1 else mapped.columns[code]
            for row, (cell, was) in enumerate(zip(mapped.columns[code], raw, strict=True)):
                if cell is not None and (digits_lost(cell) or digits_lost(was)):
                    yield row, finding("import.digits_lost", mapped.place(row, code), value=cell)
        elif source.plus and source.clock is None and source.unit in (None, "seconds"):
            yield from _whole_minutes(mapped, sheet, code, source)
        elif column.kind in MOMENTS and source.from_:
            yield from _mixed(mapped, sheet, wanted, code, source)
    yield from _unnamed(mapped, sheet, wanted)


def _whole_minutes(mapped: Mapped, sheet: Labelled, code: str, source: Source) -> Iterator[tuple[int, Finding]]:
    """Yield the first of a column's times where none has seconds: a spreadsheet may have taken 0:45 for 45 minutes."""
    for label in source.plus:
        cells = [(row, cell) for row, cell in enumerate(sheet.cells(label)) if isinstance(cell, dt.time)]
        if len(cells) > 1 and not any(cell.second or cell.microsecond for _, cell in cells):
            row, cell = cells[0]
            yield row, finding("import.clock", mapped.place(row, code), value=f"{cell:%H:%M}", severity="warning")


def _mixed(
    mapped: Mapped, sheet: Labelled, wanted: Map, code: str, source: Source
) -> Iterator[tuple[int, Finding]]:  # fmt: skip
    """Yield real dates among day-first texts: a spreadsheet may have taken 05/11 for the 11th of May."""
    cells = sheet.cells((source.from_ or ("",))[0])
    if not any(undecided(cell) for cell in cells):
        return
    clocks = Clocks(None, wanted.local)
    for row, cell in enumerate(cells):
        read = moment(cell, (), clocks)
        if isinstance(cell, dt.date) and isinstance(read, dt.datetime | dt.date) and read.day <= 12:
            yield row, finding("import.mixed_dates", mapped.place(row, code), value=str(read))


def _unnamed(mapped: Mapped, sheet: Labelled, wanted: Map) -> Iterator[tuple[int, Finding]]:
    """Yield entries of lists that no `has` of the map names: they would be lost in silence."""
    named: dict[str, set[str]] = {}
    column: dict[str, str] = {}
    for code, source in wanted.columns.items():
        entries = [entry for rule in source.rules for entry in rule.has or ()]
        if entries and source.from_:
            choices = mapped.form.column[code].choices
            column.setdefault(source.from_[0], code)
            known = named.setdefault(source.from_[0], {fold(one) for one in wanted.blank})
            known |= {fold(one) for one in (*entries, *source.values)} | set(choices.by_label if choices else ())
    for label, known in named.items():
        for row, cell in enumerate(sheet.cells(label)):
            strange = [part for part in parts_of(text_of(cell)) if fold(part) not in known]
            if strange:
                place = mapped.place(row, column[label])
                yield row, finding("import.unmapped", place, value=cell, entries=_quoted(strange), heading=label)


def _quoted(entries: Sequence[str]) -> str:
    return ", ".join(entries)
