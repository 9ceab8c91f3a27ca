"""Who gets which report by mail, what it shows, and what it must never show."""

import datetime as dt
import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto import OfficeFile
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions import report_words as say
from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit.definitions.privacy import PERSONAL, masked
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.indicators.assess import points
from reportkit.logs.editing import with_parts
from reportkit.mail import chart, view
from reportkit.mail.compose import CHART_ID, attachment_name, compose, is_address, message_id, rendered
from reportkit.mail.masking import Mask
from reportkit.mail.material import Material, material_of
from reportkit.mail.places import texts_in
from reportkit.mail.recipients import Delivery, deliveries
from reportkit.mail.words import CHANGED_SINCE, NO_ATTACHMENT_PASSWORD, NOT_CLOSED
from reportkit.read.spelling import as_read
from reportkit.read.workbook import read_book
from reportkit.settings.calendars import week_span
from reportkit.summary.attention import KINDS
from reportkit.summary.backing import Backing
from tests.books import settings_with
from tests.branches import LAST_WEEK, TODAY, branch_in, rewrite, rows_of_advisor

WEEK, SUNDAY = "2026-W47", dt.date(2026, 11, 22)
SENDER = "desk@example.com"
MOBILE = re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)")


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Branch:
    folder = tmp_path_factory.mktemp("mail") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTKIT_LANG", "zh-CN")
        assert run(["demo", str(folder), "--advisors", "4", "--weeks", "2", "--as-of", SUNDAY.isoformat()]) == 0
    close(Branch(folder), WEEK, SUNDAY)
    return Branch(folder)


@pytest.fixture(scope="module")
def material(branch: Branch) -> Material:
    return material_of(branch, WEEK, SUNDAY)


def every(material: Material) -> list[Delivery]:
    return deliveries(material.addresses, list(material.members), week_span(WEEK))


def one(material: Material, report: str) -> Delivery:
    return next(delivery for delivery in every(material) if delivery.report == report)


