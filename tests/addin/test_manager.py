"""The buttons of the manager, pressed in a real LibreOffice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.published import edition_in_force
from reportkit.definitions import report_words
from reportkit.definitions.errors import MendInput, TryLater
from reportkit.definitions.forms import FORMS
from reportkit.demo import write_demo
from reportkit.mail.words import STATE
from reportkit_addin import sentences as say
from reportkit_addin.files import has_something_to_save
from reportkit_addin.scripts import run
from reportkit_addin.team import place_of, spoken_in
from reportkit_addin.typed import typed_into
from tests.addin.conftest import ADVISOR, TODAY, WEEK
from tests.mail_server import PASSWORD, USER, Desk, Trust, running

pytestmark = pytest.mark.office


@dataclass
class Asked:
    """A person who answers questions, those that hold certain words with no."""

    answer: bool = False
    refuses: tuple[str, ...] = ()
    questions: list[str] = field(default_factory=list)

    def __call__(self, question: str) -> bool:
        self.questions.append(question)
        return self.answer and not any(words in question for words in self.refuses)


def test_the_team_is_refreshed_opened_and_refreshed_again_from_its_own_report(app: xw.App, branch: Path) -> None:
    run("team", app.books.open(str(branch / "settings.xlsx")), TODAY)
    report = Branch(branch).reports(WEEK) / "team.xlsx"
    team = next(book for book in app.books if Path(book.fullname) == report)
    first = report.read_bytes()
    team.sheets[report_words.HEATMAP.zh_cn].activate()
    next(book for book in app.books if book.name == "settings.xlsx").close()
    line = run("team", team, TODAY)
    assert line == say.TEAM_DONE.fill("zh-CN", week=WEEK, read=0, cached=2, failed=0)
    assert report.read_bytes() == first
    again = next(book for book in app.books if Path(book.fullname) == report)
    assert again.sheets.active.name == report_words.HEATMAP.zh_cn
    overview = again.sheets[report_words.OVERVIEW.zh_cn]
    figure = again.names["attainment_new_contacts"].refers_to_range
    again.sheets[report_words.DETAIL.zh_cn].range("A3").value = "新客户有效沟通（重点）：1（1 行）"  # begins alike
    overview.activate()
    figure.select()
    run("rows", again, TODAY)
    assert again.sheets.active.name == report_words.DETAIL.zh_cn
    assert app.selection.value.startswith("新客户有效沟通：")


def test_a_report_made_anew_is_shown_where_it_was_looked_at(app: xw.App, branch: Path, path: Path) -> None:
    team = reported(app, branch)
    sheet = team.sheets[report_words.QUALITY.zh_cn]
    sheet.activate()
    sheet.range("C9:D10").select()
    team.api.getCurrentController().setFirstVisibleRow(6)
    change_a_log(path)
    run("team", team, TODAY)
    again = next(book for book in app.books if book.name == "team.xlsx")
    assert (app.selection.sheet.name, app.selection.address) == (sheet_name := again.sheets.active.name, "$C$9:$D$10")
    assert sheet_name == report_words.QUALITY.zh_cn
    assert again.api.getCurrentController().getFirstVisibleRow() == 6


def test_a_published_week_says_that_its_figures_stay(app: xw.App, branch: Path, path: Path) -> None:
    close(Branch(branch), WEEK, TODAY)
    change_a_log(path)
    said = run("team", app.books.open(str(branch / "settings.xlsx")), TODAY)
    assert say.AS_PUBLISHED.fill("zh-CN", week=WEEK) in said


@pytest.mark.parametrize("tag", ["team", "close", "preview"])
def test_a_branch_without_logs_keeps_its_reports(app: xw.App, branch: Path, tag: str) -> None:
    reported(app, branch)
    reports = {path: path.read_bytes() for path in Branch(branch).reports(WEEK).iterdir() if path.suffix == ".xlsx"}
    (branch / "logs").rename(branch / "logs (moved)")
    asked, settings = Asked(answer=True), next(book for book in app.books if book.name == "settings.xlsx")
    with pytest.raises(MendInput) as refused:
        run(tag, settings, TODAY, asked)
    assert refused.value.text is say.NO_LOGS
    assert asked.questions == []
    assert {path: path.read_bytes() for path in reports} == reports


def test_a_branch_out_of_reach_is_no_branch_that_never_was(app: xw.App, branch: Path) -> None:
    settings = app.books.open(str(branch / "settings.xlsx"))
    branch.rename(branch.with_name("disconnected"))
    with pytest.raises(TryLater) as refused:
        run("team", settings, TODAY)
    assert refused.value.text is say.FILE_AWAY


def reported(app: xw.App, branch: Path) -> xw.Book:
    """Refresh the team from the settings and return its workbook, open."""
    run("team", app.books.open(str(branch / "settings.xlsx")), TODAY)
    return next(book for book in app.books if Path(book.fullname) == Branch(branch).reports(WEEK) / "team.xlsx")


def change_a_log(path: Path) -> None:
    """Have a log change, so that the next refresh makes the reports anew."""
    log = load_workbook(path)
    log[FORMS["activities"].label.zh_cn]["I3"] = "改过"
    log.save(path)


def test_notes_typed_into_the_open_report_are_named_and_kept(app: xw.App, branch: Path, path: Path) -> None:
    team, asked = reported(app, branch), Asked()
    overview, ranking = team.sheets[report_words.OVERVIEW.zh_cn], team.sheets[report_words.RANKING.zh_cn]
    overview.range("A60").value = "周一找张伟谈"
    at = ranking.api.getCellRangeByName("B3").getCellAddress()
    ranking.api.getAnnotations().insertNew(at, "怎么会？")
    team.sheets.add("我的", after=ranking).range("B2").value = 7
    change_a_log(path)
    said = run("team", team, TODAY, asked)
    named = f"{overview.name} A60\n{ranking.name} B3\n我的 B2"
    assert asked.questions == [say.KEEP_TYPED.fill("zh-CN", name="team.xlsx", cells=named)]
    assert said == say.NOT_TOUCHED.fill("zh-CN", week=WEEK)
    assert overview.range("A60").value == "周一找张伟谈"  # still open, as it was
    asked.answer = True
    said = run("team", team, TODAY, asked)
    kept = Branch(branch).reports(WEEK) / "team.edited-1.xlsx"
    assert said.endswith(say.KEPT.fill("zh-CN", files=kept.name))
    old = load_workbook(kept)
    assert old[report_words.OVERVIEW.zh_cn]["A60"].value == "周一找张伟谈"
    assert old[report_words.RANKING.zh_cn]["B3"].comment.text.strip().endswith("怎么会？")
    assert old["我的"]["B2"].value == 7
    assert load_workbook(kept.with_name("team.xlsx"))[report_words.OVERVIEW.zh_cn]["A60"].value is None


def test_a_report_that_was_only_looked_at_asks_nothing(app: xw.App, branch: Path, path: Path) -> None:
    asked = Asked()
    team = reported(app, branch)
    advisor = app.books.open(str(Branch(branch).report(WEEK, ADVISOR)))
    for book in (team, advisor):
        assert typed_into(book) == {}
        for sheet in book.sheets:
            sheet.range("A1").column_width = 20  # somebody made room: there is something to save
        assert has_something_to_save(book)
    change_a_log(path)
    assert say.KEPT.zh_cn.partition("：")[0] not in run("team", team, TODAY, asked)
    assert asked.questions == []
    assert not list(Branch(branch).reports(WEEK).glob("*.edited-*"))


@pytest.mark.slow
def test_what_was_saved_into_a_report_is_kept_by_every_button_that_makes_it_anew(
    app: xw.App, branch: Path, path: Path
) -> None:
    asked = Asked(answer=True)
    for number, tag in enumerate(("team", "preview", "close"), 1):
        team = reported(app, branch)
        team.sheets[report_words.OVERVIEW.zh_cn].range("A60").value = f"第{number}次"
        team.save()
        change_a_log(path)
        log = load_workbook(path)
        log[FORMS["activities"].label.zh_cn]["I4"] = tag
        log.save(path)
        kept = Branch(branch).reports(WEEK) / f"team.edited-{number}.xlsx"
        assert kept.name in run(tag, team, TODAY, asked)
        assert load_workbook(kept)[report_words.OVERVIEW.zh_cn]["A60"].value == f"第{number}次"
        for book in list(app.books):
            book.close()


def opened_list(app: xw.App) -> xw.Book:
    """Return the list that was opened last: it has no file, and the office may have begun with a blank workbook."""
    return next(book for book in app.books if not Path(book.fullname).is_file() and book.sheets[0].range("A1").value)


def listed(app: xw.App) -> list[list[Any]]:
    """Return the rows of the list that was opened last, its headings first; it is closed."""
    book = opened_list(app)
    rows: list[list[Any]] = book.sheets[0].used_range.options(ndim=2).value[1:]
    book.close()
    return rows


def test_a_week_is_closed_after_a_yes(app: xw.App, branch: Path) -> None:
    settings, asked = app.books.open(str(branch / "settings.xlsx")), Asked()
    assert run("close", settings, TODAY, asked) == say.NOT_CLOSED.fill("zh-CN", week=WEEK)
    assert edition_in_force(Branch(branch), WEEK) is None
    assert say.NOT_OVER.zh_cn in asked.questions[0]  # Wednesday
    asked.answer = True
    assert run("close", settings, TODAY, asked) == say.CLOSED.fill("zh-CN", week=WEEK)
    assert edition_in_force(Branch(branch), WEEK) is not None
    with pytest.raises(MendInput):
        run("close", settings, TODAY, asked)
    assert len(asked.questions) == 2  # what cannot be done is not asked


def test_whoever_reads_the_logs_is_told_which_are_not_saved(app: xw.App, branch: Path, path: Path) -> None:
    settings, log, asked = app.books.open(str(branch / "settings.xlsx")), app.books.open(str(path)), Asked()
    assert log.name not in run("team", settings, TODAY)
    log.sheets[FORMS["activities"].label.zh_cn].range("I3").value = "改过"
    assert say.NOT_SAVED.fill("zh-CN", names=log.name) in run("team", settings, TODAY)
    run("close", settings, TODAY, asked)
    assert say.NOT_SAVED.fill("zh-CN", names=log.name) in asked.questions[0]
    assert say.NOT_SAVED.fill("zh-CN", names=log.name).strip() in run("preview", settings, TODAY)
    log.save()
    assert log.name not in run("team", settings, TODAY)


def test_drafts_are_listed_with_what_is_in_them(app: xw.App, branch: Path) -> None:
    run("preview", app.books.open(str(branch / "settings.xlsx")), TODAY)
    drafts = sorted((branch / "outbox" / "drafts" / WEEK).glob("*.eml"))
    formula = opened_list(app).sheets[0].range("G3").formula
    headings, *rows = listed(app)
    assert headings == ["报告", "对象", "收件人", "主题", "附件", "结果", "草稿"]
    assert len(rows) >= len(drafts) > 0
    for row, draft in zip(rows, drafts, strict=False):
        message = message_from_bytes(draft.read_bytes(), policy=policy.default)
        assert row[2] in str(message["To"])
        assert row[3] == message["Subject"]
        assert row[4] == "，".join(part.get_filename() or "" for part in message.iter_attachments()) != ""
        assert row[5:] == ["草稿", "打开"]
    assert formula == f'=HYPERLINK("{drafts[0].as_uri()}","打开")'


def test_another_weeks_team_workbook_stays_open(app: xw.App, branch: Path) -> None:
    settings = app.books.open(str(branch / "settings.xlsx"))
    run("team", settings, TODAY)
    report = Branch(branch).reports(WEEK) / "team.xlsx"
    next(book for book in app.books if book.name == report.name).close()
    earlier = branch / "reports" / "2026-W47" / report.name
    earlier.parent.mkdir()
    shutil.copy(report, earlier)
    app.books.open(str(earlier))
    for _ in range(2):  # LibreOffice has room for both
        assert say.SAME_NAME.zh_cn[-5:] not in run("team", settings, TODAY)
        assert {Path(book.fullname) for book in app.books if book.name == report.name} == {earlier, report}
        assert Path(app.books.active.fullname) == report


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Run a mail server that speaks TLS and wants a password, and have the environment name it."""
    trust, served = Trust.new(tmp_path), Desk()
    with running(served, trust.context, login=True) as port:
        for name, value in {
            "HOST": "localhost", "PORT": str(port), "FROM": "desk@example.com",
            "USER": USER, "PASSWORD": PASSWORD, "CA": str(trust.file),
        }.items():  # fmt: skip
            monkeypatch.setenv(f"REPORTKIT_SMTP_{name}", value)
        yield served


