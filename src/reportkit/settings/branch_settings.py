"""A branch's settings: who works there, what is counted, which targets are in force (DOMAIN §2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.choices import PRIORITY
from reportkit.definitions.columns import Row, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.settings_forms import (
    BRANCH,
    LIMITS,
    SETTINGS_FORMS,
    BranchRow,
    CalendarRow,
    FaqRow,
    IndicatorRow,
    LevelRow,
    LimitRow,
    MailRow,
    RosterRow,
    TargetRow,
    TierRow,
)
from reportkit.definitions.text import DEFAULT_LANGUAGE, LANGUAGES, Language, Text, is_language, language_of
from reportkit.read.book import Book, Table
from reportkit.settings.calendars import Span, TradingCalendar, zone_of, zones_are_known
from reportkit.settings.indicator_rows import Indicator, Rule, indicator_of, rules_of
from reportkit.settings.naming import as_called, indicator_codes, mail, roster, same_names, targets
from reportkit.settings.precedence import one_after_another, same_day

OPENS_AT: Final = dt.time(9)
CLOSES_AT: Final = dt.time(17)


@dataclass(frozen=True)
class Settings:
    """A branch's settings, checked; `findings` name what could not be used."""

    branch: BranchRow
    roster: tuple[RosterRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    tiers: tuple[Rule, ...] = ()
    segments: tuple[Rule, ...] = ()
    faq: tuple[FaqRow, ...] = ()
    mail: tuple[MailRow, ...] = ()
    calendar: TradingCalendar = field(default_factory=TradingCalendar)
    findings: tuple[Finding, ...] = ()

    @property
    def language(self) -> Language:
        """The branch's language."""
        return language_of(self.branch.language)

    @property
    def zone(self) -> dt.tzinfo | None:
        """The branch's time zone, None for that of the machine: whose today it is."""
        return zone_of(self.branch.time_zone)

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Code → indicator."""
        return {indicator.code: indicator for indicator in self.indicators}

    def indicator_named(self, written: str | None) -> Indicator | None:
        """Return the indicator a person named by its code or its label in any language; None for a stranger."""
        return self._named.get(fold(written or ""))

    @cached_property
    def _named(self) -> dict[str, Indicator]:
        """Folded code or label → indicator: a code before a label, the first row before later ones."""
        labels = {fold(text): one for one in reversed(self.indicators) for text in one.label.all()}
        return labels | {fold(one.code): one for one in reversed(self.indicators)}

    @cached_property
    def targets_of(self) -> dict[str, tuple[TargetRow, ...]]:
        """Indicator code → its target rows."""
        return {code: tuple(row for row in self.targets if row.indicator == code) for code in self.indicator}

    def roster_of(self, advisor_id: str) -> tuple[RosterRow, ...]:
        """Return the rows of one advisor, earliest first."""
        return self._posts.get(advisor_id, ())

    @cached_property
    def _posts(self) -> dict[str, tuple[RosterRow, ...]]:
        """Advisor → their rows, earliest first."""
        posts: dict[str, list[RosterRow]] = {}
        for row in self.roster:
            posts.setdefault(row.advisor_id, []).append(row)
        return {advisor: one_after_another(rows) for advisor, rows in posts.items()}

    def post(self, advisor_id: str, day: dt.date) -> RosterRow | None:
        """Return the roster row in force on a day, else the nearest one, else None for a stranger."""
        rows = self.roster_of(advisor_id)
        begun = [row for row in rows if row.from_ is None or row.from_ <= day]
        return begun[-1] if begun else rows[0] if rows else None

    def in_service(self, advisor_id: str, span: Span) -> bool:
        """Return whether an advisor holds a place on a day of a span; a stranger to the roster may."""
        rows = self.roster_of(advisor_id)
        return not rows or any(row.covers(span.start, span.end) for row in rows)

    def logs_within(self, advisor_id: str, span: Span) -> bool:
        """Return whether an advisor holds a place with a log on a day of a span; a stranger to the roster may."""
        rows = self.roster_of(advisor_id)
        return not rows or any(row.covers(span.start, span.end) and self.logs_at(row.level) for row in rows)

    def keeps_log(self, advisor_id: str) -> bool:
        """Return whether an advisor keeps a log: at one of their levels, or at one nobody described."""
        return any(self.logs_at(row.level) for row in self.roster_of(advisor_id))

    def logs_at(self, level: str) -> bool:
        """Return whether advisors of a level keep a log; at one nobody described they do."""
        return level not in {one.code for one in self.levels if one.log == "no"}

    @cached_property
    def advisors(self) -> tuple[str, ...]:
        """The advisors of the roster, each once, in its order."""
        return tuple(dict.fromkeys(row.advisor_id for row in self.roster))


Kind = TypeVar("Kind", bound=Row)


@dataclass(frozen=True)
class _Sheet:
    """The rows of one settings sheet with the places they stand at; not `whole` where some cannot be used."""

    rows: list[tuple[Row, Place]]
    whole: bool = True

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(row for row, _ in self.placed(kind))

    def placed(self, kind: type[Kind]) -> list[tuple[Kind, Place]]:
        return [(row, place) for row, place in self.rows if isinstance(row, kind)]


def default_settings(language: Language = DEFAULT_LANGUAGE) -> Settings:
    """Return the settings of a new branch: the default catalogue and an empty roster."""
    return settings_from_rows(settings_rows(language), language)


def settings_from_rows(rows: Mapping[str, Sequence[Mapping[str, Any]]], language: Language) -> Settings:
    """Make settings of plain rows (settings form code → rows of column code → value)."""
    sheets = {
        code: _Sheet([(SETTINGS_FORMS[code].row(**row), Place(sheet=code)) for row in rows.get(code, ())])
        for code in SETTINGS_FORMS
    }
    return _settings(sheets, language)


ZONES: Final = Text(
    "时区的名称，如 Asia/Shanghai", "時區的名稱，如 Asia/Shanghai", "the name of a time zone such as Asia/Shanghai"
)
LATER: Final = Text(
    "晚于开门时间（留空为 09:00）的时间；现在按 09:00 到 17:00 计",
    "晚於開門時間（留空為 09:00）的時間；現在按 09:00 到 17:00 計",
    "a time later than “Opens at” (09:00 where blank; 09:00 to 17:00 is used)",
)
EARLIER: Final = Text(
    "早于 17:00 的时间，否则请填关门时间；现在按 09:00 到 17:00 计",
    "早於 17:00 的時間，否則請填關門時間；現在按 09:00 到 17:00 計",
    "a time before 17:00, or else with “Closes at” filled in (09:00 to 17:00 is used)",
)
INSTEAD: Final = {  # of blank cells of the branch
    "language": Text.same(DEFAULT_LANGUAGE),
    "time_zone": Text("这台电脑的时区", "這台電腦的時區", "this machine's time zone"),
    "opens_at": Text.same(f"{OPENS_AT:%H:%M}"),
    "closes_at": Text.same(f"{CLOSES_AT:%H:%M}"),
}
UNUSABLE: Final = Text(
    "设置文件 {file} 不能用：{said}",
    "設定檔 {file} 不能用：{said}",
    "The settings {file} cannot be used: {said}",
)


def load_settings(path: Path) -> Settings:
    """Read a settings workbook; what cannot be used is in its findings."""
    from reportkit.read.workbook import read_book
    from reportkit.validate.workbook import validate

    return settings_from_book(validate(read_book(path, SETTINGS_FORMS), today=dt.date.max))


def opened_settings(path: Path) -> Settings:
    """Read a settings workbook. Raise MendInput where the file itself cannot be used: no figure stands without it."""
    settings = load_settings(path)
    for found in settings.findings:
        if found.severity == "error" and found.code.startswith("file."):
            raise MendInput(UNUSABLE, file=path, said=Text.each(found.message))
    return settings


def settings_from_book(book: Book) -> Settings:
    """Make settings of a validated settings workbook."""
    sheets = {code: _Sheet(_rows(book, table), whole=not table.excluded) for code, table in book.tables.items()}
    for code in SETTINGS_FORMS:
        sheets.setdefault(code, _Sheet([]))
    settings = _settings(sheets, DEFAULT_LANGUAGE)
    in_cells = (replace(found, place=_in_its_cell(found.place, book)) for found in settings.findings)
    return replace(settings, findings=(*book.findings, *in_cells))


def _in_its_cell(place: Place, book: Book) -> Place:
    """Return a place with the cell where its row and column meet."""
    if place.row is None or place.column is None:
        return place
    named = next((table for table in book.tables.values() if table.name == place.sheet), None)
    return named.place(book.file, place.row, place.column.code) if named else place


def _rows(book: Book, table: Table) -> list[tuple[Row, Place]]:
    """Return a table's rows as models with their places."""
    return [(table.form.row(**values), table.place(book.file, number)) for number, values in table.records()]


def open_from_to(branch: BranchRow) -> tuple[dt.time, dt.time] | None:
    """Return when a branch opens and closes, 09:00 and 17:00 where it does not say; None where that is no day."""
    opens_at, closes_at = branch.opens_at or OPENS_AT, branch.closes_at or CLOSES_AT
    return (opens_at, closes_at) if opens_at < closes_at else None


def _of_branch(branch: BranchRow, rows: Sequence[tuple[BranchRow, Place]]) -> Iterator[Finding]:
    """Name what a branch does not say, a time zone or language nobody knows, and a day that ends before it begins."""
    wrong: dict[str, Text] = {}
    if branch.time_zone and zone_of(branch.time_zone) is None and zones_are_known():
        wrong["time_zone"] = ZONES
    if branch.language and not is_language(branch.language):
        wrong["language"] = Text.same(" / ".join(LANGUAGES))
    if open_from_to(branch) is None:
        wrong |= {"closes_at": LATER} if branch.closes_at is not None else {"opens_at": EARLIER}
    for _, place in rows[:1]:
        for column, expected in wrong.items():
            at = replace(place, column=BRANCH.column[column])
            value = str(getattr(branch, column))
            yield finding("value.type", at, severity="warning", value=value, expected=expected)
        for column, instead in INSTEAD.items():
            if getattr(branch, column) is None and column not in wrong:
                yield finding("settings.blank", replace(place, column=BRANCH.column[column]), instead=instead)
    for row, place in rows[1:]:
        if row != branch:  # rows alike are a finding already
            yield finding("settings.one_branch", place, first=str(rows[0][1].row))


def _settings(sheets: Mapping[str, _Sheet], language: Language) -> Settings:
    found: list[Finding] = []
    branch = next(iter(sheets["branch"].of(BranchRow)), BranchRow(name="", code="", language=language))
    found += _of_branch(branch, sheets["branch"].placed(BranchRow))
    indicators = [indicator_of(row, place, found) for row, place in sheets["indicators"].rows]
    usable = tuple(indicator for indicator in indicators if indicator is not None)
    codes = indicator_codes(sheets["indicators"].placed(IndicatorRow), {one.code for one in usable}, found)
    whole = sheets["indicators"].whole  # else a target may mean a row that cannot be used, and no other
    offered = as_called(codes, {one.code: one.label for one in usable}) if whole else {}
    shares = {one.code for one in usable if one.is_share and one.unit == "percent"}
    levels = sheets["levels"].of(LevelRow)
    found += same_names(sheets["levels"].placed(LevelRow))
    people = roster(sheets["roster"].placed(RosterRow), levels, found)
    limits = sheets["limits"].placed(LimitRow)
    found.extend(
        same_day(limits, LIMITS, lambda row: (row.priority, row.channel), lambda row: PRIORITY.labels[row.priority])
    )
    return Settings(
        branch=branch,
        roster=people,
        levels=levels,
        indicators=usable,
        targets=targets(sheets["targets"].placed(TargetRow), codes, offered, shares, levels, people, found),
        limits=sheets["limits"].of(LimitRow),
        tiers=rules_of(sheets["tiers"].rows, found),
        segments=rules_of(sheets["segments"].rows, found, sheets["tiers"].of(TierRow)),
        faq=sheets["faq"].of(FaqRow),
        mail=mail(sheets["mail"].placed(MailRow), people, found),
        calendar=TradingCalendar({row.date: row.kind == "work" for row in sheets["calendar"].of(CalendarRow)}),
        findings=tuple(found),
    )