def parsed(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text


def attachment(message: EmailMessage) -> bytes:
    (workbook,) = message.iter_attachments()
    content = workbook.get_content()
    assert isinstance(content, bytes)
    return content


def parts(workbook: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        for name in book.namelist():
            yield name, book.read(name).decode()


def strings(workbook: bytes) -> str:
    return dict(parts(workbook))["xl/sharedStrings.xml"]


# --- Who gets which ---------------------------------------------------------------------------------------------------

ROSTER = (
    {"advisor_id": "M1", "name": "林建华", "level": "manager", "email": "m1@example.com"},
    {"advisor_id": "A1", "name": "张伟", "level": "senior", "team": "一组", "email": "a1@example.com", "manager": "M1"},
    {"advisor_id": "A2", "name": "李娜", "level": "junior", "team": "一组", "email": None, "manager": "M1"},
    {"advisor_id": "A3", "name": "王磊", "level": "junior", "team": "二组", "email": "a3@example.com"},
)
BRANCH = ({"name": "滨江路", "code": "D1"},)


def given(*mail: dict[str, str | None]) -> set[tuple[str, str, str | None, tuple[str, ...], bool]]:
    settings = settings_with(roster=ROSTER, mail=mail, branch=BRANCH)
    found = deliveries(settings, ["A1", "A2", "A3"], week_span(WEEK))
    return {(one.report, one.who, one.email, one.members, one.own) for one in found}


EVERYBODYS = {
    ("advisor", "A1", "a1@example.com", ("A1",), True),
    ("advisor", "A2", None, ("A2",), True),
    ("advisor", "A3", "a3@example.com", ("A3",), True),
    ("team", "M1", "m1@example.com", ("A1", "A2"), False),
}


def test_everybody_gets_their_own_and_managers_their_teams() -> None:
    assert given() == EVERYBODYS


def test_whoever_held_no_place_in_the_week_gets_no_report_of_it() -> None:
    manager, left, stays, joins = ROSTER
    roster = [manager, {**left, "to": dt.date(2026, 11, 15)}, stays, {**joins, "from_": dt.date(2026, 11, 23)}]
    settings = settings_with(roster=roster, branch=BRANCH)
    found = deliveries(settings, ["A1", "A2", "A3"], week_span(WEEK))
    assert [(one.report, one.who, one.members) for one in found] == [
        ("advisor", "A2", ("A2",)),
        ("team", "M1", ("A1", "A2")),
    ]


@pytest.mark.parametrize(
    ("row", "besides"),
    [
        ({"report": "branch", "email": "h@example.com"}, {("branch", "D1", "h@example.com", ("A1", "A2", "A3"), False)}),
        ({"report": "team", "who": "二组", "email": "h@example.com"}, {("team", "二组", "h@example.com", ("A3",), False)}),
        ({"report": "team", "who": "M1", "email": "h@example.com"}, {("team", "一组", "h@example.com", ("A1", "A2"), False)}),
        ({"report": "advisor", "who": "A3", "email": "h@example.com"}, {("advisor", "A3", "h@example.com", ("A3",), False)}),
        ({"report": "advisor", "who": "A3", "email": "A3@example.com"}, set()),
        ({"report": "team", "who": "一组", "email": "m1@example.com"}, set()),
        ({"report": "team", "who": "三组", "email": "h@example.com"}, set()),
    ],
    ids=["branch", "team", "manager's team", "advisor", "own twice", "team twice", "no such team"],
)  # fmt: skip
def test_the_settings_name_who_else_gets_a_report(row: dict[str, str | None], besides: set[object]) -> None:
    assert given(row) == EVERYBODYS | besides


def test_a_person_is_named_by_id_team_address_or_name(material: Material) -> None:
    mine = every(material)[0]
    assert all(mine.concerns(word or "") for word in (mine.who, mine.title, mine.name, (mine.email or "").upper()))
    assert not mine.concerns("nobody")
    assert not replace(mine, email=None).concerns("")


# --- What it shows ----------------------------------------------------------------------------------------------------


def test_only_a_closed_week_is_sent_but_drafts_are_free(branch: Branch) -> None:
    with pytest.raises(MendInput) as refused:
        material_of(branch, "2026-W46", SUNDAY)
    assert refused.value.text is NOT_CLOSED
    assert material_of(branch, WEEK, SUNDAY, draft=True).members


def test_drafts_are_refused_where_a_log_changed_since_the_refresh(branch: Branch, tmp_path: Path) -> None:
    changed, week = Branch(Path(shutil.copytree(branch.root, tmp_path / "changed"))), "2026-W46"
    refresh(changed, week, SUNDAY)
    assert len(material_of(changed, week, SUNDAY, draft=True).members) == len(changed.logs())
    first, second = changed.logs()[:2]
    shutil.copy(second, first)
    with pytest.raises(MendInput) as refused:
        material_of(changed, week, SUNDAY, draft=True)
    assert refused.value.text is CHANGED_SINCE


def test_a_message_shows_the_figures_of_its_workbook(material: Material) -> None:
    mine = one(material, "advisor")
    made = compose(material, mine, sender=SENDER)
    message, summary = parsed(made.content), material.members[mine.who]
    for kind in ("plain", "html"):
        shown = body(message, kind)
        assert points(summary.score) in shown
        assert all(bar.indicator.label.zh_cn in shown for bar in summary.assessments if bar.assessed)
        assert all(due.name in shown for due in summary.due[: view.MOST_DUE])
    assert attachment(message) == material.branch.report(WEEK, mine.who).read_bytes()
    assert message["To"].addresses[0].addr_spec == mine.email
    assert message["Message-ID"] == f"<{message_id(material, mine)}@example.com>"


def test_a_team_message_counts_advisors_as_its_workbook_does(material: Material) -> None:
    mine = one(material, "team")
    away = replace(material.members[mine.members[0]], score=None, in_service=False)
    without = replace(material, members={**material.members, away.advisor_id: away})
    there = len(mine.members) - 1
    shown = dict(view.view_of(without, mine, "x.xlsx", locked=False).tiles)
    assert shown[say.ADVISORS.zh_cn] == f"{there} / {there}"


def test_a_message_counts_what_is_met_as_its_workbook_does(material: Material) -> None:
    first = material.team(one(material, "team")).assessments[0]
    almost = replace(first, attainment=1 - 1e-15)  # a target that is a weighted mean may be the last digit off
    assert almost.met
    assert view._met([almost, replace(first, attainment=0.9)]) == "1 / 2"


def test_a_team_message_names_what_the_team_itself_has_out_of_the_ordinary(material: Material) -> None:
    mine = one(material, "team")
    backings = {who: unusual(backing) for who, backing in material.backings.items()}
    shown = view.view_of(replace(material, backings=backings), mine, "x.xlsx", locked=False)
    assert any(text.startswith(f"{say.TEAM.zh_cn} · 新客户有效沟通") for text in shown.alerts)


def test_what_a_manager_should_look_at_takes_a_line_a_kind_as_in_the_workbook(material: Material) -> None:
    mine = one(material, "team")
    shown = view.view_of(material, mine, "x.xlsx", locked=False)
    kinds = [text.partition("：")[0] for text in shown.alerts]
    assert kinds and len(kinds) == len(set(kinds))
    errors = sum(found.severity == "error" for who in mine.members for found in material.members[who].findings)
    assert errors and KINDS["log_errors"].name.zh_cn in kinds


def unusual(backing: Backing) -> Backing:
    """Return a backing whose new contacts stood still for eleven weeks and fell to nothing in the last."""
    *before, last = backing.weeks
    (figure,) = (each for each in last.figures if each.indicator.code == "new_contacts")
    still = [replace(week, figures=(figure._replace(numerator=20.0 + at % 2),)) for at, week in enumerate(before)]
    return replace(backing, weeks=(*still, replace(last, figures=(figure._replace(numerator=0.0),))))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (SUNDAY, ["逾期 2 天", "今天（11-22）到期", "11-23 到期", ""]),
        (
            SUNDAY + dt.timedelta(days=1),
            ["逾期 2 天", "11-22 到期", "今天（11-23）到期", ""],
        ),  # as of Sunday, sent later
    ],
)
def test_what_is_due_on_the_day_of_the_message_says_so(material: Material, today: dt.date, said: list[str]) -> None:
    mine = one(material, "advisor")
    summary = material.members[mine.who]
    first, days = summary.due[0], (SUNDAY - dt.timedelta(days=2), SUNDAY, SUNDAY + dt.timedelta(days=1), None)
    due = tuple(first._replace(due=day, days_overdue=2 * (day is days[0])) for day in days)
    members = {**material.members, mine.who: replace(summary, due=due)}
    shown = view.view_of(replace(material, members=members, today=today), mine, "x.xlsx", locked=False)
    assert [line.when for line in shown.due] == said


