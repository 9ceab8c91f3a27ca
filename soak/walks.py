"""Random walks over the commands: `python -m soak.walks [--minutes 5] [--seed 1]`.

A walk is some thirty steps on one small branch: people type rows, change settings, rename, copy and remove files;
commands run; days pass. What must hold after each step stands in `soak.holding`. What a step draws follows from the
seed, the number of the walk and its own; the branch as it was before a step that failed is kept, and the step is named.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from soak.__main__ import warm
from soak.holding import Broken, whole
from soak.steps import STEPS, begun

STEPS_EACH = (20, 41)


def walked(seed: int, number: int, folder: Path, counts: Counter[str]) -> tuple[str, str] | None:
    """Walk once, counting steps; return the step that failed and what is wrong. The branch before it is kept."""
    walk, step = begun(folder, random.Random(f"{seed} {number}")), "init"
    names, weights = zip(*((one, weight) for one, weight in STEPS.items()), strict=True)
    for at in range(random.Random(f"{seed} {number}").randrange(*STEPS_EACH)):
        dice = random.Random(f"{seed} {number} {at}")
        [act] = dice.choices(names, weights)
        step = f"step {at} {act.__name__}"
        shutil.rmtree(folder.parent / "before", ignore_errors=True)
        shutil.copytree(folder, folder.parent / "before")
        walk.said.clear()
        try:
            act(walk, dice, at)
            whole(walk)
        except Broken as broken:
            return f"{step}: {'; '.join(walk.said)}", str(broken)
        counts[act.__name__] += 1
    return None


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m soak.walks", description=__doc__)
    options.add_argument("--minutes", type=float, default=5, help="how long walks are begun")
    options.add_argument("--seed", type=int, default=1, help="what is drawn at random follows from it")
    options.add_argument("--walk", type=int, help="only the walk of this number")
    given = options.parse_args()
    os.environ["REPORTKIT_LANG"] = "en"
    warm()
    until, counts, failed, number = time.monotonic() + given.minutes * 60, Counter[str](), 0, given.walk or 0
    made = Path(tempfile.mkdtemp(prefix="reportkit-walks-"))
    while time.monotonic() < until:
        place = made / str(number)
        if wrong := walked(given.seed, number, place / "walk", counts):
            failed += 1
            print(f"✗ walk {number}, {wrong[0]}\n  {wrong[1]}\n  the branch before it: {place / 'before'}", flush=True)
        else:
            shutil.rmtree(place)
            print(f"✓ walk {number}, {counts.total()} steps so far", flush=True)
        number += 1
        if given.walk is not None:
            break
    print(
        f"seed {given.seed}: {number - (given.walk or 0)} walks, {counts.total()} steps, {failed} with something wrong"
    )
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    if not failed:
        shutil.rmtree(made)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
