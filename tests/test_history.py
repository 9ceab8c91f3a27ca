"""What history keeps is what was read, and values come back from JSON as they were."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from reportkit.branch.history import Entry, History, Manifest, WeekEntry
from reportkit.branch.kept_book import latest_day
from reportkit.branch.plain import Reader, plain
from reportkit.branch.refresh import refresh
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.read.book import Book
from reportkit.read.workbook import read_book
from reportkit.summary.backing import Backing, backing_of
from reportkit.summary.drilldown import rows_of
from reportkit.summary.flow import work_from_book
from reportkit.summary.summaries import AdvisorSummary, summarise
from reportkit.validate.rules import without_future
from reportkit.validate.workbook import validate
from tests.branches import LAST_WEEK, TODAY, branch_in


def assert_same_book(one: Book, other: Book) -> None:
    assert (one.file, one.identity, one.findings) == (other.file, other.identity, other.findings)
    assert list(one.tables) == list(other.tables)
    for code, table in one.tables.items():
        kept = other.tables[code]
        pd.testing.assert_frame_equal(table.frame, kept.frame)
        assert (table.name, table.letters, table.excluded) == (kept.name, kept.letters, kept.excluded)


def test_a_log_comes_back_as_it_was_read(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    history = History(tmp_path)
    for log in branch.logs():
        book = validate(read_book(log, FORMS), dt.date.max)
        history.write_book("kept", book)
        assert_same_book(book, history.book("kept"))
        assert_same_book(without_future(book, TODAY), without_future(history.book("kept"), TODAY))


def test_facts_are_the_same_bytes_each_time_and_open_to_anything_that_reads_parquet(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    history = History(tmp_path)
    book = validate(read_book(branch.logs()[0], FORMS), dt.date.max)
    history.write_book("one", book)
    history.write_book("two", book)
    assert history.facts_path("one").read_bytes() == history.facts_path("two").read_bytes()
    frame = pq.read_table(history.facts_path("one")).to_pandas()
    activities = frame[frame["form"] == "activities"]
    assert activities["row"].tolist() == book.tables["activities"].frame.index.tolist()
    assert activities["kind"].tolist() == book.tables["activities"].frame["kind"].tolist()


def test_folders_that_a_share_makes_in_every_folder_stop_nothing(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    refresh(branch, LAST_WEEK, TODAY)
    for folder in [one for one in tmp_path.rglob("*") if one.is_dir()]:
        (folder / "@eaDir").mkdir()
    (History(tmp_path).folder / "facts" / "0.parquet").write_bytes(b"nothing refers to it")
    (tmp_path / "history" / "manifest.json").unlink()
    assert refresh(branch, LAST_WEEK, TODAY).read == len(branch.logs())
    assert not History(tmp_path).facts_path("0").exists()


def test_the_latest_day_is_the_first_on_which_a_log_looks_as_it_always_will(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    for log in branch.logs():
        book = validate(read_book(log, FORMS), dt.date.max)
        latest = latest_day(book)
        assert without_future(book, latest) is book
        assert without_future(book, latest - dt.timedelta(days=1)) is not book


def test_what_views_need_comes_back_from_json(tmp_path: Path) -> None:
    branch = branch_in(tmp_path)
    settings = branch.settings()
    reader = Reader(settings.indicator)
    for log in branch.logs():
        work = work_from_book(validate(read_book(log, FORMS), TODAY), settings)
        summary = summarise(work, settings, LAST_WEEK, TODAY)
        assert summary.findings
        assert summary.due
        assert reader.read(AdvisorSummary, plain(summary)) == summary
        backing = backing_of(work, summary, rows_of(work, summary), settings, TODAY)
        again = reader.read(Backing, plain(backing))
        assert (again.places, again.served, again.weeks) == (backing.places, backing.served, backing.weeks)
        assert (again.customers, again.insight) == (backing.customers, backing.insight)
        assert again.desk.total == backing.desk.total
        assert again.desk.opened.tolist() == backing.desk.opened.tolist()
        assert plain(again) == plain(backing)


def test_the_manifest_comes_back(tmp_path: Path) -> None:
    history = History(tmp_path)
    entry = Entry("a.xlsx", 10, 20, "name", "A1", TODAY)
    failed = Entry("b.xlsx", 1, 2, "", failed=(Finding("file.locked", "error"),))
    manifest = Manifest({"a.xlsx": entry, "b.xlsx": failed}, {"2026-W47": WeekEntry("t", {"A1": "m"})})
    assert history.manifest() == Manifest()
    history.write_manifest(manifest)
    assert history.manifest() == manifest


def test_another_programs_history_and_a_broken_one_are_no_history(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.write_manifest(Manifest(weeks={"2026-W47": WeekEntry()}))
    written = history.manifest_path.read_text("utf-8")
    history.manifest_path.write_text(written.replace('"reader":"', '"reader":"another'), "utf-8")
    assert history.manifest() == Manifest()
    history.manifest_path.write_text(written[: len(written) // 2], "utf-8")
    assert history.manifest() == Manifest()
