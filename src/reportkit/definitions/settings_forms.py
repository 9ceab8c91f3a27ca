"""The sheets of a branch's settings workbook (DOMAIN §2), defined as the forms of a log are."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from reportkit.definitions.choices import CHANNEL as CHANNELS
from reportkit.definitions.choices import (
    CLOCK,
    DAY_KIND,
    DIRECTION,
    MEASURE,
    PERIOD,
    PRIORITY,
    REPORT,
    SCOPE,
    UNIT,
    YES_NO,
)
from reportkit.definitions.columns import Choices, Column, Form, Row
from reportkit.definitions.forms import CHANNEL_LABEL, DATE, EMAIL, FORMER_EMAIL, FORMS, NOTE
from reportkit.definitions.text import Text

FROM: Final = Text("生效日期", "生效日期", "From")
TO: Final = Text("失效日期", "失效日期", "To")
INDICATOR: Final = Text("指标", "指標", "Indicator")
CODE: Final = Text("代码", "代碼", "Code")
CONDITIONS: Final = Text("条件", "條件", "Conditions")
CONDITIONS_HINT: Final = Text(
    "列 是/不是/不低于/不高于 值，用“且”连接；留空表示全部",
    "列 是/不是/不低於/不高於 值，用「且」連接；留空表示全部",
    "column is / is not / at least / at most value, joined by and; blank means all rows",
)
FORM_CHOICE: Final = Choices("form", {code: form.label for code, form in FORMS.items()})


class RosterRow(Row):
    """An advisor's place from a day on; several rows follow one another."""

    advisor_id: Annotated[str, Column(Text("工号", "工號", "Advisor ID"), text_kind="id", max_length=32)]
    name: Annotated[str, Column(Text("姓名", "姓名", "Name"))]
    level: Annotated[str, Column(Text("级别", "級別", "Level"))]
    team: Annotated[str | None, Column(Text("团队", "團隊", "Team"))] = None
    email: Annotated[str | None, Column(EMAIL, width=24, text_kind="email", formerly=FORMER_EMAIL)] = None
    manager: Annotated[str | None, Column(Text("直属经理", "直屬經理", "Manager"), text_kind="id", max_length=32)] = (
        None
    )
    from_: Annotated[dt.date | None, Column(Text("起始日期", "起始日期", "From"))] = None
    to: Annotated[dt.date | None, Column(Text("结束日期", "結束日期", "To"), not_before="from_")] = None

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Return whether the place is held on a day from the first to the last."""
        return (self.from_ is None or self.from_ <= last) and (self.to is None or self.to >= first)


class LevelRow(Row):
    """A level of advisors."""

    code: Annotated[str, Column(CODE, unique=True)]
    name: Annotated[str, Column(Text("名称", "名稱", "Name"), width=18)]
    log: Annotated[
        str | None,
        Column(
            Text("写日志", "寫日誌", "Keeps a log"),
            Text("经理等不写日志的级别填“否”；留空表示是", "經理等不寫日誌的級別填「否」；留空表示是", "No for a level that keeps none, such as managers; blank means yes"),
            width=12,
            choices=YES_NO,
            blank_means="yes",
            added_later=True,
        ),
    ] = None  # fmt: skip


class IndicatorRow(Row):
    """An indicator: what is counted, over which period, in which direction (DOMAIN §3)."""

    code: Annotated[str, Column(CODE, width=20, unique=True, max_length=60)]
    label: Annotated[str, Column(Text("名称", "簡體名稱", "Label (zh-CN)"), width=18, formerly=("名稱", "Label"))]
    label_tw: Annotated[str | None, Column(Text("繁体名称", "繁體名稱", "Label (zh-TW)"), width=18)] = None
    label_en: Annotated[str | None, Column(Text("英文名称", "英文名稱", "Label (en)"), width=22)] = None
    form: Annotated[str, Column(Text("表单", "表單", "Form"), choices=FORM_CHOICE)]
    on: Annotated[
        str | None,
        Column(
            Text("日期列", "日期欄", "Dated by"),
            Text("按哪一列的日期计；留空用表单的日期", "按哪一欄的日期計；留空用表單的日期", "The column that dates a row; blank: the form's own day"),
            width=16,
        ),
    ] = None  # fmt: skip
    where: Annotated[str | None, Column(CONDITIONS, CONDITIONS_HINT, width=48)] = None
    measure: Annotated[str, Column(Text("计法", "計法", "Measure"), choices=MEASURE)]
    column: Annotated[
        str | None,
        Column(
            Text("计算列", "計算欄", "Column"),
            Text("去重、合计、平均用的列；去重留空用客户编号", "去重、合計、平均用的欄；去重留空用客戶編號", "What is told apart, summed or averaged; distinct: blank means customer"),
            width=18,
        ),
    ] = None  # fmt: skip
    part: Annotated[
        str | None,
        Column(
            Text("分子条件", "分子條件", "Numerator"),
            Text("比率：满足条件的行里还要满足什么", "比率：滿足條件的列裡還要滿足什麼", "Ratio: what the rows must meet besides, to count as part"),
            width=34,
        ),
    ] = None  # fmt: skip
    per: Annotated[
        str | None,
        Column(
            Text("分母", "分母", "Per"),
            Text(
                "比率：另一列的合计，如“工时与请假.坐席工时（小时）”，或“期初客户数”",
                "比率：另一欄的合計，如「工時與請假.坐席工時（小時）」，或「期初客戶數」",
                "Ratio: the sum of another column, like “Worktime.Service hours”, or “Customers at the start”",
            ),
            width=24,
        ),
    ] = None  # fmt: skip
    period: Annotated[str, Column(Text("周期", "週期", "Period"), width=10, choices=PERIOD)]
    direction: Annotated[str, Column(Text("方向", "方向", "Direction"), width=10, choices=DIRECTION)]
    unit: Annotated[str, Column(Text("单位", "單位", "Unit"), width=10, choices=UNIT)]
    active: Annotated[
        str | None,
        Column(
            Text("启用", "啟用", "Active"),
            Text("留空表示是", "留空表示是", "Blank means yes"),
            width=8,
            choices=YES_NO,
            blank_means="yes",
        ),
    ] = None


class TargetRow(Row):
    """A target in force from a day on, for all, a level or one advisor."""

    indicator: Annotated[str, Column(INDICATOR, width=20)]
    scope: Annotated[str, Column(Text("适用范围", "適用範圍", "Scope"), choices=SCOPE)]
    who: Annotated[
        str | None,
        Column(
            Text("对象", "對象", "Who"),
            Text("级别或工号；全部时留空", "級別或工號；全部時留空", "A level or an advisor's ID; blank for all"),
        ),
    ] = None  # fmt: skip
    target: Annotated[
        float | None,
        Column(
            Text("目标值", "目標值", "Target"),
            Text("比率填 90%；留空表示不设目标", "比率填 90%；留空表示不設目標", "A share as 90%; blank: no target"),
            minimum=0,
        ),
    ] = None
    stretch: Annotated[float | None, Column(Text("挑战值", "挑戰值", "Stretch"), minimum=0)] = None
    weight: Annotated[float | None, Column(Text("权重", "權重", "Weight"), minimum=0)] = None
    from_: Annotated[dt.date, Column(FROM)]
    to: Annotated[dt.date | None, Column(TO, not_before="from_")] = None

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Return whether the target is in force on a day from the first to the last."""
        return self.from_ <= last and (self.to is None or self.to >= first)


