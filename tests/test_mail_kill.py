"""However a sending run dies, no message is lost and none is sent twice without a person's word."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.mail.outbox import Outbox
from reportkit.mail.server import server_from
from reportkit.mail.transport import Patience, deliver
from tests.mail_sender import letter
from tests.mail_server import Desk, Trust, running

COUNT = 8
ROOT = Path(__file__).parents[1]


def run(root: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.mail_sender", str(root), str(COUNT)]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})


def killed_again_and_again(folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill a run at random moments, let another finish, and compare the outbox with what the server took."""
    dice, seen = random.Random(seed), {"sent": 0, "unknown": 0, "killed": 0}
    trust = Trust.new(folder)
    desk = Desk(dawdle=0.01)
    with running(desk, trust.context) as port:
        environment = {
            "REPORTKIT_SMTP_HOST": "localhost",
            "REPORTKIT_SMTP_PORT": str(port),
            "REPORTKIT_SMTP_FROM": "desk@example.com",
            "REPORTKIT_SMTP_CA": str(trust.file),
            "REPORTKIT_SMTP_PER_MINUTE": "1000000",
        }
        started = time.monotonic()
        assert run(folder / "whole", environment).wait() == 0
        whole = time.monotonic() - started
        for at in range(times):
            desk.taken.clear()
            root = folder / str(at)
            doomed = run(root, environment)
            time.sleep(dice.uniform(0.2, 1.0) * whole)
            doomed.kill()
            seen["killed"] += doomed.wait() != 0
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


def test_killed_at_random_moments(tmp_path: Path) -> None:
    seen = killed_again_and_again(tmp_path, times=15, seed=7)
    assert seen["killed"] >= 5
    assert seen["sent"] + seen["unknown"] == 15 * COUNT


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    seen = killed_again_and_again(tmp_path, times=200, seed=11)
    assert seen["killed"] >= 100
    assert seen["unknown"] >= 10
