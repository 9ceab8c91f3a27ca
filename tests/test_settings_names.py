"""What the settings name of one another: levels by name, strangers as findings, levels that keep no log."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportkit.branch.closing import close
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.derived import countable, in_portfolio
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import INDICATORS, SEGMENTS, SETTINGS_FORMS
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.facts.review import review_settings, without_logs
from reportkit.settings.branch_settings import Settings, load_settings, settings_from_book, settings_from_rows
from reportkit.settings.calendars import Span
from reportkit.settings.conditions import Condition, describe, parse
from reportkit.settings.parts import Parts
from reportkit.validate.workbook import validate
from reportkit.workbooks import write_settings
from tests.books import settings_with
from tests.branches import TODAY, WEEK, ask_for, branch_in, settings_of_demo
from tests.text_tables import raw

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


@pytest.mark.parametrize(
    ("sheet", "row", "offered"),
    [
        ("roster", person("A004", "Senor"), "Did you mean “高级”?"),
        ("roster", person("A004", "partner"), "There are: 初级, 高级, 经理."),
        ("roster", person("A004", "senior", manager="李静"), "Did you mean “A002”?"),
        ("roster", person("A004", "senior", manager="M77"), "There are: A001, A002, A003, A004."),
        ("targets", target("advisor", "李静"), "Did you mean “A002”?"),
        ("targets", target("advisor", "张伟"), "There are: A001, A002, A003."),
        ("targets", target("level", "partner"), "There are: 初级, 高级, 经理."),
        ("targets", {**target("all", None), "indicator": "new contact"}, "Did you mean “New customer contacts”?"),
        ("targets", {**target("all", None), "indicator": "calls"}, ""),
        ("indicators", {"on": "closing day"}, "There are: Found on, Expected on, Closed on."),
        (
            "indicators",
            {"measure": "sum", "column": "money"},
            "There are: Expected amount (CNY), Years of work, Assets (CNY)",
        ),
        ("indicators", {"measure": "ratio", "per": "service hours"}, "Did you mean “Worktime.Service hours”?"),
        ("mail", {"report": "advisor", "who": "李静", "email": "a@b.cn"}, "Did you mean “A002”?"),
    ],
)
def test_a_stranger_is_told_what_was_meant_or_what_there_is(sheet: str, row: dict[str, Any], offered: str) -> None:
    two_of_a_name = [person("A001", "senior"), person("A002", "junior") | {"name": "李静"}, person("A003", "junior")]
    if sheet == "indicators":
        blank = {"code": "x", "label": "x", "form": "opportunities", "measure": "count", "period": "month"}
        row = {**blank, "direction": "at_least", "unit": "times", **row}
    rows = {"levels": LEVELS, "roster": two_of_a_name, **({"targets": []} if sheet == "indicators" else {})}
    settings = settings_with(**rows | {sheet: [*rows.get(sheet, ()), row]})
    (found,) = (one for one in settings.findings if one.code == "settings.reference")
    said = found.message("en")
    assert (offered in said) if offered else ("There are" not in said and "Did you" not in said), said


def test_what_the_settings_get_wrong_is_named_by_its_cell() -> None:
    tables = {
        "branch": "name | code | time_zone | language | opens_at | closes_at\n某某 | 1 | Mars/Base | zh-CN | 09:00 | 17:00",
        "roster": "工号 | 姓名 | 级别 | 直属经理\nA001 | 张 | 专家 | M9",
        "levels": "code | name\nsenior | 高级",
        "indicators": "code|label|form|where|measure|column|part|per|on|period|direction|unit\n"
        "x|X|activities|colour is red|ratio||colour is red|worktime.leave|kind|day|at_least|percent\n"
        "y|Y|activities||mean||||date|day|at_least|times\n"
        "z|Z|cases||ratio||satisfaction at least 4||opened_at|day|at_least|percent",
        "targets": "indicator | scope | who | target | from\nz | level | | 0.9 | 2026-01-01\nz | all | | 90 | 2026-01-01\n"
        "q | all | | 1 | 2026-01-01\nz | advisor | A9 | 0.9 | 2026-01-01",
        "tiers": "code | name | where\nhigh | 高 | assets over 5",
    }
    book = validate(raw(tables, SETTINGS_FORMS), dt.date.max)
    named = {(one.place.sheet, one.code, one.place.cell) for one in settings_from_book(book).findings}
    assert {one for one in named if one[1] != "column.missing"} == {
        ("branch", "value.type", "C2"),
        ("roster", "settings.reference", "C2"),
        ("roster", "settings.reference", "D2"),
        ("indicators", "settings.condition", "D2"),
        ("indicators", "settings.condition", "G2"),
        ("indicators", "value.type", "H2"),
        ("indicators", "value.type", "I2"),
        ("indicators", "value.required", "F3"),
        ("targets", "value.required", "C2"),
        ("targets", "value.range", "D3"),
        ("targets", "settings.reference", "A4"),
        ("targets", "settings.reference", "C5"),
        ("tiers", "settings.condition", "C2"),
    }


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_read_in_the_settings_means_what_the_catalogue_says(tmp_path: Path, language: Language) -> None:
    rows = {**settings_rows(language), "roster": [person("A001", "senior")], "targets": [target("level", "senior")]}
    write_settings(tmp_path / "settings.xlsx", rows, language=language)
    read, asked = load_settings(tmp_path / "settings.xlsx"), settings_from_rows(rows, language)
    assert read.findings == ()
    assert (read.indicators, read.targets) == (asked.indicators, asked.targets)
    assert [rule.where for rule in (*read.tiers, *read.segments)] == [
        rule.where for rule in (*asked.tiers, *asked.segments)
    ]
    assert read.roster[0].level == "senior"


@pytest.mark.parametrize(
    "written", ["tier is high or mid", "客户评级 是 高 或 中", "客戶評級 是 高或中", "Tier is High or mid"]
)
def test_a_segment_asks_for_tiers_by_code_or_name(written: str) -> None:
    rule = {"code": "rich", "name": "富裕", "where": written}
    settings = settings_with(segments=[rule])
    assert settings.findings == ()
    assert settings.segments[0].where == parse("tier is high or mid", in_portfolio())


def test_a_tier_nobody_described_is_a_finding() -> None:
    settings = settings_with(segments=[{"code": "rich", "name": "富裕", "where": "客户评级 是 高等"}])
    assert [found.code for found in settings.findings] == ["settings.condition"]
    assert settings.segments == ()


@pytest.mark.parametrize(("language", "shown"), [("zh-CN", "高或中"), ("zh-TW", "高或中"), ("en", "High or Mid")])
def test_the_settings_call_tiers_by_their_names(tmp_path: Path, language: Language, shown: str) -> None:
    write_settings(tmp_path / "settings.xlsx", settings_rows(language), language=language)
    sheet = load_workbook(tmp_path / "settings.xlsx")[SEGMENTS.label.to(language)]
    assert [str(row[4]).endswith(shown) for row in sheet.values].count(True) == 1


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
def test_chinese_settings_are_written_in_chinese(tmp_path: Path, language: Language) -> None:
    write_settings(tmp_path / "settings.xlsx", settings_rows(language), language=language)
    sheet = load_workbook(tmp_path / "settings.xlsx")[INDICATORS.label.to(language)]
    headings = [cell.value for cell in sheet[1]]
    where = headings.index(INDICATORS.column["where"].label.to(language))
    written = [row[where] for row in sheet.iter_rows(min_row=2, max_row=15, values_only=True) if row[where]]
    assert len(written) > 5
    assert [
        text for text in written if not re.search("[\u4e00-\u9fff]", str(text)) or re.search("[a-z]", str(text))
    ] == []


def test_a_customer_s_column_needs_no_prefix_where_the_form_has_none_such() -> None:
    columns = countable("activities")
    assert parse("公募基金 是 已持有", columns) == parse("customer.public_fund is holds", columns)
    assert parse("客户编号 是 C1", columns) == parse("customer_id is C1", columns)


@pytest.mark.parametrize("form", FORMS)
def test_every_column_is_read_as_it_is_written(form: str) -> None:
    columns = countable(form)
    for name in columns:
        condition = Condition(name, "not_blank")
        for written in describe(condition, columns).all():
            assert parse(written, columns) == (condition,), written


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_indicator_tells_apart_is_read_as_it_is_written(tmp_path: Path, language: Language) -> None:
    told_apart = ("customer_id", "customer.customer_id", "status", "customer.status", "customer.occupation")
    rows = [
        {
            "code": f"own{at}", "label": f"own{at}", "form": "cases", "measure": "distinct", "column": column,
            "where": "customer.status is active", "period": "week", "direction": "at_least", "unit": "times",
        }
        for at, column in enumerate(told_apart)
    ]  # fmt: skip
    write_settings(tmp_path / "settings.xlsx", {**settings_rows(language), "indicators": rows}, language=language)
    read = load_settings(tmp_path / "settings.xlsx").indicators
    assert tuple(one.column for one in read) == told_apart
    assert {one.where for one in read} == {(Condition("customer.status", "is", ("active",)),)}


@pytest.mark.parametrize(
    ("where", "offered"),
    [
        ("kind is home visits", "cannot be compared with “Service type” (Home visit?)"),
        ("kind is nothing of the sort", "cannot be compared with “Service type”."),
        ("service typ is other", "there is no column “service typ” (Service type?)"),
        ("customer.asset at least 5", "there is no column “customer.asset” (Assets (CNY)?)"),
    ],
)
def test_a_condition_that_is_nearly_right_says_what_was_meant(where: str, offered: str) -> None:
    own = {
        "code": "own", "label": "O", "form": "activities", "measure": "count", "period": "week",
        "direction": "at_least", "unit": "times", "where": where,
    }  # fmt: skip
    (found,) = settings_from_rows({"indicators": [own]}, "en").findings
    assert offered in found.message("en")


@pytest.mark.parametrize(
    ("rows", "who"),
    [
        ([target("level", "junior")], "A002, A005"),
        ([target("level", "junior"), target("advisor", "A002")], "A005"),
        ([target("level", "junior"), target("level", "senior") | {"target": None}], None),
        ([target("level", "junior"), target("all", None)], None),
        ([target("level", "junior"), target("all", None) | {"to": dt.date(2026, 11, 1)}], "A002, A005"),
    ],
)
def test_whom_a_target_leaves_out_is_named(rows: list[dict[str, Any]], who: str | None) -> None:
    roster = [
        person("A001", "junior"),
        person("A002", "senior"),
        person("A003", "senior", to=dt.date(2026, 11, 15)),
        person("M1", "manager"),
        person("A005", "junior", to=dt.date(2026, 11, 18)),
        person("A005", "senior", from_=dt.date(2026, 11, 19)),
    ]
    settings = settings_with(levels=LEVELS, roster=roster, targets=rows)
    found = review_settings(settings, Span(dt.date(2026, 11, 16), dt.date(2026, 11, 22)))
    named = [one.words["who"] for one in found if one.code == "target.partial"]
    assert named == ([who] if who else [])


def test_a_refresh_says_what_is_wrong_in_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = branch_in(tmp_path)
    sheets = settings_of_demo()
    sheets["indicators"] = [
        row | {"code": None if row["code"] == "home_visits" else row["code"]} for row in sheets["indicators"]
    ]
    sheets["roster"] = [row for row in sheets["roster"] if row["advisor_id"] != "A002"]
    ask_for(branch, sheets)
    run(["--lang", "en", "refresh", str(branch.root), "--week", WEEK, "--as-of", TODAY.isoformat()])
    said = capsys.readouterr().out
    for code in ("value.required", "settings.reference", "advisor.unknown"):
        assert code in said, code


def test_who_should_keep_a_log_and_has_none_is_named(tmp_path: Path) -> None:
    roster = [
        person("A001", "初级"),
        person("A002", "初级"),
        person("A003", "初级", to=dt.date(2026, 3, 31)),
        person("A004", "初级", from_=dt.date(2026, 11, 20)),
        person("M01", "经理"),
        person("A005", "初级"),
        person("A005", "初级", from_=dt.date(2026, 2, 1), to=dt.date(2026, 3, 31)),
        person("M02", "初级", to=dt.date(2026, 3, 31)),
        person("M02", "经理", from_=dt.date(2026, 4, 1)),
    ]
    settings = settings_with(levels=LEVELS, roster=roster)
    week = Span(dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    lacking = without_logs(settings, {"A001"}, week)
    assert [(one.code, one.words["advisor"]) for one in lacking] == [
        ("advisor.no_log", "A002"),
        ("advisor.no_log", "A004"),
    ]


def test_check_and_refresh_name_a_log_that_went_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = branch_in(tmp_path / "branch")
    branch.logs()[0].unlink()
    run(["check", str(branch.root), "--as-of", str(TODAY), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["code"] for one in found if one["code"].startswith("advisor.")] == ["advisor.no_log"]
    run(["refresh", str(branch.root), "--week", WEEK, "--as-of", str(TODAY)])
    assert capsys.readouterr().out.count("advisor.no_log") == 1
    run(["refresh", str(branch.root), "--week", WEEK, "--as-of", str(TODAY), "--json"])
    assert json.loads(capsys.readouterr().out)["findings"]["advisor.no_log"] == 1
    book = load_workbook(branch.reports(WEEK) / "team.xlsx")
    cells = [cell for row in book["校验结果"].iter_rows(values_only=True) for cell in row]
    assert cells.count("advisor.no_log") == 1
    close(branch, WEEK, TODAY)
    assert "advisor.no_log" in {one.code for one in refresh(branch, WEEK, TODAY).findings}


def in_a_workbook(path: Path, **sheets: list[dict[str, Any]]) -> Settings:
    """Write settings into a workbook and read them back, so that findings have cells."""
    write_settings(path, {**settings_rows("zh-CN"), **sheets}, language="zh-CN")
    return load_settings(path)


def test_two_rows_of_one_advisor_from_the_same_day_are_named_with_the_cell(tmp_path: Path) -> None:
    since = dt.date(2026, 1, 1)
    rows = [
        person("A001", "junior"),
        person("A001", "junior", from_=since),
        person("A001", "senior", from_=since),
        person("A002", "junior", from_=since),
        person("A003", "junior"),
        person("A003", "senior"),
    ]
    settings = in_a_workbook(tmp_path / "settings.xlsx", levels=LEVELS, roster=rows)
    assert [(one.code, one.severity, one.place.cell, one.words["first"]) for one in settings.findings] == [
        ("settings.same_day", "error", "G4", "3"),
        ("settings.same_day", "error", "G7", "6"),
    ]
    post = settings.post("A001", TODAY)
    assert post is not None
    assert post.level == "senior"


def test_a_name_nobody_knows_is_named_with_its_cell(tmp_path: Path) -> None:
    settings = in_a_workbook(tmp_path / "settings.xlsx", levels=LEVELS, roster=[person("A001", "专家")])
    assert [(one.code, one.place.sheet, one.place.cell) for one in settings.findings] == [
        ("settings.reference", "人员", "C2")
    ]


def test_a_name_two_rows_bear_is_the_first_ones_and_a_code_is_its_rows() -> None:
    named = settings_rows("zh-CN")["indicators"]
    views = next(row for row in named if row["code"] == "market_views")
    own = [{**views, "code": "own"}, {**views, "code": "other", "label": "own"}]
    levels = [*LEVELS, {"code": "senior2", "name": "高级"}, {"code": "third", "name": "junior"}]
    settings = settings_with(
        levels=levels,
        roster=[person("A001", "高级"), person("A002", "junior"), person("A003", "senior2")],
        indicators=[*named, *own],
        targets=[{**target("all", None), "indicator": name} for name in ("盘面观点", "own")],
    )
    assert [row.level for row in settings.roster] == ["senior", "junior", "senior2"]
    assert [row.indicator for row in settings.targets] == ["market_views", "own"]


@pytest.mark.parametrize(
    ("written", "code"), [("en", None), (" ZH_cn ", None), (None, "settings.blank"), ("English", "value.type")]
)
def test_a_language_nobody_speaks_is_named_and_the_default_is_spoken(
    tmp_path: Path, written: str | None, code: str | None
) -> None:
    hours = {"opens_at": dt.time(9), "closes_at": dt.time(17)}
    branch = [{"name": "某某", "code": "1", "language": written, "time_zone": "Asia/Shanghai", **hours}]
    settings = in_a_workbook(tmp_path / "settings.xlsx", branch=branch)
    named = [(one.code, one.severity, one.place.cell) for one in settings.findings]
    assert named == ([] if code is None else [(code, "warning", "C2")])
    assert settings.language == ("en" if written == "en" else "zh-CN")


def rename_headings(path: Path, sheet: str, headings: dict[str, str | None]) -> None:
    """Write other headings into a settings sheet; None takes the column out."""
    book = load_workbook(path)
    cells = {cell.value: cell for cell in book[sheet][1]}
    for heading, other in headings.items():
        if other is None:
            book[sheet].delete_cols(cells[heading].column)
        else:
            cells[heading].value = other
    book.save(path)


def test_settings_of_an_earlier_version_are_read_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "settings.xlsx"
    rows = {
        **settings_rows("zh-TW"),
        "levels": [{"code": "senior", "name": "高級"}],
        "roster": [person("A001", "高級", email="a@example.com")],
        "mail": [{"report": "team", "email": "b@example.com"}],
    }
    write_settings(path, rows, language="zh-TW")
    new = load_settings(path)
    rename_headings(path, "級別", {"寫日誌": None})
    rename_headings(path, "人員", {"電子郵件": "電子郵箱"})
    rename_headings(path, "收件人", {"電子郵件": "電子郵箱"})
    rename_headings(path, "客戶分層", {"聯絡間隔（工作日）": "聯繫間隔（工作日）"})
    old = load_settings(path)
    assert old.findings == ()
    assert (old.roster, old.mail, old.segments, old.levels) == (new.roster, new.mail, new.segments, new.levels)
    assert old.keeps_log("A001")


def test_a_team_workbook_knows_its_managers_by_name() -> None:
    settings = settings_with(
        levels=[*LEVELS], roster=[{**person("M01", "经理"), "name": "王经理"}, person("A001", "初级")]
    )
    named = {row.advisor_id: row.name for row in Parts(settings).of_team.roster}
    assert named == {"M01": "王经理", "A001": "张伟"}