class LimitRow(Row):
    """How soon a case of a priority must be answered and resolved."""

    priority: Annotated[str, Column(Text("优先级", "優先級", "Priority"), choices=PRIORITY)]
    channel: Annotated[
        str | None,
        Column(
            CHANNEL_LABEL,
            Text(
                "留空表示全部；只给某一方式定的行，空着的格按全部的行",
                "留空表示全部；只給某一方式定的列，空著的格按全部的列",
                "Blank means all; in a row for one channel, blank cells are as for all",
            ),
            choices=CHANNELS,
        ),
    ] = None
    first_response_seconds: Annotated[
        float | None, Column(Text("首次响应时限（秒）", "首次回應時限（秒）", "First response limit (s)"), width=18, minimum=0)
    ] = None  # fmt: skip
    resolution_hours: Annotated[
        float | None, Column(Text("解决时限（小时）", "解決時限（小時）", "Resolution limit (h)"), width=18, minimum=0)
    ] = None  # fmt: skip
    clock: Annotated[str | None, Column(Text("计时方式", "計時方式", "Clock"), choices=CLOCK)] = None
    escalate_to: Annotated[str | None, Column(Text("升级给", "升級給", "Escalate to"))] = None
    from_: Annotated[dt.date | None, Column(FROM)] = None


