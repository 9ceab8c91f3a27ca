"""A customer moves to another advisor with what is open; what was done stays with who did it (DOMAIN §5).

In the giver's log the customer stays, so that past rows keep their customer, as handed over that day: no
longer served, and no departure. Open cases, plans and opportunities move: each stands in one log only.
Both logs say on the day, in a daily-log row that no indicator counts, who took over from whom and what comes next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from reportkit.customers.due import REASONS
from reportkit.definitions.choices import GONE, HANDED_OVER
from reportkit.definitions.columns import fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, finding
from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.text import Language, Text
from reportkit.facts.contacts import standing_of
from reportkit.facts.rows import Facts, facts_of
from reportkit.importing.moved import OPEN, renamed
from reportkit.importing.run import logs_of
from reportkit.indicators.satisfaction import LowScore, unanswered_low_scores
from reportkit.logs.editing import Edit, must_have
from reportkit.logs.rewrite import OpenLog, replace_logs, rewritten, writing
from reportkit.logs.story import story_of
from reportkit.read.archives import LOGS
from reportkit.read.book import Book, unarchived
from reportkit.read.values import normalise, value_of
from reportkit.summary.summaries import Work
from reportkit.validate.workbook import validate
from reportkit.workbooks.style import fitting

Customers = Mapping[str, tuple[int, Mapping[str, Any]]]  # customer id → its row number and values
SAME_ADVISOR: Final = Text(
    "移交人和接手人是同一位：{advisor}", "移交人和接手人是同一位：{advisor}", "Both are the same advisor: {advisor}"
)
TAKEN_OVER: Final = Text(
    "客户移交：{giver} → {taker}。{history}",
    "客戶移交：{giver} → {taker}。{history}",
    "Hand-over: {giver} → {taker}.{history}",
)
NO_HISTORY: Final = Text("还没有记录", "還沒有記錄", "Nothing was done yet")


@dataclass(frozen=True)
class Moved:
    """What moves with one customer: how many open cases, planned visits and opportunities, and the next follow-up."""

    customer_id: str
    name: str
    cases: int
    visits: int
    opportunities: int
    next_on: dt.date | None


@dataclass(frozen=True)
class HandedOver:
    """What a hand-over does, or did where `backups` holds a backup of each log."""

    giver: str
    taker: str
    customers: tuple[Moved, ...]
    findings: tuple[Finding, ...]
    backups: Mapping[Path, Path] = field(default_factory=dict)

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return what `handover --json` prints."""
        return {
            "from": self.giver,
            "to": self.taker,
            "written": bool(self.backups),
            "customers": [asdict(one) | {"next_on": one.next_on and str(one.next_on)} for one in self.customers],
            "findings": [one.as_json(language) for one in self.findings],
            "backups": {str(log): str(backup) for log, backup in self.backups.items()},
        }


def hand_over(
    folder: Path, giver: str, taker: str, ids: Collection[str] | None, *, today: dt.date, dry_run: bool = False
) -> HandedOver:
    """Hand customers of a branch over: those named, or all the giver still serves.

    Both logs are replaced beside backups, or neither. A customer who is not the giver's any more, or already the
    taker's, is a finding and stays. Raise MendInput where a log, or a sheet of it, is missing or cannot be written to.
    """
    if giver == taker:
        raise MendInput(SAME_ADVISOR, advisor=giver)
    folder = folder.parent if folder.name == LOGS else folder
    if dry_run:
        return _planned(folder, giver, taker, ids, today)[0]
    with writing(folder):
        done, logs, edits = _planned(folder, giver, taker, ids, today)
        if not done.customers:
            return done
        # The taker first: cut short, a customer is in both logs, which is found, never in none.
        rewrites = [rewritten(logs[who], edits[who]) for who in (taker, giver)]
        return replace(done, backups=replace_logs(folder, rewrites))


def duplicates(works: Iterable[Work]) -> list[Finding]:
    """Return a finding for each customer who is active in more than one log, at the later log's row (DOMAIN §5)."""
    first: dict[str, Work] = {}
    found: list[Finding] = []
    for work in works:
        frame = work.facts.frame(CUSTOMERS.code)
        served = frame[~frame["status"].isin(GONE)]
        for row, customer in zip(served.index.tolist(), served["customer_id"].tolist(), strict=True):
            other = first.setdefault(customer, work)
            if other is not work:
                place = work.facts.tables[CUSTOMERS.code].place(work.book.file, row, "customer_id")
                words = {"other": other.book.file, "advisor": other.facts.advisor_id}
                found.append(finding("customer.twice", place, value=customer, severity=None, **words))
    return found


