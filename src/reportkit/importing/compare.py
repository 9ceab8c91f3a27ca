"""A file's rows beside a log's: which are new, the same, changed at their source, or in conflict with the log."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from reportkit.definitions.columns import Form
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, finding
from reportkit.definitions.text import Text
from reportkit.importing.ledger import Ledger, digest, with_key
from reportkit.importing.mapping import Mapped
from reportkit.importing.moments import undecided
from reportkit.importing.steps import MOMENTS
from reportkit.importing.written import two_parts
from reportkit.logs.editing import Edit, must_have
from reportkit.logs.rewrite import OpenLog
from reportkit.read.book import RawSheet, unarchived
from reportkit.read.values import CellError, normalise, shown, value_of
from reportkit.validate.workbook import validate

ALSO_KEY: Final = ("time", "customer_id")  # where no id tells rows apart, these do beside the required columns
NO_KEY: Final = Text(
    "对照表里没有 {columns}，分不清哪一行是日志里的哪一行。请补上，或用 key 写明按哪些列区分",
    "對照表裡沒有 {columns}，分不清哪一列是日誌裡的哪一列。請補上，或用 key 寫明按哪些欄區分",
    "The map lacks {columns}: without, no row is known from another. Add it, or name the columns that do with key",
)
OFFSET: Final = 1 << 24  # rows of the file are checked as rows of the log far below its own
Key = tuple[object, ...]


@dataclass(frozen=True)
class LogPlan:
    """What an import would do to one log.

    Every row of the file meant for it is one of `new`, `changed`, `same`, `conflicts` and `wrong`; `findings` say
    why of the last two, and what to look at in the others.
    """

    log: OpenLog
    edit: Edit
    new: int
    changed: int
    same: int
    conflicts: int
    wrong: int
    findings: tuple[Finding, ...]
    ledger: Ledger

    @property
    def rows(self) -> int:
        """How many rows of the file are meant for this log."""
        return self.new + self.changed + self.same + self.conflicts + self.wrong


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of a log an import changes: Excel's row, the column's code, the value before and after."""

    row: int
    column: str
    old: str
    new: str


def changes_of(planned: LogPlan, form: Form) -> list[Change]:
    """Return the cells of rows already in the log that an import changes, in the order of the rows."""
    sheet = planned.log.raw.sheets[form.code]
    at = {row: place for place, row in enumerate(sheet.rows)}

    def words(code: str, value: Any) -> str:
        meant = value_of(form.column[code], value)
        return "" if meant is None else shown(meant)

    return [
        Change(row, code, words(code, sheet.columns[code][at[row]]), words(code, value))
        for (row, code), value in sorted(planned.edit.changed.items(), key=lambda cell: cell[0][0])
    ]


@dataclass(frozen=True)
class _Match:
    """A row of the file and the log's row of the same key: what to change in it, where the two disagree."""

    row: int
    number: int
    at: int
    changes: Mapping[str, object]
    disagree: tuple[str, ...]


