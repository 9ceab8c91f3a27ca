"""Eight weeks of a branch over a turn of the year, lived through the commands, each figure computed a second time.

One manager closes weeks, another corrects them, IT refreshes; logs come, go, change, are copied, renamed and put back.
"""

import datetime as dt
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reportkit.branch.folder import Branch, log_name
from reportkit.cli import run
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.read.book import Identity
from reportkit.settings.calendars import week_name
from reportkit.workbooks import write_log, write_settings
from tests import oracle
from tests.branches import reports
from tests.test_against_oracle import exchange_days

FIRST = dt.date(2026, 11, 23)  # the Monday of 2026-W48
LONG_AGO = dt.date(2025, 1, 1)
CUSTOMER_TALKS = ("new_contact", "return_visit", "fund_talk", "margin_talk", "home_visit")
ALONE = ("market_view", "stock_view", "intraday_alert", "novice_class", "veteran_class", "report_meeting", "salon")
WECHAT = {
    "code": "wechat_talks", "label": "微信沟通", "form": "activities", "where": "channel is wechat",
    "measure": "count", "period": "week", "direction": "at_least", "unit": "times", "active": "yes",
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


def day(week: int, weekday: int = 0) -> dt.date:
    """Return a day of the so-manieth week from the first; Monday is 0."""
    return FIRST + dt.timedelta(weeks=week, days=weekday)


def week(number: int) -> str:
    return week_name(day(number))


@dataclass
class Life:
    """A branch, what its people have written so far, and what its settings say."""

    branch: Branch
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    logs: dict[str, Rows] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    indicators: list[dict[str, Any]] = field(default_factory=list)

    # --- People ---

    def joins(self, advisor: str, level: str, since: dt.date = LONG_AGO) -> None:
        self.settings["roster"].append(
            {"advisor_id": advisor, "name": f"人{advisor}", "level": level, "from": since, "to": None}
        )
        customers = [self._customer(advisor, number) for number in range(12)]
        self.logs[advisor] = {form: [] for form in ("activities", "cases", "worktime", "opportunities", "training")}
        self.logs[advisor]["customers"] = customers
        self.files[advisor] = log_name(advisor, f"人{advisor}")

    def _customer(self, advisor: str, number: int) -> dict[str, Any]:
        return {
            "customer_id": f"{advisor}C{number}",
            "name": f"客户{advisor}{number}",
            "assigned_on": FIRST + dt.timedelta(days=self.dice.randrange(-40, 1)),
            "status": "active",
            "assets": self.dice.choice((None, 40_000, 500_000, 1_200_000)),
            "public_fund": self.dice.choice((None, "holds", "interested", "unsuitable")),
        }

    def works(self, advisor: str, on: dt.date) -> None:
        """Let an advisor write down a day."""
        if on.weekday() > 4:
            return
        rows = self.logs[advisor]
        ids = [row["customer_id"] for row in rows["customers"]]
        for _ in range(self.dice.randrange(3, 9)):
            talk = {"kind": self.dice.choice(CUSTOMER_TALKS), "customer_id": self.dice.choice(ids)}
            talk |= {
                "effective": self.dice.choice(("yes", "yes", "no")),
                "channel": self.dice.choice(("phone", "wechat")),
            }
            rows["activities"].append({"date": on, **talk, "summary": f"{len(rows['activities'])}"})
        for kind in self.dice.sample(ALONE, 3):
            rows["activities"].append({"date": on, "kind": kind, "summary": f"{len(rows['activities'])}"})
        opened = dt.datetime.combine(on, dt.time(9, self.dice.randrange(60)))
        answered = opened + dt.timedelta(seconds=self.dice.choice((5, 30, 31, 600)))
        case = {"case_id": f"{advisor}K{len(rows['cases'])}", "customer_id": self.dice.choice(ids), "opened_at": opened}
        case |= {"category": self.dice.choice(("account", "trading")), "responded_at": answered}
        done = self.dice.random() < 0.7
        case |= {"resolved_at": answered + dt.timedelta(hours=2), "status": "resolved"} if done else {"status": "open"}
        rows["cases"].append({**case, "satisfaction": self.dice.choice((None, 2, 4, 5)) if done else None})
        rows["worktime"].append(
            {"date": on, "leave": self.dice.choice(("none", "none", "none", "half")), "service_hours": 2}
        )
        if self.dice.random() < 0.2:
            rows["training"].append({"date": on, "topic": "合规", "hours": 1.5})

    def saves(self, *advisors: str) -> None:
        """Let advisors save their logs."""
        for advisor in advisors:
            identity = Identity(advisor, f"人{advisor}", "", TEMPLATE_VERSION, "zh-CN")
            path = self.branch.log(self.files[advisor])
            path.parent.mkdir(parents=True, exist_ok=True)
            rows = self.logs[advisor]
            write_log(path, identity, language="zh-CN", settings=self.branch.settings(), rows=rows, today=FIRST)

    def lives(self, monday: dt.date, *advisors: str, days: range = range(5)) -> None:
        for advisor in advisors:
            for at in days:
                self.works(advisor, monday + dt.timedelta(days=at))
        self.saves(*advisors)

    def asks(self) -> None:
        """Let the manager save the settings."""

        def written(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [{("from_" if code == "from" else code): cell for code, cell in row.items()} for row in rows]

        sheets = settings_rows("zh-CN")
        branch = {"name": "八周", "code": "1", "language": "zh-CN", "time_zone": "Asia/Shanghai"}
        calendar = [{"date": on, "kind": kind} for on, kind in self.settings["calendar"].items()]
        sheets |= {"branch": [branch], "roster": written(self.settings["roster"]), "calendar": calendar}
        sheets |= {"targets": written(self.settings["targets"])}
        sheets["indicators"] = [*self.indicators] or sheets["indicators"]
        write_settings(self.branch.settings_path, sheets, language="zh-CN")

    # --- Commands ---

    def says(self, *words: str, ends: tuple[int, ...] = (0, 1)) -> Any:
        """Run a command on the branch and return its JSON."""
        name, *more = words
        self.capture.readouterr()
        code = run([name, str(self.branch.root), *more, *([] if name == "reopen" else ["--json"])])
        said = self.capture.readouterr()
        assert code in ends, (words, code, said.out[-500:], said.err[-500:])
        return None if name == "reopen" else json.loads(said.out)

    capture: pytest.CaptureFixture[str] = field(init=False)

    def refreshed(self, number: int, on: dt.date) -> dict[str, Any]:
        shown: dict[str, Any] = self.says("refresh", "--week", week(number), "--as-of", on.isoformat())
        return shown

    def refreshed_right(self, number: int, on: dt.date, *members: str) -> dict[str, Any]:
        """Refresh a week and hold every figure to the one computed a second time."""
        shown = self.refreshed(number, on)
        self.is_right(shown, number, on, members)
        return shown

    def closed(self, number: int, on: dt.date) -> Any:
        return self.says("close", "--week", week(number), "--as-of", on.isoformat())

    def reopened(self, number: int, on: dt.date, why: str) -> None:
        self.says("reopen", "--week", week(number), "--as-of", on.isoformat(), "--why", why)

    # --- A second time ---

    def expected(self, number: int, on: dt.date, advisor: str) -> Any:
        settings = {**self.settings, "limits": []}
        return oracle.report(settings, self.logs[advisor], advisor, week(number), on)

    def is_right(self, shown: dict[str, Any], number: int, on: dt.date, members: tuple[str, ...]) -> None:
        assert [one["advisor"] for one in shown["advisors"]] == sorted(members)
        every = []
        for one in shown["advisors"]:
            lines = self.expected(number, on, one["advisor"])
            every.append(lines)
            for figure in one["indicators"]:
                if figure["code"] not in lines:
                    continue
                line = lines[figure["code"]]
                for name in ("value", "target", "attainment", "working_days", "days_met"):
                    assert figure[name] == nearly(line[name]), (week(number), one["advisor"], figure["code"], name)
            if (
                not self.indicators
            ):  # an indicator of the branch's own counts in the score, which the oracle does not know
                assert one["score"] == nearly(oracle.score(lines, week(number)))
        together = oracle.team(every)
        for figure in shown["team"]:
            if figure["code"] in together:
                for name in ("value", "target", "attainment"):
                    assert figure[name] == nearly(together[figure["code"]][name]), (week(number), figure["code"], name)


def nearly(number: Any) -> Any:
    return None if number is None else pytest.approx(float(number), rel=1e-9, abs=1e-9)


def values(shown: dict[str, Any]) -> Any:
    """Return every figure of a refresh: by advisor and indicator, and of the team."""
    of_each = {
        (one["advisor"], figure["code"]): (figure["value"], figure["target"], figure["attainment"])
        for one in shown["advisors"]
        for figure in one["indicators"]
    }
    return of_each, shown["team"], [one["score"] for one in shown["advisors"]]


def restated(edition: Any) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the values of advisors that an edition gives otherwise than the one before."""
    listed = [one for one in edition["restated"] if one["of"] == "value" and one["advisor"]]
    return {(one["advisor"], one["indicator"]): (one["old"], one["new"]) for one in listed}


def differences(before: Any, after: Any) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the values of advisors that differ between two refreshes."""
    old, new = ({key: value for key, (value, *_) in shown[0].items()} for shown in (before, after))
    there = {advisor for advisor, _ in old}
    return {key: (old.get(key), new[key]) for key in new if key[0] in there and old.get(key) != new[key]}


def target(indicator: str, goal: float, since: dt.date = LONG_AGO, **more: Any) -> dict[str, Any]:
    row = {
        "indicator": indicator,
        "scope": "all",
        "who": None,
        "target": goal,
        "weight": None,
        "from": since,
        "to": None,
    }
    return {**row, **more}


@pytest.fixture
def life(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Life]:
    life = Life(Branch(tmp_path / "branch"))
    life.capture = capsys
    (tmp_path / "branch").mkdir()
    goals = {
        "new_contacts": 2,
        "market_views": 1,
        "home_visits": 2,
        "csat": 0.9,
        "first_response": 30,
        "training_hours": 4,
    }
    days = exchange_days(FIRST - dt.timedelta(days=90), FIRST + dt.timedelta(days=150))
    life.settings = {
        "roster": [],
        "targets": [target(*one) for one in goals.items()],
        "calendar": {},
        "exchange_days": days,
    }
    for advisor, level in (("A1", "senior"), ("A2", "junior"), ("A4", "senior")):
        life.joins(advisor, level)
    life.asks()
    yield life


@pytest.mark.slow
def test_eight_weeks_of_three_people(life: Life, tmp_path: Path) -> None:
    published: dict[int, tuple[Any, dict[str, str]]] = {}

    def publishes(number: int, on: dt.date, *members: str) -> Any:
        """Close a week that is right, and hold what was published."""
        shown = life.refreshed_right(number, on, *members)
        edition = life.closed(number, on)
        published[number] = values(shown), reports(life.branch, week(number))
        return edition

    # W48 (0): a plain week, looked at on Wednesday and published on Monday.
    life.lives(day(0), "A1", "A2", "A4", days=range(3))
    life.refreshed_right(0, day(0, 2), "A1", "A2", "A4")
    life.lives(day(0), "A1", "A2", "A4", days=range(3, 5))
    publishes(0, day(1), "A1", "A2", "A4")

    # W49 (1): a conflict copy of an older state; into the closed week come a new, a changed and a deleted row.
    copy = life.branch.log("A1 人A1 (1).xlsx")
    copy.write_bytes(life.branch.log(life.files["A1"]).read_bytes())
    rows = life.logs["A2"]["activities"]
    gone = rows.pop(next(at for at, row in enumerate(rows) if row["kind"] == "market_view"))
    changed = next(row for row in rows if row["kind"] == "stock_view")
    changed["summary"] = "改过"
    rows.append({"date": day(0, 1), "kind": "intraday_alert", "summary": "补录"})
    life.lives(day(1), "A1", "A2", "A4", days=range(3))
    shown = life.refreshed_right(1, day(1, 2), "A1", "A2", "A4")
    assert [(one["file"], one["code"]) for one in shown["failed"]] == [(copy.name, "file.conflict")]
    late = {row["change"]: row for row in shown["late"]}
    assert len(shown["late"]) == 3
    assert {row["first_seen"] for row in shown["late"]} == {day(1, 2).isoformat()}
    assert late["vanished"]["old"]["summary"] == gone["summary"]
    assert late["changed"]["new"] == {"summary": "改过"}
    assert late["appeared"]["new"]["summary"] == "补录"
    copy.unlink()
    life.lives(day(1), "A1", "A2", "A4", days=range(3, 5))
    publishes(1, day(2), "A1", "A2", "A4")

    # W50 (2): somebody joins on Wednesday; on Thursday targets, weights, a day off, an indicator and a label change.
    life.joins("A3", "junior", since=day(2, 2))
    life.lives(day(2), "A1", "A2", "A4", days=range(3))
    life.asks()
    life.lives(day(2), "A3", days=range(2, 3))
    before = life.refreshed_right(2, day(2, 2), "A1", "A2", "A3", "A4")
    life.settings["targets"] += [
        target("new_contacts", 4, day(2, 3)),
        target("market_views", 2, day(2, 3), scope="level", who="junior", weight=3),
        target("home_visits", 5, day(2, 3), scope="advisor", who="A4", weight=0.5),
    ]
    life.settings["calendar"][day(2, 4)] = "off"
    life.indicators = settings_rows("zh-CN")["indicators"] + [WECHAT]
    next(row for row in life.indicators if row["code"] == "home_visits")["label"] = "登门"
    life.asks()
    shown = life.refreshed_right(2, day(2, 3), "A1", "A2", "A3", "A4")
    assert (shown["read"], before["read"] > 0) == (0, True)
    for one in shown["advisors"]:
        labels = {figure["code"]: figure for figure in one["indicators"]}
        assert labels["home_visits"]["label"] == "登门"
        span = [day(2, at) for at in range(4)]
        talks = [row for row in life.logs[one["advisor"]]["activities"] if row["date"] in span]
        assert labels["wechat_talks"]["value"] == sum(row.get("channel") == "wechat" for row in talks)
    life.lives(day(2), "A1", "A2", "A3", "A4", days=range(3, 5))
    publishes(2, day(3), "A1", "A2", "A3", "A4")
    assert values(life.refreshed(0, day(3)))[0].items() >= published[0][0][0].items()

    # W51 (3): somebody leaves; a log is renamed; another is put back to what it was last week, and forth again.
    life.settings["roster"][1]["to"] = day(3, 2)
    life.asks()
    older = life.branch.log(life.files["A4"]).read_bytes()
    life.lives(day(3), "A1", "A3", "A4")
    life.lives(day(3), "A2", days=range(3))
    life.branch.log(life.files["A1"]).rename(life.branch.log("A1 甲.xlsx"))
    life.files["A1"] = "A1 甲.xlsx"
    shown = life.refreshed_right(3, day(3, 4), "A1", "A2", "A3", "A4")
    assert {row["advisor"] for row in shown["late"]} == {"A2"}
    newer = life.branch.log(life.files["A4"]).read_bytes()
    life.branch.log(life.files["A4"]).write_bytes(older)
    shown = life.refreshed(3, day(3, 4))
    (a4,) = (one for one in shown["advisors"] if one["advisor"] == "A4")
    assert not any(figure["value"] for figure in a4["indicators"] if figure["period"] == "day")
    life.branch.log(life.files["A4"]).write_bytes(newer)
    publishes(3, day(4), "A1", "A2", "A3", "A4")

    # Another manager reopens W48, where rows came late, and publishes it anew.
    first = reports(life.branch, week(0))
    life.reopened(0, day(4), "补录属实")
    shown = life.refreshed_right(0, day(4), "A1", "A2", "A3", "A4")  # who joined since has a log, and nothing in it
    again = life.closed(0, day(4))
    assert restated(again) == differences(published[0][0], values(shown))
    assert {code for advisor, code in restated(again) if advisor == "A2"} == {
        "market_views",
        "intraday_alerts",
        "wechat_talks",
    }
    assert {code for advisor, code in restated(again) if advisor != "A2"} == {"wechat_talks"}, "the new indicator alone"
    assert reports(life.branch, week(0)) != first
    published[0] = values(shown), reports(life.branch, week(0))
    assert not any(row["week"] == week(0) for row in life.refreshed(3, day(4))["late"])

    # W52 (4): one log is not there when the week is published; it comes whole, and all of its week is late.
    life.branch.log(life.files["A2"]).unlink()
    life.lives(day(4), "A1", "A3", "A4")
    life.branch.log(life.files["A4"]).rename(tmp_path / "away.xlsx")
    publishes(4, day(5), "A1", "A3")
    (tmp_path / "away.xlsx").rename(life.branch.log(life.files["A4"]))
    shown = life.refreshed(4, day(5))
    arrived = [row for row in shown["late"] if row["week"] == week(4) and row["advisor"] == "A4"]
    inside = [row for row in life.logs["A4"]["activities"] if day(4) <= row["date"] <= day(4, 6)]
    assert {row["change"] for row in arrived} == {"appeared"}
    assert sum(row["form"] == "activities" for row in arrived) == len(inside)
    assert values(shown) == published[4][0]

    # W53 (5) and 2027-W01 (6): the turn of the year, over the end of the exchange's calendar.
    assert (week(5), week(6)) == ("2026-W53", "2027-W01")
    for number in (5, 6):
        life.lives(day(number), "A1", "A3", "A4")
        shown = publishes(number, day(number + 1), "A1", "A3", "A4")
    life.lives(day(7), "A1", "A3", "A4", days=range(2))
    last = life.refreshed_right(7, day(7, 1), "A1", "A3", "A4")

    # A week long past, one to come, a clock that goes back.
    past = life.refreshed(-30, day(7, 1))
    assert not any(
        figure["value"] for one in past["advisors"] for figure in one["indicators"] if figure["period"] == "day"
    )
    life.says("refresh", "--week", week(9), "--as-of", day(7, 1).isoformat(), ends=(2,))
    life.says("close", "--week", week(7), "--as-of", day(6).isoformat(), ends=(2,))
    back = life.refreshed(6, day(6, 2))
    assert values(back) == published[6][0]
    assert [row["first_seen"] for row in back["late"]] == [row["first_seen"] for row in last["late"]]

    # What was published is what stands there, and comes back from history to the byte, wherever it is made.
    kept = {number: reports(life.branch, week(number)) for number in published}
    assert kept == {number: bytes_ for number, (_, bytes_) in published.items()}
    for zone in ("America/Los_Angeles", "Asia/Shanghai", "UTC"):
        for path in [*life.branch.root.glob("history/digests/*"), *life.branch.root.glob("reports/*/*.xlsx")]:
            path.unlink()
        for number in published:
            refresh_in(zone, life.branch, week(number), day(7, 1))
        assert {number: reports(life.branch, week(number)) for number in published} == kept

    # The order of rows is nobody's business.
    for advisor in ("A1", "A3", "A4"):
        for rows in life.logs[advisor].values():
            life.dice.shuffle(rows)
    life.saves("A1", "A3", "A4")
    shuffled = life.refreshed(7, day(7, 1))
    assert shuffled["read"] == 3
    assert values(shuffled) == values(last)
    assert [row for row in shuffled["late"] if row["change"] != "appeared"] == [
        row for row in last["late"] if row["change"] != "appeared"
    ]


def refresh_in(zone: str, branch: Branch, name: str, on: dt.date) -> None:
    """Refresh as on a machine in another time zone."""
    command = [
        sys.executable,
        "-m",
        "reportkit",
        "refresh",
        str(branch.root),
        "--week",
        name,
        "--as-of",
        on.isoformat(),
    ]
    done = subprocess.run([*command, "--json"], env={**os.environ, "TZ": zone}, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
