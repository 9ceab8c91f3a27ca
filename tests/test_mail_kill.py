"""However a sending run dies, no message is lost and none is sent twice without a person's word."""

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.cli import run as command
from reportkit.mail.outbox import Outbox
from reportkit.mail.server import server_from
from reportkit.mail.transport import Patience, deliver
from tests.mail_sender import letter
from tests.mail_server import Desk, Trust, running

COUNT = 8
WEEK, SUNDAY = "2026-W47", dt.date(2026, 11, 22)
ROOT = Path(__file__).parents[1]


def run(root: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.mail_sender", str(root), str(COUNT)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})


def named(port: int, trust: Trust) -> dict[str, str]:
    return {
        "REPORTKIT_SMTP_HOST": "localhost",
        "REPORTKIT_SMTP_PORT": str(port),
        "REPORTKIT_SMTP_FROM": "desk@example.com",
        "REPORTKIT_SMTP_CA": str(trust.file),
        "REPORTKIT_SMTP_PER_MINUTE": "1000000",
    }


def killed_again_and_again(folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill a run at random moments, let another finish, and compare the outbox with what the server took."""
    dice, seen = random.Random(seed), {"sent": 0, "unknown": 0, "killed": 0}
    trust = Trust.new(folder)
    desk = Desk(dawdle=0.01)
    with running(desk, trust.context) as port:
        environment = named(port, trust)
        started = time.monotonic()
        assert run(folder / "whole", environment).wait() == 0
        whole = time.monotonic() - started
        for at in range(times):
            desk.taken.clear()
            root = folder / str(at)
            doomed = run(root, environment)
            time.sleep(dice.uniform(0.2, 1.0) * whole)
            doomed.kill()
            killed = doomed.wait() != 0
            seen["killed"] += killed
            whole *= 1.02 if killed else 0.9  # the machine is as fast as it is just now
            assert run(root, environment).wait() == 0
            states = {one.id: one.state for one in Outbox(root).letters()}
            arrived = [identity[1:].split("@")[0] for identity in desk.ids]
            assert set(states) == {letter(one).id for one in range(COUNT)}
            assert len(arrived) == len(set(arrived))
            assert {one for one, state in states.items() if state == "sent"} <= set(arrived)
            assert {one for one, state in states.items() if one not in arrived} == {
                one for one, state in states.items() if state == "unknown" and one not in arrived
            }
            assert set(states.values()) <= {"sent", "unknown"}
            assert sum(state == "unknown" for state in states.values()) <= 1
            for state in states.values():
                seen[state] += 1
            _ask_for_the_rest(root, environment)
            assert {letter(one).id for one in range(COUNT)} == {one[1:].split("@")[0] for one in desk.ids}
    return seen


def _ask_for_the_rest(root: Path, environment: dict[str, str]) -> None:
    """Send again, on a person's word, what is in doubt."""
    outbox = Outbox(root)
    with outbox.held():
        for one in outbox.letters():
            if one.state == "unknown":
                outbox.move(one, "new")
        deliver(outbox, server_from(environment), patience=Patience(attempts=1))
    assert {one.state for one in outbox.letters()} == {"sent"}


@pytest.mark.slow
def test_killed_at_random_moments(tmp_path: Path) -> None:
    seen = killed_again_and_again(tmp_path, times=5, seed=7)
    assert seen["killed"] >= 1
    assert seen["sent"] + seen["unknown"] == 5 * COUNT


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    seen = killed_again_and_again(tmp_path, times=200, seed=11)
    assert seen["killed"] >= 100
    assert seen["unknown"] >= 10


@pytest.mark.slow
def test_the_command_killed_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice, desk, trust, whole = random.Random(13), Desk(dawdle=0.02), Trust.new(tmp_path), tmp_path / "whole"
    monkeypatch.setenv("REPORTKIT_LANG", "zh-CN")
    assert command(["demo", str(whole), "--advisors", "6", "--weeks", "3", "--as-of", SUNDAY.isoformat()]) == 0
    close(Branch(whole), WEEK, SUNDAY)
    with running(desk, trust.context) as port:
        environment = {**os.environ, **named(port, trust)}
        for at in range(12):
            desk.taken.clear()
            demo = shutil.copytree(whole, tmp_path / str(at))
            line = [sys.executable, "-m", "reportkit", "send", str(demo), "--week", WEEK]
            doomed = subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL)
            time.sleep(dice.uniform(1.5, 5.0))
            doomed.kill()
            doomed.wait()
            code = subprocess.run(line, env=environment, stdout=subprocess.DEVNULL, check=False).returncode
            letters = Outbox(demo).letters()
            in_doubt = [one for one in letters if one.state == "unknown"]
            assert code == (1 if in_doubt else 0)
            assert {one.state for one in letters} <= {"sent", "unknown"}
            assert len(letters) == 11
            assert len(set(desk.ids)) == len(desk.ids) >= 11 - len(in_doubt)
