"""The words of target advice: how it comes to its suggestion."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.text import Text

_WEEKS: Final = Text("{number} 个整周", "{number} 個整週", "{number:whole week|whole weeks}")
PERIODS: Final[dict[str, Text]] = {
    "day": _WEEKS,
    "week": _WEEKS,
    "month": Text("{number} 个整月", "{number} 個整月", "{number:whole month|whole months}"),
    "two_months": Text(
        "{number} 个整双月", "{number} 個整雙月", "{number:whole two-month period|whole two-month periods}"
    ),
}
FEW: Final = Text(
    "只有 {periods}的数据，不足 {least} 个，暂不调整目标 {target}",
    "只有 {periods}的資料，不足 {least} 個，暫不調整目標 {target}",
    "Only {periods} of data, fewer than {least}: leave the target at {target} for now",
)
REACHED: Final = Text(
    "最近 {periods}：中位数 {median}，较好的四分之一达到 {good}",
    "最近 {periods}：中位數 {median}，較好的四分之一達到 {good}",
    "Last {periods}: median {median}, the best quarter reached {good}",
)
NEED: Final = Text(
    "客户每{period}需要 {need}（{sums}）",
    "客戶每{period}需要 {need}（{sums}）",
    "Customers need {need} a {period} ({sums})",
)
NEED_PART: Final = Text(
    "{name} {customers} 人，{days} 个工作日一次",
    "{name} {customers} 人，{days} 個工作日一次",
    "{name}: {customers}, every {days:working day|working days}",
)
JOINT: Final = Text("；", "；", "; ")
STOP: Final = Text("。", "。", ". ")
VERDICTS: Final[dict[str, Text]] = {
    "keep": Text(
        "目标 {target} 合适，不必调整", "目標 {target} 合適，不必調整", "The target of {target} fits: keep it"
    ),
    "raise": Text(
        "目标 {target} 偏低，建议 {suggested}",
        "目標 {target} 偏低，建議 {suggested}",
        "The target of {target} is low: {suggested} suggested",
    ),
    "lower": Text(
        "目标 {target} 偏高，建议 {suggested}",
        "目標 {target} 偏高，建議 {suggested}",
        "The target of {target} is high: {suggested} suggested",
    ),
    "set": Text(
        "还没有目标，建议 {suggested}",
        "還沒有目標，建議 {suggested}",
        "No target is set: {suggested} suggested",
    ),
    "standard": Text(
        "目标 {target} 是服务标准，不放宽",
        "目標 {target} 是服務標準，不放寬",
        "The target of {target} is a standard of service: do not loosen it",
    ),
    "tighten": Text(
        "四分之三的时候好于目标 {target}，建议收紧到 {suggested}",
        "四分之三的時候好於目標 {target}，建議收緊到 {suggested}",
        "Better than the target of {target} three times in four: tighten it to {suggested}",
    ),
}
