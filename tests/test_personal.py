"""Nobody's id, number or address stands in a file for others than the advisor's own, whatever part of it one looks into."""

import logging
import re
from pathlib import Path

import pytest

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.cli import run
from reportkit.definitions.findings import Finding, Place, did_you_mean, finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.privacy import PERSONAL, without_ids, without_numbers
from reportkit.definitions.text import Text
from reportkit.mail.outbox import Outbox
from reportkit.mail.send import send
from reportkit.mail.server import Server
from reportkit.mail.transport import Patience
from reportkit.read.workbook import read_book
from reportkit.workbooks.quality import for_others
from tests.branches import LAST_WEEK, TODAY, branch_in, rewrite, rows_of_advisor
from tests.mail_server import free_port
from tests.searching import texts_of

DATABASE = ("logs", "history")  # what advisors typed, and what is kept of it
ROOM = "13912345678"  # typed where no number belongs
LONG_ENOUGH = 5  # a shorter id could be any number


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Branch:
    """A week that is published, drafted, and put into the outbox of a server that is away; numbers in odd places."""
    branch = branch_in(tmp_path_factory.mktemp("personal") / "branch")
    identity, rows = rows_of_advisor(1)
    rows["activities"][0]["minutes"] = ROOM
    for row in rows["surveys"]:
        row["comment"] = f"打 {ROOM}"
    rows["activities"].append({**rows["activities"][-1], "customer_id": rows["customers"][0]["customer_id"] + "9"})
    for improvement in rows["improvements"]:
        improvement["problem"] = f"客户 +86 {ROOM} 说太慢"
    rewrite(branch, identity, rows)
    close(branch, LAST_WEEK, TODAY)
    root = str(branch.root)
    assert run(["send", root, "--week", LAST_WEEK, "--dry-run"]) == 0
    send(branch, LAST_WEEK, TODAY, Server("localhost", "desk@example.com", free_port()), patience=Patience(attempts=1))
    for log in branch.logs():
        run(["visits", str(log), "--ics", str(branch.root / "reports" / f"{log.stem}.ics")])
    return branch


def typed(branch: Branch) -> dict[str, set[str]]:
    """Return advisor → every id, number and address of a customer in their log."""
    found: dict[str, set[str]] = {}
    for path in branch.logs():
        book = read_book(path, FORMS)
        cells = (
            cell
            for sheet in book.sheets.values()
            for code in PERSONAL & set(sheet.columns)
            for cell in sheet.columns[code]
        )
        found[book.identity.advisor_id] = {
            str(cell).strip() for cell in cells if len(str(cell)) >= LONG_ENOUGH and cell
        } | {ROOM}
    return found


def owner_of(path: Path, branch: Branch, advisors: list[str]) -> str | None:
    """Return whose customers a file may show: an advisor's report, mail or calendar their own."""
    name = path.name
    if path.suffix == ".eml":
        head = path.read_bytes().partition(b"\n\n")[0].decode("ascii")
        to = re.search(r"^To:.*?([\w.]+)@example\.com", head, re.MULTILINE | re.DOTALL)
        assert to is not None
        name = to[1].upper()
    return next((advisor for advisor in advisors if name.startswith(advisor)), None)


def test_every_file_written(branch: Branch) -> None:
    known = typed(branch)
    searched = 0
    for path in sorted(branch.root.rglob("*")):
        if not path.is_file() or path.relative_to(branch.root).parts[0] in DATABASE:
            continue
        searched += 1
        owner = owner_of(path, branch, list(known))
        forbidden = set().union(*known.values()) - known.get(owner or "", set())
        said = set(re.findall(r"[0-9A-Za-z_.@+-]{5,}", "\n".join([path.name, *texts_of(path.name, path.read_bytes())])))
        assert said & forbidden == set(), path.relative_to(branch.root)
    assert searched > 15
    assert {one.state for one in Outbox(branch.root).letters()} == {"new"}


def test_an_advisors_own_report_shows_them(branch: Branch) -> None:
    report = branch.report(LAST_WEEK, "A001")
    said = "\n".join(texts_of(report.name, report.read_bytes()))
    assert sum(one in said for one in typed(branch)["A001"]) > 20


def test_the_program_logs_nothing_of_customers(
    branch: Branch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert run(["refresh", str(branch.root), "--as-of", TODAY.isoformat()]) in (0, 1)
        assert run(["close", str(branch.root), "--week", "2026-W46", "--as-of", TODAY.isoformat()]) == 0
    said = caplog.text + "".join(capfd.readouterr())
    assert not any(one in said for of_one in typed(branch).values() for one in of_one)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("是不是“C02062”？", "是不是“C****62”？"), ("客户 13912345678 在第 12 行", "客户 139****5678 在第 12 行"),
        ("a_b@example.com", "a_b****.com"), ("row 412", "row 412"), ("wechat", "wechat"),
    ],
)  # fmt: skip
def test_what_is_masked_in_a_sentence_about_a_customer(written: str, shown: str) -> None:
    assert without_ids(written) == shown


def test_a_number_is_masked_wherever_it_was_typed() -> None:
    assert without_numbers(f"打 +86 {ROOM} 或 010-12345678，第 12 行") == "打 +86****5678 或 010****5678，第 12 行"


def test_a_finding_for_others_says_no_id() -> None:
    place = Place("A001.xlsx", "每日记录", 3, FORMS["activities"].column["customer_id"], "D3")
    found = Finding(
        "id.unknown",
        "error",
        place,
        "C02902",
        {"suggestion": Text("C02062？", "C02062？", "C02062?"), "sheet": "客户档案"},
    )
    assert not re.search(r"C02902|C02062", for_others(found).message("zh-CN") + str(for_others(found).value))
    assert for_others(Finding("date.order", "error", Place("A001.xlsx"), "x")).value == "x"


def test_a_finding_for_others_offers_no_id_that_reads_like_the_wrong_one() -> None:
    place = Place("A001.xlsx", "每日记录", 3, FORMS["activities"].column["customer_id"], "D3")
    words = {"sheet": "客户档案"}
    alike = finding("id.unknown", place, value="C01911", suggestion=did_you_mean("C01011"), **words)
    other = finding("id.unknown", place, value="C01911", suggestion=did_you_mean("C01912"), **words)
    assert for_others(alike).message("zh-CN").count("C****11") == 1
    assert "C****12" in for_others(other).message("zh-CN")
