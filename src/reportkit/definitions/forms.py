"""The nine forms of an advisor's log (DOMAIN §1)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from reportkit.definitions.choices import (
    CASE_STATUS,
    CATEGORY,
    CHANNEL,
    CUSTOMER_STATUS,
    KIND,
    LEAVE,
    PRIORITY,
    PRODUCT,
    RISK,
    SKILL,
    STAGE,
    STANCE,
    YES_NO,
)
from reportkit.definitions.columns import Column, Form, Group, Row
from reportkit.definitions.text import Text

Satisfaction = Text("客户满意度", "客戶滿意度", "Satisfaction")
CUSTOMER_ID: Final = Text("客户编号", "客戶編號", "Customer ID")
CHANNEL_LABEL: Final = Text("沟通方式", "溝通方式", "Channel")
DATE: Final = Text("日期", "日期", "Date")
NOTE: Final = Text("备注", "備註", "Note")
EMAIL: Final = Text("电子邮箱", "電子郵件", "Email")
FORMER_EMAIL: Final = ("電子郵箱",)
PROFILE, RISK_GROUP, PRODUCTS = "profile", "risk", "products"


def _own_customer(hint: Text | None = None) -> Column:
    """Return the column that names a customer of this log."""
    return Column(CUSTOMER_ID, hint, width=12, text_kind="id", max_length=32, refers_to="customers")


def _stance(label: Text) -> Column:
    """Return the column of one product a customer may hold or want."""
    return Column(label, width=11, choices=STANCE, group=PRODUCTS)


class Customer(Row):
    """A customer in the advisor's care."""

    customer_id: Annotated[
        str,
        Column(
            CUSTOMER_ID,
            Text("每位客户一个编号，不能重复", "每位客戶一個編號，不能重複", "One ID a customer, never twice"),
            text_kind="id", max_length=32, unique=True, group=PROFILE,
        ),
    ]  # fmt: skip
    name: Annotated[str, Column(Text("客户姓名", "客戶姓名", "Name"), width=14, group=PROFILE, max_length=200)]
    assigned_on: Annotated[
        dt.date,
        Column(
            Text("建档日期", "建檔日期", "Assigned on"),
            Text(
                "客户归您服务的日期，首访十日从这天起算",
                "客戶歸您服務的日期，首訪十日從這天起算",
                "The day the customer became yours: the ten days to the first visit start here",
            ),
            group=PROFILE,
        ),
    ]
    mobile: Annotated[
        str | None, Column(Text("手机", "手機", "Mobile"), width=14, text_kind="phone", group=PROFILE)
    ] = None
    phone: Annotated[str | None, Column(Text("电话", "電話", "Phone"), width=14, text_kind="phone", group=PROFILE)] = (
        None
    )
    wechat: Annotated[str | None, Column(Text("微信", "微信", "WeChat"), group=PROFILE)] = None
    qq: Annotated[str | None, Column(Text("QQ", "QQ", "QQ"), text_kind="id", group=PROFILE)] = None
    email: Annotated[str | None, Column(EMAIL, width=22, text_kind="email", group=PROFILE, formerly=FORMER_EMAIL)] = (
        None
    )
    occupation: Annotated[str | None, Column(Text("职业", "職業", "Occupation"), group=PROFILE)] = None
    work_years: Annotated[
        float | None,
        Column(Text("工龄（年）", "工齡（年）", "Years of work"), width=10, minimum=0, maximum=80, group=PROFILE),
    ] = None
    skill: Annotated[
        str | None, Column(Text("投资技能", "投資技能", "Investment skill"), choices=SKILL, group=PROFILE)
    ] = None
    interests: Annotated[str | None, Column(Text("生活喜好", "生活喜好", "Interests"), width=16, group=PROFILE)] = None
    assets: Annotated[
        float | None,
        Column(Text("客户资产（元）", "客戶資產（元）", "Assets (CNY)"), width=15, minimum=0, group=PROFILE),
    ] = None
    outside_assets: Annotated[
        float | None,
        Column(
            Text("他处资产（元）", "他處資產（元）", "Assets elsewhere (CNY)"),
            Text("在其他机构的资产，估计即可", "在其他機構的資產，估計即可", "Held elsewhere; an estimate will do"),
            width=15, minimum=0, group=PROFILE,
        ),
    ] = None  # fmt: skip
    referred_by: Annotated[
        str | None,
        Column(
            Text("转介绍人编号", "轉介紹人編號", "Referred by"),
            Text("介绍人的客户编号", "介紹人的客戶編號", "The customer ID of who referred them"),
            text_kind="id", max_length=32, refers_to="customers", group=PROFILE,
        ),
    ] = None  # fmt: skip
    status: Annotated[
        str | None,
        Column(
            Text("客户状态", "客戶狀態", "Status"),
            Text("留空表示正常", "留空表示正常", "Blank means active"),
            choices=CUSTOMER_STATUS, blank_means="active", group=PROFILE,
        ),
    ] = None  # fmt: skip
    status_on: Annotated[dt.date | None, Column(Text("状态日期", "狀態日期", "Status since"), group=PROFILE)] = None
    risk: Annotated[
        str | None, Column(Text("风险偏好", "風險偏好", "Risk preference"), choices=RISK, group=RISK_GROUP)
    ] = None
    risk_assessed_on: Annotated[
        dt.date | None,
        Column(
            Text("风险测评日期", "風險測評日期", "Risk assessed on"),
            Text("两年后到期", "兩年後到期", "Expires after two years"),
            width=14, group=RISK_GROUP,
        ),
    ] = None  # fmt: skip
    public_fund: Annotated[str | None, _stance(PRODUCT.labels["public_fund"])] = None
    private_fund: Annotated[str | None, _stance(PRODUCT.labels["private_fund"])] = None
    managed_account: Annotated[str | None, _stance(PRODUCT.labels["managed_account"])] = None
    margin_trading: Annotated[str | None, _stance(PRODUCT.labels["margin_trading"])] = None
    futures: Annotated[str | None, _stance(PRODUCT.labels["futures"])] = None
    collective_plan: Annotated[str | None, _stance(PRODUCT.labels["collective_plan"])] = None
    advisory_contract: Annotated[str | None, _stance(PRODUCT.labels["advisory_contract"])] = None