def test_the_chart_is_a_picture_in_the_message(material: Material) -> None:
    message = parsed(compose(material, one(material, "team"), sender=SENDER).content)
    (picture,) = (part for part in message.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == f"<{CHART_ID}>"
    assert f"cid:{CHART_ID}" in body(message, "html")
    alt = re.search(r'<img [^>]*alt="([^"]+)"', body(message, "html"))
    assert alt is not None and alt[1] in body(message, "plain").splitlines()  # what it shows, without HTML as well
    assert picture.get_content().startswith(b"\x89PNG")


def test_without_a_font_the_chart_is_bars(material: Material, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "font", lambda: None)
    message = parsed(compose(material, one(material, "advisor"), sender=SENDER).content)
    assert "image/png" not in [part.get_content_type() for part in message.walk()]
    assert "<img" not in body(message, "html")
    assert ">W46<" in body(message, "html")


def test_the_same_message_has_the_same_bytes(material: Material, branch: Branch) -> None:
    for delivery in every(material):
        first = compose(material, delivery, sender=SENDER).content
        chart.drawn.cache_clear()
        assert compose(material_of(branch, WEEK, SUNDAY), delivery, sender=SENDER).content == first
    assert len({message_id(material, delivery) for delivery in every(material)}) == len(every(material))


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_speak_the_branchs_language(material: Material, language: Language) -> None:
    spoken = material.settings.branch.model_copy(update={"language": language})
    foreign = replace(material, settings=replace(material.settings, branch=spoken))
    for delivery in every(material):
        message = parsed(compose(foreign, delivery, sender=SENDER).content)
        assert message["Content-Language"] == language
        indicator = next(iter(material.members.values())).assessments[0].indicator.label.to(language)
        assert indicator in body(message, "plain")
        assert f'lang="{language}"' in body(message, "html")


def test_drafts_open_as_unsent(material: Material) -> None:
    message = parsed(compose(material, one(material, "advisor")).content)
    assert message["X-Unsent"] == "1"
    assert [message[name] for name in ("Message-ID", "Date", "From")] == [None] * 3


def test_nothing_to_say_is_nothing_to_send(material: Material) -> None:
    summary = next(iter(material.members.values()))
    assert view.has_something_to_say(summary)
    unassessed = tuple(replace(assessed, attainment=None) for assessed in summary.assessments)
    assert not view.has_something_to_say(replace(summary, assessments=unassessed, due=(), findings=()))


# --- What it must never show ------------------------------------------------------------------------------------------


def personal(branch: Branch) -> dict[str, set[str]]:
    """Return advisor → every customer id, number and address typed into their log, right or wrong."""
    found: dict[str, set[str]] = {}
    for path in branch.logs():
        book = read_book(path, FORMS)
        cells = found.setdefault(book.identity.advisor_id, set())
        for sheet in book.sheets.values():
            for code in PERSONAL & set(sheet.columns):
                cells |= {str(cell).strip() for cell in sheet.columns[code] if cell is not None}
    return {advisor: {cell for cell in cells if len(cell) >= 5} for advisor, cells in found.items()}


def test_messages_hide_customers_from_all_but_their_own_advisor(material: Material, branch: Branch) -> None:
    known = personal(branch)
    assert sum(map(len, known.values())) > 500
    readers = [*every(material), replace(one(material, "advisor"), own=False, email="other@example.com")]
    for delivery in readers:
        message = parsed(compose(material, delivery, sender=SENDER).content)
        mine = known[delivery.who] if delivery.own else set()
        foreign = set().union(*known.values()) - mine
        shown = {"source": message.as_string(), "plain": body(message, "plain"), "html": body(message, "html")}
        shown |= dict(parts(attachment(message)))
        for name, text in shown.items():
            words = set(re.findall(r"[0-9A-Za-z_.@+-]{5,}", text))
            assert words & foreign == set(), (delivery.report, delivery.who, name)
        if not delivery.own:
            assert MOBILE.findall(strings(attachment(message))) == []
            assert MOBILE.findall(body(message, "html") + body(message, "plain")) == []
        else:
            assert MOBILE.findall(strings(attachment(message)))


def test_a_masked_workbook_is_the_same_but_for_what_is_masked(material: Material) -> None:
    mine = one(material, "advisor")
    own, others = material.workbook(mine), material.workbook(replace(mine, own=False))
    due = material.members[mine.who].due[0]
    assert f">{due.customer_id}<" in strings(own)
    assert f">{masked(due.customer_id)}<" in strings(others)
    assert {name: text for name, text in parts(own) if "shared" not in name} == {
        name: text for name, text in parts(others) if "shared" not in name
    }


def test_a_workbook_another_program_saved_with_texts_in_its_cells_is_masked_alike(material: Material) -> None:
    mine = one(material, "advisor")
    saved = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(material.workbook(mine))).save(saved)
    assert any('t="inlineStr"' in text for _, text in parts(saved.getvalue()))
    shown, expected = (
        [[cell.value for row in sheet for cell in row if cell.value] for sheet in openpyxl.load_workbook(made)]
        for made in (
            io.BytesIO(material.mask.workbook(saved.getvalue())),
            io.BytesIO(material.workbook(replace(mine, own=False))),
        )
    )
    assert shown == expected


