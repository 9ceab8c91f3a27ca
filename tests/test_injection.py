"""What people typed stays text in all we write of it: workbooks, pages of mail, calendars, the terminal's JSON."""

import email.policy
import io
import json
import os
import re
import shutil
import zipfile
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.definitions.forms import FORMS
from reportkit.mail.results import write_results
from reportkit.mail.send import write_drafts
from reportkit.read.workbook import read_book
from reportkit.workbooks.style import fitting
from tests.branches import LAST_WEEK, TODAY, WEEK, branch_in, rewrite, rows_of_advisor
from tests.injected import LONGEST, TYPED, branch_with_all_of_it, nasty

HARMFUL = re.compile(
    r"evil|cmd\||DDE|WEBSERVICE|SUM\(A1\)|passwd|\b1\+1\b|\b2\+3\b|7\*7", re.IGNORECASE
)  # of what was typed


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Branch:
    """A closed week of a branch with all of it."""
    branch = branch_with_all_of_it(tmp_path_factory.mktemp("injected") / "branch")
    close(branch, LAST_WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    write_drafts(branch, LAST_WEEK, TODAY)
    return branch


def held_to_be_text(content: bytes) -> set[str]:
    """Return the texts of a workbook; nothing typed stands where a program would act on it."""
    texts: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            assert not re.search("externalLink|vbaProject|embeddings|connections|activeX|ctrlProps", part), part
            if not part.endswith((".xml", ".rels", ".vml")):
                continue
            root = fromstring(package.read(part))
            for element in root.iter():
                tag = element.tag.rpartition("}")[2]
                if tag in ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"):
                    assert not HARMFUL.search(element.text or ""), (part, element.text)
                if element.get("TargetMode") == "External":
                    assert re.fullmatch(
                        r"(\.\.[/\\]\.\.[/\\]logs[/\\])?A\d{3}( x)?\.xlsx(#.*)?", unquote(element.get("Target", ""))
                    ), element.attrib
                if tag == "hyperlink":
                    assert not HARMFUL.search(element.get("location", "")), (part, element.attrib)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        texts |= {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    return texts


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_every_workbook_of_the_branch(branch: Branch) -> None:
    found = {path.relative_to(branch.root): held_to_be_text(path.read_bytes()) for path in branch.root.rglob("*.xlsx")}
    assert len(found) >= 9
    for path, texts in found.items():
        if path.parts[0] == "reports":
            assert any("=HYPERLINK(" in text for text in texts), path


def test_a_log_is_read_as_it_was_typed(branch: Branch) -> None:
    typed = set()
    for log in branch.logs():
        for sheet in read_book(log, FORMS).sheets.values():
            typed |= {str(cell) for column in sheet.columns.values() for cell in column}
    assert {*TYPED.values(), LONGEST} - typed == {
        TYPED["no character"]
    }  # comes back as the workbook spells it, \ufffe as _xFFFE_


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_what_is_handed_over_rolled_up_and_left_in_the_outbox(branch: Branch, tmp_path: Path) -> None:
    moved = Branch(shutil.copytree(branch.root, tmp_path / "moved"))
    line = ["handover", str(moved.root), "--from", "A001", "--to", "A002", "--as-of", TODAY.isoformat()]
    for number in (1, 2):
        identity, rows = rows_of_advisor(number)
        nasty(rows)
        rewrite(moved, identity, rows, f"{identity.advisor_id} x.xlsx")
    before = texts_in(moved) & set(TYPED.values())
    assert run(line) == 0
    assert before <= texts_in(moved)
    out = tmp_path / "all.xlsx"
    run(["rollup", str(moved.root), "--out", str(out), "--week", WEEK, "--as-of", TODAY.isoformat()])
    held_to_be_text(out.read_bytes())
    held_to_be_text(write_results(moved, LAST_WEEK, TODAY).read_bytes())


def texts_in(branch: Branch) -> set[str]:
    return set().union(*(held_to_be_text(log.read_bytes()) for log in branch.logs()))


class Page(HTMLParser):
    """A page of mail as a reader builds it: its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_mail_is_a_page_of_our_own_making(branch: Branch) -> None:
    drafts = sorted(branch.root.rglob("*.eml"))
    assert len(drafts) >= 3
    for draft in drafts:
        message = BytesParser(EmailMessage, policy=email.policy.default).parsebytes(draft.read_bytes())
        assert message["Bcc"] is None
        assert len(message["To"].addresses) == 1
        assert not message.defects
        for part in message.walk():
            if part.get_content_type() == "text/html":
                for tag, attributes in Page(part.get_content()).tags:
                    assert tag not in {"script", "iframe", "form", "object", "base", "svg"}
                    assert not any(name.startswith("on") for name in attributes)
                    assert re.match("cid:", attributes.get("src") or "cid:")
                    assert re.match("tel:", attributes.get("href") or "tel:")
            if part.get_filename() and str(part.get_filename()).endswith(".xlsx"):
                held_to_be_text(part.get_payload(decode=True))
                assert not re.search(r"[\\/:\r\n\x00-\x1f]", str(part.get_filename()))


def test_the_terminal_is_told_no_commands(branch: Branch, capfd: pytest.CaptureFixture[str]) -> None:
    for line in (
        ["check"],
        ["refresh", "--week", WEEK],
        ["service"],
        ["customers"],
        ["effects"],
        ["advice"],
        ["satisfaction"],
    ):
        run([line[0], str(branch.root), *line[1:], *(["--as-of", TODAY.isoformat()])])
    for log in branch.logs():
        for command in ("kpi", "due", "visits"):
            run([command, str(log)])
    said = capfd.readouterr()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said.out + said.err)


def test_json_says_it_as_it_was_typed(branch: Branch, capfd: pytest.CaptureFixture[str]) -> None:
    run(["check", str(branch.root), "--json", "--as-of", TODAY.isoformat()])
    assert json.loads(capfd.readouterr().out)["files"]


def test_a_calendar_has_only_lines_of_its_own(branch: Branch, tmp_path: Path) -> None:
    for log in branch.logs():
        run(["visits", str(log), "--ics", str(tmp_path / "visits.ics"), "--on", "2026-11-16"])
        lines = (tmp_path / "visits.ics").read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0
        assert {re.split("[:;]", line)[0] for line in lines} <= {
            "BEGIN", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "LOCATION",
            "DESCRIPTION", "TRANSP", "END", "",
        }  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="there names are text")
def test_a_log_whose_name_is_in_another_encoding_is_named_and_the_others_count(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    name = os.fsencode(branch.log("")) + "/A009 张三.xlsx".encode("gbk")
    shutil.copy(branch.logs()[0], name)
    done = refresh(branch, WEEK, TODAY)
    assert [(one.code, one.place.file) for one in done.failed] == [("file.unreadable", "A009 张三.xlsx")]
    assert done.team is not None
    assert len(done.team.members) == 2
    assert run(["check", str(branch.root)]) == 1
    os.remove(name)  # noqa: PTH107 # bytes are no path
    assert refresh(branch, WEEK, TODAY).failed == ()


def test_a_sentence_too_long_for_a_cell_is_cut_not_lost() -> None:
    assert [len(fitting("x" * length)) for length in (1, 32_767, 32_768)] == [1, 32_767, 32_767]
    assert fitting("x" * 40_000).endswith("x…")
    assert fitting("👩" * 16_383) == "👩" * 16_383  # Excel counts each as two
    assert fitting("👩" * 16_384) == "👩" * 16_383 + "…"


def test_a_reason_that_is_no_text_is_kept_as_one(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    close(branch, LAST_WEEK, TODAY)
    assert run(["reopen", str(branch.root), "--week", LAST_WEEK, "--why", "\udcff late \ud83d"]) == 0
    assert "? late ?" in (branch.reports(LAST_WEEK) / "published.json").read_text("utf-8")
