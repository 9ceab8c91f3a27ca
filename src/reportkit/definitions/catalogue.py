"""The default settings of a new branch: indicators, targets, limits, tiers, segments, FAQ (DOMAIN §2, §3, §5)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from reportkit.definitions.text import Language, Text

SINCE: Final = dt.date(2020, 1, 1)


def _indicator(
    code: str,
    label: tuple[str, str, str],
    form: str,
    period: str,
    unit: str,
    measure: str = "count",
    where: str | None = None,
    direction: str = "at_least",
    **more: str,
) -> dict[str, Any]:
    """Return one row of the indicator sheet."""
    return {
        "code": code, "label": label[0], "label_tw": label[1], "label_en": label[2], "form": form, "on": None,
        "where": where, "measure": measure, "column": None, "part": None, "per": None,
        "period": period, "direction": direction, "unit": unit, "active": "yes", **more,
    }  # fmt: skip


def _kind(code: str, label: tuple[str, str, str], kind: str, period: str) -> dict[str, Any]:
    """Return an indicator that counts the activities of one kind."""
    return _indicator(code, label, "activities", period, "times", where=f"kind is {kind}")


INDICATOR_ROWS: Final[tuple[dict[str, Any], ...]] = (
    _indicator("new_contacts", ("新客户有效沟通", "新客戶有效溝通", "New customer contacts"), "activities", "day", "customers",
        "distinct", "kind is new_contact and effective is yes"),
    _kind("market_views", ("盘面观点", "盤面觀點", "Market views"), "market_view", "day"),
    _kind("stock_views", ("个股观点", "個股觀點", "Stock views"), "stock_view", "day"),
    _kind("intraday_alerts", ("盘中提示", "盤中提示", "Intraday alerts"), "intraday_alert", "day"),
    _indicator("fund_talks", ("基金客户沟通", "基金客戶溝通", "Fund talks"), "activities", "day", "customers",
        "distinct", "kind is fund_talk and effective is yes and customer.public_fund is holds or interested"),
    _indicator("margin_talks", ("融资融券沟通", "融資融券溝通", "Margin talks"), "activities", "day", "customers",
        "distinct", "kind is margin_talk and effective is yes and customer.assets at least 500000"),
    _indicator("revisits", ("两周回访", "兩週回訪", "Two-week revisits"), "activities", "day", "customers",
        "distinct", "kind is return_visit and effective is yes and days_since_contact at least 14"),
    _kind("novice_classes", ("新股民讲堂", "新股民講堂", "Novice classes"), "novice_class", "week"),
    _kind("veteran_classes", ("老股民讲堂", "老股民講堂", "Veteran classes"), "veteran_class", "week"),
    _indicator("home_visits", ("上门拜访", "上門拜訪", "Home visits"), "activities", "week", "times",
        where="kind is home_visit and effective is yes"),
    _kind("report_meetings", ("投资报告会", "投資報告會", "Report meetings"), "report_meeting", "month"),
    _kind("salons", ("股市沙龙", "股市沙龍", "Salons"), "salon", "two_months"),
    _indicator("advisory_contracts", ("投顾签约", "投顧簽約", "Advisory contracts"), "opportunities", "month", "contracts",
        where="stage is won and product is advisory_contract", on="closed_on"),
    _indicator("first_visits_on_time", ("十日内首访", "十日內首訪", "First visits on time"), "customers", "week", "percent",
        "ratio", on="first_visit_due", part="first_visit_days at most 10"),
    _indicator("csat", ("客户满意度", "客戶滿意度", "Customer satisfaction"), "cases", "week", "percent",
        "ratio", "satisfaction is not blank", part="satisfaction at least 4"),
    _indicator("first_response", ("服务响应时间", "服務回應時間", "First response time"), "cases", "week", "seconds",
        "mean", direction="at_most", column="response_seconds"),
    _indicator("resolution_rate", ("服务解决率", "服務解決率", "Resolution rate"), "cases", "week", "percent",
        "ratio", part="status is resolved or closed"),
    _indicator("repeat_rate", ("重复咨询率", "重複諮詢率", "Repeat rate"), "cases", "week", "percent",
        "ratio", direction="at_most", part="repeat is yes"),
    _indicator("cases_per_hour", ("服务效率", "服務效率", "Cases per hour"), "cases", "week", "per_hour",
        "ratio", "status is resolved or closed", on="resolved_at", per="worktime.service_hours"),
    _indicator("churn_rate", ("客户流失率", "客戶流失率", "Churn rate"), "customers", "month", "percent",
        "ratio", "status is transferred_out", "at_most", on="status_on", per="customers.at_start"),
    _indicator("training_hours", ("培训时长", "培訓時長", "Training hours"), "training", "month", "hours",
        "sum", column="hours"),
)  # fmt: skip


def _target(indicator: str, target: float | None, stretch: float | None = None) -> dict[str, Any]:
    """Return one row of the target sheet, for everybody."""
    return {
        "indicator": indicator, "scope": "all", "who": None, "target": target, "stretch": stretch,
        "weight": 1.0, "from_": SINCE, "to": None,
    }  # fmt: skip


TARGET_ROWS: Final[tuple[dict[str, Any], ...]] = (
    _target("new_contacts", 5.0),
    _target("market_views", 1.0),
    _target("stock_views", 1.0),
    _target("intraday_alerts", 1.0),
    _target("fund_talks", 1.0, 2.0),
    _target("margin_talks", 1.0, 2.0),
    _target("revisits", 5.0),
    _target("novice_classes", 1.0),
    _target("veteran_classes", 1.0),
    _target("home_visits", 2.0),
    _target("report_meetings", 1.0),
    _target("salons", 1.0),
    _target("first_visits_on_time", 1.0),
    _target("csat", 0.9),
    _target("first_response", 30.0),
    _target("resolution_rate", 0.95),
    _target("repeat_rate", 0.05),
    _target("cases_per_hour", 10.0),
)

LEVEL_ROWS: Final = (
    ("junior", Text("初级", "初級", "Junior")),
    ("intermediate", Text("中级", "中級", "Intermediate")),
    ("senior", Text("高级", "高級", "Senior")),
)

LIMIT_ROWS: Final[tuple[dict[str, Any], ...]] = tuple(
    {
        "priority": priority, "channel": None, "first_response_seconds": seconds, "resolution_hours": hours,
        "clock": clock, "escalate_to": None, "from_": SINCE,
    }
    for priority, seconds, hours, clock in (
        ("urgent", 30.0, 4.0, "calendar"),
        ("high", 30.0, 8.0, "working"),
        ("normal", 60.0, 24.0, "working"),
        ("low", 120.0, 40.0, "working"),
    )
)  # fmt: skip


def _rule(code: str, name: tuple[str, str, str], where: str | None, **more: float) -> dict[str, Any]:
    """Return one rule of the tiers or the segments."""
    return {"code": code, "name": name[0], "name_tw": name[1], "name_en": name[2], "where": where, **more}


TIER_ROWS: Final = (
    _rule("high", ("高", "高", "High"), "assets at least 1000000"),
    _rule("mid", ("中", "中", "Mid"), "assets at least 100000"),
    _rule("basic", ("基础", "基礎", "Basic"), None),
)
_POTENTIAL: Final = ("潜力", "潛力", "Potential")
SEGMENT_ROWS: Final = (
    _rule("lost", ("流失", "流失", "Lost"), "status is transferred_out"),
    _rule("loyal", ("忠实", "忠實", "Loyal"), "products_held at least 2 and days_since_contact at most 90", cadence_days=30.0),
    _rule("potential", _POTENTIAL, "tier is high or mid", cadence_days=14.0),
    _rule("potential", _POTENTIAL, "outside_assets at least assets", cadence_days=14.0),
    _rule("potential", _POTENTIAL, "products_interested at least 1", cadence_days=14.0),
    _rule("low_value", ("低价值", "低價值", "Low value"), None, cadence_days=60.0),
)  # fmt: skip

FAQ_ROWS: Final[tuple[tuple[Text, Text, Text], ...]] = (
    (
        Text("开户", "開戶", "Opening an account"),
        Text("开户需要带什么？", "開戶需要帶什麼？", "What do I need to open an account?"),
        Text(
            "本人有效身份证件和一张本人的银行卡。先做风险测评，再签协议，全程约二十分钟。",
            "本人有效身分證件和一張本人的銀行卡。先做風險測評，再簽協議，全程約二十分鐘。",
            "Your own valid ID and a bank card in your name. The risk assessment comes first, then the agreement: about twenty minutes in all.",
        ),
    ),
    (
        Text("基金", "基金", "Funds"),
        Text("基金亏了要不要赎回？", "基金虧了要不要贖回？", "My fund is down. Should I redeem?"),
        Text(
            "先看当初买它的理由还在不在、钱什么时候要用，再对照风险测评结果。不承诺收益，不替客户做决定。",
            "先看當初買它的理由還在不在、錢什麼時候要用，再對照風險測評結果。不承諾收益，不替客戶做決定。",
            "See whether the reason for buying still holds and when the money is needed, then look at the risk assessment. Promise no return; do not decide for the customer.",
        ),
    ),
    (
        Text("融资融券", "融資融券", "Margin trading"),
        Text("谁能开通融资融券？", "誰能開通融資融券？", "Who can trade on margin?"),
        Text(
            "开户满半年、前二十个交易日日均资产不低于五十万元、风险测评为积极型的客户。",
            "開戶滿半年、前二十個交易日日均資產不低於五十萬元、風險測評為積極型的客戶。",
            "Customers of half a year's standing with average assets of CNY 500,000 over the last twenty trading days and an aggressive risk assessment.",
        ),
    ),
    (
        Text("费用", "費用", "Fees"),
        Text("佣金怎么收？", "佣金怎麼收？", "How is commission charged?"),
        Text(
            "按成交金额的约定比例收取，单笔有最低收费。具体比例见客户协议，可在交易软件里查询。",
            "按成交金額的約定比例收取，單筆有最低收費。具體比例見客戶協議，可在交易軟體裡查詢。",
            "An agreed share of the traded amount with a minimum a trade. The rate is in the customer agreement and in the trading app.",
        ),
    ),
    (
        Text("投诉", "投訴", "Complaints"),
        Text("客户要投诉怎么办？", "客戶要投訴怎麼辦？", "A customer wants to complain. What now?"),
        Text(
            "先听完、道歉、复述问题，当场登记工单，告诉客户何时答复；超过时限前升级。",
            "先聽完、道歉、複述問題，當場登記工單，告訴客戶何時答覆；超過時限前升級。",
            "Listen to the end, apologise, repeat the problem, log a case at once and say when the answer comes; escalate before the limit.",
        ),
    ),
)


def settings_rows(language: Language) -> dict[str, list[dict[str, Any]]]:
    """Return the default rows of every settings sheet but the roster and the branch, in one language."""
    return {
        "levels": [{"code": code, "name": name.to(language)} for code, name in LEVEL_ROWS],
        "indicators": [dict(row) for row in INDICATOR_ROWS],
        "targets": [dict(row) for row in TARGET_ROWS],
        "limits": [dict(row) for row in LIMIT_ROWS],
        "tiers": [dict(row) for row in TIER_ROWS],
        "segments": [dict(row) for row in SEGMENT_ROWS],
        "faq": [
            {"category": c.to(language), "question": q.to(language), "answer": a.to(language)} for c, q, a in FAQ_ROWS
        ],
    }
