"""The examples for schedulers in the guides for desk and IT are what the schedulers take, and do what they say."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.branches import branch_in

GUIDES = [Path(__file__).parents[1] / f"docs/guide/desk.{language}.md" for language in ("zh-CN", "en")]
PROGRAM = "/opt/reportkit/bin/reportkit"
BRANCH = "/srv/branch"
ANALYZE = shutil.which("systemd-analyze") or ""


def units(guide: Path) -> dict[str, str]:
    """Return name of a unit → what a guide writes into it."""
    (block,) = re.findall(r"^```ini\n(.*?)^```", guide.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    parts = re.split(r"^# /etc/systemd/system/(\S+)\n", block, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def cron_command(guide: Path) -> str:
    """Return what cron runs, as its shell gets it."""
    (line,) = re.findall(r"^0 18 \* \* 5 +(.*)$", guide.read_text("utf-8"), re.MULTILINE)
    assert "%" not in line  # to cron a new line
    return line


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
@pytest.mark.skipif(not ANALYZE, reason="a system without systemd has nothing to ask")
def test_systemd_takes_the_units(guide: Path, tmp_path: Path) -> None:
    for name, unit in units(guide).items():
        (tmp_path / name).write_text(unit.replace(PROGRAM, "/bin/sh"), "utf-8")
    paths = sorted(str(path) for path in tmp_path.iterdir())
    assert [Path(path).suffix for path in paths] == [".service", ".timer", ".service"]
    done = subprocess.run([ANALYZE, "verify", *paths], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_both_guides_give_the_same_units() -> None:
    commands = [
        [line for unit in units(guide).values() for line in unit.splitlines() if not line.startswith("Description")]
        for guide in GUIDES
    ]
    chinese, english = ([line.replace("REPORTKIT_LANG=zh-CN", "REPORTKIT_LANG=en") for line in one] for one in commands)
    assert chinese == english


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_line_for_cron_leaves_json_and_no_mail(guide: Path, tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    program = shlex.quote(str(Path(sys.executable).with_name("reportkit")))
    line = cron_command(guide).replace(PROGRAM, program).replace(BRANCH, shlex.quote(str(branch.root)))
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}  # all that cron gives
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, capture_output=True, check=False)
    assert (done.stdout, done.stderr) == (b"", b"")  # cron would mail it
    assert (tmp_path / "reportkit.json").read_bytes().startswith(b"{")
    assert not (branch.root / "outbox").exists()
    assert any(branch.root.glob("reports/*/team.xlsx"))