def test_reports_are_sent_after_a_yes_and_only_once(app: xw.App, branch: Path, desk: Desk) -> None:
    close(Branch(branch), WEEK, TODAY)
    settings, asked = app.books.open(str(branch / "settings.xlsx")), Asked()
    assert run("send", settings, TODAY, asked) == say.NOT_SENT.fill("zh-CN", week=WEEK)
    assert len(asked.questions) == 1
    assert not desk.taken
    asked.answer = True
    run("send", settings, TODAY, asked)
    assert f"待发 {len(desk.taken)} 封" in asked.questions[0]
    assert "localhost" in asked.questions[0]
    headings, *rows = listed(app)
    assert headings == ["报告", "对象", "收件人", "结果", "说明"]
    assert sorted(row[2] for row in rows if row[3] == STATE["sent"].zh_cn) == sorted(to for _, to in desk.envelopes)
    sent = len(desk.taken)
    assert sent > 0
    run("send", settings, TODAY, asked)
    assert len(desk.taken) == sent


@pytest.mark.slow
def test_what_was_refused_is_sent_again_after_a_yes_of_its_own(app: xw.App, branch: Path, desk: Desk) -> None:
    close(Branch(branch), WEEK, TODAY)
    settings, asked = app.books.open(str(branch / "settings.xlsx")), Asked(answer=True)
    desk.answers["a001@example.com"] = ["550 =no such user"]
    run("send", settings, TODAY, asked)
    assert ["a001@example.com", STATE["failed"].zh_cn, "550 =no such user"] in [row[2:] for row in listed(app)]
    assert (branch / "outbox" / f"{WEEK}.xlsx").is_file()
    taken = len(desk.taken)
    said = run("send", settings, TODAY, asked)
    assert "待发 0 封" in asked.questions[1]
    assert "a001@example.com" in asked.questions[2]
    assert "550 =no such user" in asked.questions[2]
    assert [to for _, to in desk.envelopes[taken:]] == ["a001@example.com"]
    assert len(set(desk.ids)) == len(desk.ids)
    assert said == say.SENT.fill("zh-CN", week=WEEK, states=f"{STATE['sent'].zh_cn} {len(desk.ids)}")


