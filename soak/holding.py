"""What must hold of a branch after each step of a walk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from soak.entries import customers, forms_of, marks
from soak.trial import MANIFEST, Content, content, differences, half_written
from soak.walk import Broken, Walk


def whole(walk: Walk) -> None:
    """Hold a branch to what must be so after any step: no file is half, no row lost or doubled, no week rewritten."""
    if half := list(half_written(walk.folder)):
        raise Broken("; ".join(half))
    there = marks([*walk.logs, *walk.branch.root.glob("archive/*/*.xlsx")])
    gone = {mark for mark, one in walk.entries.items() if one.customer in walk.erased or not one.form}
    if lost := [mark for mark in walk.entries if there[mark] != 1 and not (mark in gone and there[mark] < 2)]:
        raise Broken(f"lost or doubled: {[(mark, there[mark]) for mark in lost]}")
    if strange := there.keys() - walk.entries.keys():
        raise Broken(f"nobody typed: {sorted(strange)}")
    names = {name for name, (_, known) in walk.customers.items() if str(known) not in walk.erased}
    if lost_names := names - customers(walk.logs):
        raise Broken(f"customers lost: {sorted(lost_names)}")
    for week, was in walk.published.items():
        if (now := reports(walk, week)) != was:
            raise Broken(
                f"{week} is not as published: {[name for name in was | now if was.get(name) != now.get(name)]}"
            )


def reports(walk: Walk, week: str) -> Content:
    """Return a week's workbooks."""
    return {path.name: path.read_bytes() for path in sorted(walk.branch.reports(week).glob("*.xlsx"))}


def rows_add_up(walk: Walk, shown: dict[str, Any]) -> None:
    """Hold the rows a refresh found to those that stand in the files, and to those it counted and left out."""
    for one in shown["advisors"]:
        rows, advisor = one["rows"], one["advisor"]
        if rows["read"] != rows["counted"] + rows["excluded"]:
            raise Broken(f"{advisor}: {rows}")
        log = walk.log(advisor) if advisor in walk.advisors else None
        if log is None or log.parent == walk.away:
            continue
        archives = walk.branch.root.glob(f"archive/*/{advisor} *.xlsx")
        found = sum(len(of_form) for _, of_form in forms_of(log))
        found += sum(len(of) for path in archives for form, of in forms_of(path) if form.code != "customers")
        if found != rows["read"]:
            raise Broken(f"{advisor}: {found} rows in the files, {rows['read']} read")


def once_more(walk: Walk, words: Sequence[str], code: int, shown: dict[str, Any]) -> None:
    """Hold a second refresh to the bytes, the figures and the exit code of the first."""
    before = content(walk.folder)
    again, same = walk.runs("refresh", str(walk.branch.root), *words)
    if different := [one for one in differences(walk.folder, before) if not one.endswith(MANIFEST)]:
        raise Broken(f"refreshed twice: {different}")
    if (again, told(same)) != (code, told(shown)):
        raise Broken(f"refreshed twice: exit {code}, {again}; {_first(told(shown), told(same))}")


def as_fresh(walk: Walk, words: Sequence[str], week: str, shown: dict[str, Any], *, to_the_byte: bool) -> None:
    """Hold an open week to what a copy of the branch gives that remembers nothing."""
    with copied(walk, "history", "reports") as copy:
        _, fresh = copy.runs("refresh", str(copy.branch.root), *words)
        if told(fresh)["advisors"] != told(shown)["advisors"]:
            raise Broken(f"not as from nothing: {_first(told(shown)['advisors'], told(fresh)['advisors'])}")
        names = {path.name for one in (walk, copy) for path in one.branch.reports(week).glob("*.xlsx")}
        files = [(one.branch.reports(week) / name for one in (walk, copy)) for name in sorted(names)]
        for mine, other in files if to_the_byte else ():
            if not mine.exists() or not other.exists() or mine.read_bytes() != other.read_bytes():
                raise Broken(f"not the bytes as from nothing: {mine.name}")


def published_again(walk: Walk, week: str) -> None:
    """Hold a published week to come back from history to the byte."""
    with copied(walk, "digests", week) as copy:
        published = walk.branch.reports(week) / "published.json"
        copy.branch.reports(week).mkdir(parents=True)
        shutil.copy2(published, copy.branch.reports(week))
        copy.runs("refresh", str(copy.branch.root), "--week", week, *walk.day)
        for name, was in walk.published[week].items():
            path = copy.branch.reports(week) / name
            if not path.exists() or path.read_bytes() != was:
                raise Broken(f"{week}: {name} does not come back from history")


@contextmanager
def copied(walk: Walk, *without: str) -> Iterator[Walk]:
    """Yield the walk in a copy of its folder, without what is called so."""
    folder = walk.folder.parent / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(walk.folder, folder, ignore=shutil.ignore_patterns(*without))
    yield replace(walk, folder=folder)
    shutil.rmtree(folder)


def told(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a refresh says that does not depend on how much it had to do."""
    return {key: one for key, one in shown.items() if key not in ("seconds", "read", "cached", "kept")}


def _first(one: Any, other: Any, where: str = "") -> str:
    """Return the first place where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        at = next((key for key in [*one, *other] if one.get(key) != other.get(key)), None)
        return where if at is None else _first(one.get(at), other.get(at), f"{where}.{at}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        number = next(number for number, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
        return _first(one[number], other[number], f"{where}[{number}]")
    return f"{where}: {one!r:.300} and {other!r:.300}"