ALIKE = ("1", "10023", "12", "2026-11-20", "2026-W47", "20261120", "A001", "E12", "phone", "十日内首访", "满意", "高")
UNLIKE = tuple(
    f"{'B' if one < 'C' else 'Q'}{at:02}-unlike-{at:04}" for at, one in enumerate(ALIKE)
)  # sorted as they are


def test_an_id_that_looks_like_something_else_is_masked_where_it_is_one_and_nowhere_else(tmp_path: Path) -> None:
    def said(ids: Sequence[str]) -> Counter[str]:
        """Return what a report of customers with such ids says to others than their advisor."""
        made = branch_in(tmp_path / ids[-1])
        identity, rows = rows_of_advisor()
        renamed = dict(zip([row["customer_id"] for row in rows["customers"]], ids, strict=False))
        for row in (row for of_form in rows.values() for row in of_form):
            for code in {"customer_id", "referred_by"} & row.keys():
                row[code] = renamed.get(row[code], row[code])
        day = TODAY - dt.timedelta(days=6)
        talk = {"date": day, "kind": "return_visit", "channel": "phone", "effective": "yes", "next_on": day}
        words = ("", *ALIKE[:1], *ALIKE[2:])  # a number of five digits is taken for the id wherever it stands
        rows["activities"] += [
            {**talk, "customer_id": one, "summary": word} for one, word in zip(ids, words, strict=True)
        ]
        rows["activities"] += [{**talk, "customer_id": f"{one}x"} for one in ids]
        rewrite(made, identity, rows)
        close(made, LAST_WEEK, TODAY)
        material = material_of(made, LAST_WEEK, TODAY)
        mine = Delivery("advisor", identity.advisor_id, "", (identity.advisor_id,), "", "other@example.com")
        workbook = material.workbook(mine)
        cells = [
            str(cell.value)
            for sheet in openpyxl.load_workbook(io.BytesIO(workbook))
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "s"
        ]
        assert not set(ids) & (set(texts_in(strings(workbook))) - set(cells)), "a text no cell shows any more"
        shown = "\0".join(cells)
        for at, one in sorted(enumerate(ids), key=lambda pair: -len(pair[1])):
            shown = shown.replace(masked(f"{one}x"), f"<{at}x>").replace(masked(one), f"<{at}>")
        return Counter(shown.split("\0"))

    found, expected = said(ALIKE), said(UNLIKE)
    assert (found - expected, expected - found) == (Counter(), Counter())
    assert all(found[f"<{at}>"] for at in range(len(ALIKE)))


