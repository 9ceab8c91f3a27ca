"""The buttons of the manager, pressed in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from reportkit.branch.folder import Branch
from reportkit.branch.published import edition_in_force
from reportkit.definitions import report_words
from reportkit.definitions.errors import MendInput, ReportkitError
from reportkit_addin import sentences as say
from reportkit_addin.scripts import run
from tests.addin.conftest import TODAY, WEEK

pytestmark = pytest.mark.office


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
    figure = again.names["value_new_contacts"].refers_to_range
    overview.activate()
    figure.select()
    assert "新客户有效沟通" in run("rows", again, TODAY)
    assert again.sheets.active.name == report_words.DETAIL.zh_cn


def test_a_week_is_closed_previewed_and_not_sent_without_a_yes(
    app: xw.App, branch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.books.open(str(branch / "settings.xlsx"))
    assert run("close", settings, TODAY) == say.CLOSED.fill("zh-CN", week=WEEK)
    assert edition_in_force(Branch(branch), WEEK) is not None
    with pytest.raises(MendInput):
        run("close", settings, TODAY)
    run("preview", settings, TODAY)
    drafts = list((branch / "outbox" / "drafts" / WEEK).glob("*.eml"))
    listed = next(book for book in app.books if book.name != "settings.xlsx")
    assert drafts
    assert listed.sheets[0].range((3, 3), (2 + len(drafts), 3)).value[0].endswith("@example.com")
    monkeypatch.setenv("REPORTKIT_SMTP_HOST", "localhost")
    monkeypatch.setenv("REPORTKIT_SMTP_FROM", "desk@example.com")
    asked: list[str] = []
    try:
        said = run("send", settings, TODAY, ask=lambda question: bool(asked.append(question)))
    except ReportkitError as error:
        pytest.fail(error.message("en"))
    assert asked == [say.REALLY_SEND.fill("zh-CN", week=WEEK)]
    assert said == say.NOT_SENT.fill("zh-CN", week=WEEK)


def test_a_workbook_outside_a_branch_is_refused(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.save(str(tmp_path / "elsewhere.xlsx"))
    for tag in ("team", "close", "preview", "send"):
        with pytest.raises(MendInput) as refused:
            run(tag, book, TODAY)
        assert refused.value.text is say.NOT_IN_A_BRANCH