class TierRow(Row):
    """One rule of the customer tiers; the first that a customer meets wins."""

    code: Annotated[str, Column(CODE)]
    name: Annotated[str, Column(Text("名称", "簡體名稱", "Name (zh-CN)"), formerly=("名稱", "Name"))]
    name_tw: Annotated[str | None, Column(Text("繁体名称", "繁體名稱", "Name (zh-TW)"))] = None
    name_en: Annotated[str | None, Column(Text("英文名称", "英文名稱", "Name (en)"))] = None
    where: Annotated[str | None, Column(CONDITIONS, CONDITIONS_HINT, width=56)] = None

    @property
    def names(self) -> Text:
        """The name in each language: the first, where another is blank."""
        return Text(self.name, self.name_tw or self.name, self.name_en or self.name)


class SegmentRow(TierRow):
    """One rule of the customer segments; the first that a customer meets wins."""

    cadence_days: Annotated[
        float | None,
        Column(
            Text("联系间隔（工作日）", "聯絡間隔（工作日）", "Contact cadence (working days)"),
            width=18,
            minimum=1,
            formerly=("聯繫間隔（工作日）",),
        ),
    ] = None


class CalendarRow(Row):
    """A day off or an extra working day that overrides the exchange's calendar."""

    date: Annotated[dt.date, Column(DATE, unique=True)]
    kind: Annotated[str, Column(Text("类型", "類型", "Kind"), choices=DAY_KIND)]
    note: Annotated[str | None, Column(NOTE, width=24)] = None


class FaqRow(Row):
    """A question customers ask and the words that answer it."""

    category: Annotated[str, Column(Text("分类", "分類", "Category"))]
    question: Annotated[str, Column(Text("问题", "問題", "Question"), width=40)]
    answer: Annotated[str, Column(Text("答复", "答覆", "Answer"), width=70)]


class MailRow(Row):
    """Who gets which report by mail, besides each advisor and each manager."""

    report: Annotated[str, Column(Text("报告", "報告", "Report"), width=14, choices=REPORT)]
    who: Annotated[
        str | None,
        Column(
            Text("对象", "對象", "Of whom"),
            Text("工号或团队；留空表示全部", "工號或團隊；留空表示全部", "An advisor's ID or a team; blank means all"),
        ),
    ] = None  # fmt: skip
    email: Annotated[str, Column(EMAIL, width=26, text_kind="email", formerly=FORMER_EMAIL)]
    name: Annotated[str | None, Column(Text("姓名", "姓名", "Name"))] = None


class BranchRow(Row):
    """The branch itself."""

    name: Annotated[str, Column(Text("机构名称", "機構名稱", "Branch name"), width=26)]
    code: Annotated[str, Column(Text("机构代码", "機構代碼", "Branch code"), text_kind="id")]
    language: Annotated[
        str | None,
        Column(Text("语言", "語言", "Language"), Text("zh-CN、zh-TW 或 en", "zh-CN、zh-TW 或 en", "zh-CN, zh-TW or en")),
    ] = None  # fmt: skip
    time_zone: Annotated[str | None, Column(Text("时区", "時區", "Time zone"), width=16)] = None
    opens_at: Annotated[dt.time | None, Column(Text("开门时间", "開門時間", "Opens at"))] = None
    closes_at: Annotated[dt.time | None, Column(Text("关门时间", "關門時間", "Closes at"))] = None


ROSTER: Final = Form("roster", Text("人员", "人員", "Roster"), RosterRow)
LEVELS: Final = Form("levels", Text("级别", "級別", "Levels"), LevelRow)
INDICATORS: Final = Form("indicators", Text("指标目录", "指標目錄", "Indicators"), IndicatorRow)
TARGETS: Final = Form("targets", Text("目标", "目標", "Targets"), TargetRow)
LIMITS: Final = Form("limits", Text("时限", "時限", "Limits"), LimitRow)
TIERS: Final = Form("tiers", Text("客户评级", "客戶評級", "Tiers"), TierRow)
SEGMENTS: Final = Form("segments", Text("客户分层", "客戶分層", "Segments"), SegmentRow)
CALENDAR: Final = Form("calendar", Text("日历", "日曆", "Calendar"), CalendarRow)
FAQ: Final = Form("faq", Text("话术与问答", "話術與問答", "FAQ"), FaqRow)
MAIL: Final = Form("mail", Text("收件人", "收件人", "Mail"), MailRow)
BRANCH: Final = Form("branch", Text("机构", "機構", "Branch"), BranchRow)

SETTINGS_FORMS: Final[dict[str, Form]] = {
    form.code: form
    for form in (
        BRANCH, ROSTER, LEVELS, INDICATORS, TARGETS, LIMITS, TIERS, SEGMENTS, CALENDAR, FAQ, MAIL
    )
}  # fmt: skip
