"""What the settings name of one another: levels by name, strangers as findings, levels that keep no log."""

import datetime as dt
from typing import Any

import pytest

from reportkit.settings.branch_settings import Settings
from tests.books import settings_with

MANAGER = {"code": "manager", "name": "经理", "log": "no"}
LEVELS = [{"code": "senior", "name": "高级"}, {"code": "junior", "name": "初级"}, MANAGER]


def person(advisor: str, level: str, **more: Any) -> dict[str, Any]:
    return {"advisor_id": advisor, "name": "张伟", "level": level, **more}


def target(scope: str, who: str | None) -> dict[str, Any]:
    return {"indicator": "new_contacts", "scope": scope, "who": who, "target": 3.0, "from_": dt.date(2026, 1, 1)}


def strangers(settings: Settings) -> list[tuple[str | None, str | None, str]]:
    """Return sheet's column, what was written and the severity of each name nobody knows."""
    return [
        (found.place.column.code if found.place.column else None, found.value, found.severity)
        for found in settings.findings
        if found.code == "settings.reference"
    ]


@pytest.mark.parametrize("written", ["senior", "高级", "高級", "Senior", " senior "])
def test_a_level_is_known_by_code_or_by_name_in_any_language(written: str) -> None:
    settings = settings_with(levels=LEVELS, roster=[person("A001", written)], targets=[target("level", written)])
    assert settings.roster[0].level == settings.targets[0].who == "senior"
    assert strangers(settings) == []


def test_a_stranger_is_named_and_the_row_counts_all_the_same() -> None:
    settings = settings_with(
        levels=LEVELS, roster=[person("A001", "专家", manager="M99")], targets=[target("advisor", "A099")]
    )
    assert strangers(settings) == [
        ("level", "专家", "warning"),
        ("manager", "M99", "warning"),
        ("who", "A099", "warning"),
    ]
    assert (len(settings.roster), len(settings.targets)) == (1, 1)


def test_a_target_of_an_indicator_nobody_knows_is_an_error_and_left_out() -> None:
    settings = settings_with(targets=[{**target("all", None), "indicator": "new_contact"}])
    assert strangers(settings) == [("indicator", "new_contact", "error")]
    assert settings.targets == ()


def test_who_never_stood_at_a_level_with_a_log_keeps_none() -> None:
    roster = [
        person("M01", "经理"),
        person("A001", "初级"),
        person("A002", "初级", to=dt.date(2026, 3, 31)),
        person("A002", "经理", from_=dt.date(2026, 4, 1)),
        person("A003", "nobody described it"),
    ]
    settings = settings_with(levels=LEVELS, roster=roster)
    assert [settings.keeps_log(one) for one in ("M01", "A001", "A002", "A003")] == [False, True, True, True]
