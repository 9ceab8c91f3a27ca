"""Commands that are killed, or run out of disk, at one of their writes: run again, they leave what they should."""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from soak.__main__ import warm
from soak.child import Disturbance, command, run
from soak.jobs import JOBS, Job
from soak.pairs import pairs
from soak.trial import Starts, differences, half_written, trial

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied: on Unix only")
NAMES_WHAT_FAILED = {"upgrade", "renew"}  # it goes on with the other logs, and ends with 1
KILLS = 6  # of each command; `make soak` strikes every write


@pytest.fixture(scope="module")
def starts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starts]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REPORTKIT_LANG", "en")
        warm()
        yield Starts(tmp_path_factory.mktemp("starts") / "all")


@pytest.mark.slow
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_disturbed_at_writes_spread_over_the_command(tmp_path: Path, starts: Starts, job: Job) -> None:
    start, dice = starts.of(job), random.Random(job.name)
    killed = [Disturbance("killed", 1 + at * (start.writes - 1) // (KILLS - 1)) for at in range(KILLS)]
    # A disk that is full from its first half on meets more than the removals at the end, which need no room.
    others = [
        Disturbance("full", dice.randint(1, start.writes // 2)),
        Disturbance("refused", dice.randint(1, start.writes)),
    ]
    for number, disturbance in enumerate([*killed, *others]):
        done = trial(start, disturbance, tmp_path / str(number), dice)
        assert done.wrong == (), disturbance
        heard = done.struck or (done.code == 1 and job.name in NAMES_WHAT_FAILED)
        assert heard or disturbance.kind == "refused", disturbance  # to make a folder that is there, say


@pytest.mark.slow
def test_the_same_command_twice_at_once(tmp_path: Path, starts: Starts) -> None:
    done = list(pairs(starts, tmp_path, [job for job in JOBS if job.name in ("refresh", "import")]))
    assert [(one.first, one.second, one.wrong) for one in done] == [
        ("refresh", "refresh", ()),
        ("import", "import", ()),
    ]


def test_a_process_is_struck_where_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def work() -> int:
        (tmp_path / "b").write_text("new")
        (tmp_path / "b").rename(tmp_path / "a")
        return 0

    assert run(work, tmp_path, Disturbance("killed", 2)).code == -9
    assert ((tmp_path / "a").read_text(), (tmp_path / "b").read_text()) == ("old", "new")
    full = run(work, tmp_path, Disturbance("full", 1))
    assert (full.code, full.writes) == (70, 1)
    assert "No space left on device" in full.said
    undisturbed = run(work, tmp_path)
    assert (undisturbed.code, undisturbed.writes, (tmp_path / "a").read_text()) == (0, 2, "new")


def test_a_half_written_file_and_a_difference_are_seen(tmp_path: Path) -> None:
    branch = tmp_path / "branch"
    branch.mkdir()
    (branch / "team.xlsx").write_bytes(b"PK\x03\x04")
    (branch / "late.json").write_text("[1,")
    (branch / ".late.json.1.part").write_text("[1,")
    assert sorted(half_written(tmp_path)) == ["half-written: branch/late.json", "half-written: branch/team.xlsx"]
    expected = {"branch/late.json": b"[1]", "branch/a": b""}
    assert list(differences(tmp_path, expected)) == [
        "left over: branch/.late.json.1.part", "missing: branch/a", "differs: branch/late.json", "left over: branch/team.xlsx",
    ]  # fmt: skip


def test_a_command_runs_as_the_program_does(tmp_path: Path) -> None:
    refused = run(command("refresh", str(tmp_path / "nowhere")), tmp_path)
    assert refused.code == 2
    assert "nowhere" in refused.said
