"""A file takes another's place whole, and waits a moment where Windows lets somebody else hold it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.branch.atomic import PAUSES, rename, write_bytes
from reportkit.branch.lock import HELD, READ_ONLY, plainly_said
from reportkit.definitions.errors import CloseWorkbook, ReportkitError, TryLater

Hold = Callable[[int, int], list[float]]
FOR_GOOD = len(PAUSES) + 1
SHARING_VIOLATION, ACCESS_DENIED = 32, 5


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Have the system refuse renames as Windows does while another program holds a file; return the pauses made."""

    def held(times: int, code: int) -> list[float]:
        refused, pauses, real = [0], list[float](), os.replace

        def replace(source: Path, target: Path) -> None:
            if refused[0] < times:
                refused[0] += 1
                error = PermissionError(13, "the file is in use", str(source))
                error.winerror = code
                raise error
            real(source, target)

        monkeypatch.setattr(os, "replace", replace)
        monkeypatch.setattr("reportkit.branch.atomic.time.sleep", pauses.append)
        return pauses

    return held


@pytest.mark.parametrize("code", [SHARING_VIOLATION, ACCESS_DENIED])
@pytest.mark.parametrize("times", [1, len(PAUSES)])
def test_what_is_held_for_a_moment_is_replaced(tmp_path: Path, hold: Hold, times: int, code: int) -> None:
    write_bytes(tmp_path / "team.xlsx", b"old")
    pauses = hold(times, code)
    write_bytes(tmp_path / "team.xlsx", b"new")
    assert (tmp_path / "team.xlsx").read_bytes() == b"new"
    assert pauses == list(PAUSES[:times])


def test_folders_are_waited_for_as_files_are(tmp_path: Path, hold: Hold) -> None:
    (tmp_path / "sending").mkdir()
    assert hold(2, ACCESS_DENIED) == []
    rename(tmp_path / "sending", tmp_path / "sent")
    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


@pytest.mark.parametrize(("name", "kind"), [("team.xlsx", CloseWorkbook), ("manifest.json", TryLater)])
def test_what_is_held_longer_is_said_and_stays_as_it_was(
    tmp_path: Path, hold: Hold, name: str, kind: type[ReportkitError]
) -> None:
    write_bytes(tmp_path / name, b"old")
    pauses = hold(FOR_GOOD, SHARING_VIOLATION)
    with pytest.raises(kind) as refused, plainly_said(tmp_path):
        write_bytes(tmp_path / name, b"new")
    assert refused.value.text is HELD
    assert refused.value.words["file"] == name
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == b"old"
    assert pauses == list(PAUSES)
    assert sum(PAUSES) < 2  # seconds: nobody waits longer to hear that Excel has it open


def test_a_right_that_is_missing_is_not_waited_for(tmp_path: Path, hold: Hold) -> None:
    pauses = hold(1, 19)  # the medium is write-protected
    with pytest.raises(TryLater) as refused, plainly_said(tmp_path):
        write_bytes(tmp_path / "manifest.json", b"new")
    assert refused.value.text is READ_ONLY
    assert pauses == []