class Activity(Row):
    """Something an advisor did on a day: a contact, a message to all, an event."""

    date: Annotated[dt.date, Column(DATE, not_future=True)]
    time: Annotated[dt.time | None, Column(Text("时间", "時間", "Time"), width=9)] = None
    kind: Annotated[str, Column(Text("服务类型", "服務類型", "Service type"), width=16, choices=KIND)]
    customer_id: Annotated[
        str | None,
        _own_customer(
            Text(
                "客户类服务必填；盘面、个股、盘中提示留空",
                "客戶類服務必填；盤面、個股、盤中提示留空",
                "Required for customer services, blank for messages to all",
            )
        ),
    ] = None
    channel: Annotated[str | None, Column(CHANNEL_LABEL, choices=CHANNEL)] = None
    effective: Annotated[
        str | None,
        Column(
            Text("是否有效", "是否有效", "Effective"),
            Text(
                "沟通成功填“是”；留空算“否”", "溝通成功填「是」；留空算「否」", "Yes when the talk succeeded; blank counts as no"
            ),
            width=10, choices=YES_NO, blank_means="no",
        ),
    ] = None  # fmt: skip
    minutes: Annotated[
        float | None, Column(Text("时长（分钟）", "時長（分鐘）", "Minutes"), minimum=0, maximum=1440)
    ] = None
    attendees: Annotated[int | None, Column(Text("参加人数", "參加人數", "Attendees"), width=10, minimum=0)] = None
    summary: Annotated[str | None, Column(Text("内容摘要", "內容摘要", "Summary"), width=32)] = None
    satisfaction: Annotated[int | None, Column(Satisfaction, minimum=1, maximum=5)] = None
    next_step: Annotated[str | None, Column(Text("下一步", "下一步", "Next step"), width=26)] = None
    next_on: Annotated[
        dt.date | None,
        Column(Text("下次跟进日期", "下次跟進日期", "Next follow-up"), width=14, not_before="date"),
    ] = None


