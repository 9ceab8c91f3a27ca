"""What a disk or a connection changed in history is made again where the logs tell it, else named; never used."""

import json
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from reportkit.branch.closing import close, reopen
from reportkit.branch.folder import Branch
from reportkit.branch.history import History
from reportkit.branch.published import HISTORY_GONE, NEWER, edition_in_force
from reportkit.branch.refresh import as_left, refresh
from reportkit.branch.seal import BLANK, DAMAGED, Damaged, sealed, whole
from reportkit.definitions.errors import MendInput, TryLater
from tests.branches import (
    ADVISORS,
    LAST_WEEK,
    TODAY,
    WEEK,
    branch_in,
    double_targets,
    everything,
    reports,
    rewrite,
    rows_of_advisor,
)

Damage = Callable[[bytes], bytes]


def emptied(content: bytes) -> bytes:
    return b""


def halved(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_bit(content: bytes) -> bytes:
    at = len(content) // 3
    return content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]


DAMAGES = (emptied, halved, one_bit)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch whose last week is closed and whose this week is refreshed."""
    branch = branch_in(tmp_path_factory.mktemp("made") / "branch")
    close(branch, LAST_WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    return branch.root


@pytest.fixture(scope="module")
def made_late(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same branch, with a row that came after its week was closed."""
    branch = Branch(shutil.copytree(made, tmp_path_factory.mktemp("late") / "branch"))
    one_log_changes(branch, late=True)
    assert [row.change for row in refresh(branch, WEEK, TODAY).late] == ["appeared"]
    return branch.root


@pytest.fixture
def branch(made: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made, tmp_path / "branch"))


@pytest.fixture
def late(made_late: Path, tmp_path: Path) -> Branch:
    return Branch(shutil.copytree(made_late, tmp_path / "late"))


def kept(branch: Branch, kind: str) -> list[Path]:
    return sorted((branch.root / "history" / kind).iterdir())


def damage(path: Path, how: Damage) -> None:
    path.write_bytes(how(path.read_bytes()))


def one_log_changes(branch: Branch, *, late: bool = False) -> None:
    """Let the first advisor's log have another row, of the closed week if told so."""
    identity, rows = rows_of_advisor(1)
    rows["activities"].append({"date": "2026-11-16" if late else TODAY, "kind": "market_view", "summary": "新的"})
    rewrite(branch, identity, rows)


# --- Seals ---


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("content", [f'{{"a": 1, "seal": "{BLANK}"}}', f'[1,2,"{BLANK}"]\n"{BLANK}"'])
def test_a_seal_fits_what_was_written_and_nothing_else(tmp_path: Path, content: str, how: Damage) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(sealed(content.encode()))
    assert sealed(whole(path)) == path.read_bytes()
    damage(path, how)
    with pytest.raises(Damaged):
        whole(path)


