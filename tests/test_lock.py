"""One writer at a time; a stopped run, a full disk and a read-only folder leave nothing half-written."""

import errno
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from reportkit.branch.folder import Branch
from reportkit.branch.history import History
from reportkit.branch.lock import BUSY, FULL, READ_ONLY, plainly_said, writing
from reportkit.branch.refresh import as_left, refresh
from reportkit.cli import run
from reportkit.definitions.errors import TryLater
from tests.branches import TODAY, WEEK, branch_in, cold_copy, reports, rewrite, rows_of_advisor

HOLD = """
import sys
from pathlib import Path
from reportkit.branch.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return branch_in(tmp_path / "branch")


@contextmanager
def held_by_another(branch: Branch) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", HOLD, str(branch.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder


def test_a_second_writer_hears_who_is_writing_and_since_when(branch: Branch) -> None:
    with held_by_another(branch) as holder, pytest.raises(TryLater) as refused:
        try:
            refresh(branch, WEEK, TODAY, wait=0.1)
        finally:
            holder.communicate("")
    assert refused.value.text is BUSY
    assert "20" in str(refused.value.words["since"])
    refresh(branch, WEEK, TODAY, wait=0.1)


def test_a_writer_that_was_killed_is_in_nobodys_way(branch: Branch) -> None:
    with held_by_another(branch) as holder:
        holder.kill()
        holder.wait()
    with writing(branch.root, wait=1):
        pass


def test_where_nothing_changed_a_refresh_needs_no_lock(branch: Branch) -> None:
    done = refresh(branch, WEEK, TODAY)
    with held_by_another(branch) as holder:
        again = refresh(branch, WEEK, TODAY, wait=0.1)
        holder.communicate("")
    assert again.team == done.team


def _stopped_at(branch: Branch, step: int) -> None:
    steps = iter(range(100))

    def progress(at: int, of: int, name: str) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    refresh(branch, WEEK, TODAY, progress=progress)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_refresh_killed_at_any_step_is_finished_by_the_next(branch: Branch, tmp_path: Path, step: int) -> None:
    refresh(branch, WEEK, TODAY)
    for number in (1, 2):
        identity, rows = rows_of_advisor(number)
        rows["activities"].pop()
        rewrite(branch, identity, rows)
    killed = get_context("fork").Process(target=_stopped_at, args=(branch, step))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    (branch.reports(WEEK) / ".A001.xlsx.1.part").write_bytes(b"half")
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    assert reports(branch) == reports(cold)
    assert not list(branch.root.rglob("*.part"))


@pytest.mark.parametrize("limit", [2_000, 15_000, 30_000])
def test_a_full_disk_is_said_and_what_was_there_is_unchanged(branch: Branch, tmp_path: Path, limit: int) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))  # no file may grow beyond
    try:
        with pytest.raises(TryLater) as refused:
            refresh(branch, WEEK, TODAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.text is FULL
    assert not list(branch.root.rglob("*.part"))
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    assert reports(branch) == reports(cold)


def test_a_folder_one_may_not_write_to_is_said() -> None:
    with pytest.raises(TryLater) as refused, plainly_said(Path("/sys")):
        Path("/sys/reportkit").mkdir()  # no user may, not even the administrator
    assert refused.value.text is READ_ONLY


def test_what_another_run_replaces_while_it_is_read_is_read_once_more(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = refresh(branch, WEEK, TODAY)
    whole, misses = History.digest, iter([True])

    def digest(self: History, name: str) -> object:
        if next(misses, False):
            raise FileNotFoundError(errno.ENOENT, "replaced", str(self.digest_path(name)))
        return whole(self, name)

    monkeypatch.setattr(History, "digest", digest)
    assert refresh(branch, WEEK, TODAY).team == done.team
    misses = iter([True])
    assert as_left(branch, WEEK, TODAY) == done.team


@pytest.mark.slow
def test_of_three_branches_one_that_is_locked_is_told_and_the_others_are_refreshed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTKIT_LANG", "en")
    three = [branch_in(tmp_path / name) for name in ("north", "south", "east")]
    with held_by_another(three[1]) as holder:
        code = run(
            ["refresh", *(str(one.root) for one in three), "--week", WEEK, "--as-of", TODAY.isoformat(), "--json"]
        )
        holder.communicate("")
    said = capsys.readouterr()
    assert code == 2
    assert [one["week"] for one in json.loads(said.out)["branches"]] == [WEEK, None, WEEK]
    assert "south" in said.err and "has been writing to this branch folder since" in said.err
    assert [bool(reports(one)) for one in three] == [True, False, True]
