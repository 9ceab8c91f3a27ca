"""`send` and `outbox` as a person or a scheduler runs them, against a real server."""

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.cli import run
from reportkit.mail.outbox import Outbox
from reportkit.mail.words import STATE
from tests.mail_server import PASSWORD, USER, Desk, Trust, running
from tests.searching import found_in

WEEK, SUNDAY = "2026-W47", dt.date(2026, 11, 22)
REPORTS = 9  # four advisors, two managers, the branch's head, and two teams for whom the settings name


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return Trust.new(tmp_path_factory.mktemp("trust"))


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTKIT_LANG", "zh-CN")
        assert run(["demo", str(folder), "--advisors", "4", "--weeks", "2", "--as-of", SUNDAY.isoformat()]) == 0
    close(Branch(folder), WEEK, SUNDAY)
    return folder


@pytest.fixture
def demo(closed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(closed, tmp_path / "demo")


@pytest.fixture
def desk(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    served = Desk()
    with running(served, trust.context) as port:
        for name, value in {
            "HOST": "localhost", "PORT": str(port), "FROM": "desk@example.com", "CA": str(trust.file),
            "PER_MINUTE": "1000000",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"REPORTKIT_SMTP_{name}", value)
        monkeypatch.setenv("REPORTKIT_LANG", "en")
        yield served


def answer(capsys: pytest.CaptureFixture[str], *arguments: object, code: int) -> Any:
    capsys.readouterr()
    assert run([*(str(argument) for argument in arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def sent(capsys: pytest.CaptureFixture[str], demo: Path, *options: str, code: int = 0) -> list[dict[str, str]]:
    messages: list[dict[str, str]] = answer(capsys, "send", demo, "--week", WEEK, *options, code=code)["messages"]
    return messages


def test_everybody_gets_their_report_once(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    first = sent(capsys, demo)
    assert [one["state"] for one in first] == ["sent"] * REPORTS
    assert sorted(to for _, to in desk.envelopes) == sorted(one["to"] for one in first)
    assert len(set(desk.ids)) == REPORTS
    assert sent(capsys, demo) == first
    assert len(desk.taken) == REPORTS


def test_a_week_that_is_not_closed_is_not_sent(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["send", str(demo), "--week", "2026-W46"]) == 2
    assert "reportkit close" in capsys.readouterr().err
    assert desk.taken == []
    assert run(["reopen", str(demo), "--week", WEEK, "--why", "a wrong row"]) == 0
    assert run(["send", str(demo), "--week", WEEK]) == 2
    assert desk.taken == []


def test_only_what_concerns_somebody(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert [one["who"] for one in sent(capsys, demo, "--to", "A002")] == ["A002"]
    assert [to for _, to in desk.envelopes] == ["a002@example.com"]
    assert run(["send", str(demo), "--week", WEEK, "--to", "nobody"]) == 2
    assert len(sent(capsys, demo)) == REPORTS
    assert len(desk.taken) == REPORTS


def test_drafts_are_written_and_nothing_is_sent(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(capsys, "send", demo, "--week", WEEK, "--dry-run", code=0)
    assert {one["state"] for one in said["messages"]} == {"draft"}
    assert sorted(said["drafts"]) == sorted(map(str, (demo / "outbox" / "drafts" / WEEK).iterdir()))
    assert all(len(words) == len({*words}) for words in (Path(path).stem.split() for path in said["drafts"]))
    assert all(b"X-Unsent: 1" in Path(path).read_bytes() for path in said["drafts"])
    before = {path: Path(path).read_bytes() for path in said["drafts"]}
    answer(capsys, "send", demo, "--week", WEEK, "--dry-run", code=0)
    assert {path: Path(path).read_bytes() for path in said["drafts"]} == before
    assert desk.taken == []
    assert Outbox(demo).letters() == []


def test_a_refusal_is_listed_and_sent_again_on_a_persons_word(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers["a001@example.com"] = ["550 5.1.1 no such user"]
    desk.answers["a002@example.com"] = ["550 5.7.1 not today"]
    failed = [one for one in sent(capsys, demo, code=1) if one["state"] == "failed"]
    assert [(one["who"], one["said"]) for one in failed] == [("A001", "550 5.1.1 no such user"), ("A002", "550 5.7.1 not today")]  # fmt: skip
    listed = answer(capsys, "outbox", demo, code=1)
    assert sorted(one["id"] for one in listed if one["state"] == "failed") == sorted(one["id"] for one in failed)
    answer(capsys, "outbox", demo, "--give-up", failed[1]["id"], code=1)
    answer(capsys, "outbox", demo, "--retry", failed[0]["id"][:8], code=0)
    assert desk.envelopes[-1] == ("desk@example.com", "a001@example.com")
    assert {one["state"] for one in sent(capsys, demo)} == {"sent", "given_up"}
    assert len(desk.taken) == REPORTS - 1
    assert run(["outbox", str(demo), "--retry", failed[0]["id"]]) == 2  # it went out
    assert run(["outbox", str(demo), "--retry", "f00"]) == 2


def rows_of(sheet: Path) -> list[tuple[object, ...]]:
    """Return what a sheet of results says of each message: to whom, what became of it, what the server said, tries."""
    rows = openpyxl.load_workbook(sheet).active.iter_rows(min_row=5, values_only=True)
    return [(row[2], row[3], row[5], row[6]) for row in rows]


def test_what_became_of_each_stands_on_a_sheet(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answers["a001@example.com"] = ["550 =5.1.1 no such user"]
    sheet = Path(answer(capsys, "send", demo, "--week", WEEK, "--to", "A001", code=1)["sheet"])
    assert sheet == demo / "outbox" / f"{WEEK}.xlsx"
    refused = ("a001@example.com", STATE["failed"].zh_cn, "550 =5.1.1 no such user", 1)
    waiting = STATE["new"].zh_cn
    assert rows_of(sheet)[0] == refused
    assert [row[1] for row in rows_of(sheet)[1:]] == [waiting] * (REPORTS - 1)
    sent(capsys, demo, "--to", "A002")  # leaves what others wait for as it is
    sent(capsys, demo, code=1)
    assert rows_of(sheet)[0] == refused  # those a person has to see to come first
    assert {row[1] for row in rows_of(sheet)[1:]} == {STATE["sent"].zh_cn}
    failed = next(one.id for one in Outbox(demo).letters() if one.state == "failed")
    answer(capsys, "outbox", demo, "--retry", failed, code=0)
    assert {row[1] for row in rows_of(sheet)} == {STATE["sent"].zh_cn}
    whole, replace = sheet.read_bytes(), Path.replace

    def open_in_excel(self: Path, target: Path) -> Path:
        if target == sheet:
            raise PermissionError(13, "used by another process", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", open_in_excel)
    beside = Path(answer(capsys, "send", demo, "--week", WEEK, code=0)["sheet"])
    assert beside != sheet
    assert rows_of(beside) == rows_of(sheet)
    assert sheet.read_bytes() == whole


def test_a_message_in_doubt_waits_for_a_person(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.cut_data = 1
    doubtful = [one for one in sent(capsys, demo, code=1) if one["state"] == "unknown"]
    assert len(doubtful) == 1
    assert sent(capsys, demo, code=1)[0]["state"] == "unknown"
    assert len(desk.taken) == REPORTS - 1
    assert run(["outbox", str(demo)]) == 1
    assert "--retry" in capsys.readouterr().out
    answer(capsys, "outbox", demo, "--retry", doubtful[0]["id"], code=0)
    assert len(set(desk.ids)) == len(desk.ids) == REPORTS


def test_a_corrected_report_says_so_and_calls_off_the_old_one(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers["a002@example.com"] = ["550 mailbox closed"]
    sent(capsys, demo, code=1)
    desk.taken.clear()
    for advisor in ("A001", "A002"):  # what publishing the week anew leaves: workbooks that differ
        shutil.copy(demo / "reports" / WEEK / "A003.xlsx", demo / "reports" / WEEK / f"{advisor}.xlsx")
    again = sent(capsys, demo)
    assert {one["state"] for one in again} == {"sent"}
    corrected = {message["To"].addresses[0].addr_spec: message["Subject"].startswith("更正") for message in desk.taken}
    assert corrected.pop("a001@example.com")
    assert not corrected.pop("a002@example.com")  # its first version never went out
    assert all(corrected.values())  # of managers and the branch, whose reports hold theirs
    assert [one.state for one in Outbox(demo).letters() if one.who == "A002"].count("given_up") == 1


def readdress(demo: Path, old: str, new: str | None) -> None:
    book = openpyxl.load_workbook(demo / "settings.xlsx")
    for row in book["人员"].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    book.save(demo / "settings.xlsx")


def test_a_corrected_address_leaves_nothing_to_do_for_the_old_one(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportkit.mail.transport.time.sleep", lambda _: None)
    desk.answers["a001@example.com"] = ["550 5.1.1 no such user"]
    desk.answers["a002@example.com"] = ["451 later"] * 3
    sent(capsys, demo, code=1)
    readdress(demo, "a001@example.com", "zhang@example.com")
    readdress(demo, "a002@example.com", "A002@example.com")  # the same: it stays as it waits
    assert {one["state"] for one in sent(capsys, demo)} == {"sent"}
    assert [to for _, to in desk.envelopes].count("zhang@example.com") == 1
    assert len(desk.taken) == REPORTS
    states = {one["recipient"]: one["state"] for one in answer(capsys, "outbox", demo, code=0)}
    assert states.pop("a001@example.com") == "given_up"
    assert {*states.values()} == {"sent"}
    readdress(demo, "zhang@example.com", "a001@example.com")  # it was the right one after all
    assert {one["state"] for one in sent(capsys, demo)} == {"sent"}
    assert [to for _, to in desk.envelopes].count("a001@example.com") == 1
    assert len(sent(capsys, demo)) == REPORTS and len(desk.taken) == REPORTS + 1


def test_a_message_of_a_week_reopened_since_can_be_given_up(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.answers["a001@example.com"] = ["550 5.1.1 no such user"]
    failed = next(one["id"] for one in sent(capsys, demo, code=1) if one["state"] == "failed")
    assert run(["reopen", str(demo), "--week", WEEK, "--why", "a wrong row"]) == 0
    assert {one["state"] for one in answer(capsys, "outbox", demo, "--give-up", failed, code=0)} == {"sent", "given_up"}


def test_what_waits_is_locked_where_that_is_asked_for(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.answers["a001@example.com"] = ["451 later"] * 3
    monkeypatch.setattr("reportkit.mail.transport.time.sleep", lambda _: None)
    assert [one["state"] for one in sent(capsys, demo, "--to", "A001", code=1)] == ["new"]
    monkeypatch.setenv("REPORTKIT_MAIL_PASSWORD", "correct horse")
    assert [one["state"] for one in sent(capsys, demo, "--to", "A001", "--encrypt")] == ["sent"]
    (workbook,) = desk.taken[0].iter_attachments()
    assert workbook.get_content().startswith(bytes.fromhex("d0cf11e0"))


def test_attachments_are_locked_on_request(
    demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert run(["send", str(demo), "--week", WEEK, "--to", "A001", "--encrypt"]) == 2
    monkeypatch.setenv("REPORTKIT_MAIL_PASSWORD", "correct horse")
    assert [one["state"] for one in sent(capsys, demo, "--to", "A001", "--encrypt")] == ["sent"]
    (workbook,) = desk.taken[0].iter_attachments()
    assert workbook.get_content().startswith(bytes.fromhex("d0cf11e0"))  # a compound file, as encrypted workbooks are
    assert [one["state"] for one in sent(capsys, demo, "--to", "A001", "--encrypt")] == ["sent"]
    assert len(desk.taken) == 1


def test_somebody_without_an_address_is_named(demo: Path, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    readdress(demo, "a003@example.com", None)
    found = {one["who"]: one["state"] for one in sent(capsys, demo, code=1) if one["report"] == "advisor"}
    assert found == {"A001": "sent", "A002": "sent", "A003": "no_address", "A004": "sent"}


def test_no_server_is_a_sentence(
    demo: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPORTKIT_SMTP_HOST", raising=False)
    assert run(["send", str(demo), "--week", WEEK]) == 2
    assert "REPORTKIT_SMTP_HOST" in capsys.readouterr().err
    assert not (demo / "outbox").exists()
    assert run(["outbox", str(demo)]) == 0


def test_secrets_are_written_nowhere(
    demo: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    served, secret = Desk(), "Opens-every-attachment-7"
    served.answers = {"a002@example.com": ["550 no such user"]}
    with running(served, trust.context, login=True) as port:
        for name, value in {
            "SMTP_HOST": "localhost", "SMTP_PORT": str(port), "SMTP_FROM": "desk@example.com",
            "SMTP_CA": str(trust.file), "SMTP_PER_MINUTE": "1000000", "SMTP_USER": USER, "SMTP_PASSWORD": PASSWORD,
            "MAIL_PASSWORD": secret,
        }.items():  # fmt: skip
            monkeypatch.setenv(f"REPORTKIT_{name}", value)
        assert run(["send", str(demo), "--week", WEEK, "--encrypt"]) == 1
        assert run(["outbox", str(demo)]) == 1
        monkeypatch.setenv("REPORTKIT_SMTP_PASSWORD", f"{PASSWORD} battery")
        assert run(["send", str(demo), "--week", WEEK, "--encrypt"]) in (1, 2)  # the login is refused, aloud
    assert len(served.taken) == REPORTS - 1
    said = "".join(capfd.readouterr())
    assert "550" in said
    assert [one for one in (PASSWORD, secret) if one in said] == []
    assert found_in(demo, [PASSWORD, secret]) == {}