def test_a_managers_workbook_holds_only_their_advisors(material: Material) -> None:
    team = one(material, "team")
    others = [member.name for advisor, member in material.members.items() if advisor not in team.members]
    assert others
    held = strings(material.workbook(team))
    assert all(material.members[advisor].name in held for advisor in team.members)
    assert not any(name in held for name in others)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("C01003", masked("C01003")),
        ("“客户档案”里没有“C01003”。是不是“C01”？", "“客户档案”里没有“" + masked("C01003") + "”。是不是“C01”？"),
        ("改打 138 0013 8000 或 021-55667788", "改打 138****8000 或 021****7788"),
        ("身份证 31010119900307123X。", "身份证 310****123X。"),
        ("资产 12345678901.5 元，C010034", "资产 12345678901.5 元，C010034"),
        ("7", "7"),
        ("7 行", "7 行"),
        ("高", "高"),
        ("A1", "A1"),
        ("A1 · 一组", "A1 · 一组"),
        ("K77", "K77"),
        ("每日记录 K77", "每日记录 K77"),
        ("转告 K77", "转告 " + masked("K77")),
        ("20261120", "20261120"),
        ("10023456", masked("10023456")),
        ("打 10023456", "打 " + masked("10023456")),
    ],
)
def test_what_is_masked_in_a_text(typed: str, shown: str) -> None:
    assert (
        Mask({"C01003", "7", "高", "A1", "K77", "20261120", "10023456"}, ["高", "优先级 高", "A1"]).text(typed) == shown
    )


