"""The desk, satisfaction and customers of a demo branch against plain Python over its rows, written from DOMAIN alone."""

import datetime as dt
import json
import math
from collections import Counter
from typing import Any

import pytest

from reportkit.branch.folder import Branch
from reportkit.cli import run
from reportkit.summary.flow import work_from_file

TODAY = dt.date(2026, 11, 20)  # a Friday
WEEK = (dt.datetime(2026, 11, 16), dt.datetime(2026, 11, 21))
FOUR_WEEKS = dt.date(2026, 10, 26)
Z = 1.959963985
Row = dict[str, Any]


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Branch:
    folder = tmp_path_factory.mktemp("by_hand") / "demo"
    assert run(["demo", str(folder), "--advisors", "3", "--weeks", "6", "--as-of", str(TODAY), "--lang", "en"]) == 0
    return Branch(folder)


@pytest.fixture(scope="module")
def rows(branch: Branch) -> dict[str, list[Row]]:
    settings = branch.settings()
    books = [work_from_file(path, settings, TODAY).book for path in branch.logs()]
    forms = ("cases", "surveys", "customers", "opportunities")
    return {form: [row for book in books for _, row in book.tables[form].records()] for form in forms}


def answer(branch: Branch, capsys: pytest.CaptureFixture[str], command: str) -> Any:
    capsys.readouterr()
    assert run([command, str(branch.root), "--as-of", str(TODAY), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low = int(at)
    return ordered[low] + (at - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


def here(customer: Row) -> bool:
    gone = customer["status"] in ("transferred_out", "handed_over")
    return customer["assigned_on"] <= TODAY and not (gone and (customer["status_on"] or TODAY) <= TODAY)


def test_the_desk(branch: Branch, rows: dict[str, list[Row]], capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(branch, capsys, "service")
    cases = [row for row in rows["cases"] if WEEK[0] <= row["opened_at"] < WEEK[1]]
    waits = [(row["responded_at"] - row["opened_at"]).total_seconds() for row in cases if row["responded_at"]]
    done = [row for row in cases if row["status"] in ("resolved", "closed")]
    minutes = [
        max((row["resolved_at"] - row["opened_at"]).total_seconds() / 60 - (row["waiting_minutes"] or 0), 0)
        for row in done
        if row["resolved_at"]
    ]
    total = found["total"]
    assert total["cases"] == len(cases) > 20
    assert found["customers"] == len({row["customer_id"] for row in cases} - {None})
    assert total["coverage"]["part"] == len(waits)
    assert total["mean_response_s"] == pytest.approx(sum(waits) / len(waits))
    assert found["p50_response_s"] == pytest.approx(percentile(waits, 0.5))
    assert found["p90_response_s"] == pytest.approx(percentile(waits, 0.9))
    assert total["resolution_rate"]["part"] == len(done)
    assert total["mean_resolution_min"] == pytest.approx(sum(minutes) / len(minutes))
    assert total["reopen_rate"]["part"] == sum((row["reopened"] or 0) > 0 for row in cases)
    assert {key: one["cases"] for key, one in found["by"]["category"].items()} == Counter(r["category"] for r in cases)
    hours = Counter((row["opened_at"].weekday(), row["opened_at"].hour) for row in cases)
    assert all(found["opened"][day][hour] == hours[day, hour] for day in range(7) for hour in range(24))


def test_satisfaction(branch: Branch, rows: dict[str, list[Row]], capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(branch, capsys, "satisfaction")["surveys"]
    surveys = [row for row in rows["surveys"] if FOUR_WEEKS <= row["date"] <= TODAY]
    n, good = len(surveys), sum(row["score"] >= 4 for row in surveys)
    assert (found["csat"]["part"], found["csat"]["whole"]) == (good, n)
    share, squared = good / n, Z * Z / n  # Wilson's interval
    middle = (share + squared / 2) / (1 + squared)
    reach = Z / (1 + squared) * math.sqrt(share * (1 - share) / n + squared / 4 / n)
    assert found["csat"]["interval"] == pytest.approx([middle - reach, min(middle + reach, 1)])
    told = [row["recommend"] for row in surveys if row["recommend"] is not None]
    up, down = (sum(map(test, told)) / len(told) for test in (lambda one: one >= 9, lambda one: one <= 6))
    reach = Z * 100 * math.sqrt((up + down - (up - down) ** 2) / len(told))
    nps = 100 * (up - down)
    assert found["nps"] == pytest.approx(nps)
    assert found["nps_interval"] == pytest.approx([max(nps - reach, -100), min(nps + reach, 100)])


def test_customers(branch: Branch, rows: dict[str, list[Row]], capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(branch, capsys, "customers")
    ours = [row for row in rows["customers"] if here(row)]
    assert found["customers"] == len(ours)
    assert found["assets"] == pytest.approx(sum(row["assets"] or 0 for row in ours))
    tiers = Counter(
        "high" if (r["assets"] or 0) >= 1e6 else "mid" if (r["assets"] or 0) >= 1e5 else "basic" for r in ours
    )
    assert {code: one["customers"] for code, one in found["tiers"].items()} == tiers
    for product, one in found["products"].items():
        assert one["holds"]["part"] == sum(row[product] == "holds" for row in ours)
        assert one["interested"] == sum(row[product] == "interested" for row in ours)
    month = TODAY.replace(day=1)
    closed = [row for row in rows["opportunities"] if row["closed_on"] and month <= row["closed_on"] <= TODAY]
    assert found["pipeline"]["won"]["count"] == sum(row["stage"] == "won" for row in closed)
    left = [row for row in rows["customers"] if row["status"] == "transferred_out" and row["status_on"]]
    churn = found["churn"][f"{TODAY:%Y-%m}"]
    assert churn["part"] == sum(month <= row["status_on"] <= TODAY for row in left)
