"""docs/reliability.md, written from what was tried."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from soak.child import Kind
from soak.pairs import Pair
from soak.trial import Trial

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
KINDS: dict[Kind, str] = {
    "killed": "killed before a write",
    "moment": "killed at any moment",
    "full": "disk full from a write on",
    "cut": "disk full within a file",
    "disk": "small disk",
    "refused": "one write refused",
    "read-only": "no right to write",
}


@dataclass(frozen=True)
class Tried:
    """What a soak tried: its seed, how often each command writes, the trials, the pairs, and what else was counted.

    `why_no_disk` says why no small disk was made, `mutations` and `mails` map what was counted to how often; `hostile`
    are files with their findings, the seconds and the bytes it took to read them.
    """

    seed: int
    writes: Mapping[str, int]
    trials: Sequence[Trial]
    pairs: Sequence[Pair]
    why_no_disk: str
    mutations: Mapping[str, int]
    hostile: Sequence[tuple[str, str, float, int]]
    mails: Mapping[str, int]


def page(tried: Tried) -> str:
    """Return docs/reliability.md."""
    return "\n\n".join(
        [
            "# Reliability",
            "<!-- Written by `make soak`; do not edit. -->",
            f"What was tried, and what came out, on {platform.system()} with Python {platform.python_version()}, seed "
            f"{tried.seed}. `make soak` tries it again and writes this page; `make soak SEED=2` draws anew.",
            *_crashes(tried),
            *_pairs(tried.pairs),
            *_mails(tried.mails),
            *_mutations(tried.mutations),
            *_hostile(tried.hostile),
            "## Input nobody thought of\n\n`make fuzz MINUTES=30` draws files for the reader and texts for the parser "
            "of conditions with Hypothesis: nothing is raised but what is declared, every row is counted or excluded, "
            "and a condition written out reads as itself. A short run of both is in the suite.",
            "## Walks\n\n`make walks MINUTES=30 SEED=1` walks over the commands at random: twenty to forty steps on "
            "one branch, in which people type rows (odd ones, too), change settings, rename, copy and remove files, "
            "and all commands run that write into a branch. After each step no file is half-written, every row typed "
            "stands in one log or archive, and a published week has its bytes; a command that failed or only looks has "
            "left the folder as it was; a refresh counted or left out every row there is, changes nothing when run "
            "again, and gives what a copy without history gives; a published week comes back from history to the byte.",
            "## The lowest versions\n\n`make test-lowest` installs the lowest version of each dependency that "
            "`pyproject.toml` allows and runs the suite with them.",
        ]
    ) + "\n"  # fmt: skip


def _crashes(tried: Tried) -> list[str]:
    trials, kinds = tried.trials, [kind for kind in KINDS if any(one.disturbance.kind == kind for one in tried.trials)]
    struck = [one for one in trials if one.struck]
    head = ("command", "writes", *(KINDS[kind] for kind in kinds), "something wrong")
    rows = []
    for name, writes in tried.writes.items():
        of_one = [one for one in trials if one.job == name]
        counts = Counter(one.disturbance.kind for one in of_one)
        rows.append((f"`{name}`", writes, *(counts[kind] for kind in kinds), sum(bool(one.wrong) for one in of_one)))
    parts = [
        "## A run that is cut short",
        "Each run works on a copy of a branch of two advisors and is disturbed once: the process is killed before its "
        "k-th write (each write of a command is struck before one is struck twice) or at any moment, the disk is full "
        "from its k-th write on, or within a file, or is a real one with little room, a write is refused, or the user "
        "has no right to write. Then the folder must open without a half-written file, each log, its archives "
        "included, must have as many rows as before or after, and the same command, run again, must leave every file "
        "of the folder as it is after a run that was never disturbed, byte for byte (all but the lock and the note "
        "who holds it).",
        _table(head, rows),
        f"Of {len(trials)} runs {len(struck)} were struck before they were done: "
        f"{sum(one.code < 0 for one in struck)} were killed, {sum(one.code > 0 for one in struck)} ended with a "
        f"sentence that says why. The folder opened, the second run finished and the bytes were the same in "
        f"{sum(not one.wrong for one in trials)} of {len(trials)}.",
    ]
    if tried.why_no_disk:
        parts.append(f"No small disk was tried: {tried.why_no_disk}.")
    return parts + [f"- {one.job}, {one.disturbance}: {'; '.join(one.wrong)}" for one in trials if one.wrong]


def _pairs(pairs: Sequence[Pair]) -> list[str]:
    rows = [(f"`{one.first}`", f"`{one.second}`", "; ".join(one.wrong) or "—") for one in pairs]
    return [
        "## Two at once",
        "Two processes at the same time on one branch: both end, and the folder is as if one had waited for the other.",
        _table(("command", "and", "something wrong"), rows),
    ]


def _mails(mails: Mapping[str, int]) -> list[str]:
    messages = mails["runs"] * mails["letters"]
    return [
        "## Mail",
        f"{mails['runs']} runs sent {mails['letters']} messages each to an SMTP server with TLS and were killed at a "
        f"random moment ({mails['killed']} before they were done); another run finished. Of {messages} messages "
        f"{mails['sent']} are known as sent, {mails['unknown']} are in doubt and wait for a person, none was lost, and "
        "none arrived twice unasked.",
    ]  # fmt: skip


def _mutations(mutations: Mapping[str, int]) -> list[str]:
    total = sum(mutations.values())
    return [
        "## Damaged files",
        f"{total} times a good log was damaged at random: half the times its bytes, as a disk or a connection does, "
        "half the times its XML with right checksums, as a program does. None crashed or detained the reader. No value "
        "ever differed from the undamaged log's without a finding, but where the XML was whole and said so: every "
        "value was then held to what stands in that cell by the letter of the standard (`tests/hostile/plainly.py`).",
        _table(("damage", "files"), [(name, count) for name, count in mutations.items()]),
    ]


def _hostile(files: Sequence[tuple[str, str, float, int]]) -> list[str]:
    rows = [(name, f"`{code}`", f"{seconds:.2f}", round(memory / 1e6)) for name, code, seconds, memory in files]
    return [
        "## Hostile files",
        "Each is read in a copy of a process that has everything loaded, and gets the finding it is made for "
        "(`tests/hostile/files.py`). The memory is all such a process has, the program's own included. In a branch, "
        "logs are read in processes of at most 10 seconds and 1 GB more than the program's, whose death is a finding.",
        _table(("file", "finding", "seconds", "MB"), rows),
    ]


def _table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, ["---"] * len(head), *rows))
