"""Input nobody thought of for the reader and the conditions: `python -m soak.fuzz [--minutes 5]`.

`files` draws workbooks: any bytes, good logs with parts damaged, sheets whose XML is made up. `conditions` draws what
a person may write into the catalogue of indicators. The two `reads…` functions say what must hold for all of them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.text_tables import CUSTOMERS, TODAY, cells, write

from reportkit.definitions.derived import countable
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.forms import FORMS
from reportkit.definitions.text import LANGUAGES
from reportkit.read.workbook import read_book
from reportkit.settings.conditions import Condition, ConditionError, Operator, Value, describe, parse
from reportkit.validate.workbook import validate

SHEET = "xl/worksheets/sheet2.xml"
EXAMPLES = 500  # in a round
LAST = "last.xlsx"  # kept while it is read: a crash of the parser leaves it behind
ACTIVITIES = """
日期 | 时间 | 服务类型 | 客户编号 | 沟通方式 | 是否有效 | 时长（分钟） | 内容摘要
2026-11-23 | 09:30 | 客户回访 | C1 | 电话 | 是 | 15 | 谈了基金
2026-11-24 | 10:15 | 基金客户沟通 | C2 | 微信 | 否 | 7.5 | 再联系
"""
TOKENS = [b"", b"<", b">", b'"', b"&", b"&#0;", b"&#x10FFFF;", b"<c/>", b"\x00", b"]]>", b"<!--", b"<row>", b"</row>",
          b'r="A1048577"', b't="s"', b"1e999", b"-1", b"99999999999", b"\xff\xfe", b"<!DOCTYPE x>"]  # fmt: skip


@cache
def parts() -> dict[str, bytes]:
    """Return the parts of a good log."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "A001.xlsx"), {"客户档案": cells(CUSTOMERS), "每日记录": cells(ACTIVITIES)})
        with zipfile.ZipFile(path) as package:
            return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    """Return a package of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return written.getvalue()


@st.composite
def _damaged_part(draw: st.DrawFn) -> bytes:
    """Draw a good log with stretches of one part overwritten, checksums being right."""
    content = dict(parts())
    name = draw(st.sampled_from(sorted(content)))
    part = content[name]
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(part))), draw(st.integers(0, 20))
        part = part[:at] + draw(st.sampled_from(TOKENS) | st.binary(max_size=12)) + part[at + length :]
    return packed({**content, name: part})


@st.composite
def _damaged_file(draw: st.DrawFn) -> bytes:
    """Draw a good log with a stretch of its bytes overwritten."""
    content = packed(parts())
    at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 60))
    return content[:at] + draw(st.binary(max_size=60)) + content[at + length :]


_REFERENCE = st.sampled_from(
    ["", "A1", "A2", "B3", "H4", "A1048576", "XFD1", "a5", "A", "7", "AAAA1", "A0", "A99999999999"]
)
_VALUE = st.text(max_size=8) | st.sampled_from(
    ["46349", "0.5", "1e308", "-1", "#REF!", "2026-11-23", "是", "13800138000", "NaN"]
)
_KIND = st.sampled_from(["", "n", "s", "str", "inlineStr", "b", "e", "d", "x"])


@st.composite
def _cell(draw: st.DrawFn) -> str:
    reference, kind, value = draw(_REFERENCE), draw(_KIND), draw(_VALUE)
    value = escape("".join(one for one in value if one.isprintable()))
    inner = draw(
        st.sampled_from(
            ["<v>{}</v>", "<is><t>{}</t></is>", "<f>{}</f>", "<f>1</f><v>{}</v>", "<v>{}</v><v>1</v>", "{}"]
        )
    )
    attributes = "".join(
        f" {name}={quoteattr(text)}"
        for name, text in (("r", reference), ("t", kind), ("s", draw(st.sampled_from(["", "0", "1", "99"]))))
        if text
    )
    return f"<c{attributes}>{inner.format(value)}</c>"


@st.composite
def _sheet(draw: st.DrawFn) -> bytes:
    """Draw a log whose daily log has made-up rows under its headings, or in their place."""
    xml = parts()[SHEET].decode()
    head, _, rest = xml.partition("<sheetData>")
    rows, _, tail = rest.partition("</sheetData>")
    headings = rows[: rows.index("</row>") + len("</row>")] if draw(st.booleans()) else ""
    numbers = st.sampled_from(["", "1", "2", "3", "3", "1048576", "0", "-1", "x"])
    made = [
        f"<row{f' r={quoteattr(number)}' if number else ''}>{''.join(draw(st.lists(_cell(), max_size=6)))}</row>"
        for number in draw(st.lists(numbers, max_size=5))
    ]
    return packed({**parts(), SHEET: f"{head}<sheetData>{headings}{''.join(made)}</sheetData>{tail}".encode()})


files: SearchStrategy[bytes] = st.one_of(
    st.binary(max_size=200),
    st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest),
    st.binary(max_size=200).map(lambda rest: bytes.fromhex("d0cf11e0a1b11ae1") + rest),
    _damaged_file(),
    _damaged_part(),
    _sheet(),
)


def reads_any_file(path: Path, content: bytes) -> None:
    """Read a file: whatever it is, each row is counted or excluded, or findings with known codes say why not."""
    path.write_bytes(content)
    started = time.process_time()
    raw = read_book(path, FORMS)
    book = validate(raw, TODAY)
    assert time.process_time() - started < 10  # a busy machine's clock says nothing of the reader
    assert raw.sheets or raw.findings
    for found in book.findings:
        assert found.code in KINDS
        assert all(found.message(language) for language in LANGUAGES)
    for code, table in book.tables.items():
        assert len(table.frame) + len(table.excluded) == len(raw.sheets[code].rows)


_COLUMNS = countable("activities")
_NAMES = [text for name, column in _COLUMNS.items() for text in (name, *column.label.all())]
_WORDS = ["is", "is not", "at least", "at most", "above", "below", "is blank", "is not blank", "是", "不是", "不低于",
          "不高於", "≥", "<=", "=", "为空", "非空"]  # fmt: skip
_VALUES = ["fund_talk", "基金客户沟通", "yes", "是", "50万", "1.2亿", "85%", "500,000", "2026-11-23", "“A”", "or", "C1"]
_PIECES = st.sampled_from([*_NAMES, *_WORDS, *_VALUES, "and", "且", "or", "或", "、", " "]) | st.text(max_size=6)
conditions: SearchStrategy[str] = st.one_of(
    st.text(max_size=40),
    st.lists(_PIECES, max_size=9).map(" ".join),
    st.lists(_PIECES, max_size=6).map("".join),
    st.lists(
        st.tuples(
            st.sampled_from(_NAMES),
            st.sampled_from(_WORDS),
            st.lists(st.sampled_from(_VALUES) | st.text(max_size=6), max_size=3).map(" or ".join),
        ),
        min_size=1,
        max_size=3,
    ).map(lambda made: " and ".join(" ".join(one) for one in made)),
)


def reads_any_condition(written: str) -> None:
    """Read a condition: an error says why it cannot be, in three languages; else, written out, it reads as itself."""
    try:
        read = parse(written, _COLUMNS)
    except ConditionError as error:
        assert all(error.reason.all())
        return
    said = " and ".join(map(written_out, read))
    assert parse(said, _COLUMNS) == read, said
    for one in read:
        assert all(describe(one, _COLUMNS).all())


_OPERATOR: dict[Operator, str] = {
    "is": "is",
    "is_not": "is not",
    "at_least": "at least",
    "at_most": "at most",
    "above": "above",
    "below": "below",
    "blank": "is blank",
    "not_blank": "is not blank",
}


def written_out(condition: Condition) -> str:
    """Return a condition as it may stand in the catalogue, columns and choices by their codes."""
    values = [condition.other] if condition.other else [_written(one) for one in condition.values]
    return f"{condition.column} {_OPERATOR[condition.operator]} {' or '.join(values)}".strip()


def _written(value: Value) -> str:
    return value.isoformat() if isinstance(value, dt.date) else f'"{value}"' if isinstance(value, str) else repr(value)


def for_minutes(check: Callable[[], None], minutes: float) -> int:
    """Run a property again and again, and return how many rounds that were."""
    rounds, until = 0, time.monotonic() + minutes * 60
    while time.monotonic() < until:
        check()
        rounds += 1
    return rounds


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m soak.fuzz", description=__doc__)
    options.add_argument("--minutes", type=float, default=5, help="how long, for files and conditions together")
    given_minutes = options.parse_args().minutes
    folder = Path(tempfile.mkdtemp(prefix="reportkit-fuzz-"))
    print(f"the file being read is {folder / LAST}", flush=True)
    thorough = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    @thorough
    @given(files)
    def reader(content: bytes) -> None:
        reads_any_file(folder / LAST, content)

    @thorough
    @given(conditions)
    def parser(written: str) -> None:
        reads_any_condition(written)

    for name, check in (("files", reader), ("conditions", parser)):
        print(f"{name}: {EXAMPLES * for_minutes(check, given_minutes / 2)} tried", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