@pytest.mark.parametrize(
    "spelled", ["见 C01003_x000D_\n回电", "见 &#67;01003&#10;回电", "见 C01003 _x005F_x0041_", "C01003_x0009_回电"]
)
def test_an_id_beside_a_character_files_spell_out_is_masked(spelled: str) -> None:
    with io.BytesIO() as made:
        with Workbook(made, {"in_memory": True}) as book:
            book.add_worksheet().write_string(0, 0, "PLACE")
        content = made.getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        strings = parts.read("xl/sharedStrings.xml").decode().replace("PLACE", spelled)
    written = Mask({"C01003"}).workbook(with_parts(content, {"xl/sharedStrings.xml": strings.encode()}))
    ((shown,),) = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0).to_python()
    assert shown == as_read(spelled).replace("C01003", masked("C01003"))


def test_what_people_typed_is_text_in_html_and_in_headers(material: Material) -> None:
    nasty = '<script>alert("x")</script>\r\nBcc: thief@example.com'
    mine = one(material, "advisor")
    summary = replace(material.members[mine.who], name=nasty)
    due = tuple(customer._replace(name=nasty) for customer in summary.due)
    members = {**material.members, mine.who: replace(summary, due=due)}
    message = parsed(compose(replace(material, members=members), replace(mine, name=nasty), sender=SENDER).content)
    html = body(message, "html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == [mine.email]


def test_a_long_name_still_makes_a_file_any_system_takes(material: Material, tmp_path: Path) -> None:
    name = attachment_name(material, replace(one(material, "advisor"), title='"营业部\t第一：二组" / ' * 40))
    assert (tmp_path / name).write_bytes(b"") == 0
    assert re.fullmatch(r"2026-W47 营业部 第一：二组 [^\\/:*?\"<>|]+\.xlsx", name)


def test_an_attachment_opens_with_its_password_only(material: Material) -> None:
    mine = one(material, "advisor")
    message = parsed(compose(material, mine, sender=SENDER, password="铁马 7").content)  # noqa: S106 # of this test alone
    locked, opened = attachment(message), io.BytesIO()
    assert not zipfile.is_zipfile(io.BytesIO(locked))
    file = OfficeFile(io.BytesIO(locked))
    file.load_key(password="铁马 7")  # noqa: S106 # the same
    file.decrypt(opened)
    assert opened.getvalue() == material.workbook(mine)
    assert MOBILE.findall(body(message, "html") + body(message, "plain")) == []


def test_the_text_needs_no_html(material: Material) -> None:
    shown = view.view_of(material, one(material, "team"), "file.xlsx", locked=False)
    text = rendered("report.txt.j2", replace(shown, title="A & B"), chart=None)
    assert "A & B" in text
    assert "<" not in text


@pytest.mark.parametrize(
    ("email", "fits"),
    [("a@example.com", True), ("a", False), ("", False), ("a@", False), ("a@b.c, d@e.f", False), ("a b@c.d", False)],
)
def test_an_address_is_one_address(email: str, fits: bool) -> None:
    assert is_address(email) is fits


def test_encrypting_without_a_password_sends_nothing(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REPORTKIT_MAIL_PASSWORD", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    from reportkit.mail.encryption import password_for

    with pytest.raises(MendInput) as refused:
        password_for("a@example.com")
    assert refused.value.text is NO_ATTACHMENT_PASSWORD
