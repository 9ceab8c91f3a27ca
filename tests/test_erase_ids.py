"""Whatever an id looks like, erasing its customer leaves what erasing one of an unmistakable id leaves, and nothing else."""

import datetime as dt
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.closing import close
from reportkit.branch.history import History
from reportkit.branch.refresh import refresh
from reportkit.erasing.run import erase
from reportkit.mail.places import SHEET, USED, texts_in
from tests.branches import LAST_WEEK, TODAY, WEEK, branch_in, rewrite, rows_of_advisor
from tests.test_erase import ID, person_rows

ALIKE = (
    "1",
    "12",
    "10023",
    "2026-11-20",
    "20261120",
    "2026-W47",
    "E12",
    "K77",
    "fund_talk",
    "phone",
    "高",
    "满意",
    "value",
)
SOON = ("1", "20261120", "高")  # tried at once: like a number, like a day, like a word
OTHER = "K-7782"


def branch_without(folder: Path, who: str) -> Path:
    """Return a branch a customer of an id was erased from, all their rows those of `ID` in `tests.test_erase`."""
    branch = branch_in(folder)
    identity, rows = rows_of_advisor()
    person_rows(rows)
    day = TODAY - dt.timedelta(days=6)
    talk = {"date": day, "kind": "fund_talk", "channel": "phone", "effective": "yes"}
    rows["activities"] += [{**talk, "customer_id": OTHER, "summary": said} for said in ALIKE]
    rows["cases"] += [{**rows["cases"][0], "case_id": said, "customer_id": OTHER} for said in ALIKE]
    rows["cases"].append({**rows["cases"][0], "case_id": "K-of-theirs", "customer_id": ID, "status": "open"})
    rows["customers"].append(dict(next(row for row in rows["customers"] if row["customer_id"] == ID)))  # twice
    for row in (row for of_form in rows.values() for row in of_form):
        for column in ("customer_id", "referred_by"):
            if row.get(column) == ID:
                row[column] = who
    rewrite(branch, identity, rows)
    refresh(branch, LAST_WEEK, TODAY)
    close(branch, LAST_WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    erase(branch.root, who, today=TODAY, logs=True)
    return branch.root


def said_in(root: Path) -> dict[str, Counter[str]]:
    """Return what a branch holds, a count of the texts of each file; files named by their content by their kind."""
    said: dict[str, Counter[str]] = {}
    for path in sorted(root.rglob("*")):
        kind = path.relative_to(root).parts[:-1]
        if path.suffix == ".xlsx" and "settings" not in kind:
            said["/".join((*kind, path.name))] = Counter(_cells(path))
        elif path.suffix == ".json" and path.name not in ("erased.json", "manifest.json"):
            name = "digests" if path.parent.name == "digests" else path.name
            lines = path.read_text("utf-8").split("\n") if name == "digests" else [path.read_text("utf-8")]
            said[name] = said.get(name, Counter()) + Counter(one for line in lines for one in _leaves(json.loads(line)))
    for path in sorted((root / "history" / "facts").iterdir()):
        book = History(root).book(path.stem)
        rows = (str(cell) for table in book.tables.values() for row in table.frame.to_numpy().tolist() for cell in row)
        found = (one.message("en") for one in book.findings)
        said["facts"] = said.get("facts", Counter()) + Counter([*rows, *found])
    return said


def _cells(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    yield f"{sheet.title}: {cell.value}"
                if cell.hyperlink:
                    yield f"{sheet.title} → {cell.hyperlink.target} {cell.hyperlink.location}"


def _unused(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts a workbook holds that no cell shows."""
    for path in folder.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            names = parts.namelist()
            texts = texts_in(parts.read("xl/sharedStrings.xml").decode()) if "xl/sharedStrings.xml" in names else []
            sheets = (parts.read(name).decode() for name in names if SHEET.fullmatch(name))
            used = {int(at) for xml in sheets for at in USED.findall(xml)}
        yield from ((path, text) for at, text in enumerate(texts) if at not in used)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)
    elif (
        isinstance(value, str) and len(value) != 32 and not value.startswith("reportkit-seal")
    ):  # names made of contents
        yield value


@pytest.fixture(scope="module")
def as_wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    return said_in(branch_without(tmp_path_factory.mktemp("told") / "branch", ID))


@pytest.mark.parametrize("who", [pytest.param(one, marks=() if one in SOON else pytest.mark.slow) for one in ALIKE])
def test_an_id_that_looks_like_something_else_is_erased_where_it_is_one(
    tmp_path: Path, as_wanted: dict[str, Counter[str]], who: str
) -> None:
    found = said_in(branch_without(tmp_path / "branch", who))
    assert [(path.name, text) for path, text in _unused(tmp_path) if text == who] == []
    assert found.keys() == as_wanted.keys()
    both = ((file, texts, as_wanted[file]) for file, texts in found.items())
    assert [(file, now - then, then - now) for file, now, then in both if now != then] == []


def test_a_file_that_may_name_the_person_or_hold_a_number_alike_is_named(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    identity, rows = rows_of_advisor()
    rows["customers"].append({**rows["customers"][0], "customer_id": "12", "referred_by": None})
    rewrite(branch, identity, rows)
    refresh(branch, WEEK, TODAY)
    (branch.root / "calls.csv").write_text("customer,calls\n12,3\n", "utf-8")
    (branch.root / "notes.txt").write_text("112 calls, 3 of them late\n", "utf-8")
    done = erase(branch.root, "12", today=TODAY, logs=True)
    assert [one.file for one in done.remaining] == ["calls.csv"]
    assert "look at it yourself" in done.remaining[0].why.en