def _planned(
    folder: Path, giver: str, taker: str, ids: Collection[str] | None, today: dt.date
) -> tuple[HandedOver, dict[str, OpenLog], dict[str, dict[str, Edit]]]:
    """Return what is to be done, both logs, and the edits of each."""
    logs = logs_of(folder, {giver, taker})
    for log in logs.values():
        must_have(log.raw, CUSTOMERS.code, "activities", *OPEN)
    books = {who: validate(log.whole, today) for who, log in logs.items()}
    theirs, ours = (_customers(books[who]) for who in (giver, taker))
    served = [one for one, (_, values) in theirs.items() if values["status"] not in GONE]
    findings: list[Finding] = []
    moving: list[str] = []
    for one in served if ids is None else ids:
        if one in theirs and one not in served:
            row, values = theirs[one]
            place = books[giver].tables[CUSTOMERS.code].place(books[giver].file, row, "status")
            status = CUSTOMERS.column["status"].choices.labels[values["status"]]  # type: ignore[union-attr] # a choice
            findings.append(
                finding("customer.gone", place, value=one, status=status, day=str(values["status_on"] or ""))
            )
        elif one not in served:
            place = books[giver].tables[CUSTOMERS.code].place(books[giver].file, 1)
            findings.append(finding("id.unknown", replace(place, row=None), value=one, sheet=place.sheet or ""))
        elif one in ours and ours[one][1]["status"] not in GONE:
            row = ours[one][0]
            place = books[taker].tables[CUSTOMERS.code].place(books[taker].file, row, "customer_id")
            findings.append(finding("customer.twice", place, value=one, other=books[giver].file, advisor=giver))
        else:
            moving.append(one)
    move = _Move(logs[giver], logs[taker], books[giver], frozenset(moving), today)
    return (
        HandedOver(giver, taker, tuple(move.of(one, theirs[one][1]) for one in moving), tuple(findings)),
        logs,
        {giver: move.giver_edits(theirs), taker: move.taker_edits(theirs, ours)},
    )


def _customers(book: Book) -> dict[str, tuple[int, dict[str, Any]]]:
    """Return customer id → its row number and values, of the customers who count."""
    return {values["customer_id"]: (row, values) for row, values in book.tables[CUSTOMERS.code].records()}