def compare(
    log: OpenLog, mapped: Mapped, chosen: Sequence[int], key: Sequence[str], ledger: Ledger,
    elsewhere: Mapping[int, Mapping[str, str]], *, overwrite: bool, today: dt.date,
) -> LogPlan:  # fmt: skip
    """Return what importing some rows of a file into a log would do. `overwrite` lets the file win in a conflict.

    A row in conflict and a row that would not count are left alone as a whole. `elsewhere` is what was imported last of
    rows into the log they stood in before. `today` is the last day that has come. Raise MendInput where the log lacks
    the form's sheet.
    """
    must_have(log.raw, mapped.form.code)
    form, sheet = mapped.form, log.whole.sheets[mapped.form.code]
    codes = _key_of(form, key, mapped.columns.keys())
    mine = {code: normalise(form.column[code], list(sheet.columns[code])) for code in mapped.columns}
    known = {one: at for at, one in enumerate(_keys(mine, codes, range(len(sheet.rows))))}
    keys = dict(zip(chosen, _keys(mapped.columns, codes, chosen), strict=True))
    bases = {row: ledger.get(digest(keys[row])) or elsewhere.get(row, {}) for row in chosen}
    fresh = [row for row in chosen if keys[row] not in known]
    matches = [
        _match(row, known[keys[row]], sheet, mine, mapped, bases[row], codes, overwrite)
        for row in chosen
        if keys[row] in known
    ]
    clear = [one for one in matches if one.changes and not one.disagree]
    checked = _check(log, sheet, mapped, fresh, clear, {one.number: one.row for one in matches}, today)
    own = set(chosen)
    told = [*((row, one) for row, one in mapped.notes if row in own), *checked]
    bad = {row for row, one in told if one.severity == "error"}
    new = [row for row in fresh if row not in bad]
    changed = [one for one in clear if one.row not in bad]
    conflicts = [one for one in matches if one.disagree]
    left = {one.row for one in conflicts} | bad
    return LogPlan(
        log,
        Edit(
            tuple({code: _written(cells[row]) for code, cells in mapped.columns.items()} for row in new),
            {(one.number, code): _written(value) for one in changed for code, value in one.changes.items()},
        ),
        new=len(new),
        changed=len(changed),
        same=len(matches) - len(clear) - len(conflicts),
        conflicts=len(conflicts),
        wrong=len(fresh) - len(new) + len(clear) - len(changed),
        findings=(*(one for _, one in told), *(one for match in conflicts for one in _told(match, log, sheet, mapped))),
        ledger=with_key(ledger, codes) | {digest(keys[row]): _base(mapped, row) for row in chosen if row not in left},
    )


def imported_last(
    mapped: Mapped, chosen: Sequence[int], key: Sequence[str], ledger: Ledger
) -> dict[int, dict[str, str]]:
    """Return what was imported last of rows into a log: row → column code → digest."""
    keys = _keys(mapped.columns, _key_of(mapped.form, key, mapped.columns.keys()), chosen)
    return {row: ledger.get(digest(one), {}) for row, one in zip(chosen, keys, strict=True)}


def _key_of(form: Form, key: Sequence[str], mapped: Set[str]) -> tuple[str, ...]:
    """Return the columns that tell rows apart: those the map names, else the form's own as far as they are mapped.

    Raise MendInput where one of them has to be and is not: rows would be taken for others.
    """
    codes = tuple(key or default_key(form))
    needed = key or [code for code in codes if code == form.id_column or form.column[code].required]
    if missing := [code for code in needed if code not in mapped]:
        raise MendInput(NO_KEY, columns=", ".join(f"[columns.{code}]" for code in missing))
    return tuple(code for code in codes if code in mapped)


def default_key(form: Form) -> tuple[str, ...]:
    """Return the columns that tell a form's rows apart: its id, else what is required, with time and customer."""
    if form.id_column is not None:
        return (form.id_column,)
    return tuple(column.code for column in form.columns if column.required or column.code in ALSO_KEY)


def _keys(columns: Mapping[str, Sequence[object]], codes: Sequence[str], rows: Iterable[int]) -> list[Key]:
    """Return each row's key, with how often it came before: rows alike match one by one."""
    seen: Counter[Key] = Counter()
    keys: list[Key] = []
    for row in rows:
        key = tuple(columns[code][row] for code in codes)
        keys.append((*key, seen[key]))
        seen[key] += 1
    return keys


def _match(
    row: int, at: int, sheet: RawSheet, mine: Mapping[str, Sequence[object]], mapped: Mapped, base: Mapping[str, str],
    codes: Sequence[str], overwrite: bool,
) -> _Match:  # fmt: skip
    """Compare a row of the file with the log's, column by column, knowing what was imported last.

    What only the file changed is taken over, what only the log changed stays, what both changed is a conflict; so is
    a difference where nothing is known of an earlier import. A blank in the file takes nothing away. A row of an
    archive stays as it is: what the file would change there is a conflict.
    """
    in_log = unarchived(sheet.rows[at])[1] == 0
    changes: dict[str, object] = {}
    disagree: list[str] = []
    for code, cells in mapped.columns.items():
        theirs, own, last = cells[row], mine[code][at], base.get(code)
        if code in codes or theirs is None or theirs == own or isinstance(theirs, CellError):
            continue
        takes = last == digest(own) or (own is None and last is None) or (overwrite and last != digest(theirs))
        if takes and in_log:
            changes[code] = theirs
        elif last != digest(theirs):
            disagree.append(code)
    return _Match(row, sheet.rows[at], at, changes, tuple(disagree))


