"""Customers handed over: what moves, what stays, and that both logs are replaced or neither."""

import datetime as dt
import json
import multiprocessing
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportkit.cli import run
from reportkit.customers.due import due_list
from reportkit.customers.portfolio import portfolio
from reportkit.definitions.choices import GONE
from reportkit.definitions.errors import CloseWorkbook, MendInput
from reportkit.definitions.forms import FORMS
from reportkit.handover import duplicates, hand_over
from reportkit.importing.id_list import read_ids
from reportkit.importing.load import read_map
from reportkit.importing.run import run_import
from reportkit.indicators.counting import value_of
from reportkit.indicators.satisfaction import unanswered_low_scores
from reportkit.logs import rewrite
from reportkit.logs.rewrite import BACKUP, recover
from reportkit.read.book import Identity
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.calendars import Span
from reportkit.summary.flow import work_from_file
from reportkit.summary.summaries import Work
from reportkit.workbooks import write_log

TODAY = dt.date(2026, 11, 20)  # a Friday
SETTINGS = default_settings("zh-CN")
NOVEMBER = Span(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
Rows = list[dict[str, Any]]
LONG_AGO = dt.date(2026, 1, 5)


def customer(name: str, **more: Any) -> dict[str, Any]:
    return {"customer_id": name, "name": f"客户{name}", "assigned_on": LONG_AGO, **more}


def case(name: str, who: str, status: str, **more: Any) -> dict[str, Any]:
    opened = dt.datetime(2026, 11, 3, 9)
    return {"case_id": name, "customer_id": who, "opened_at": opened, "category": "fees", "status": status} | more


def talk(who: str, day: int, **more: Any) -> dict[str, Any]:
    row = {"date": dt.date(2026, 11, day), "kind": "return_visit", "customer_id": who, "effective": "yes"}
    return {**row, "summary": f"聊了{day}号的事", **more}


GIVER: dict[str, Rows] = {
    "customers": [
        customer("C1", mobile="13800138000", assets=500000.0, public_fund="holds", status="dormant"),
        customer("C2"),
        customer("C3", status="transferred_out", status_on=dt.date(2026, 6, 1)),
    ],
    "activities": [
        talk("C1", 3, next_step="寄资料", next_on=dt.date(2026, 11, 25)),
        talk("C1", 5),
        talk("C2", 6, next_step="约面谈", next_on=dt.date(2026, 11, 10)),
    ],
    "cases": [
        case("K1", "C1", "open", owner="张伟"),
        case("K2", "C1", "resolved", category="account", resolved_at=dt.datetime(2026, 11, 3, 10), responded_at=dt.datetime(2026, 11, 3, 9, 1)),
        case("K3", "C2", "waiting", repeat_of="K1"),
    ],
    "visits": [
        {"planned_on": dt.date(2026, 12, 1), "customer_id": "C1", "purpose": "拜访"},
        {"planned_on": dt.date(2026, 11, 2), "customer_id": "C1", "purpose": "首访", "done_on": dt.date(2026, 11, 2),
         "follow_up": "送合同", "follow_up_due": dt.date(2026, 11, 12)},
    ],
    "opportunities": [
        {"opened_on": dt.date(2026, 11, 2), "customer_id": "C2", "product": "futures", "stage": "proposed", "amount": 1e5},
        {"opened_on": dt.date(2026, 11, 2), "customer_id": "C2", "product": "margin_trading", "stage": "won",
         "closed_on": dt.date(2026, 11, 9)},
    ],
}  # fmt: skip
TAKER: dict[str, Rows] = {"customers": [customer("D1")], "cases": [case("K1", "D1", "open")]}


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written") / "logs"
    folder.mkdir()
    write_log(folder / "A1 张伟.xlsx", Identity("A1", "张伟"), language="zh-CN", rows=GIVER, today=TODAY)
    write_log(folder / "A2 Li.xlsx", Identity("A2", "Li", language="en"), language="en", rows=TAKER, today=TODAY)
    return folder


@pytest.fixture
def branch(logs: Path, tmp_path: Path) -> Path:
    shutil.copytree(logs, tmp_path / "logs")
    return tmp_path


def work(branch: Path, advisor: str) -> Work:
    (path,) = (branch / "logs").glob(f"{advisor} *.xlsx")
    return work_from_file(path, SETTINGS, TODAY)


def rows(branch: Path, advisor: str, form: str) -> Rows:
    table = work(branch, advisor).book.tables[form]
    return [{code: value for code, value in row.items() if value is not None} for _, row in table.records()]


def by(rows_: Rows, column: str) -> dict[str, dict[str, Any]]:
    return {row[column]: row for row in rows_}


def figures(branch: Path) -> dict[str, float]:
    """Return what both logs together count in November, indicator by indicator."""
    totals: dict[str, float] = {}
    works = [work(branch, advisor) for advisor in ("A1", "A2")]
    for code, indicator in SETTINGS.indicator.items():
        for one in works:
            _, numerator, denominator = value_of(indicator, one.days[code], NOVEMBER)
            totals[code] = totals.get(code, 0.0) + numerator
            totals[f"{code} of"] = totals.get(f"{code} of", 0.0) + (denominator or 0.0)
    return totals


def test_customers_move_with_what_is_open_and_what_was_done_stays(branch: Path) -> None:
    before = rows(branch, "A1", "activities")
    done = hand_over(branch, "A1", "A2", None, today=TODAY)
    assert [(one.customer_id, one.cases, one.visits, one.opportunities) for one in done.customers] == [
        ("C1", 1, 1, 0), ("C2", 1, 0, 1),
    ]  # fmt: skip
    assert not done.findings
    ours = by(rows(branch, "A2", "customers"), "customer_id")
    assert ours["C1"] == customer(
        "C1", mobile="13800138000", assets=500000.0, public_fund="holds", status="dormant"
    ) | {"assigned_on": TODAY}
    theirs = by(rows(branch, "A1", "customers"), "customer_id")
    assert {one: row["status"] for one, row in theirs.items()} == {
        "C1": "handed_over", "C2": "handed_over", "C3": "transferred_out",
    }  # fmt: skip
    assert [theirs[one]["status_on"] for one in ("C1", "C2", "C3")] == [TODAY, TODAY, dt.date(2026, 6, 1)]
    assert [row["case_id"] for row in rows(branch, "A1", "cases")] == ["K2"]
    assert [row["customer_id"] for row in rows(branch, "A1", "visits")] == ["C1"]
    assert [row["stage"] for row in rows(branch, "A1", "opportunities")] == ["won"]
    assert [row["stage"] for row in rows(branch, "A2", "opportunities")] == ["proposed"]
    assert rows(branch, "A1", "activities")[: len(before)] == before
    assert {row["kind"] for row in rows(branch, "A1", "activities")[len(before) :]} == {"other"}


def test_a_case_of_a_name_the_taker_has_gets_the_givers_behind_it(branch: Path) -> None:
    hand_over(branch, "A1", "A2", None, today=TODAY)
    taken = by(rows(branch, "A2", "cases"), "case_id")
    assert set(taken) == {"K1", "K1-A1", "K3"}
    assert taken["K3"]["repeat_of"] == "K1-A1"
    assert work(branch, "A2").book.findings == ()


def test_names_given_once_before_are_not_given_again(branch: Path) -> None:
    hand_over(branch, "A1", "A2", ["C1"], today=TODAY)
    for_k1 = {**GIVER, "cases": [case("K1", "C2", "open"), case("K1-A1", "C2", "open", repeat_of="K1")]}
    write_log(branch / "logs" / "A1 张伟.xlsx", Identity("A1", "张伟"), language="zh-CN", rows=for_k1, today=TODAY)
    hand_over(branch, "A1", "A2", ["C2"], today=TODAY)
    taken = by(rows(branch, "A2", "cases"), "case_id")
    assert {one: row.get("repeat_of") for one, row in taken.items()} == {
        "K1": None, "K1-A1": None, "K1-A1-A1": None, "K1-A1-A1-A1": "K1-A1-A1",
    }  # fmt: skip


def test_a_case_that_could_not_be_resolved_is_open_still(branch: Path) -> None:
    unresolved = {**GIVER, "cases": [case("K9", "C1", "unresolved"), case("K8", "C1", "closed")]}
    write_log(branch / "logs" / "A1 张伟.xlsx", Identity("A1", "张伟"), language="zh-CN", rows=unresolved, today=TODAY)
    (moved,) = hand_over(branch, "A1", "A2", ["C1"], today=TODAY).customers
    assert moved.cases == 1
    assert [row["case_id"] for row in rows(branch, "A2", "cases")] == ["K1", "K9"]


def test_a_low_score_nobody_answered_is_the_takers_to_answer(branch: Path) -> None:
    asked = [{"date": dt.date(2026, 11, day), "customer_id": who, "score": 1} for day, who in ((4, "C1"), (6, "C2"))]
    rated = {**GIVER, "surveys": asked}
    write_log(branch / "logs" / "A1 张伟.xlsx", Identity("A1", "张伟"), language="zh-CN", rows=rated, today=TODAY)
    assert [one.customer_id for one in unanswered_low_scores(work(branch, "A1").facts, TODAY)] == ["C2"]
    hand_over(branch, "A1", "A2", None, today=TODAY)
    steps = {who: row["next_step"] for who, row in by(rows(branch, "A2", "activities"), "customer_id").items()}
    assert steps == {"C1": "送合同; 寄资料", "C2": "Low score, not followed up; 约面谈"}
    assert unanswered_low_scores(work(branch, "A1").facts, TODAY) == ()


def test_the_branch_counts_what_it_counted_before(branch: Path) -> None:
    before = figures(branch)
    hand_over(branch, "A1", "A2", None, today=TODAY)
    after = figures(branch)
    assert {code for code in before if before[code] != after[code]} <= {
        "first_visits_on_time", "first_visits_on_time of",  # the taker's ten days start
        "churn_rate of",
    }  # fmt: skip
    assert after["churn_rate"] == before["churn_rate"]


def test_the_next_step_goes_along_and_the_ten_days_start_again(branch: Path) -> None:
    done = hand_over(branch, "A1", "A2", None, today=TODAY)
    assert {one.customer_id: one.next_on for one in done.customers} == {"C1": TODAY, "C2": TODAY}  # both are overdue
    notes = by(rows(branch, "A2", "activities"), "customer_id")
    assert notes["C1"]["next_step"] == "送合同; 寄资料"
    assert "聊了5号的事" in notes["C1"]["summary"]
    giver, taker = work(branch, "A1"), work(branch, "A2")
    assert due_list(giver.facts, SETTINGS, giver.duty, TODAY) == ()
    due = {one.customer_id: one.reasons for one in due_list(taker.facts, SETTINGS, taker.duty, TODAY)}
    assert "follow_up" in due["C1"]
    later = TODAY + dt.timedelta(days=8)
    due = {one.customer_id: one.reasons for one in due_list(taker.facts, SETTINGS, taker.duty, later)}
    assert "first_visit" in due["C1"]


def test_attending_an_event_does_not_do_what_was_agreed(branch: Path) -> None:
    salon = talk("C2", 12, kind="salon", attendees=9)
    (path,) = (branch / "logs").glob("A1 *.xlsx")
    with_salon = {**GIVER, "activities": [*GIVER["activities"], salon]}
    write_log(path, Identity("A1", "张伟"), language="zh-CN", rows=with_salon, today=TODAY)
    hand_over(branch, "A1", "A2", None, today=TODAY)
    notes = by(rows(branch, "A2", "activities"), "customer_id")
    assert (notes["C2"]["next_step"], notes["C2"]["next_on"]) == ("约面谈", TODAY)


def test_a_story_too_long_for_a_cell_is_cut_and_the_customer_moves(branch: Path) -> None:
    long = talk("C2", 12, summary="长" * 32_767)
    (path,) = (branch / "logs").glob("A1 *.xlsx")
    with_long = {**GIVER, "activities": [*GIVER["activities"], long]}
    write_log(path, Identity("A1", "张伟"), language="zh-CN", rows=with_long, today=TODAY)
    hand_over(branch, "A1", "A2", None, today=TODAY)
    told = by(rows(branch, "A2", "activities"), "customer_id")["C2"]["summary"]
    assert len(told) == 32_767
    assert told.endswith("长…")


def test_an_open_case_is_the_takers_to_answer_and_the_history_can_be_read_there(branch: Path) -> None:
    hand_over(branch, "A1", "A2", None, today=TODAY)
    assert {row["case_id"]: row.get("owner") for row in rows(branch, "A2", "cases")} == {
        "K1": None, "K1-A1": "Li", "K3": None,
    }  # fmt: skip
    notes = by(rows(branch, "A2", "activities"), "customer_id")
    first, *story = notes["C1"]["summary"].splitlines()
    assert first == "Hand-over: A1 张伟 → A2 Li."
    assert story == [
        "2026-11-05 Return visit · 聊了5号的事",
        "2026-11-03 Return visit · 聊了3号的事",
        "2026-11-03 Cases · K1 · Fees · Open",
        "2026-11-03 Cases · K2 · Account · Resolved",
        "2026-11-02 Visit plan · 首访",
    ]
    assert "Margin trading · Won" in notes["C2"]["summary"]
    assert "聊了" not in rows(branch, "A1", "activities")[-1]["summary"]  # it stands there in full


def test_only_those_named_move_and_strangers_are_told(branch: Path, tmp_path: Path) -> None:
    names = tmp_path / "list.csv"
    names.write_text("备注,客户编号\nx,C2\ny,C9\nz,C3\n", encoding="gb18030")
    assert read_ids(names) == ["C2", "C9", "C3"]
    done = hand_over(branch, "A1", "A2", read_ids(names), today=TODAY)
    assert [one.customer_id for one in done.customers] == ["C2"]
    assert [(one.code, one.value) for one in done.findings] == [("id.unknown", "C9"), ("customer.gone", "C3")]
    assert by(rows(branch, "A1", "customers"), "customer_id")["C1"]["status"] == "dormant"


def test_one_customer_in_two_active_logs_is_found_and_stays(branch: Path) -> None:
    hand_over(branch, "A1", "A2", ["C1"], today=TODAY)
    assert duplicates([work(branch, "A1"), work(branch, "A2")]) == []
    twice = customer("C1")
    write_log(
        branch / "logs" / "A3 王.xlsx", Identity("A3", "王"), language="zh-CN", rows={"customers": [twice]}, today=TODAY
    )
    found = duplicates([work(branch, one) for one in ("A1", "A2", "A3")])
    assert [(one.code, one.value, one.place.file, one.place.cell) for one in found] == [
        ("customer.twice", "C1", "A3 王.xlsx", "A3")
    ]
    done = hand_over(branch, "A2", "A3", ["C1"], today=TODAY)
    assert ([one.code for one in done.findings], done.customers, done.backups) == (["customer.twice"], (), {})


def test_handed_back_the_row_that_stayed_is_filled_again(branch: Path) -> None:
    hand_over(branch, "A1", "A2", ["C1"], today=TODAY)
    without_phone = {"customers": [customer("C1", assigned_on=TODAY, risk="balanced", status="dormant")]}
    write_log(branch / "logs" / "A2 Li.xlsx", Identity("A2", "Li"), language="en", rows=without_phone, today=TODAY)
    later = TODAY + dt.timedelta(days=3)
    hand_over(branch, "A2", "A1", ["C1"], today=later)
    back = by(rows(branch, "A1", "customers"), "customer_id")
    assert back["C1"] == customer("C1", assigned_on=later, risk="balanced", status="dormant")
    assert len(back) == 3
    assert by(rows(branch, "A2", "customers"), "customer_id")["C1"]["status"] == "handed_over"


def test_a_case_that_moved_is_imported_into_the_log_it_stands_in(branch: Path, tmp_path: Path) -> None:
    calls = (
        "id,who,opened,state,owner\nK1,C1,2026-11-03 09:00,open,张伟\nK2,C1,2026-11-03 09:00,resolved,\n"
        "K3,C2,2026-11-03 09:00,waiting,\nK1,D1,2026-11-03 09:00,open,\n"
    )
    by_column = """
        case_id.from = "id"\ncustomer_id.from = "who"\nopened_at.from = "opened"\ncategory.constant = "fees"
        status.from = "state"\nowner.from = "owner"
        [split]\ncolumn = "who"\n[split.logs]\nC1 = "A1"\nC2 = "A1"\nD1 = "A2"
    """  # fmt: skip
    wanted = read_map(f"[columns]\n{by_column}".replace("        ", ""), FORMS["cases"], "map")

    def imported(text: str, into: Path = branch) -> dict[str, int]:
        (tmp_path / "calls.csv").write_text(text)
        done = run_import(FORMS["cases"], tmp_path / "calls.csv", into, wanted, today=TODAY)
        return {fate: count for fate, count in done.rows.items() if count}

    imported(calls.replace("K2,C1,2026-11-03 09:00,resolved,\n", ""))
    hand_over(branch, "A1", "A2", None, today=TODAY)
    before = figures(branch)
    assert imported(calls.replace("K2,C1,2026-11-03 09:00,resolved,\n", "")) == {"read": 3, "same": 3}
    assert figures(branch) == before
    assert imported(calls.replace("K1,C1,2026-11-03 09:00,open", "K1,C1,2026-11-03 09:00,closed")) == {
        "read": 4, "same": 2, "changed": 1, "conflicts": 1,
    }  # fmt: skip
    taken = by(rows(branch, "A2", "cases"), "case_id")
    assert (taken["K1-A1"]["status"], taken["K1-A1"]["owner"], taken["K1"]["status"]) == ("closed", "Li", "open")
    assert by(rows(branch, "A1", "cases"), "case_id").keys() == {"K2"}
    (of_giver,) = (branch / "logs").glob("A1 *.xlsx")
    assert imported(calls.replace("waiting", "open"), of_giver) == {"read": 4, "conflicts": 1, "skipped": 3}


def test_visits_alike_that_moved_are_imported_where_they_stand(branch: Path) -> None:
    (branch / "visits.csv").write_text("day,who\n2026-12-03,C2\n2026-12-03,C2\n")
    mapped = 'planned_on.from = "day"\ncustomer_id.from = "who"\npurpose.constant = "x"'
    wanted = read_map(f'[columns]\n{mapped}\n[split]\ncolumn = "who"\n[split.logs]\nC2 = "A1"', FORMS["visits"], "map")
    run_import(FORMS["visits"], branch / "visits.csv", branch, wanted, today=TODAY)
    hand_over(branch, "A1", "A2", ["C2"], today=TODAY)
    again = run_import(FORMS["visits"], branch / "visits.csv", branch, wanted, today=TODAY)
    assert (again.rows["same"], again.rows["new"]) == (2, 0)


def test_of_two_alike_the_one_that_moved_is_told_from_the_one_that_stayed(branch: Path) -> None:
    lines = ["2026-11-02,C2,found,5000", "2026-11-02,C2,lost,300"]
    (branch / "leads.csv").write_text("\n".join(["day,who,state,sum", *lines]))
    mapped = (
        'opened_on.from = "day"\ncustomer_id.from = "who"\nproduct.constant = "public_fund"\n'
        'stage.from = "state"\namount.from = "sum"'
    )
    split = '[split]\ncolumn = "who"\n[split.logs]\nC2 = "A1"'
    wanted = read_map(f"[columns]\n{mapped}\n{split}", FORMS["opportunities"], "map")
    run_import(FORMS["opportunities"], branch / "leads.csv", branch, wanted, today=TODAY)
    hand_over(branch, "A1", "A2", ["C2"], today=TODAY)
    for order in (lines, lines[::-1]):
        (branch / "leads.csv").write_text("\n".join(["day,who,state,sum", *order]))
        again = run_import(FORMS["opportunities"], branch / "leads.csv", branch, wanted, today=TODAY)
        assert (again.rows["same"], again.rows["new"]) == (2, 0)


@pytest.mark.parametrize("advisor", ["A1", "A2"])
def test_a_log_without_a_sheet_it_needs_is_named(branch: Path, advisor: str) -> None:
    (path,) = (branch / "logs").glob(f"{advisor} *.xlsx")
    with zipfile.ZipFile(path) as parts:
        names = parts.read("xl/workbook.xml")
    renamed = re.sub('name="(问题工单|Cases)"'.encode(), 'name="我的"'.encode(), names)
    path.write_bytes(rewrite.with_parts(path.read_bytes(), {"xl/workbook.xml": renamed}))
    before = [one.read_bytes() for one in sorted((branch / "logs").iterdir())]
    with pytest.raises(MendInput) as caught:
        hand_over(branch, "A1", "A2", ["C1"], today=TODAY)
    assert path.name in caught.value.message("zh-CN")
    assert "问题工单" in caught.value.message("zh-CN")
    assert [one.read_bytes() for one in sorted((branch / "logs").iterdir())] == before
    for into in (path, branch):
        (branch / "calls.csv").write_text("id,opened\nK9,2026-11-03 09:00\n")
        wanted = read_map(
            '[columns]\ncase_id.from = "id"\nopened_at.from = "opened"\ncategory.constant = "fees"\nstatus.constant = "open"\n'
            f'[split]\ncolumn = "id"\n[split.logs]\nK9 = "{advisor}"',
            FORMS["cases"], "map",
        )  # fmt: skip
        with pytest.raises(MendInput):
            run_import(FORMS["cases"], branch / "calls.csv", into, wanted, today=TODAY, dry_run=True)


def test_dry_run_and_wrong_advisors_touch_nothing(branch: Path) -> None:
    before = {path: path.read_bytes() for path in branch.rglob("*") if path.is_file()}
    assert len(hand_over(branch, "A1", "A2", None, today=TODAY, dry_run=True).customers) == 2
    for giver, taker in (("A1", "A1"), ("A1", "A9"), ("A9", "A1")):
        with pytest.raises(MendInput):
            hand_over(branch, giver, taker, None, today=TODAY, dry_run=True)
    assert {path: path.read_bytes() for path in branch.rglob("*") if path.is_file()} == before


def test_the_command(branch: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    command = ["handover", str(branch), "--from", "A1", "--to", "A2", "--as-of", TODAY.isoformat()]
    assert run([*command, "--dry-run"]) == 0
    assert "C1" in capsys.readouterr().out
    assert run([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["written"], [one["customer_id"] for one in told["customers"]]) == (True, ["C1", "C2"])
    assert all(Path(backup).is_file() for backup in told["backups"].values())
    assert run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["customers"] == []


# Cut short at any step, both logs or neither.


def cut_at(branch: Path, step: int) -> None:
    """Hand over in a process that ends, as if killed, before a step that reaches the disk."""
    left = iter(range(step))

    def counting(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **more: Any) -> Any:
            if next(left, None) is None:
                os._exit(9)
            return call(*arguments, **more)

        return counted

    Path.replace, Path.unlink, os.fsync = map(counting, (Path.replace, Path.unlink, os.fsync))
    hand_over(branch, "A1", "A2", None, today=TODAY)


def who_serves(branch: Path) -> list[set[str]]:
    return [
        {row["customer_id"] for row in rows(branch, one, "customers") if row.get("status") not in GONE}
        for one in ("A1", "A2")
    ]


@pytest.mark.parametrize("step", [0, 5, 10, 13, 15, 16, 17, 18, 20])
def test_killed_at_any_step_it_is_finished_or_not_begun(branch: Path, step: int) -> None:
    before = {path: path.read_bytes() for path in (branch / "logs").iterdir()}
    doomed = multiprocessing.get_context("fork").Process(target=cut_at, args=(branch, step))
    doomed.start()
    doomed.join()
    assert doomed.exitcode in (0, 9)
    recover(branch)
    served = who_serves(branch)
    assert served in ([{"C1", "C2"}, {"D1"}], [set(), {"C1", "C2", "D1"}])
    if served[0]:
        assert {path: path.read_bytes() for path in before} == before
    hand_over(branch, "A1", "A2", None, today=TODAY)
    assert who_serves(branch) == [set(), {"C1", "C2", "D1"}]
    assert {path.name for path in (branch / "logs").iterdir()} == {path.name for path in before}


@pytest.mark.parametrize("replaced", [0, 1])
def test_a_log_edited_after_a_cut_is_never_overwritten(
    branch: Path, replaced: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, left = rewrite._put, iter(range(replaced))

    def cut(prepared: Path, log: Path) -> None:
        if next(left, None) is None:
            raise RuntimeError("cut")
        put(prepared, log)

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(rewrite, "_put", cut)
        hand_over(branch, "A1", "A2", None, today=TODAY)
    log, journal = branch / "logs" / "A1 张伟.xlsx", branch / BACKUP / rewrite.JOURNAL
    mine = log.read_bytes() + b" "
    log.write_bytes(mine)
    if replaced:  # the taker's log is the new one already: a person must look
        with pytest.raises(CloseWorkbook):
            hand_over(branch, "A1", "A2", None, today=TODAY)
    else:
        recover(branch)
    assert (log.read_bytes(), journal.exists()) == (mine, bool(replaced))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_folder_that_may_not_be_written_says_so(branch: Path) -> None:
    from reportkit.definitions.errors import TryLater

    branch.chmod(0o500)
    with pytest.raises(TryLater):
        hand_over(branch, "A1", "A2", None, today=TODAY)
    branch.chmod(0o700)


def test_the_givers_figures_lose_the_customers_without_a_departure(branch: Path) -> None:
    hand_over(branch, "A1", "A2", None, today=TODAY)
    giver, taker = work(branch, "A1"), work(branch, "A2")
    given, taken = (portfolio(one.facts, SETTINGS, TODAY) for one in (giver, taker))
    assert {one.band.code: one.group.customers for one in given.segments if one.group.customers} == {"lost": 1}
    assert given.total.customers == 0 and [one.customer_id for one in given.departures] == ["C3"]
    assert taken.total.customers == 3 and "lost" not in {one.after for one in taken.moves}
    before = portfolio(giver.facts, SETTINGS, TODAY - dt.timedelta(days=1))
    assert before.total.customers == 2
    december = Span(dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    churn = SETTINGS.indicator["churn_rate"]
    assert value_of(churn, giver.days["churn_rate"], NOVEMBER)[1:] == (0, 2)
    assert value_of(churn, giver.days["churn_rate"], december)[1:] == (0, 0)
