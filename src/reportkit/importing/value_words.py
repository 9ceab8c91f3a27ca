"""What other systems write for the choices of the forms, in Chinese, English and German; totals and blanks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
from reportkit.importing.heading_words import Words

# Choices → code → values; "" is a blank.
VALUES: Final[Mapping[str, Words]] = {
    CASE_STATUS.code: {
        "open": "new|新建|未处理|待受理|待分配|未受理|registered|submitted|to do|backlog|offen|neu",
        "in_progress": "wip|processing|受理中|跟进中|assigned|active|started|跟踪中|doing|in bearbeitung",
        "waiting":
            "pending|on hold|hold|等待客户回复|待客户确认|待反馈|挂起|awaiting user info|waiting for customer|"
            "awaiting|wartet",
        "resolved":
            "solved|done|fixed|完成|已完成|办结|已办结|已处理|处理完成|y|yes|是|completed|complete|finished|"
            "answered|已答复|gelöst|erledigt",
        "closed": "关闭|归档|已归档|结案|已结案|archived|closed complete|geschlossen|abgeschlossen",
        "unresolved": "n|no|否|未解决|无法解决|failed|rejected|驳回|abandoned|放弃|missed|cancelled|canceled",
    },
    PRIORITY.code: {
        "urgent": "critical|p1|1|特急|加急|非常紧急|highest|blocker|emergency|1-critical|vip|dringend",
        "high": "p2|2|重要|major|2-high|较高|hoch",
        "normal": "medium|moderate|p3|3|一般|普通|中等|3-moderate|正常|standard|mittel",
        "low": "p4|4|不急|lowest|minor|4-low|较低|planning|p5|5|niedrig",
    },
    CATEGORY.code: {
        "account": "账号|帐号|登录|開戶|密码|销户|login|password|admin|access|profile|konto|depot|zugang",
        "trading": "委托|撤单|下单|买卖|成交|trade|order|settlement|wertpapierauftrag",
        "product": "基金|理财|两融|contract|fund|subscription|新股",
        "system": "app|软件|闪退|故障|行情|卡顿|technical|bug|network|error|software|hardware|outage|it",
        "fees": "佣金|手续费|手續費|收费|扣费|计费|billing|payment|commission|refund|charge|invoice|fee|gebühr",
        "complaint": "抱怨|不满|申诉|complain|dispute|beschwerde",
        "suggestion": "反馈|意见|feature|feedback|idea|vorschlag|anregung",
        "other": "咨询|综合|杂项|general|misc|inquiry|enquiry|question|sonstiges",
    },
    CHANNEL.code: {
        "phone": "热线|来电|去电|呼入|呼出|客服电话|voice|call|telephone|inbound|outbound|tel|拨打|telefon|anruf",
        "sms": "短信|text|message|mms",
        "wechat": "企业微信|公众号|weixin|wx|企微|小程序",
        "email": "邮件|邮箱|e-mail|mail|outcall email",
        "in_person":
            "现场|柜台|柜面|counter|上门|walk-in|branch|到访|face to face|onsite|临柜|拜访|persönlich|filiale",
        "video": "视频通话|zoom|meeting|腾讯会议",
        "webinar": "直播|线上课|online class",
        "other": "web|portal|chat|在线客服|app|网页|self-service|官网|social|twitter|在线",
    },
    YES_NO.code: {
        "yes": "成功|接通|已接通|有效|connected|answered|success|完成|good|t|ja|erreicht",
        "no":
            "未接|未接通|无人接听|失败|拒接|关机|空号|missed|no answer|busy|failed|voicemail|无效|f|未接听|nein|"
            "nicht erreicht",
    },
    KIND.code: {
        "new_contact": "新客|新客户|首次联系|new customer|onboarding|first call",
        "return_visit": "回访|例行回访|定期回访|follow-up|followup|check-in",
        "fund_talk": "基金|基金推介|fund",
        "margin_talk": "两融|融资|margin",
        "advisory_talk": "投顾|advisory",
        "home_visit": "拜访|上门|走访|visit",
        "complaint_followup": "投诉|投诉处理|complaint",
        "referral_request": "转介绍|推荐|referral",
        "salon": "沙龙",
        "report_meeting": "报告会|策略会",
        "other": "misc|杂项|其它",
    },
    LEAVE.code: {
        "none": "出勤|正常|√|休息|present|上班|normal|周末",
        "half": "半天假|上午请假|下午请假|0.5",
        "full": "年假|病假|事假|调休|婚假|产假|请假|休假|1|absent|annual leave|sick|vacation|全天假",
    },
    CUSTOMER_STATUS.code: {
        "active": "有效|活跃|在册|normal|open|aktiv",
        "dormant": "不活跃|睡眠|沉默|inactive|不动户|inaktiv",
        "transferred_out": "销户|转出|已销户|流失|closed|已转出|left|gekündigt",
    },
    RISK.code: {
        "conservative": "c1|c2|保守|谨慎型|r1|r2|low|安全型|sicherheitsorientiert",
        "balanced": "c3|稳健|平衡型|r3|medium|moderate|ausgewogen",
        "aggressive": "c4|c5|激进型|进取型|成长型|r4|r5|high|积极|chancenorientiert",
    },
    SKILL.code: {
        "novice": "初学|入门|beginner",
        "intermediate": "中级|普通",
        "experienced": "高级|advanced|丰富",
        "professional": "专家|expert|pro",
    },
    STAGE.code: {
        "found": "lead|new|初步接洽|线索|qualification",
        "contacted": "联系|已联系|qualified|需求确认|contact",
        "proposed": "方案|报价|proposal|quote|推介|negotiation|谈判",
        "won": "赢单|已成交|closed won|success|签约|已签约",
        "lost": "输单|closed lost|流失|放弃|dead",
    },
    STANCE.code: {
        "holds": "y|yes|是|有|√|✓|1|true|已开通|持有|已签约|开通|vorhanden",
        "interested": "意向|有兴趣|maybe|考虑中|interessiert",
        "not_interested": "没兴趣|无兴趣|拒绝|kein interesse",
        "unsuitable": "不适合|风险不匹配",
        "": "n|no|否|无|×|0|false|未开通|没有|-|未签约|未持有",
    },
    PRODUCT.code: {
        "public_fund": "公募|基金|mutual fund|fund",
        "private_fund": "私募",
        "managed_account": "专户",
        "margin_trading": "两融|融资|margin",
        "collective_plan": "资管|集合理财|资管计划",
        "advisory_contract": "投顾|投顾签约|advisory",
    },
}  # fmt: skip
# The five steps of satisfaction.
SCALE: Final[Words] = {
    "5": "非常满意|很满意|十分满意|very satisfied|excellent|5分|五星|★★★★★|strongly agree|sehr zufrieden",
    "4": "满意|比较满意|satisfied|4分|四星|★★★★☆|★★★★|good|somewhat satisfied|zufrieden",
    "3": "一般|中立|普通|neutral|3分|三星|★★★☆☆|★★★|fair|ok",
    "2": "不满意|较不满意|不太满意|dissatisfied|2分|二星|★★☆☆☆|★★|poor|unsatisfied|unzufrieden",
    "1": "非常不满意|很不满意|very dissatisfied|1分|一星|★☆☆☆☆|★|bad|very poor|terrible|sehr unzufrieden",
}  # fmt: skip
NOT: Final = ("not", "未", "没", "无", "nicht", "kein")  # a word after it means the opposite
TOTALS: Final = ("合计", "总计", "小计", "合計", "總計", "total", "grand total", "sum", "summe", "gesamt")
# Texts that stand for nothing.
NOTHING: Final = (
    "-", "--", "—", "/", "n/a", "na", "null", "none", "nan", "#n/a", "?", "\\", "nil",
    "暂无", "不评价", "未评价", "未評價",
)  # fmt: skip
