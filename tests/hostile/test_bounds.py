"""Every hostile file gets its finding within ten seconds and a gigabyte, and the other logs still count (DOMAIN §8)."""

import json
import os
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from reportkit.branch.refresh import refresh
from reportkit.definitions.forms import FORMS
from reportkit.read.workbook import read_book
from reportkit.validate.workbook import validate
from tests.branches import TODAY, WEEK, branch_in
from tests.hostile import files
from tests.hostile.test_files import SECONDS, UNUSABLE

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="measured in a copy of this process: on Unix only")
GIGABYTE = 1 << 30
NOBODY = 65534


def apart(work: Callable[[], object]) -> tuple[object, float, int]:
    """Do work in a copy of this process; return what it says, the seconds and the most memory (bytes) it took."""
    ours, theirs = os.pipe()
    started = time.monotonic()
    pid = os.fork()
    if pid == 0:
        signal.alarm(60)
        said = json.dumps(work())
        os.write(theirs, json.dumps([said, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024]).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        written = answer.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    said, memory = json.loads(written)
    return json.loads(said), time.monotonic() - started, memory


def errors(path: Path) -> list[str]:
    return [one.code for one in validate(read_book(path, FORMS), TODAY).findings if one.severity == "error"]


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize(("make", "code"), UNUSABLE, ids=lambda one: getattr(one, "__name__", None))
def test_within_ten_seconds_and_a_gigabyte(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "A001.xlsx"
    make(path)
    said, seconds, memory = apart(lambda: errors(path))
    assert said == [code]
    assert seconds < SECONDS
    assert memory < GIGABYTE


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_the_other_logs_still_count(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    good = [path.name for path in branch.logs()]
    expected = {}
    for number, (make, code) in enumerate(UNUSABLE):
        name = f"X{number:03}.xlsx"
        make(branch.log(name))
        expected[name] = code
    for passing in ("~$A001 张伟.xlsx", ".A001.xlsx.77.part", "A001.xlsx.crdownload", "A009.xlsx.tmp"):
        files.owner_file(branch.log(passing))
    done = refresh(branch, WEEK, TODAY)
    assert done.team is not None
    assert len(done.team.members) == len(good)
    found = {one.place.file: one.code for one in done.failed if one.severity == "error"}
    assert found == expected


@pytest.fixture
def shared() -> Iterator[Path]:
    """Return a folder that anybody may look into, as pytest's own is not."""
    folder = Path(mkdtemp(prefix="reportkit-locked-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(work: Callable[[], object]) -> Callable[[], object]:
    """Return work done without the rights of root, for whom no file is locked."""

    def done() -> object:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return work()

    return done


def test_a_locked_file_says_so_and_is_read_once_it_is_free(shared: Path) -> None:
    path = files.log(shared / "A001.xlsx")
    free = errors(path)
    path.chmod(0o000)
    assert apart(as_nobody(lambda: errors(path)))[0] == ["file.locked"]
    path.chmod(0o644)
    assert apart(as_nobody(lambda: errors(path)))[0] == free
