"""Disturb the commands and write docs/reliability.md: `python -m soak [--runs 300] [--seed 1] [--workers 2]`."""

from __future__ import annotations

import argparse
import codecs
import encodings
import importlib
import os
import pkgutil
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from warnings import catch_warnings, simplefilter

from tests.hostile.test_bounds import GIGABYTE, apart, errors
from tests.hostile.test_files import SECONDS, UNUSABLE
from tests.hostile.test_mutations import FILE_DAMAGE, XML_DAMAGE, check, good_log
from tests.test_mail_kill import COUNT, killed_again_and_again

import reportkit
from reportkit.branch.history import program, reader
from soak.child import Disturbance, Kind
from soak.jobs import JOBS, Job
from soak.page import PAGE, Tried, page
from soak.pairs import pairs
from soak.trial import Start, Starts, Trial, small_disks, trial

# Of a hundred trials of a job, so many of each kind.
SHARES: dict[Kind, int] = {"killed": 40, "full": 15, "refused": 15, "moment": 10, "cut": 10, "disk": 10}


def warm() -> None:
    """Import all the program has, so that each process starts as a copy that is ready; compute nothing."""
    for module in pkgutil.walk_packages(reportkit.__path__, "reportkit."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for encoding in pkgutil.iter_modules(encodings.__path__):  # Python may lie where a user without rights cannot read
        with suppress(LookupError):
            codecs.lookup(encoding.name)
    reader()
    program()  # one program for all runs, though somebody edits it meanwhile


def drawn(start: Start, count: int, dice: random.Random, kinds: Sequence[Kind]) -> Iterator[Disturbance]:
    """Yield disturbances of a job: for those at a write, each write is struck once before one is struck again."""
    left: dict[Kind, list[int]] = {kind: [] for kind in kinds}
    weights = [SHARES[kind] for kind in kinds]
    for kind in dice.choices(kinds, weights, k=count):
        if kind in ("killed", "full", "refused"):
            if not left[kind]:
                left[kind] = dice.sample(range(1, start.writes + 1), start.writes)
            yield Disturbance(kind, left[kind].pop())
        elif kind == "moment":
            yield Disturbance(kind, round(dice.uniform(0, start.seconds), 3))
        elif kind == "cut":
            yield Disturbance(kind, dice.randrange(2000, start.largest))
        else:
            yield Disturbance(kind, dice.randrange(0, start.growth + 100_000, 4096))


def tried(seed: int, plan: Sequence[tuple[Start, Disturbance]], folder: Path, workers: int) -> Iterator[Trial]:
    """Yield each trial of a plan, in its order, a few at a time in copies of this process."""
    pool = ProcessPoolExecutor(workers, get_context("fork"), initializer=_keep, initargs=(plan, folder, seed))
    with pool:
        yield from pool.map(_numbered, range(len(plan)))


_KEPT: list[tuple[Sequence[tuple[Start, Disturbance]], Path, int]] = []


def _keep(plan: Sequence[tuple[Start, Disturbance]], folder: Path, seed: int) -> None:
    _KEPT.append((plan, folder, seed))


def _numbered(number: int) -> Trial:
    """Try one line of the plan; what it draws at random follows from the seed and its number."""
    plan, folder, seed = _KEPT[0]
    return trial(*plan[number], folder / str(number), random.Random(f"{seed} {number}"))


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    options.add_argument("--runs", type=int, default=350, help="how many runs are disturbed, over all commands")
    options.add_argument("--seed", type=int, default=1, help="what is drawn at random follows from it")
    options.add_argument("--workers", type=int, default=2, help="how many at a time")
    options.add_argument("--mutations", type=int, default=2000, help="how many files are damaged")
    options.add_argument("--mails", type=int, default=200, help="how many sending runs are killed")
    options.add_argument("--job", action="append", help="only this command")
    options.add_argument("--at", help="only this disturbance, such as killed:12")
    options.add_argument("--no-page", action="store_true", help="print only")
    given = options.parse_args()
    os.environ["REPORTKIT_LANG"] = "en"
    warm()
    why_no_disk = small_disks()
    kinds: list[Kind] = [kind for kind in SHARES if kind != "disk" or not why_no_disk]
    jobs = [job for job in JOBS if not given.job or job.name in given.job]
    with tempfile.TemporaryDirectory(prefix="reportkit-soak-") as made:
        folder = Path(made)
        folder.chmod(0o755)  # for the runs of a user without rights
        starts = Starts(folder / "starts")
        plan = planned(starts, jobs, given.runs, given.seed, kinds)
        if given.at:
            kind, _, number = given.at.partition(":")
            plan = [(starts.of(job), Disturbance(kind, float(number or 0))) for job in jobs]
        trials: list[Trial] = []
        for one in tried(given.seed, plan, folder / "runs", given.workers):
            trials.append(one)
            if one.wrong:
                print(f"✗ {one.job}, {one.disturbance}: exit {one.code}: {one.wrong}", flush=True)
            elif len(trials) % 25 == 0:
                print(f"{len(trials)} of {len(plan)}", flush=True)
        twos = [] if given.at else list(pairs(starts, folder / "pairs", jobs))
        for two in twos:
            print(f"{'✗' if two.wrong else '✓'} at once: {two.first} and {two.second} {two.wrong or ''}", flush=True)
        counts = {job.name: starts.of(job).writes for job in jobs}
    failed = sum(bool(one.wrong) for one in trials) + sum(bool(two.wrong) for two in twos)
    print(f"{len(trials)} disturbed runs, {len(twos)} pairs, seed {given.seed}: {failed} with something wrong")
    if not given.no_page:
        damaged, refused, sent = mutations(given.mutations), hostile(), mails(given.mails, given.seed)
        PAGE.write_text(page(Tried(given.seed, counts, trials, twos, why_no_disk, damaged, refused, sent)), "utf-8")
    return 1 if failed else 0


def mutations(count: int) -> dict[str, int]:
    """Damage a good log, half the times its bytes and half its XML, and return how often which damage was done.

    Raise AssertionError where a value changed without a finding, or is not what stands in the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "A001.xlsx")
        good = good_log(path)
        done = check(path, good, range(count // 2), FILE_DAMAGE)
        done += check(path, good, range(count - count // 2), XML_DAMAGE)
    return dict(sorted(done.items()))


def hostile() -> list[tuple[str, str, float, int]]:
    """Read each hostile file in a process of its own and return its name, its finding, the seconds and bytes it took.

    Raise AssertionError where a file gets another finding than the one it is made for, or takes too much.
    """
    read: list[tuple[str, str, float, int]] = []
    with tempfile.TemporaryDirectory() as folder, catch_warnings():
        simplefilter("ignore")  # zipfile warns of a part that is written twice, as it is meant to be
        for make, code in UNUSABLE:
            path = Path(folder, f"{make.__name__}.xlsx")
            make(path)
            said, seconds, memory = apart(partial(errors, path))
            assert (said, seconds < SECONDS, memory < GIGABYTE) == ([code], True, True), path
            read.append((make.__name__.replace("_", " "), code, seconds, memory))
    return read


def mails(runs: int, seed: int) -> dict[str, int]:
    """Kill sending runs and return what became of their messages. Raise AssertionError where one is lost or doubled."""
    with tempfile.TemporaryDirectory() as folder:
        return {"runs": runs, "letters": COUNT, **killed_again_and_again(Path(folder), runs, seed)}


def planned(
    starts: Starts, jobs: Sequence[Job], runs: int, seed: int, kinds: Sequence[Kind]
) -> list[tuple[Start, Disturbance]]:
    """Return what to try: as many runs of each job, and one of each by a user without rights."""
    plan: list[tuple[Start, Disturbance]] = []
    for at, job in enumerate(jobs):
        start = starts.of(job)
        count = runs // len(jobs) + (at < runs % len(jobs))
        plan += [(start, one) for one in drawn(start, count, random.Random(f"{seed} {job.name}"), kinds)]
        if os.geteuid() == 0:
            plan.append((start, Disturbance("read-only")))
        print(f"{job.name}: {start.writes} writes, {start.seconds:.1f} s", flush=True)
    return plan


if __name__ == "__main__":
    sys.exit(main())