def _base(mapped: Mapped, row: int) -> dict[str, str]:
    """Return the digests of what the file holds, for the next import and for erasing a customer."""
    return {code: digest(cells[row]) for code, cells in mapped.columns.items()}


def _written(value: object) -> object:
    """Return what goes into the log: never a failed formula's mark."""
    return None if isinstance(value, CellError) else value


def _check(
    log: OpenLog, sheet: RawSheet, mapped: Mapped, fresh: Sequence[int], clear: Sequence[_Match],
    matched: Mapping[int, int], today: dt.date,
) -> list[tuple[int, Finding]]:  # fmt: skip
    """Return what would be wrong with the rows in the log: each row, and the finding at its place in the file.

    `matched` are rows of the log that the file has, too: number → row of the file.
    """
    columns = {code: list(cells) for code, cells in sheet.columns.items()}
    for match in clear:
        for code, value in match.changes.items():
            columns[code][match.at] = value
    for code, cells in columns.items():
        cells.extend(mapped.columns[code][row] if code in mapped.columns else None for row in fresh)
    rows = [*sheet.rows, *(OFFSET + row for row in fresh)]
    letters = {code: sheet.letters.get(code, "") for code in columns}
    whole = replace(sheet, columns=columns, rows=rows, letters=letters)
    book = validate(replace(log.whole, sheets={**log.whole.sheets, mapped.form.code: whole}), today)
    added = {OFFSET + row: row for row in fresh}
    source, named = added | {match.number: match.row for match in clear}, {**added, **matched}
    return [
        (source[one.place.row], _told_apart(_moved(one, mapped, source[one.place.row], named)))
        for one in book.findings
        if one.place.file == log.raw.file and one.place.sheet == sheet.name and one.place.row in source
    ]


def _told_apart(found: Finding) -> Finding:
    """Return a date that cannot be read for not saying which number is the day as what it is."""
    if found.code != "value.type" or found.place.column is None or found.place.column.kind not in MOMENTS:
        return found
    if two_parts(found.value):
        return replace(found, code="import.clock")
    return replace(found, code="import.date_order") if undecided(found.value) else found


def _moved(found: Finding, mapped: Mapped, row: int, named: Mapping[int, int]) -> Finding:
    """Return a finding with its place in the file in place of the log's, and so the row it names; else with the log."""
    words: dict[str, str | Text] = dict(found.words)
    first = words.get("first")
    if isinstance(first, str) and first.isdecimal():
        other = named.get(int(first))
        words["first"] = f"{first} ({found.place.file})" if other is None else str(mapped.rows[other])
    column = found.place.column.code if found.place.column else None
    if column is not None and column not in mapped.columns:
        return replace(found, place=replace(mapped.place(row), column=found.place.column), words=words)
    return replace(found, place=mapped.place(row, column), words=words)


def _told(match: _Match, log: OpenLog, sheet: RawSheet, mapped: Mapped) -> list[Finding]:
    """Return the findings on a conflict, at the cells of the log."""
    told: list[Finding] = []
    for code in match.disagree:
        place = sheet.place(log.raw.file, match.number, code)
        own, theirs = (
            _label(mapped, code, sheet.columns[code][match.at]),
            _label(mapped, code, mapped.columns[code][match.row]),
        )
        told.append(
            finding("import.conflict", place, value=own, other=theirs or "", from_row=str(mapped.rows[match.row]))
        )
    return told


def _label(mapped: Mapped, code: str, value: Any) -> str | None:
    """Return a value as a person reads it in the log; choices by their code."""
    meant = value_of(mapped.form.column[code], value)
    return None if meant is None else shown(meant)
