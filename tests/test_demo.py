"""The demo branch: the same from the same seed, right where it should be, wrong only where it says so."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.demo import MARK, DemoBranch, big_log_rows, demo_rows, write_demo
from reportkit.demo.dice import Dice
from reportkit.demo.mistakes import MISTAKES, Pages
from reportkit.demo.names import table
from reportkit.demo.rows import LogRows, log_rows
from reportkit.demo.staff import Advisor, Period, staff
from reportkit.read.book import Identity, RawBook, RawSheet
from reportkit.read.values import normalise
from reportkit.settings.branch_settings import load_settings, settings_from_rows
from reportkit.settings.calendars import Span, TradingCalendar
from reportkit.summary.flow import work_from_file, work_from_raw
from reportkit.summary.summaries import summarise

TODAY = dt.date(2026, 11, 25)
CODES = {
    "value.required", "value.type", "value.choice", "value.range", "date.future", "date.before_assigned",
    "date.order", "id.duplicate", "id.unknown", "row.duplicate", "kind.customer", "kind.not_eligible", "day.off",
    "product.unsuitable",
}  # fmt: skip
PRINT_DIGEST = """
import datetime as dt, hashlib
from reportkit.demo import demo_rows
demo = demo_rows(advisors=3, weeks=4, seed=5, language="en", today=dt.date(2026, 11, 25))
print(hashlib.sha256(repr(demo).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def demo() -> DemoBranch:
    return demo_rows(today=TODAY)


@pytest.fixture(scope="module")
def clean() -> dict[str, tuple[Advisor, LogRows]]:
    """The logs before anybody made a mistake."""
    period = Period(TODAY, 8)
    return {one.advisor_id: (one, log_rows(one, period, 7, "zh-CN")) for one in staff(period, 12, 7, "zh-CN")}


def raw_book(demo: DemoBranch, advisor: str, language: Language = "zh-CN") -> RawBook:
    """The log as a reader would find it: Excel's rows start at 2, below the header."""
    sheets = {}
    for code, rows in demo.logs[advisor].items():
        form = FORMS[code]
        columns = {column.code: [row[column.code] for row in rows] for column in form.columns}
        letters = {column.code: chr(ord("A") + at) for at, column in enumerate(form.columns) if at < 26}
        sheets[code] = RawSheet(form, code, columns, list(range(2, len(rows) + 2)), letters)
    identity = Identity(advisor, demo.names[advisor], "D001", "1", language)
    return RawBook(f"{advisor}.xlsx", identity, sheets)


def digest(hash_seed: str, time_zone: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": time_zone}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_same_seed_same_rows_whatever_the_hash_seed_and_time_zone() -> None:
    assert digest("1", "UTC") == digest("2", "Asia/Shanghai")


def test_another_seed_gives_another_branch(demo: DemoBranch) -> None:
    assert demo_rows(today=TODAY, seed=8).logs != demo.logs


@pytest.mark.parametrize("language", LANGUAGES)
def test_unplanted_rows_are_what_the_forms_ask_for(language: Language) -> None:
    period = Period(TODAY, 3)
    for advisor in staff(period, 12, 11, language):
        for code, rows in log_rows(advisor, period, 11, language).items():
            form = FORMS[code]
            form.sheet_adapter.validate_python({c.code: [row[c.code] for row in rows] for c in form.columns})


def test_settings_rows_are_what_the_settings_sheets_ask_for(demo: DemoBranch) -> None:
    for code, rows in demo.settings_rows.items():
        for row in rows:
            SETTINGS_FORMS[code].row(**row)


def test_every_id_named_in_a_clean_log_exists(clean: dict[str, tuple[Advisor, LogRows]]) -> None:
    for _, log in clean.values():
        customers = [row["customer_id"] for row in log["customers"]]
        cases = [row["case_id"] for row in log["cases"]]
        assert len(set(customers)) == len(customers)
        assert len(set(cases)) == len(cases)
        for form, rows in log.items():
            named = {row["customer_id"] for row in rows if row.get("customer_id")}
            assert named <= set(customers), form
        assert {row["referred_by"] for row in log["customers"]} <= {*customers, None}
        assert {row["repeat_of"] for row in log["cases"]} <= {*cases, None}


def test_no_customer_is_in_two_logs(clean: dict[str, tuple[Advisor, LogRows]]) -> None:
    every = [row["customer_id"] for _, log in clean.values() for row in log["customers"]]
    assert len(every) == len(set(every)) > 300


def test_clean_logs_keep_to_working_days_in_service_and_after_assignment(
    clean: dict[str, tuple[Advisor, LogRows]],
) -> None:
    period = Period(TODAY, 8)
    trading = set(period.trading)
    for advisor, log in clean.values():
        assigned = {row["customer_id"]: row["assigned_on"] for row in log["customers"]}
        for row in log["activities"]:
            assert row["date"] in trading
            assert advisor.employed(row["date"])
            assert advisor.leave.get(row["date"]) != "full"
            assert row["date"] <= TODAY
            assert row["customer_id"] is None or row["date"] >= assigned[row["customer_id"]]
        for row in log["cases"]:
            moments = [row[c] for c in ("opened_at", "responded_at", "resolved_at") if row[c] is not None]
            assert moments == sorted(moments)
        assert len({str(row) for row in log["activities"]}) == len(log["activities"])


def test_an_override_and_an_exchange_holiday_lie_inside(demo: DemoBranch) -> None:
    days = {row["date"]: row["kind"] for row in demo.settings_rows["calendar"]}
    start = Period(TODAY, 8).start
    assert sorted(days.values()) == ["off", "work"]
    assert all(start <= day < TODAY for day in days)
    weekdays = [day for day in Span(start, TODAY).days if day.astype(object).weekday() < 5]
    assert TradingCalendar().trading_days(Span(start, TODAY)) < len(weekdays)


def test_roster_tells_of_a_joiner_a_leaver_and_a_new_level(demo: DemoBranch) -> None:
    roster = demo.settings_rows["roster"]
    start = Period(TODAY, 8).start
    by_id: dict[str, list[dict[str, object]]] = {}
    for row in roster:
        by_id.setdefault(row["advisor_id"], []).append(row)
    assert set(demo.logs) == {one for one in by_id if one.startswith("A")}
    single = [rows[0] for rows in by_id.values() if len(rows) == 1]
    assert any(row["from_"] and row["from_"] > start for row in single)
    assert any(row["to"] and row["to"] < TODAY for row in single)
    (promoted,) = [rows for rows in by_id.values() if len(rows) == 2]
    assert promoted[0]["level"] != promoted[1]["level"]
    assert promoted[0]["to"] + dt.timedelta(days=1) == promoted[1]["from_"]
    targeted = {(row["scope"], row["who"]) for row in demo.settings_rows["targets"]}
    assert ("level", promoted[1]["level"]) in targeted
    assert all(row["manager"] in by_id for row in roster if row["manager"])


@pytest.mark.parametrize("weeks", [1, 2, 8])
def test_every_advisor_has_rows(weeks: int) -> None:
    demo = demo_rows(advisors=14, weeks=weeks, today=dt.date(2026, 11, 23))
    assert len(demo.logs) == 14
    for advisor, log in demo.logs.items():
        assert all(log[form] for form in ("customers", "activities", "cases", "worktime", "surveys")), advisor


def test_each_finding_is_planted_in_about_one_row_of_a_hundred(demo: DemoBranch) -> None:
    rows = sum(len(rows) for log in demo.logs.values() for rows in log.values())
    assert {one.code for one in demo.planted} == CODES
    assert {one.advisor_id for one in demo.planted} == set(demo.logs)
    assert 0.005 < len(demo.planted) / rows < 0.02


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_every_mistake_can_be_made_in_an_ordinary_log(number: int) -> None:
    period = Period(TODAY, 4)
    steady = staff(period, 2, 7, "zh-CN")[1]
    pages = Pages(steady, period, log_rows(steady, period, 7, "zh-CN"), Dice("mistake", number), "zh-CN")
    slip = MISTAKES[number](pages)
    assert slip is not None
    form, row, column, _ = slip
    assert column in FORMS[form].column
    assert any(row is one for one in pages.log[form])


def test_spellings_mean_what_was_meant(demo: DemoBranch) -> None:
    assert {one.column for one in demo.spellings} >= {"date", "effective", "minutes", "assets", "mobile", "channel"}
    for one in demo.spellings:
        cell = demo.logs[one.advisor_id][one.form][one.row][one.column]
        assert cell != one.meant
        assert normalise(FORMS[one.form].column[one.column], [cell]) == [pytest.approx(one.meant)], one


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_planted_is_found_and_nothing_else(language: Language) -> None:
    demo = demo_rows(advisors=12, weeks=6, language=language, today=TODAY)
    settings = settings_from_rows(demo.settings_rows, language)
    planted = {(one.advisor_id, one.form, one.row + 2, one.code) for one in demo.planted}
    found = set()
    for advisor in demo.logs:
        work = work_from_raw(raw_book(demo, advisor, language), settings, TODAY)
        found |= {(advisor, one.place.sheet, one.place.row, one.code) for one in work.book.findings}
    assert found == planted


def test_every_grade_occurs(demo: DemoBranch) -> None:
    settings = settings_from_rows(demo.settings_rows, "zh-CN")
    works = [work_from_raw(raw_book(demo, advisor), settings, TODAY) for advisor in demo.logs]
    grades = {summarise(work, settings, "2026-W47", TODAY).grade for work in works}
    assert grades >= {"A", "B", "C", "D"}


def test_settings_of_the_demo_have_no_findings(demo: DemoBranch) -> None:
    settings = settings_from_rows(demo.settings_rows, "zh-CN")
    assert settings.findings == ()
    assert settings.calendar.overrides == Period(TODAY, 8).overrides


def test_an_improvement_shows_in_the_data(demo: DemoBranch) -> None:
    period = Period(TODAY, 8)
    for advisor, log in demo.logs.items():
        started = [r["started_on"] for r in log["improvements"] if r["started_on"] and "响应" in r["indicator"]]
        if not started:
            continue
        seconds: dict[bool, list[float]] = {False: [], True: []}
        for row in log["cases"]:
            if row["responded_at"] is not None:
                took = (row["responded_at"] - row["opened_at"]).total_seconds()
                seconds[row["opened_at"].date() >= started[0]].append(took)
        before, after = (sum(s) / len(s) for s in (seconds[False], seconds[True]))
        assert started == [period.turn], advisor
        assert after < 0.75 * before
        return
    pytest.fail("nobody improves the response time")


def test_contacts_cannot_reach_anybody(demo: DemoBranch) -> None:
    for log in demo.logs.values():
        for row in log["customers"]:
            assert str(row["mobile"]).startswith("1380013") or row["mobile"] is None
            assert row["email"] is None or row["email"].endswith("@example.com")


def test_big_log_has_exactly_the_sizes_asked_for() -> None:
    log = big_log_rows(3)
    assert (len(log["activities"]), len(log["customers"]), len(log["cases"])) == (7500, 300, 500)
    for code, rows in log.items():
        form = FORMS[code]
        form.sheet_adapter.validate_python({c.code: [row[c.code] for row in rows] for c in form.columns})
    assert {r["repeat_of"] for r in log["cases"]} <= {None, *(r["case_id"] for r in log["cases"])}
    assert big_log_rows(3) == log


def test_big_log_takes_other_sizes() -> None:
    log = big_log_rows(4, activities=200, customers=20, cases=10)
    assert (len(log["activities"]), len(log["customers"]), len(log["cases"])) == (200, 20, 10)


@pytest.mark.parametrize("language", LANGUAGES)
def test_written_folder_holds_the_same_findings(tmp_path: Path, language: Language) -> None:
    demo = write_demo(tmp_path, advisors=3, weeks=3, language=language, today=TODAY)
    settings = load_settings(tmp_path / "settings.xlsx")
    assert settings.findings == ()
    found, files = set(), sorted((tmp_path / "logs").iterdir())
    for file in files:
        work = work_from_file(file, settings, TODAY)
        found |= {(work.facts.advisor_id, one.place.sheet, one.code) for one in work.book.findings}
        for code, rows in demo.logs[work.facts.advisor_id].items():
            assert work.book.tables[code].read == len(rows)
    assert found == {(one.advisor_id, FORMS[one.form].label.to(language), one.code) for one in demo.planted}
    assert [file.stem for file in files] == [f"{code} {name}" for code, name in demo.names.items()]


def test_same_arguments_write_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        write_demo(tmp_path / name, advisors=1, weeks=2, today=TODAY)
        written.append({p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()})
    assert written[0] == written[1]


def test_a_demo_replaces_the_one_before_and_nothing_else(tmp_path: Path) -> None:
    write_demo(tmp_path, advisors=2, weeks=1, today=TODAY)
    own = tmp_path / "logs" / "notes.txt"
    own.write_text("mine", "utf-8")
    steps: list[tuple[int, int]] = []
    write_demo(
        tmp_path, advisors=1, weeks=1, language="en", today=TODAY, progress=lambda at, of, _: steps.append((at, of))
    )
    assert steps == [(0, 1)]
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {MARK, "settings.xlsx", "logs/A001 Zhang Wei.xlsx", "logs/notes.txt"}


def test_a_table_of_texts_has_one_text_a_line() -> None:
    assert [one.en for one in table("甲|甲|A\n乙|乙|B")] == ["A", "B"]


def test_dice_round_to_the_mean() -> None:
    dice = Dice("mean")
    assert sum(dice.around(1.3) for _ in range(4000)) / 4000 == pytest.approx(1.3, abs=0.03)
    assert dice.around(0.0) == 0
