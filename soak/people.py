"""What people do to a branch between commands: type, change settings, rename, copy and remove files."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from typing import Final

from soak.entries import MARKED, Entry, customer, entry, marks, opened, struck_out, typed
from soak.walk import COPY, Walk

PEOPLE: Final = ("A1", "A2", "A3", "A10")


def type_rows(walk: Walk, dice: random.Random, at: int) -> None:
    """Type customers and rows into a log."""
    advisor, rows = dice.choice(walk.advisors), []
    for _ in range(dice.randrange(3)):
        number = 100 + len(walk.customers)
        name, known = (
            f"Customer{number}",
            dice.choice((f"C{number}", f"C{number}", number, f"{number:06}", f"c {number}")),
        )
        walk.customers[name] = advisor, known
        rows.append(("customers", customer(dice, known, name, walk.today)))
    ids = [known for whose, known in walk.customers.values() if whose == advisor]
    for _ in range(dice.randrange(1, 8)):
        form = dice.choice(["activities"] * 5 + list(MARKED))
        one = entry(dice, form, f"[{max(at, 0)}.{len(walk.entries)}]", ids, walk.today)
        walk.entries[one.mark] = one
        rows.append((form, one.cells))
        if dice.random() < 0.05:  # somebody takes it twice
            twin = {**one.cells, MARKED[form]: f"[{max(at, 0)}.{len(walk.entries)}]"}
            walk.entries[twin[MARKED[form]]] = Entry(twin[MARKED[form]], form, one.customer, twin)
            rows.append((form, twin))
    walk.said.append(f"{len(rows)} rows into {advisor}")
    typed(walk.log(advisor), rows)


def strike_out(walk: Walk, dice: random.Random, at: int) -> None:
    """Clear a row."""
    if walk.entries:
        mark = dice.choice(sorted(walk.entries))
        walk.said.append(mark)
        del walk.entries[mark]
        for log in walk.logs:
            struck_out(log, mark)
        if marks(walk.branch.root.glob("archive/*/*.xlsx"))[mark]:  # it stays there
            walk.entries[mark] = Entry(mark, "", "", {})


def let_days_pass(walk: Walk, dice: random.Random, at: int) -> None:
    """Let some days pass."""
    walk.today += dt.timedelta(days=dice.choice((1, 1, 2, 5, 9)))


def edit_settings(walk: Walk, dice: random.Random, at: int) -> None:
    """Change the roster, the targets, the indicators, the calendar or who gets mail."""
    roster, targets, indicators = (walk.settings[name] for name in ("roster", "targets", "indicators"))
    one, day = dice.choice(roster), walk.today + dt.timedelta(days=dice.randrange(-30, 8))
    code = dice.choice(indicators)["code"]
    what = dice.randrange(9)
    if what == 0:
        roster.append({**one, "level": dice.choice(("junior", "intermediate", "senior", "chief")), "from_": day})
    elif what == 1:
        one["to"] = day if "to" not in one else None
    elif what == 2:
        one.update(team=dice.choice(("North", "South", None)), manager=dice.choice((None, "A1", "nobody")))
    elif what in (3, 4):
        scope, who = dice.choice((("all", None), ("level", "senior"), ("advisor", "A2"), ("advisor", "nobody")))
        goal = {"indicator": code, "scope": scope, "who": who, "target": dice.choice((0, 1, 3, 0.5)), "from_": day}
        targets.append({**goal, "weight": dice.choice((None, 2, 0))})
    elif what == 5:
        dice.choice(indicators)["active"] = dice.choice(("yes", "no"))
    elif what == 6:
        where = dice.choice((None, "channel is wechat", "effective is yes and minutes at least 5"))
        measure = dice.choice(("count", "distinct"))
        row = {"code": f"own{at}", "label": f"Own {at}", "form": "activities", "where": where, "measure": measure}
        indicators.append(
            {**row, "period": dice.choice(("day", "week", "month")), "direction": "at_least", "unit": "times"}
        )
        row["active"] = "yes"
    elif what == 7:
        walk.settings.setdefault("calendar", []).append({"date": day, "kind": dice.choice(("off", "work"))})
    else:
        walk.settings.setdefault("mail", []).append({"report": "team", "email": "boss@x.cn", "name": "Boss"})
    walk.said.append(f"settings {what}")
    walk.ask()


def hire(walk: Walk, dice: random.Random, at: int) -> None:
    """Let somebody join; `init` makes the log."""
    if any(walk.away.iterdir()):
        return
    if PEOPLE[3] not in walk.advisors:
        walk.settings["roster"].append({"advisor_id": PEOPLE[3], "name": "Name A10", "level": "junior"})
        walk.ask()
    walk.runs("init", str(walk.branch.root))


def rename(walk: Walk, dice: random.Random, at: int) -> None:
    """Call a log otherwise."""
    log = walk.log(dice.choice(walk.advisors))
    if log.parent != walk.away and not log.with_name(f"{log.stem}{COPY}").exists():
        log.rename(log.with_name(f"{log.stem.split(' ')[0]} {dice.choice(('new', 'Name', '张伟'))}.xlsx"))


def copy(walk: Walk, dice: random.Random, at: int) -> None:
    """Leave a copy beside a log, or take the copies away."""
    copies = list(walk.branch.root.glob(f"logs/*{COPY}"))
    for path in copies:
        path.unlink()
    log = walk.log(dice.choice(walk.advisors))
    if not copies and log.parent != walk.away:
        shutil.copy2(log, log.with_name(f"{log.stem}{COPY}"))


def take_away(walk: Walk, dice: random.Random, at: int) -> None:
    """Take a log out of the folder, or put back those that were."""
    away = list(walk.away.glob("*.xlsx"))
    for path in away:
        path.rename(walk.branch.log(path.name))
    log = walk.log(dice.choice(walk.advisors))
    if not away and not log.with_name(f"{log.stem}{COPY}").exists():
        log.rename(walk.away / log.name)


def forget(walk: Walk, dice: random.Random, at: int) -> None:
    """Delete what can be made again: history, digests of it, reports of a week that is open."""
    what = dice.choice(("history", "history/digests", "history/facts", "reports"))
    if walk.published and what != "history/digests" and dice.random() < 0.6:
        what = "history/digests"
    walk.said.append(f"delete {what}")
    if what == "reports":
        for folder in walk.branch.root.glob("reports/*"):
            if folder.name not in walk.published:
                shutil.rmtree(folder)
        return
    walk.forgetful |= bool(walk.published) and what != "history/digests"
    shutil.rmtree(walk.branch.root / what, ignore_errors=True)


def leave_something(walk: Walk, dice: random.Random, at: int) -> None:
    """Leave a file among the logs that is none, or take it away."""
    name = dice.choice(("notes.txt", "~$A1 Name A1.xlsx", "A1 old.xls", "list.csv", ".DS_Store", "A9 stranger.xlsx"))
    path = walk.branch.log(name)
    if path.exists():
        path.unlink()
    elif name.startswith("A9"):
        shutil.copy2(walk.branch.settings_path, path)
    else:
        path.write_bytes(dice.randbytes(50))


def drop_properties(walk: Walk, dice: random.Random, at: int) -> None:
    """Let a log be of an older template, or saved by a program that drops whose it is."""
    log = walk.log(dice.choice(walk.advisors))
    book = opened(log)
    properties = book.custom_doc_props
    if dice.random() < 0.3 and not list(walk.branch.root.glob("archive/*/*.xlsx")):
        for name in list(properties.names):
            del properties[name]
    elif "ReportkitTemplateVersion" in properties.names:
        properties["ReportkitTemplateVersion"].value = "0.9"
    book.save(log)
