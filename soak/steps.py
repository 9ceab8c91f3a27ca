"""The steps of a walk: the commands, each held to what it promises, and what people do between them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from reportkit.definitions.catalogue import settings_rows
from soak import people
from soak.entries import Entry, marks
from soak.holding import as_fresh, once_more, published_again, reports, rows_add_up
from soak.walk import Walk


def begun(folder: Path, dice: random.Random) -> Walk:
    """Make a branch of three people with some customers each."""
    for name in ("tmp", "beside", "away"):
        (folder / name).mkdir(parents=True)
    rows = settings_rows("en")
    rows["roster"] = [
        {"advisor_id": one, "name": f"Name {one}", "level": dice.choice(("junior", "senior")), "email": f"{one}@x.cn"}
        for one in people.PEOPLE[:3]
    ]
    rows["branch"] = [{"name": "Walks", "code": "1", "language": "en", "time_zone": "Asia/Shanghai"}]
    walk = Walk(folder, dt.date(2026, 11, dice.randrange(10, 29)), rows)
    walk.branch.root.mkdir()
    walk.ask()
    walk.runs("init", str(walk.branch.root))
    for _ in range(4):
        people.type_rows(walk, dice, -1)
    return walk


def refresh(walk: Walk, dice: random.Random, at: int) -> None:
    """Refresh a week; again it changes nothing, and a branch that remembers nothing gives the same."""
    week, root = walk.week(dice), walk.branch.root
    options = ["--workers", str(dice.choice((1, 2)))] if dice.random() < 0.5 else []
    words = ["--week", week, *walk.day, "--json"]
    code, shown = walk.runs("refresh", str(root), *words, *options)
    if code == 2:
        return
    if week not in walk.published:
        rows_add_up(walk, shown)
    once_more(walk, words, code, shown)
    if week not in walk.published:
        as_fresh(walk, words, week, shown, to_the_byte=not walk.touched)
    if walk.published and not walk.forgetful:
        published_again(walk, dice.choice(sorted(walk.published)))


def close(walk: Walk, dice: random.Random, at: int) -> None:
    """Publish a week."""
    week = walk.week(dice)
    code, _ = walk.runs("close", str(walk.branch.root), "--week", week, *walk.day, "--json")
    if code == 0 and week not in walk.published:
        walk.touched = True
        walk.published[week] = reports(walk, week)


def reopen(walk: Walk, dice: random.Random, at: int) -> None:
    """Reopen a published week, or one that is not."""
    week = dice.choice([*walk.published, walk.week(dice)])
    code, _ = walk.runs("reopen", str(walk.branch.root), "--week", week, "--why", "rows were missing", *walk.day)
    if code == 0:
        walk.published.pop(week, None)


def import_(walk: Walk, dice: random.Random, at: int) -> None:
    """Bring cases in, twice."""
    lines = ["id,opened,what,state,who,cause"]
    for number in range(dice.randrange(1, 6)):
        mark, day = f"[{at}.{len(walk.entries)}]", walk.today - dt.timedelta(days=dice.randrange(30))
        whose = dice.choice([path.stem.split(" ")[0] for path in walk.logs if path.parent != walk.away] or ["A1"])
        walk.entries[mark] = Entry(mark, "cases", "", {"import": whose})
        lines.append(
            f"N{at}-{number},{day} 09:{number:02}:00,trading,{dice.choice(('open', 'resolved'))},{whose},{mark}"
        )
    beside = walk.folder / "beside"
    (beside / "calls.csv").write_text("\n".join(lines), "utf-8")
    columns = {"case_id": "id", "opened_at": "opened", "category": "what", "status": "state", "cause": "cause"}
    known = "[columns]\n" + "".join(f'{to} = {{ from = "{of}" }}\n' for to, of in columns.items())
    logs = "".join(f'{one} = "{one}"\n' for one in walk.advisors)
    (beside / "calls.toml").write_text(f'{known}[split]\ncolumn = "who"\n[split.logs]\n{logs}', "utf-8")
    files = [str(beside / "calls.csv"), "--into", str(walk.branch.root), "--map", str(beside / "calls.toml")]
    words = ["import", "cases", *files, *walk.day, "--json"]
    if dice.random() < 0.3:
        walk.runs(*words, "--dry-run", reads=True)
    code, _ = walk.runs(*words)
    if code:  # some were not: marks tell which
        there = marks(walk.logs)
        for mark in [one for one, known_ in walk.entries.items() if "import" in known_.cells and not there[one]]:
            if mark.startswith(f"[{at}."):
                del walk.entries[mark]
    else:
        walk.runs(*words, reads=True)


def hand_over(walk: Walk, dice: random.Random, at: int) -> None:
    """Hand customers over, all or some."""
    giver, taker = dice.sample(walk.advisors, 2)
    own = [name for name, (whose, _) in walk.customers.items() if whose == giver]
    some = dice.sample(own, dice.randrange(1, 3)) if len(own) > 2 and dice.random() < 0.7 else []
    words = ["handover", str(walk.branch.root), "--from", giver, "--to", taker, *walk.day, "--json"]
    if some:
        listed = walk.folder / "beside" / "list.csv"
        listed.write_text("\n".join(["customer_id", *(str(walk.customers[name][1]) for name in some)]), "utf-8")
        words += ["--customers", str(listed)]
    if dice.random() < 0.3:
        walk.runs(*words, "--dry-run", reads=True)
    code, _ = walk.runs(*words)
    if code == 0:
        for name in some or own:
            walk.customers[name] = taker, walk.customers[name][1]
        walk.runs(*words)


def once_and_again(walk: Walk, dice: random.Random, words: Sequence[str]) -> None:
    """Run a command, now and then after a preview; once it is done it changes nothing any more."""
    if dice.random() < 0.3:
        walk.runs(*words, "--dry-run", reads=True)
    code, _ = walk.runs(*words)
    if code == 0:
        walk.runs(*words, reads=True)


def upgrade(walk: Walk, dice: random.Random, at: int) -> None:
    """Bring the logs up to the template."""
    words = ["upgrade", str(walk.branch.root), "--json", *(["--force"] if dice.random() < 0.5 else [])]
    once_and_again(walk, dice, words)


def renew(walk: Walk, dice: random.Random, at: int) -> None:
    """Move what is over into archives; no figure changes."""
    day = walk.today - dt.timedelta(days=dice.randrange(-3, 30))
    of = str(dice.choice((walk.branch.root, walk.branch.root, walk.log(dice.choice(walk.advisors)))))
    force = ["--force"] if dice.random() < 0.5 else []
    words = ["renew", of, "--before", day.isoformat(), *walk.day, "--json", *force]
    once_and_again(walk, dice, words)


def erase(walk: Walk, dice: random.Random, at: int) -> None:
    """Erase a customer; with their logs, the name is nowhere any more."""
    if not walk.customers:
        return
    name = dice.choice(sorted(walk.customers))
    known, logs = str(walk.customers[name][1]), dice.random() < 0.6
    words = ["erase", str(walk.branch.root), known, *walk.day, "--json", *(["--logs"] if logs else [])]
    if dice.random() < 0.3:
        walk.runs(*words, "--dry-run", reads=True)
    code, _ = walk.runs(*words)
    if code != 2:
        walk.erased.add(known)
        walk.touched = True
        walk.published = {week: reports(walk, week) for week in walk.published}
        walk.forgetful |= bool(walk.published)  # published workbooks are rewritten, not made again


def send(walk: Walk, dice: random.Random, at: int) -> None:
    """Write drafts of a week, and ask what became of messages."""
    more = dice.choice(([], ["--to", "A1"], ["--to", "nobody"]))
    walk.runs("send", str(walk.branch.root), "--week", walk.week(dice), "--dry-run", *walk.day, "--json", *more)
    walk.runs("outbox", str(walk.branch.root), "--json", reads=True)


def roll_up(walk: Walk, dice: random.Random, at: int) -> None:
    """Roll the branch up for headquarters."""
    out = walk.folder / "beside" / "all.xlsx"
    words = ["rollup", str(walk.branch.root), "--week", walk.week(dice), "--out", str(out), *walk.day, "--json"]
    walk.runs(*words)
    walk.runs(*words, "--no-refresh")


def look(walk: Walk, dice: random.Random, at: int) -> None:
    """Ask a question that changes nothing."""
    root, log = str(walk.branch.root), str(walk.log(dice.choice(walk.advisors)))
    walk.runs("check", root, *walk.day, "--json", reads=True)
    of_branch = ("effects", "signals", "advice", "service", "satisfaction", "customers", "knowledge")
    asked: Sequence[list[str]] = (
        ["kpi", log, *walk.day],
        *([name, log, "--on", walk.today.isoformat()] for name in ("due", "visits")),
        *([name, root, *walk.day] for name in of_branch),
        ["whatif", root, "--settings", str(walk.branch.settings_path), *walk.day],
    )
    walk.runs(*dice.choice(asked), "--json", reads=True)


Act = Callable[[Walk, random.Random, int], None]
STEPS: Final[dict[Act, float]] = {
    people.type_rows: 8, people.strike_out: 1.5, people.let_days_pass: 3, people.edit_settings: 3, people.hire: 0.7,
    people.rename: 1, people.copy: 1, people.take_away: 1, people.forget: 1, people.leave_something: 0.7,
    people.drop_properties: 1, refresh: 8, close: 3, reopen: 1.5, import_: 2, hand_over: 1.5, upgrade: 1.5, renew: 2,
    erase: 1.5, send: 1, roll_up: 1, look: 2,
}  # fmt: skip
