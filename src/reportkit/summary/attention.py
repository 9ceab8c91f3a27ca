"""What a manager should look at first: late cases and visits, advisors far behind, figures out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose
from typing import Final

from reportkit.definitions.figures import decimals_apart, figure
from reportkit.definitions.findings import how_many
from reportkit.definitions.text import Language, Text
from reportkit.indicators.assess import grade, pace_of, points
from reportkit.settings.indicator_rows import Indicator
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary
from reportkit.summary.trend import Process, processes


@dataclass(frozen=True)
class Kind:
    """A kind of concern: its name, and the sentence about one advisor."""

    name: Text
    sentence: Text


# In the order they are listed: what cannot wait first.
KINDS: Final[dict[str, Kind]] = {
    "past_limit": Kind(
        Text("工单超时", "工單逾時", "Cases past their limit"),
        Text("{count} 张工单超过时限", "{count} 張工單超過時限", "{count:case|cases} past the limit"),
    ),
    "first_visits": Kind(
        Text("首访逾期", "首訪逾期", "First visits overdue"),
        Text("{count} 位新客户首访逾期", "{count} 位新客戶首訪逾期", "{count:first visit|first visits} overdue"),
    ),
    "unsuitable": Kind(
        Text("不适当推介", "不適當推介", "Unsuitable products"),
        Text(
            "{count} 次推介了不适当的产品",
            "{count} 次推介了不適當的產品",
            "{count:talk or opportunity|talks or opportunities} about unsuitable products",
        ),
    ),
    "far_behind": Kind(
        Text("等级 D", "等級 D", "Grade D"),
        Text("得分 {score}，等级 D", "得分 {score}，等級 D", "Score {score}, grade D"),
    ),
    "behind": Kind(
        Text("进度落后", "進度落後", "Behind"),
        Text(
            "按到今天的进度得 {score} 分，等级 D",
            "按到今天的進度得 {score} 分，等級 D",
            "Score {score} by what was due until today, grade D",
        ),
    ),
    "unusual": Kind(
        Text("指标异常", "指標異常", "Out of the ordinary"),
        Text(
            "{indicator} {value}，比往常（{low} 至 {high}）差",
            "{indicator} {value}，比往常（{low} 至 {high}）差",
            "{indicator} at {value}, worse than usual ({low} to {high})",
        ),
    ),
    "at_risk": Kind(
        Text("工单快到时限", "工單快到時限", "Cases near their limit"),
        Text("{count} 张工单快到时限", "{count} 張工單快到時限", "{count:case|cases} near the limit"),
    ),
    "log_errors": Kind(
        Text("日志有错", "日誌有錯", "Errors in logs"),
        Text(
            "日志有 {count} 个错误，有行未计入",
            "日誌有 {count} 個錯誤，有列未計入",
            "{count:error|errors} in the log; the rows are left out",
        ),
    ),
}


@dataclass(frozen=True)
class Concern:
    """One thing to look at, of an advisor or, without one, of the team: how many, which score, or figures."""

    kind: str
    advisor_id: str
    name: str
    count: int = 0
    score: float | None = None
    indicator: Indicator | None = None
    label: Text | None = None
    figures: Mapping[str, float] = field(default_factory=dict)

    def sentence(self, language: Language) -> str:
        """Return the sentence that says what it is."""
        words: dict[str, object] = {"count": self.count, "score": points(self.score)}
        if self.indicator is not None:
            words["indicator"] = (self.label or self.indicator.label).to(language)
            unit, value = self.indicator.unit, self.figures["value"]
            more = max(decimals_apart(value, other, unit) for other in self.figures.values())
            words |= {name: figure(one, unit, language, more) for name, one in self.figures.items()}
        return KINDS[self.kind].sentence.fill(language, **words)


def by_kind(attention: Sequence[Concern]) -> dict[str, list[Concern]]:
    """Return kind → its concerns, the most first, kinds in the order of `KINDS`; kinds without any are left out."""
    grouped = {kind: [one for one in attention if one.kind == kind] for kind in KINDS}
    return {kind: sorted(ones, key=lambda one: -one.count) for kind, ones in grouped.items() if ones}


def concerns(
    members: Sequence[AdvisorSummary], backings: Mapping[str, Backing], team: Sequence[Process] = ()
) -> tuple[Concern, ...]:
    """Return what to look at, by kind as in `KINDS`, the team's own first, then in the order of the members."""
    every = list(_unusual("", "", team))
    every += [one for member in members for one in _of_member(member, backings[member.advisor_id])]
    order = list(KINDS)
    return tuple(sorted(every, key=lambda one: order.index(one.kind)))


def _of_member(member: AdvisorSummary, backing: Backing) -> Iterator[Concern]:
    counts = {
        "past_limit": len(backing.desk.past_limit),
        "first_visits": sum("first_visit" in one.overdue for one in member.due),
        "unsuitable": len(backing.customers.unsuitable),
        "at_risk": len(backing.desk.at_risk),
        "log_errors": how_many(member.findings, "error"),
    }
    for kind, count in counts.items():
        if count:
            yield Concern(kind, member.advisor_id, member.name, count)
    over = member.as_of >= member.span.end
    reached = member.score if over else pace_of(member.week, member.assessments)
    if reached is not None and member.score is not None and grade(reached) == "D":
        kind = "far_behind" if isclose(reached, member.score) else "behind"  # the rest of the week is still to come
        yield Concern(kind, member.advisor_id, member.name, score=reached)
    if over:  # an unfinished week is none to compare
        yield from _unusual(member.advisor_id, member.name, processes(backing.weeks, member.as_of))


def _unusual(advisor_id: str, name: str, control: Sequence[Process]) -> Iterator[Concern]:
    """Name the figures whose last week lies on the wrong side of their usual swings."""
    for one in control:
        if one.alert is not None and not one.alert.good:
            limits = one.alert.limits
            figures = {"value": one.value, "low": limits.lower, "high": limits.upper}
            yield Concern("unusual", advisor_id, name, indicator=one.indicator, label=one.label, figures=figures)