def test_a_message_in_doubt_is_asked_about_until_it_is_given_up(app: xw.App, branch: Path, desk: Desk) -> None:
    close(Branch(branch), WEEK, TODAY)
    settings, asked = app.books.open(str(branch / "settings.xlsx")), Asked(answer=True)
    desk.cut_data = 1
    said = run("send", settings, TODAY, asked)
    assert f"{STATE['unknown'].zh_cn} 1" in said
    taken = len(desk.taken)
    for refuses, state in ((("再发一次", "放弃"), "unknown"), (("再发一次",), "given_up")):
        asked.refuses, asked.questions = refuses, []
        said = run("send", settings, TODAY, asked)
        assert "可能已经到了" in asked.questions[1]
        assert "放弃" in asked.questions[2]
        assert f"{STATE[state].zh_cn} 1" in said
    asked.questions = []
    run("send", settings, TODAY, asked)
    assert len(asked.questions) == 1  # nobody is asked again about what was given up
    assert len(desk.taken) == taken


def test_a_report_is_spoken_to_in_its_branchs_language(app: xw.App, path: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "en", advisors=1, weeks=1, today=TODAY, language="en")
    settings = app.books.open(str(tmp_path / "en" / "settings.xlsx"))
    run("team", settings, TODAY)
    team = next(book for book in app.books if book.name == "team.xlsx")
    assert {spoken_in(book, TODAY) for book in (settings, team, app.books.add())} == {"en"}
    assert spoken_in(app.books.open(str(path)), TODAY) == "zh-CN"
    assert "Settings: " in run("about", team, TODAY)


