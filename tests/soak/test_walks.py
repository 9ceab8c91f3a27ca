"""One walk over the commands, the same one each time; `make walks` walks others for as long as one likes."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from soak.__main__ import warm
from soak.entries import marks, struck_out, typed
from soak.holding import whole
from soak.steps import begun
from soak.walk import Broken, Walk
from soak.walks import walked

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are copied: on Unix only")


@pytest.fixture(scope="module")
def ready() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REPORTKIT_LANG", "en")
        warm()
        yield


@pytest.fixture
def walk(tmp_path: Path, ready: None) -> Walk:
    made = begun(tmp_path / "walk", random.Random(1))
    whole(made)
    return made


@pytest.mark.slow
def test_a_walk_breaks_nothing(tmp_path: Path, ready: None) -> None:
    counts: Counter[str] = Counter()
    assert walked(1, 0, tmp_path / "walk", counts) is None
    assert counts.total() >= 20


def test_a_row_that_is_lost_or_doubled_is_seen(walk: Walk) -> None:
    mark, one = next(iter(walk.entries.items()))
    log = next(log for log in walk.logs if marks([log])[mark])
    typed(log, [(one.form, one.cells)])
    with pytest.raises(Broken, match=r"lost or doubled: .*, 2\)\]"):
        whole(walk)
    struck_out(log, mark)
    with pytest.raises(Broken, match=r"lost or doubled: .*, 0\)\]"):
        whole(walk)