@dataclass(frozen=True)
class _Move:
    """The hand-over of some customers between two logs."""

    giver: OpenLog
    taker: OpenLog
    book: Book
    ids: frozenset[str]
    today: dt.date

    def rows_open(self, form: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the rows of a form that move: (row number, values). What stands in an archive is over."""
        column, states = OPEN[form]
        rows = ((row, one) for row, one in self.book.tables[form].records() if unarchived(row)[1] == 0)
        return [(row, one) for row, one in rows if one["customer_id"] in self.ids and one[column] in states]

    def of(self, customer: str, values: Mapping[str, Any]) -> Moved:
        """Return what moves with one customer."""
        cases, visits, opportunities = (
            sum(one["customer_id"] == customer for _, one in self.rows_open(form)) for form in OPEN
        )
        return Moved(customer, values["name"], cases, visits, opportunities, self.next_step(customer)[1])

    def giver_edits(self, theirs: Customers) -> dict[str, Edit]:
        """Return what changes in the giver's log: the mark, a note a customer, and the rows that move emptied."""
        rows = {one: theirs[one][0] for one in sorted(self.ids)}
        marks: dict[tuple[int, str], object] = {(row, "status"): HANDED_OVER for row in rows.values()}
        if "status_on" in self.giver.raw.sheets[CUSTOMERS.code].letters:
            marks |= {(row, "status_on"): self.today for row in rows.values()}
        edits = {CUSTOMERS.code: Edit(changed=marks), "activities": Edit([self._note(one) for one in sorted(rows)])}
        for form in OPEN:
            letters = self.giver.raw.sheets[form].letters
            emptied = {(row, code): None for row, _ in self.rows_open(form) for code in letters}
            edits[form] = Edit(changed=emptied)
        return edits

    def taker_edits(self, theirs: Customers, ours: Customers) -> dict[str, Edit]:
        """Return what changes in the taker's log: the customers from this day on, a note each, the rows that move."""
        new: list[Mapping[str, object]] = []
        changed: dict[tuple[int, str], object] = {}
        for one in sorted(self.ids):
            row = {**self._as_typed(CUSTOMERS.code, theirs[one][0]), "assigned_on": self.today}
            if one in ours:  # handed back: the row that stayed is filled anew
                filled = {**dict.fromkeys(self.giver.raw.sheets[CUSTOMERS.code].letters), **row}
                changed |= {(ours[one][0], code): value for code, value in filled.items()}
            else:
                new.append(row)
        steps = {one: self.next_step(one) for one in sorted(self.ids)}
        notes = [{**self._note(one, tells=True), "next_step": step, "next_on": on} for one, (step, on) in steps.items()]
        edits = {CUSTOMERS.code: Edit(new, changed), "activities": Edit(notes)}
        for form in OPEN:
            edits[form] = Edit(
                [self._owned(self._renamed(self._as_typed(form, row))) for row, _ in self.rows_open(form)]
            )
        return edits

    def _owned(self, row: dict[str, object]) -> dict[str, object]:
        """Return a row that was the giver's to answer as the taker's."""
        giver, taker = (log.raw.identity for log in self._both)
        if fold(str(row.get("owner", ""))) in {fold(giver.advisor_id), fold(giver.advisor_name)} - {""}:
            row["owner"] = taker.advisor_name or taker.advisor_id
        return row

    def _renamed(self, row: dict[str, object]) -> dict[str, object]:
        """Return a case under its name in the taker's log, and the case it repeats."""
        named = {code: str(row[code]) for code in ("case_id", "repeat_of") if code in row}
        return {**row, **{code: self._names.get(name, name) for code, name in named.items()}}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return case id → what it is called in the taker's log: with the giver's id behind it where it is taken."""
        giver = self.giver.raw.identity.advisor_id
        ours = {*normalise(FORMS["cases"].column["case_id"], [*self.taker.whole.sheets["cases"].columns["case_id"]])}
        names = {str(one): renamed(str(one), giver) for one in ours}  # of one that stays with the giver, nobody's here
        for _, case in self.rows_open("cases"):
            name = case["case_id"]
            while name in ours:
                name = renamed(name, giver)
            ours.add(name)
            names[case["case_id"]] = name
        return names

    def next_step(self, customer: str) -> tuple[str | None, dt.date | None]:
        """Return what was agreed with a customer and is still to be done, and when: today where it is overdue."""
        agreed = [(one["next_on"], one["next_step"]) for one in self._open_steps if one["customer_id"] == customer]
        visits = (one for _, one in self.book.tables["visits"].records() if one["customer_id"] == customer)
        agreed += [
            (one["follow_up_due"], one["follow_up"])
            for one in visits
            if one["done_on"] and one["follow_up_due"] and not one["follow_up_done_on"]
        ]
        low = REASONS["low_score"].to(self.taker.raw.identity.language)
        agreed += [(one.on, low) for one in self._unanswered if one.customer_id == customer]
        if not agreed:
            return None, None
        steps = dict.fromkeys(step for _, step in sorted(agreed, key=lambda pair: pair[0]) if step)
        return "; ".join(steps) or None, max(self.today, min(on for on, _ in agreed))

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self.book)

    @cached_property
    def _open_steps(self) -> list[dict[str, Any]]:
        """The giver's activities that agreed on a next step which is not done yet."""
        rows = self.book.tables["activities"].records()
        open_ones = standing_of(self._facts, self.today).open_next_steps
        return [one for (_, one), is_open in zip(rows, open_ones, strict=True) if is_open]

    @cached_property
    def _unanswered(self) -> tuple[LowScore, ...]:
        """The low scores the giver has not answered: the taker's to answer now."""
        return unanswered_low_scores(self._facts, self.today)

    def _note(self, customer: str, *, tells: bool = False) -> dict[str, object]:
        """Return the daily-log row that says who took over and, where it tells, what was done so far.

        Its kind counts for no indicator.
        """
        language = self.taker.raw.identity.language
        history = (story_of(self.book, customer, language) or NO_HISTORY.to(language)) if tells else ""
        giver, taker = (f"{log.raw.identity.advisor_id} {log.raw.identity.advisor_name}".strip() for log in self._both)
        text = TAKEN_OVER.fill(language, giver=giver, taker=taker, history=f"\n{history}" if history else "").strip()
        told = fitting(text)  # the end of a story too long for a cell stands in the giver's log
        return {"date": self.today, "kind": "other", "customer_id": customer, "summary": told}

    @property
    def _both(self) -> tuple[OpenLog, OpenLog]:
        return self.giver, self.taker

    def _as_typed(self, form: str, row: int) -> dict[str, object]:
        """Return a row as it was typed, choices as codes so that they are written in the other log's language."""
        sheet = self.giver.raw.sheets[form]
        at = sheet.rows.index(row)
        typed = {code: cells[at] for code, cells in sheet.columns.items() if cells[at] not in (None, "")}
        return {code: value_of(FORMS[form].column[code], value) for code, value in typed.items()}
