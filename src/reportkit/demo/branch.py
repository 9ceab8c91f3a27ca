"""The demo branch as a whole: its rows, and its folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reportkit.branch.atomic import replacing
from reportkit.definitions.text import DEFAULT_LANGUAGE, Language
from reportkit.demo.dice import Dice
from reportkit.demo.habits import STEADY
from reportkit.demo.mistakes import Pages, Planted, plant
from reportkit.demo.people import RowDict
from reportkit.demo.rows import LogRows, log_rows
from reportkit.demo.sheets import branch_settings
from reportkit.demo.spellings import Spelling, respell
from reportkit.demo.staff import Advisor, Period, staff
from reportkit.read.book import Identity

MARK: Final = ".reportkit-demo"  # lists the files a demo wrote, so that the next one may replace them
BIG_TODAY: Final = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class DemoBranch:
    """A branch as rows: a row is column code → value, choices by code.

    `planted` are the mistakes made on purpose, with the findings they must give; `spellings` right values in
    people's own ways. Rows are counted from 0 within a form.
    """

    settings_rows: Mapping[str, list[RowDict]]
    logs: Mapping[str, LogRows]
    names: Mapping[str, str]
    planted: tuple[Planted, ...]
    spellings: tuple[Spelling, ...]


def demo_rows(
    *, advisors: int = 12, weeks: int = 8, seed: int = 7, language: Language = DEFAULT_LANGUAGE, today: dt.date
) -> DemoBranch:
    """Return a branch of `advisors` over `weeks` full weeks and the one that holds today.

    The same arguments give the same rows.
    """
    period = Period(today, weeks)
    team = staff(period, advisors, seed, language)
    logs = {one.advisor_id: log_rows(one, period, seed, language) for one in team}
    planted: list[Planted] = []
    spellings: list[Spelling] = []
    for one in team:
        pages = Pages(one, period, logs[one.advisor_id], Dice(seed, "mistakes", one.number), language)
        planted += plant(pages, len(planted))
        spellings += respell(pages)
    return DemoBranch(
        branch_settings(period, team, language),
        logs,
        {one.advisor_id: one.name for one in team},
        tuple(planted),
        tuple(spellings),
    )


def big_log_rows(seed: int, activities: int = 7500, customers: int = 300, cases: int = 500) -> LogRows:
    """Return one log of exactly these sizes for benchmarks, every row of it right."""
    habit = replace(
        STEADY, new_contacts=2.0, revisits=2.0, funds=3.0, margins=3.0, cases=max(1.0, cases / 200), resolved=0.97
    )
    advisor = Advisor(1, "A001", "Benchmark", 0, "senior", habit)
    weeks = max(activities // 130, cases // 9, 4)
    while True:
        log = log_rows(advisor, Period(BIG_TODAY, weeks), seed, DEFAULT_LANGUAGE, customers)
        if len(log["activities"]) >= activities and len(log["cases"]) >= cases:
            break
        weeks += weeks // 2
    latest = log["cases"][-cases:]
    kept = {row["case_id"] for row in latest}
    return {
        **log,
        "activities": log["activities"][-activities:],
        "cases": [{**row, "repeat_of": row["repeat_of"] if row["repeat_of"] in kept else None} for row in latest],
    }


def write_demo(
    folder: Path,
    *,
    advisors: int = 12,
    weeks: int = 8,
    seed: int = 7,
    language: Language = DEFAULT_LANGUAGE,
    today: dt.date,
    progress: Callable[[int, int, str], None] = lambda at, of, name: None,
) -> DemoBranch:
    """Write the demo's settings and logs into a folder, in place of an earlier demo's, and return what they hold.

    `progress` is told how many logs are written, of how many, and whose comes next.
    """
    from reportkit.branch.folder import log_name
    from reportkit.definitions.identity import TEMPLATE_VERSION
    from reportkit.read.archives import LOGS
    from reportkit.settings.branch_settings import load_settings
    from reportkit.settings.nearby import SETTINGS_FILE
    from reportkit.workbooks import write_log, write_settings

    demo = demo_rows(advisors=advisors, weeks=weeks, seed=seed, language=language, today=today)
    files = [f"{LOGS}/{log_name(advisor_id, name)}" for advisor_id, name in demo.names.items()]
    _clear(folder, [SETTINGS_FILE, *files])
    with replacing(folder / SETTINGS_FILE) as beside:
        write_settings(beside, demo.settings_rows, language=language)
    settings = load_settings(folder / SETTINGS_FILE)
    for at, ((advisor_id, rows), file) in enumerate(zip(demo.logs.items(), files, strict=True)):
        progress(at, len(files), demo.names[advisor_id])
        identity = Identity(advisor_id, demo.names[advisor_id], settings.branch.name, TEMPLATE_VERSION, language)
        with replacing(folder / file) as beside:
            write_log(beside, identity, language=language, settings=settings, rows=rows, today=today)
    return demo


def saved_since(folder: Path) -> Path | None:
    """Return a workbook of an earlier demo that somebody saved since, None where there is none."""
    from reportkit.branch.annotated import is_as_made

    return next((path for path in _earlier(folder) if path.is_file() and not is_as_made(path)), None)


def _clear(folder: Path, files: list[str]) -> None:
    """Remove what an earlier demo wrote, and note what this one is about to write."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in _earlier(folder):
        path.unlink(missing_ok=True)
    (folder / MARK).write_text("\n".join(files) + "\n", "utf-8")


def _earlier(folder: Path) -> list[Path]:
    """Return what an earlier demo wrote."""
    mark = folder / MARK
    return [folder / name for name in mark.read_text("utf-8").splitlines()] if mark.is_file() else []
