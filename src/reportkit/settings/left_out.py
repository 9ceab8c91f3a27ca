"""What settings leave out without being wrong, and what is taken instead: each is a finding (DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportkit.definitions.choices import PRIORITY
from reportkit.definitions.columns import Form
from reportkit.definitions.findings import Finding, Place, finding
from reportkit.definitions.settings_forms import BRANCH, INDICATORS, LEVELS, LIMITS, ROSTER, SEGMENTS, TIERS
from reportkit.definitions.text import Text, joined
from reportkit.settings.branch_settings import INSTEAD, Settings
from reportkit.settings.calendars import Span

NO_BRANCH: Final = Text(
    "没有机构名称，语言按 {spoken}，时区按{zone}，营业时间按 {opens} 到 {closes}",
    "沒有機構名稱，語言按 {spoken}，時區按{zone}，營業時間按 {opens} 到 {closes}",
    "the branch has no name, its language is {spoken}, its time zone {zone}, its hours {opens} to {closes}",
).filled(spoken=INSTEAD["language"], zone=INSTEAD["time_zone"], opens=INSTEAD["opens_at"], closes=INSTEAD["closes_at"])
NO_ROSTER: Final = Text(
    "每本日志都计入，不分级别和团队，缺谁的日志看不出来",
    "每本日誌都計入，不分級別和團隊，缺誰的日誌看不出來",
    "every log counts, of no level or team, and whose log is missing cannot be told",
)
NO_LEVELS: Final = Text(
    "级别照写的字区分，每个级别都要写日志",
    "級別照寫的字區分，每個級別都要寫日誌",
    "levels are told apart as they are written, and advisors of each keep a log",
)
NO_INDICATORS: Final = Text("什么都不计", "什麼都不計", "nothing is counted")
NO_TIERS: Final = Text("客户没有评级", "客戶沒有評級", "no customer has a tier")
NO_SEGMENTS: Final = Text("客户没有分层", "客戶沒有分層", "no customer has a segment")


def left_out(settings: Settings, span: Span, file: str) -> Iterator[Finding]:
    """Name the sheets without a row that counts, and priorities that have no limit in a span of days.

    Not the sheets that may well be empty (calendar, FAQ, mail), nor targets: each that is missing is named.
    """
    sheets: tuple[tuple[Form, object, Text], ...] = (
        (BRANCH, settings.branch.name, NO_BRANCH),
        (ROSTER, settings.roster, NO_ROSTER),
        (LEVELS, settings.levels, NO_LEVELS),
        (INDICATORS, settings.indicators, NO_INDICATORS),
        (TIERS, settings.tiers, NO_TIERS),
        (SEGMENTS, settings.segments, NO_SEGMENTS),
    )
    for form, rows, instead in sheets:
        if not rows:
            yield finding("settings.no_rows", _at(form, settings, file), sheet=form.label, instead=instead)
    limited = {row.priority for row in settings.limits if row.from_ is None or row.from_ <= span.end}
    without = [label for priority, label in PRIORITY.labels.items() if priority not in limited]
    if without:
        yield finding("settings.no_limit", _at(LIMITS, settings, file), priorities=joined(without, ", "))


def _at(form: Form, settings: Settings, file: str) -> Place:
    return Place(file, form.label.to(settings.language))
