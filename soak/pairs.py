"""Two commands at once on one branch: both end well, and the folder is as if one had waited for the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from soak.child import run, start
from soak.jobs import Job, copied
from soak.trial import Content, Starts, content, differences, half_written


@dataclass(frozen=True)
class Pair:
    """Two commands that ran at once, and what is wrong with the outcome; nothing where all is well."""

    first: str
    second: str
    wrong: tuple[str, ...] = ()


def pairs(starts: Starts, folder: Path, jobs: Sequence[Job]) -> Iterator[Pair]:
    """Run each command twice at once, and together with each that starts from the same kind of branch."""
    for job in jobs:
        yield _together(starts, folder, job, job)
    for at, one in enumerate(jobs):
        for other in jobs[at + 1 :]:
            if one.prepare is other.prepare:
                yield _together(starts, folder, one, other)


def _together(starts: Starts, folder: Path, one: Job, other: Job) -> Pair:
    """Run two commands at once on the first's branch."""
    start_of = starts.of(one)
    expected = [_one_after_another(start_of.folder, folder, order) for order in ((one, other), (other, one))]
    place = copied(start_of.folder, folder / "pair")
    running = [start(job.work(place), place) for job in (one, other)]
    outcomes = [process.outcome() for process in running]
    wrong = [
        f"exit {two.code}: {two.said}"
        for two, job in zip(outcomes, (one, other), strict=True)
        if two.code not in job.ended | {0, 1}
    ]
    wrong += half_written(place)
    different = [list(differences(place, one_order)) for one_order in expected]
    wrong += sorted(different, key=len)[0]
    shutil.rmtree(place)
    return Pair(one.name, other.name, tuple(wrong))


def _one_after_another(begin: Path, folder: Path, order: Sequence[Job]) -> Content:
    """Return what a branch holds after commands that ran one after another."""
    place = copied(begin, folder / "order")
    for job in order:
        run(job.work(place), place)
    after = content(place)
    shutil.rmtree(place)
    return after
