"""The closed lists of codes a cell may hold, with their labels (DOMAIN §1)."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.columns import Choices
from reportkit.definitions.text import Text

SKILL: Final = Choices(
    "skill",
    {
        "novice": Text("新手", "新手", "Novice"),
        "intermediate": Text("一般", "一般", "Intermediate"),
        "experienced": Text("熟练", "熟練", "Experienced"),
        "professional": Text("专业", "專業", "Professional"),
    },
)
CUSTOMER_STATUS: Final = Choices(
    "customer_status",
    {
        "active": Text("正常", "正常", "Active"),
        "dormant": Text("休眠", "休眠", "Dormant"),
        "transferred_out": Text("已转托管", "已轉託管", "Transferred out"),
        "handed_over": Text("已移交", "已移交", "Handed over"),
    },
)
ACTIVE: Final = "active"
LEFT: Final = "transferred_out"  # the customer left the branch
HANDED_OVER: Final = "handed_over"  # a colleague serves the customer now
GONE: Final = (LEFT, HANDED_OVER)
RISK: Final = Choices(
    "risk",
    {
        "conservative": Text("保守型", "保守型", "Conservative"),
        "balanced": Text("稳健型", "穩健型", "Balanced"),
        "aggressive": Text("积极型", "積極型", "Aggressive"),
    },
)
STANCE: Final = Choices(
    "stance",
    {
        "holds": Text("已持有", "已持有", "Holds"),
        "interested": Text("有意向", "有意向", "Interested"),
        "not_interested": Text("无意向", "無意向", "Not interested"),
        "unsuitable": Text("不适当", "不適當", "Unsuitable"),
    },
)
PRODUCT: Final = Choices(
    "product",
    {
        "public_fund": Text("公募基金", "公募基金", "Public fund"),
        "private_fund": Text("私募基金", "私募基金", "Private fund"),
        "managed_account": Text("专户理财", "專戶理財", "Managed account"),
        "margin_trading": Text("融资融券", "融資融券", "Margin trading"),
        "futures": Text("期货", "期貨", "Futures"),
        "collective_plan": Text("券商集合理财", "券商集合理財", "Broker collective plan"),
        "advisory_contract": Text("投资顾问签约", "投資顧問簽約", "Advisory contract"),
        "other": Text("其他", "其他", "Other"),
    },
)
PRODUCTS: Final = tuple(code for code in PRODUCT if code != "other")

CUSTOMER_KINDS: Final = (
    "new_contact",
    "return_visit",
    "fund_talk",
    "margin_talk",
    "advisory_talk",
    "home_visit",
    "complaint_followup",
    "referral_request",
)
BROADCAST_KINDS: Final = ("market_view", "stock_view", "intraday_alert")
EVENT_KINDS: Final = ("novice_class", "veteran_class", "report_meeting", "salon", "company_visit")
KIND: Final = Choices(
    "kind",
    {
        "new_contact": Text("新客户沟通", "新客戶溝通", "New customer contact"),
        "return_visit": Text("客户回访", "客戶回訪", "Return visit"),
        "fund_talk": Text("基金客户沟通", "基金客戶溝通", "Fund talk"),
        "margin_talk": Text("融资融券沟通", "融資融券溝通", "Margin talk"),
        "advisory_talk": Text("投顾签约沟通", "投顧簽約溝通", "Advisory talk"),
        "home_visit": Text("上门拜访", "上門拜訪", "Home visit"),
        "complaint_followup": Text("投诉跟进", "投訴跟進", "Complaint follow-up"),
        "referral_request": Text("转介绍沟通", "轉介紹溝通", "Referral request"),
        "market_view": Text("盘面观点", "盤面觀點", "Market view"),
        "stock_view": Text("个股观点", "個股觀點", "Stock view"),
        "intraday_alert": Text("盘中提示", "盤中提示", "Intraday alert"),
        "novice_class": Text("新股民讲堂", "新股民講堂", "Novice class"),
        "veteran_class": Text("老股民讲堂", "老股民講堂", "Veteran class"),
        "report_meeting": Text("投资报告会", "投資報告會", "Report meeting"),
        "salon": Text("股市沙龙", "股市沙龍", "Salon"),
        "company_visit": Text("上市公司调研", "上市公司調研", "Company visit"),
        "other": Text("其他", "其他", "Other"),
    },
)
CHANNEL: Final = Choices(
    "channel",
    {
        "phone": Text("电话", "電話", "Phone"),
        "sms": Text("手机短信", "手機簡訊", "SMS"),
        "wechat": Text("微信", "微信", "WeChat"),
        "qq": Text("QQ", "QQ", "QQ"),
        "email": Text("电子邮件", "電子郵件", "Email"),
        "in_person": Text("面谈", "面談", "In person"),
        "video": Text("视频", "視訊", "Video"),
        "webinar": Text("线上讲堂", "線上講堂", "Webinar"),
        "other": Text("其他", "其他", "Other"),
    },
)
YES_NO: Final = Choices(
    "yes_no",
    {"yes": Text("是", "是", "Yes"), "no": Text("否", "否", "No")},
    synonyms={
        "有": "yes", "√": "yes", "✓": "yes", "✔": "yes", "y": "yes", "true": "yes", "1": "yes", "对": "yes", "對": "yes",
        "无": "no", "無": "no", "×": "no", "✗": "no", "n": "no", "false": "no", "0": "no", "没有": "no", "沒有": "no",
    },
)  # fmt: skip
CATEGORY: Final = Choices(
    "category",
    {
        "account": Text("账户", "帳戶", "Account"),
        "trading": Text("交易", "交易", "Trading"),
        "product": Text("产品", "產品", "Product"),
        "system": Text("系统", "系統", "System"),
        "fees": Text("费用", "費用", "Fees"),
        "complaint": Text("投诉", "投訴", "Complaint"),
        "suggestion": Text("建议", "建議", "Suggestion"),
        "other": Text("其他", "其他", "Other"),
    },
)
PRIORITY: Final = Choices(
    "priority",
    {
        "urgent": Text("紧急", "緊急", "Urgent"),
        "high": Text("高", "高", "High"),
        "normal": Text("中", "中", "Normal"),
        "low": Text("低", "低", "Low"),
    },
)
CASE_STATUS: Final = Choices(
    "case_status",
    {
        "open": Text("待处理", "待處理", "Open"),
        "in_progress": Text("处理中", "處理中", "In progress"),
        "waiting": Text("等待客户", "等待客戶", "Waiting on customer"),
        "resolved": Text("已解决", "已解決", "Resolved"),
        "closed": Text("已关闭", "已關閉", "Closed"),
        "unresolved": Text("未能解决", "未能解決", "Unresolved"),
    },
)
STAGE: Final = Choices(
    "stage",
    {
        "found": Text("发现", "發現", "Found"),
        "contacted": Text("已沟通", "已溝通", "Contacted"),
        "proposed": Text("已推介", "已推介", "Proposed"),
        "won": Text("成交", "成交", "Won"),
        "lost": Text("未成交", "未成交", "Lost"),
    },
)
LEAVE: Final = Choices(
    "leave",
    {
        "none": Text("无", "無", "None"),
        "half": Text("半天", "半天", "Half day"),
        "full": Text("全天", "全天", "Full day"),
    },
)
SCOPE: Final = Choices(
    "scope",
    {
        "all": Text("全部", "全部", "All"),
        "level": Text("级别", "級別", "Level"),
        "advisor": Text("个人", "個人", "Advisor"),
    },
)
MEASURE: Final = Choices(
    "measure",
    {
        "count": Text("行数", "列數", "Count"),
        "distinct": Text("去重客户数", "不重複客戶數", "Distinct"),
        "sum": Text("合计", "合計", "Sum"),
        "mean": Text("平均", "平均", "Mean"),
        "ratio": Text("比率", "比率", "Ratio"),
    },
    synonyms={"distinct customers": "distinct", "share": "ratio"},
)
PERIOD: Final = Choices(
    "period",
    {
        "day": Text("日", "日", "Day"),
        "week": Text("周", "週", "Week"),
        "month": Text("月", "月", "Month"),
        "two_months": Text("双月", "雙月", "Two months"),
    },
)
DIRECTION: Final = Choices(
    "direction",
    {"at_least": Text("不低于", "不低於", "At least"), "at_most": Text("不高于", "不高於", "At most")},
)
UNIT: Final = Choices(
    "unit",
    {
        "times": Text("次", "次", "times"),
        "customers": Text("人", "人", "customers"),
        "percent": Text("%", "%", "%"),
        "seconds": Text("秒", "秒", "s"),
        "per_hour": Text("件/小时", "件/小時", "per hour"),
        "hours": Text("小时", "小時", "h"),
        "contracts": Text("份", "份", "contracts"),
        "yuan": Text("元", "元", "CNY"),
    },
)
CLOCK: Final = Choices(
    "clock",
    {
        "calendar": Text("自然时间", "自然時間", "Calendar"),
        "working": Text("工作时间", "工作時間", "Working"),
    },
)
DAY_KIND: Final = Choices(
    "day_kind",
    {"off": Text("休息", "休息", "Off"), "work": Text("上班", "上班", "Working")},
)
REPORT: Final = Choices(
    "report",
    {
        "advisor": Text("个人周报", "個人週報", "Advisor report"),
        "team": Text("团队报告", "團隊報告", "Team report"),
        "branch": Text("机构报告", "機構報告", "Branch report"),
    },
)