class Case(Row):
    """A question or complaint of a customer."""

    case_id: Annotated[
        str,
        Column(Text("工单编号", "工單編號", "Case ID"), width=14, text_kind="id", max_length=32, unique=True),
    ]
    customer_id: Annotated[
        str | None,
        _own_customer(Text("不是客户的来电留空", "不是客戶的來電留空", "Blank for a caller who is not a customer")),
    ] = None
    opened_at: Annotated[dt.datetime, Column(Text("提出时间", "提出時間", "Opened at"), width=20, not_future=True)]
    channel: Annotated[str | None, Column(CHANNEL_LABEL, choices=CHANNEL)] = None
    category: Annotated[str, Column(Text("问题分类", "問題分類", "Category"), choices=CATEGORY)]
    priority: Annotated[
        str | None,
        Column(
            Text("优先级", "優先級", "Priority"),
            Text("留空表示中", "留空表示中", "Blank means normal"),
            width=10, choices=PRIORITY, blank_means="normal",
        ),
    ] = None  # fmt: skip
    responded_at: Annotated[
        dt.datetime | None,
        Column(Text("首次响应时间", "首次回應時間", "First response at"), width=20, not_before="opened_at"),
    ] = None
    resolved_at: Annotated[
        dt.datetime | None,
        Column(Text("解决时间", "解決時間", "Resolved at"), width=20, not_before="responded_at"),
    ] = None
    waiting_minutes: Annotated[
        float | None,
        Column(
            Text("等待客户（分钟）", "等待客戶（分鐘）", "Waiting on customer (min)"),
            Text(
                "等客户回复的时间，从解决时长里扣除", "等客戶回覆的時間，從解決時長裡扣除", "Time spent waiting for the customer: taken off the resolution time"
            ),
            width=16, minimum=0,
        ),
    ] = None  # fmt: skip
    status: Annotated[str, Column(Text("工单状态", "工單狀態", "Case status"), choices=CASE_STATUS)]
    owner: Annotated[str | None, Column(Text("责任人", "責任人", "Owner"))] = None
    resolution: Annotated[str | None, Column(Text("处理结果", "處理結果", "Resolution"), width=28)] = None
    repeat_of: Annotated[
        str | None,
        Column(
            Text("重复工单", "重複工單", "Repeat of"),
            Text("同一问题上一张工单的编号", "同一問題上一張工單的編號", "The ID of the earlier case it repeats"),
            width=14, text_kind="id", max_length=32, refers_to="cases",
        ),
    ] = None  # fmt: skip
    satisfaction: Annotated[int | None, Column(Satisfaction, minimum=1, maximum=5)] = None
    reopened: Annotated[int | None, Column(Text("重开次数", "重開次數", "Times reopened"), width=10, minimum=0)] = None
    escalated_to: Annotated[str | None, Column(Text("升级至", "升級至", "Escalated to"))] = None
    cause: Annotated[str | None, Column(Text("问题原因", "問題原因", "Cause"), width=20)] = None
    measure: Annotated[str | None, Column(Text("改进措施", "改進措施", "Measure"), width=20)] = None