def test_a_list_is_closed_without_a_question(app: xw.App, branch: Path) -> None:
    run("preview", app.books.open(str(branch / "settings.xlsx")), TODAY)
    made = opened_list(app)
    assert not made.api.isModified()


def test_a_figure_of_the_heatmap_leads_to_its_rows_and_they_to_the_log(app: xw.App, branch: Path) -> None:
    run("team", app.books.open(str(branch / "settings.xlsx")), TODAY)
    team = next(book for book in app.books if book.name == "team.xlsx")
    heatmap, detail = team.sheets[report_words.HEATMAP.zh_cn], team.sheets[report_words.DETAIL.zh_cn]
    heatmap.activate()
    heatmap.range("C5").select()
    run("rows", team, TODAY)
    assert team.sheets.active == detail or app.books.active != team  # whose figure it is: the team's, or an advisor's
    detail.activate()
    detail.range("H6").select()
    log = next((branch / "logs").glob(f"{detail.range('A6').value.split()[0]}*.xlsx"))
    first = detail.range("I6").value.split()[1].split("–")[0].strip(",")
    for is_open in (False, True):
        team.activate()
        said = run("rows", team, TODAY)
        assert app.books.active.name == log.name
        assert app.selection.row == int(first)
        assert f"{log.name} · {app.books.active.sheets.active.name} A{first}" in said
        assert len([book for book in app.books if book.name == log.name]) == 1, is_open
        app.books.active.sheets[0].activate()  # somebody looks elsewhere meanwhile
    gone = log.rename(log.with_name("elsewhere.xlsx"))
    next(book for book in app.books if book.name == log.name).close()
    team.activate()
    with pytest.raises(MendInput) as refused:
        run("rows", team, TODAY)
    assert refused.value.text is say.NO_FILE
    assert gone.is_file()