def test_any_single_bit_of_kept_rows_is_missed(branch: Branch) -> None:
    history = History(branch.root)
    path = kept(branch, "facts")[0]
    content = path.read_bytes()
    history.book(path.stem)
    for at in range(0, len(content), len(content) // 300):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
        with pytest.raises(Damaged):
            history.book(path.stem)


# --- What can be made again is ---


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_digest_is_made_again(branch: Branch, how: Damage) -> None:
    before = reports(branch), reports(branch, LAST_WEEK)
    for digest in kept(branch, "digests"):
        damage(digest, how)
    with pytest.raises(MendInput):
        as_left(branch, WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    refresh(branch, LAST_WEEK, TODAY)
    as_left(branch, WEEK, TODAY)
    assert (reports(branch), reports(branch, LAST_WEEK)) == before


@pytest.mark.parametrize("how", DAMAGES)
def test_damaged_rows_are_read_again_from_a_log_that_is_as_it_was(branch: Branch, how: Damage, tmp_path: Path) -> None:
    sound = {path.name: path.read_bytes() for path in kept(branch, "facts")}
    published = reports(branch, LAST_WEEK)
    for rows in kept(branch, "facts"):
        damage(rows, how)
    double_targets(branch)  # so that the rows are asked for
    done = refresh(branch, WEEK, TODAY)
    assert done.read == ADVISORS
    assert {path.name: path.read_bytes() for path in kept(branch, "facts")} == sound
    for path in branch.reports(LAST_WEEK).glob("*.xlsx"):
        path.unlink()
    refresh(branch, LAST_WEEK, TODAY)
    assert reports(branch, LAST_WEEK) == published


def test_rows_that_were_deleted_are_read_again(branch: Branch) -> None:
    before = reports(branch)
    shutil.rmtree(branch.root / "history/facts")
    assert refresh(branch, WEEK, TODAY).read == ADVISORS
    assert reports(branch) == before


@pytest.mark.parametrize("how", DAMAGES)
def test_a_week_is_closed_though_digests_are_damaged(branch: Branch, how: Damage) -> None:
    before = reports(branch)
    for digest in kept(branch, "digests"):
        damage(digest, how)
    close(branch, WEEK, TODAY)
    assert reports(branch) == before


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_manifest_costs_reading_again(branch: Branch, how: Damage) -> None:
    before = reports(branch)
    damage(History(branch.root).manifest_path, how)
    assert refresh(branch, WEEK, TODAY).read == ADVISORS
    assert reports(branch) == before


# --- What cannot is named, and nothing else is touched ---


@pytest.mark.parametrize("how", DAMAGES)
def test_rows_as_published_that_no_log_tells_any_more_are_named(branch: Branch, how: Damage) -> None:
    one_log_changes(branch)
    refresh(branch, WEEK, TODAY)
    edition = edition_in_force(branch, LAST_WEEK)
    assert edition is not None
    published = History(branch.root).facts_path(edition.log_of["A001"].facts)
    damage(published, how)
    for path in branch.reports(LAST_WEEK).glob("*.xlsx"):
        path.unlink()
    shutil.rmtree(branch.root / "history/digests")
    with pytest.raises(MendInput) as refused:
        refresh(branch, LAST_WEEK, TODAY)
    assert (refused.value.text, refused.value.words) == (DAMAGED, {"file": published})


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("file", ["history/late.json", f"reports/{LAST_WEEK}/published.json", "history/settings"])
def test_what_only_history_knows_is_never_made_up(late: Branch, file: str, how: Damage) -> None:
    path = late.root / file
    path = path if path.is_file() else next(path.iterdir())
    damage(path, how)
    shutil.rmtree(late.root / "history/digests")
    before = path.read_bytes()
    with pytest.raises(MendInput) as refused:
        refresh(late, LAST_WEEK, TODAY)
    assert (refused.value.text, refused.value.words) == (DAMAGED, {"file": path})
    assert path.read_bytes() == before


def test_a_newer_programs_editions_are_not_guessed_at(branch: Branch) -> None:
    path = branch.reports(LAST_WEEK) / "published.json"
    content = json.loads(path.read_bytes())
    path.write_bytes(sealed(json.dumps({**content, "format": content["format"] + 1, "seal": BLANK}).encode()))
    one_log_changes(branch)
    published = reports(branch, LAST_WEEK)
    for ask in (
        lambda: refresh(branch, WEEK, TODAY),
        lambda: refresh(branch, LAST_WEEK, TODAY),
        lambda: reopen(branch, LAST_WEEK, TODAY, "why"),
        lambda: close(branch, LAST_WEEK, TODAY),
    ):
        with pytest.raises(MendInput) as refused:
            ask()
        assert refused.value.text is NEWER
    assert reports(branch, LAST_WEEK) == published


# --- The weeks to come go on ---


def test_what_history_lost_of_a_published_week_is_said_and_the_open_week_goes_on(branch: Branch) -> None:
    one_log_changes(branch, late=True)
    before = refresh(branch, WEEK, TODAY)
    assert [row.change for row in before.late] == ["appeared"]
    edition = edition_in_force(branch, LAST_WEEK)
    assert edition is not None
    published = History(branch.root).facts_path(edition.log_of["A001"].facts)
    backup = published.read_bytes()
    published.unlink()
    identity, rows = rows_of_advisor(1)
    rows["activities"].append({"date": TODAY, "kind": "stock_view", "summary": "又一条"})
    rewrite(branch, identity, rows)
    (branch.root / "history/late.json").unlink()
    done = refresh(branch, WEEK, TODAY)
    assert [(one.code, one.words["week"]) for one in done.findings if one.code == "history.lost"] == [
        ("history.lost", LAST_WEEK)
    ]
    assert done.team is not None
    assert any(one.code == "history.lost" for one in done.team.findings)
    again = everything(branch)
    assert refresh(branch, WEEK, TODAY).findings == done.findings
    assert everything(branch) == again
    published.write_bytes(backup)
    one_log_changes(branch, late=True)
    restored = refresh(branch, WEEK, TODAY)
    assert not any(one.code == "history.lost" for one in restored.findings)
    assert [row.change for row in restored.late] == ["appeared"]


def test_late_rows_known_before_stay_though_what_was_published_is_lost(branch: Branch) -> None:
    one_log_changes(branch, late=True)
    late = refresh(branch, WEEK, TODAY).late
    edition = edition_in_force(branch, LAST_WEEK)
    assert edition is not None
    History(branch.root).facts_path(edition.log_of["A001"].facts).unlink()
    identity, rows = rows_of_advisor(1)
    rows["activities"] += [
        {"date": "2026-11-16", "kind": "market_view", "summary": "新的"},
        {"date": "2026-11-17", "kind": "stock_view", "summary": "又一条"},
    ]
    rewrite(branch, identity, rows)
    assert refresh(branch, WEEK, TODAY).late == late


def test_without_history_the_open_week_is_made_and_the_published_one_says_what_to_do(branch: Branch) -> None:
    shutil.rmtree(branch.root / "history")
    one_log_changes(branch)
    published = reports(branch, LAST_WEEK)
    done = refresh(branch, WEEK, TODAY)
    assert done.read == ADVISORS
    assert [one.words["week"] for one in done.findings if one.code == "history.lost"] == [LAST_WEEK]
    with pytest.raises(MendInput) as refused:
        refresh(branch, LAST_WEEK, TODAY)
    assert refused.value.text is HISTORY_GONE
    assert reports(branch, LAST_WEEK) == published
    reopen(branch, LAST_WEEK, TODAY, "history 丢了")
    close(branch, LAST_WEEK, TODAY)
    assert not any(one.code == "history.lost" for one in refresh(branch, WEEK, TODAY).findings)


def test_settings_saved_between_two_looks_at_them_make_no_report(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = count()
    monkeypatch.setattr("reportkit.branch.period.fingerprint", lambda *parts: f"look {next(looks)}")
    with pytest.raises(TryLater):
        refresh(branch, WEEK, TODAY)