class Visit(Row):
    """A planned visit, what came of it and what follows."""

    planned_on: Annotated[dt.date, Column(Text("计划日期", "計劃日期", "Planned on"))]
    planned_time: Annotated[dt.time | None, Column(Text("计划时间", "計劃時間", "Planned time"), width=10)] = None
    customer_id: Annotated[str, _own_customer()]
    place: Annotated[str | None, Column(Text("地点", "地點", "Place"), width=18)] = None
    participants: Annotated[str | None, Column(Text("参与人员", "參與人員", "Participants"), width=18)] = None
    purpose: Annotated[str, Column(Text("走访目的", "走訪目的", "Purpose"), width=30)]
    topics: Annotated[str | None, Column(Text("沟通内容", "溝通內容", "Topics"), width=34)] = None
    done_on: Annotated[dt.date | None, Column(Text("完成日期", "完成日期", "Done on"))] = None
    satisfaction: Annotated[int | None, Column(Satisfaction, minimum=1, maximum=5)] = None
    needs: Annotated[str | None, Column(Text("客户需求", "客戶需求", "Needs"), width=22)] = None
    opportunity: Annotated[str | None, Column(Text("业务机会", "業務機會", "Opportunity"), width=18)] = None
    follow_up: Annotated[str | None, Column(Text("后续行动", "後續行動", "Follow-up"), width=22)] = None
    follow_up_due: Annotated[dt.date | None, Column(Text("行动期限", "行動期限", "Follow-up due"))] = None
    follow_up_done_on: Annotated[
        dt.date | None, Column(Text("行动完成日期", "行動完成日期", "Follow-up done on"), width=14)
    ] = None


class Survey(Row):
    """A customer's answer to a satisfaction survey."""

    date: Annotated[dt.date, Column(DATE, not_future=True)]
    customer_id: Annotated[str, _own_customer()]
    channel: Annotated[str | None, Column(CHANNEL_LABEL, choices=CHANNEL)] = None
    score: Annotated[int, Column(Text("满意度评分", "滿意度評分", "Score"), minimum=1, maximum=5)]
    recommend: Annotated[
        int | None,
        Column(Text("推荐意愿", "推薦意願", "Would recommend"), minimum=0, maximum=10),
    ] = None
    comment: Annotated[str | None, Column(Text("意见建议", "意見建議", "Comment"), width=32)] = None


class Opportunity(Row):
    """A chance to sell a product, from found to won or lost."""

    opened_on: Annotated[dt.date, Column(Text("发现日期", "發現日期", "Found on"), not_future=True)]
    customer_id: Annotated[str, _own_customer()]
    product: Annotated[str, Column(Text("产品", "產品", "Product"), width=14, choices=PRODUCT)]
    amount: Annotated[
        float | None,
        Column(Text("预计金额（元）", "預計金額（元）", "Expected amount (CNY)"), width=15, minimum=0),
    ] = None
    stage: Annotated[str, Column(Text("阶段", "階段", "Stage"), choices=STAGE)]
    expected_on: Annotated[dt.date | None, Column(Text("预计日期", "預計日期", "Expected on"))] = None
    closed_on: Annotated[dt.date | None, Column(Text("结束日期", "結束日期", "Closed on"), not_before="opened_on")] = (
        None
    )
    note: Annotated[str | None, Column(NOTE, width=24)] = None


class Worktime(Row):
    """Leave and service hours of a day."""

    date: Annotated[dt.date, Column(DATE)]
    leave: Annotated[str | None, Column(Text("请假", "請假", "Leave"), width=10, choices=LEAVE, blank_means="none")] = (
        None
    )
    service_hours: Annotated[
        float | None,
        Column(Text("坐席工时（小时）", "坐席工時（小時）", "Service hours"), width=16, minimum=0, maximum=24),
    ] = None
    note: Annotated[str | None, Column(NOTE, width=24)] = None


class Training(Row):
    """A training attended."""

    date: Annotated[dt.date, Column(DATE)]
    topic: Annotated[str, Column(Text("培训主题", "培訓主題", "Topic"), width=28)]
    hours: Annotated[float, Column(Text("时长（小时）", "時長（小時）", "Hours"), minimum=0, above_minimum=True)]
    score: Annotated[float | None, Column(Text("考核成绩", "考核成績", "Score"), minimum=0, maximum=100)] = None