def test_a_link_opens_its_log_beside_another_of_its_name(app: xw.App, branch: Path, path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(branch / "logs", tmp_path / "backup")) / path.name
    team = reported(app, branch)
    detail = team.sheets[report_words.DETAIL.zh_cn]
    at = next(at for at in range(1, 400) if str(detail.range((at, 1)).value).startswith(ADVISOR))
    app.books.open(str(other))
    team.activate()
    detail.activate()
    detail.range((at, 8)).select()
    run("rows", team, TODAY)
    assert Path(app.books.active.fullname) == path
    assert {Path(book.fullname) for book in app.books if book.name == path.name} == {path, other}


def test_a_list_in_front_stands_for_the_branch_behind_it(app: xw.App, branch: Path, tmp_path: Path) -> None:
    settings = app.books.open(str(branch / "settings.xlsx"))
    fresh = app.books.add()
    assert place_of(fresh, TODAY) == (Branch(branch), WEEK)
    other = shutil.copytree(branch, tmp_path / "other")
    app.books.open(str(next((other / "logs").glob("*.xlsx"))))
    with pytest.raises(MendInput) as refused:  # which of the two?
        place_of(fresh, TODAY)
    assert refused.value.text is say.NOT_IN_A_BRANCH
    assert place_of(settings, TODAY) == (Branch(branch), WEEK)


def test_a_workbook_outside_a_branch_is_refused(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(str(tmp_path / "elsewhere.xlsx"))
    unsaved = app.books.add()
    for tag in ("team", "close", "preview", "send"):
        with pytest.raises(MendInput) as refused:
            run(tag, unsaved, TODAY)
        assert refused.value.text is say.NOT_IN_A_BRANCH  # saving would not help
        with pytest.raises(MendInput) as refused:
            run(tag, book, TODAY)
        assert refused.value.text is say.NOT_IN_A_BRANCH
