"""The rows of a log as a Parquet file holds them: one table of all forms, the rest of the book beside it."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from reportkit.branch.plain import Reader, plain
from reportkit.branch.seal import BLANK
from reportkit.definitions.columns import Kind
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Archived, Book, Identity, Table
from reportkit.read.numbered import Numbered
from reportkit.validate.rules import HAPPENED

ABOUT: Final = b"reportkit"
_READER: Final = Reader({})  # what is kept of a log names no indicator


def packed(book: Book) -> bytes:
    """Return a book as a file with a place for its seal; `form` and `row` stand in front of the forms' columns."""
    tables = [_arrow(code, table) for code, table in book.tables.items() if len(table.rows)]
    everything = pa.concat_tables([_EMPTY, *tables], promote_options="default")
    about = {
        "file": book.file,
        "identity": plain(book.identity),
        "sheets": {
            code: [table.name, dict(table.letters), list(table.excluded), len(table.rows)]
            for code, table in book.tables.items()
        },
        **_archives(book),
        "findings": plain(book.findings),
        "seal": BLANK,
    }
    described = everything.replace_schema_metadata({ABOUT: json.dumps(about, ensure_ascii=False).encode()})
    written = io.BytesIO()
    pq.write_table(described, written, write_statistics=False, **_AS_COLUMNS)
    return written.getvalue()


def _archives(book: Book) -> dict[str, Any]:
    """Return where the rows of archives stand, by form; nothing for a log without."""
    every = {
        code: [[one.file, one.name, dict(one.letters)] for one in table.archives]
        for code, table in book.tables.items()
        if table.archives
    }
    return {"archives": every} if every else {}


def unpacked(content: bytes) -> Book:
    """Return a book as it was packed. Raise OSError, ValueError or KeyError where it is not."""
    kept = pq.read_table(pa.BufferReader(content), use_threads=False)
    about = json.loads(kept.schema.metadata[ABOUT])
    tables: dict[str, Table] = {}
    start = 0
    for code, (sheet, letters, excluded, length) in about["sheets"].items():
        rows = kept.slice(start, length)
        columns = {one.code: _numbered(rows.column(one.code), one.kind) for one in FORMS[code].columns}
        numbers = rows.column("row").to_numpy()
        archives = tuple(Archived(*one) for one in about.get("archives", {}).get(code, ()))
        tables[code] = Table(FORMS[code], sheet, columns, numbers, letters, tuple(excluded), archives)
        start += length
    findings = _READER.read(tuple[Finding, ...], about["findings"])
    return Book(about["file"], _READER.read(Identity, about["identity"]), tables, findings)


def latest_day(book: Book) -> dt.date:
    """Return the last day a log speaks of among those that may not lie in the future; `date.min` for none."""
    days = [
        day.date() if isinstance(day, dt.datetime) else day
        for table in book.tables.values()
        for column in table.form.columns
        if column.not_future or column.code in HAPPENED
        for day in table.columns[column.code].entries
    ]
    return max(days, default=dt.date.min)


def renamed(book: Book, file: str) -> Book:
    """Return a book as of the file it lies in now."""
    if book.file == file:
        return book
    findings = tuple(
        replace(one, place=replace(one.place, file=file)) if one.place.file == book.file else one
        for one in book.findings
    )
    return replace(book, file=file, findings=findings)


def _union() -> pa.Schema:
    """Return the columns of all forms; a code has one type wherever it stands."""
    types = {"date": pa.timestamp("ms"), "datetime": pa.timestamp("ms"), "time": pa.time64("us")}
    types |= dict.fromkeys(("number", "whole"), pa.float64())
    columns = {column.code: column.kind for form in FORMS.values() for column in form.columns}
    fields = [pa.field(code, types.get(kind, pa.large_string())) for code, kind in columns.items()]
    return pa.schema([pa.field("form", pa.string()), pa.field("row", pa.int64()), *fields])


_UNION: Final = _union()
_EMPTY: Final = _UNION.empty_table()
_AS_COLUMNS: Final[dict[str, Any]] = {  # few entries stand in many rows, but for their numbers, which rise one by one
    "use_dictionary": [name for name in _UNION.names if name != "row"],
    "column_encoding": {"row": "DELTA_BINARY_PACKED"},
}


def _arrow(form: str, table: Table) -> pa.Table:
    columns = {code: column.arrow(_UNION.field(code).type) for code, column in table.columns.items()}
    return pa.table({"form": pa.repeat(form, len(table.rows)), "row": table.rows, **columns})


def _numbered(kept: pa.ChunkedArray, kind: Kind) -> Numbered:
    distinct = kept.combine_chunks().dictionary_encode()
    numbers = distinct.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    return Numbered(kind, numbers, _entries(distinct.dictionary, kind))


def _entries(distinct: pa.Array, kind: Kind) -> list[Any]:
    """Return entries as the values they were read as."""
    unit = {"date": "datetime64[D]", "datetime": "datetime64[s]"}.get(kind)
    entries: list[Any] = (
        distinct.to_pylist() if unit is None else distinct.to_numpy(zero_copy_only=False).astype(unit).tolist()
    )
    return [int(one) for one in entries] if kind == "whole" else entries