class Improvement(Row):
    """A problem, its cause and the measure against it, judged by an indicator before and after."""

    opened_on: Annotated[dt.date, Column(Text("提出日期", "提出日期", "Raised on"))]
    problem: Annotated[str, Column(Text("问题", "問題", "Problem"), width=28)]
    cause: Annotated[str | None, Column(Text("原因分析", "原因分析", "Cause"), width=24)] = None
    measure: Annotated[str, Column(Text("改进措施", "改進措施", "Measure"), width=28)]
    owner: Annotated[str | None, Column(Text("责任人", "責任人", "Owner"))] = None
    due: Annotated[dt.date | None, Column(Text("期限", "期限", "Due"))] = None
    started_on: Annotated[dt.date | None, Column(Text("实施日期", "實施日期", "Put in force on"))] = None
    done_on: Annotated[dt.date | None, Column(Text("完成日期", "完成日期", "Done on"))] = None
    indicator: Annotated[
        str | None,
        Column(
            Text("衡量指标", "衡量指標", "Indicator"),
            Text("用哪个指标比较前后", "用哪個指標比較前後", "The indicator compared before and after"),
            width=18,
        ),
    ] = None
    note: Annotated[str | None, Column(NOTE, width=24)] = None


CUSTOMERS: Final = Form(
    "customers",
    Text("客户档案", "客戶檔案", "Customers"),
    Customer,
    groups=(
        Group(PROFILE, Text("附表1 基本资料", "附表1 基本資料", "Table 1 Profile")),
        Group(RISK_GROUP, Text("附表2 风险偏好", "附表2 風險偏好", "Table 2 Risk")),
        Group(PRODUCTS, Text("附表3 产品需求", "附表3 產品需求", "Table 3 Products")),
    ),
    about=Text("您服务的客户，每人一行", "您服務的客戶，每人一列", "The customers in your care, one a row"),
)
ACTIVITIES: Final = Form(
    "activities",
    Text("每日记录", "每日記錄", "Daily log"),
    Activity,
    about=Text(
        "每次沟通、每条观点、每场活动一行",
        "每次溝通、每條觀點、每場活動一列",
        "One row a contact, message or event",
    ),
)
CASES: Final = Form(
    "cases",
    Text("问题工单", "問題工單", "Cases"),
    Case,
    about=Text("客户的问题和投诉", "客戶的問題和投訴", "Questions and complaints of customers"),
)
VISITS: Final = Form(
    "visits",
    Text("走访计划", "走訪計劃", "Visit plan"),
    Visit,
    about=Text("计划、结果和后续行动", "計劃、結果和後續行動", "The plan, the result, what follows"),
)
SURVEYS: Final = Form(
    "surveys",
    Text("满意度调查", "滿意度調查", "Surveys"),
    Survey,
    about=Text("客户的评分和意见", "客戶的評分和意見", "Scores and comments of customers"),
)
OPPORTUNITIES: Final = Form(
    "opportunities",
    Text("业务机会", "業務機會", "Opportunities"),
    Opportunity,
    about=Text("从发现到成交", "從發現到成交", "From found to won"),
)
WORKTIME: Final = Form(
    "worktime",
    Text("工时与请假", "工時與請假", "Worktime"),
    Worktime,
    about=Text("请假和坐席工时", "請假和坐席工時", "Leave and service hours"),
)
TRAINING: Final = Form(
    "training",
    Text("培训记录", "培訓記錄", "Training"),
    Training,
    about=Text("参加的培训和成绩", "參加的培訓和成績", "Trainings attended and their scores"),
)
IMPROVEMENTS: Final = Form(
    "improvements",
    Text("改进计划", "改進計劃", "Improvements"),
    Improvement,
    about=Text("问题、措施和效果", "問題、措施和效果", "Problems, measures and their effect"),
)

FORMS: Final[dict[str, Form]] = {
    form.code: form
    for form in (
        CUSTOMERS, ACTIVITIES, CASES, VISITS, SURVEYS, OPPORTUNITIES, WORKTIME, TRAINING, IMPROVEMENTS
    )
}  # fmt: skip
