"""What other systems call the columns and choices of the forms: only proposals use it, an import never guesses."""

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
from reportkit.definitions.columns import Choices, Column, fold

Words = Mapping[str, str]  # code → texts apart by |

# Traditional characters of headings and values, and the simplified ones they are compared by.
SIMPLIFIED: Final = str.maketrans(
    "單號碼時間類別狀態優順處辦結關來電話帳戶開覆應長滿評價級緊組員責備註說內東資產總"
    "額險測專職業愛親訪劃計預約階實際請況課績問題終點團隊務傭費訴議轉錄達與從個聯繫歸"
    "檔導離聽線撥會無對視頻郵現場櫃機構擔項據營銷聲報簽調動數遞擬進複雙確認變",
    "单号码时间类别状态优顺处办结关来电话账户开复应长满评价级紧组员责备注说内东资产总"
    "额险测专职业爱亲访划计预约阶实际请况课绩问题终点团队务佣费诉议转录达与从个联系归"
    "档导离听线拨会无对视频邮现场柜机构担项据营销声报签调动数递拟进复双确认变",
)

# Column code, or form.column where it means something else elsewhere → headings, most telling first.
HEADINGS: Final[Words] = {
    "customer_id": "客户号|客户代码|资金账号|会员号|客户ID|client id|client no|account no|customer no|"
    "requester id|caller id"
    "|account id|资金账户|客户编码",
    "name": "姓名|客户名称|客户名|客戶名稱|full name|customer name|client name|client",
    "assigned_on": "开户日期|分配日期|建档时间|开户时间|入档日期|開戶日期|assigned date|account opened|"
    "registered|created|since"
    "|开户日|建档日|date joined|registration date",
    "mobile": "number dialled|number dialed|calling number|caller number|called number|被叫号码|主叫号码|"
    "对方号码|来电号码|"
    "手机号|手机号码|联系电话|移动电话|手機號碼|mobile phone|cell phone|mobile no|cell|phone number",
    "phone": "固定电话|座机|电话号码|telephone|tel|landline|home phone",
    "wechat": "微信号|weixin|wechat id",
    "qq": "QQ号",
    "email": "邮箱|电子邮件|e-mail|email address|mail",
    "occupation": "工作|职务|job|job title|profession",
    "assets": "总资产|资产|账户资产|资产总额|资产规模|總資產|aum|total assets|balance|net worth"
    "|市值|总市值|资产净值|market value|portfolio value",
    "outside_assets": "他行资产|外部资产|场外资产|external assets|assets elsewhere",
    "referred_by": "推荐人|介绍人|转介绍人|referrer|referral",
    "customers.status": "客户状态|账户状态|状态|account status|status",
    "risk": "风险等级|风险承受能力|风险类型|風險等級|risk level|risk profile|risk rating"
    "|风险测评|风险测评结果",
    "risk_assessed_on": "测评日期|风险测评时间|評估日期|risk assessment date|assessed on",
    "public_fund": "公募|基金|mutual fund|fund",
    "private_fund": "私募|hedge fund",
    "managed_account": "专户|managed",
    "margin_trading": "两融|融资|margin",
    "futures": "股指期货|商品期货|期货账户",
    "collective_plan": "集合理财|资管计划|资管|asset plan",
    "advisory_contract": "投顾|投顾签约|签约投顾|advisory",
    "date": "时间|创建时间|提交时间|提交答卷时间|结束答题时间|填写时间|考勤日期|通话日期|通话时间|记录日期|"
    "timestamp|day|"
    "call date|date of call|submitted at|response date|end date"
    "|日期|datum",
    "activities.time": "start|begin|时刻|通话时间|开始时间|呼叫时间|time of day|start time|call time"
    "|几点|几时|时点",
    "kind": "类型|服务类别|业务类型|通话类型|跟进类型|call type|activity type|type|purpose|reason"
    "|做什么|事项|活动|工作内容",
    "channel": "来源渠道|渠道|来源|接入渠道|受理渠道|沟通渠道|联系方式|管道|submitted via|source|contact type|"
    "channel name|"
    "ticket channel|via|origin|medium",
    "effective": "是否接通|接通状态|通话结果|结果|有效|成功|answered|connected|outcome|result|disposition|success",
    "minutes": "时长|通话时长|持续时间|通话分钟|用时|duration|talk time|call duration|length|minutes spent"
    "|多久|多长时间|how long",
    "attendees": "人数|参加人数|出席人数|participants|attendance",
    "summary": "内容|摘要|沟通内容|备注|小结|通话小结|notes|note|remarks|comments|description|summary",
    "satisfaction": "满意度|评价|满意度评价|评分|星级|客户评价|滿意度|csat|csat score|rating|satisfaction rating|"
    "satisfaction score|customer satisfaction rating|score",
    "next_step": "后续计划|下一步计划|待办|next action|follow up action",
    "next_on": "下次联系|下次联系时间|下次回访|next contact|follow up date|next call",
    "case_id": "工单号|单号|受理单号|编号|流水号|事件编号|来电编号|受理编号|案件編號|ticket id|ticket no|"
    "ticket number|number|"
    "call id|incident|issue key|request id|case number|unique id|unique key|complaint id|id"
    "|call|ticket|case|ref|reference|vorgang|序号",
    "opened_at": "受理|提出|登记|受理时刻|创建时间|受理时间|来电时间|提交时间|报障时间|登记时间|开始时间|"
    "建立時間|created|created at|"
    "created time|"
    "created date|opened|open date|date received|issue reported at|reported at|date|date opened|start time|日期"
    "|called|logged|eröffnet|erstellt|受理日期|报案时间|来电日期|start|call start",
    "category": "分类|类别|问题类型|工单类型|工单分类|业务类型|诉求类型|来电原因|話題|類別|topic|type|"
    "ticket type|complaint type|"
    "subject|issue|issue type|reason|what|product"
    "|kind|queue|about|tags|labels|grund|thema|kategorie|案件类别|来电内容|客户来电内容|咨询内容|问题内容|"
    "call reason|skill",
    "priority": "优先顺序|优先权|紧急程度|级别|优先度|重要程度|緊急程度|ticket priority|severity|urgency|impact"
    "|prio|优先",
    "responded_at": "响应时间|首响时间|首次回复时间|首次回复|接听时间|受理响应时间|回覆時間|first response|"
    "first reply|"
    "first responded at|first reply at|issue responded|responded|response time|answered at"
    "|picked up|answered|接听|接通时间",
    "resolved_at": "办结|解决|解决时间|完成时间|办结时间|关闭时间|结案时间|处理完成时间|結案時間|resolved|"
    "resolved time|"
    "resolved at|"
    "closed|closed at|closed date|solved at|resolution date|completed at|close time"
    "|done|completed|finished|erledigt|solved|结案日期|办结日期",
    "waiting_minutes": "等待时长|等待客户时长|挂起时长|on hold time|pending time|requester wait time",
    "cases.status": "disposition|outcome|call status|通话状态|状态|处理状态|工单状态|进度|是否解决|處理狀態|"
    "ticket status|state|incident state|resolved|"
    "status"
    "|result|solved|目前状态|当前状态|处理情况|办理情况|办理结果|st",
    "owner": "坐席|客服|处理人|受理人|经办人|责任人|负责人|客户经理|座席|經辦人|agent|agent name|assignee|"
    "assigned to|owner|handler"
    "|经办|登记人|technician|csr",
    "resolution": "备注|備註|notes|remarks|comments|处理结果|解决方案|处理意见|回复内容|答复|處理結果|solution|"
    "resolution notes|company response|"
    "answer",
    "repeat_of": "关联工单|原工单|重复于|parent|duplicate of|related case",
    "reopened": "重开|重开次数|重启次数|reopens|reopen count|times reopened"
    "|reopen",
    "escalated_to": "升级|升级到|转派|escalation|escalated",
    "cause": "原因|根本原因|root cause|reason code",
    "measure": "措施|整改措施|action taken|countermeasure",
    "score": "是否满意|满意|滿意|满意度|总体满意度|整体满意|评分|打分|您对我们的服务是否满意|how satisfied|"
    "overall satisfaction|"
    "rating|satisfied"
    "|satisfaction|满意程度|how satisfied are you",
    "recommend": "推荐|推荐意愿|是否愿意推荐|愿意推荐|推荐的可能性|nps|recommend|how likely"
    "|would you recommend us|recommend us|likelihood to recommend",
    "comment": "意见|建议|意见建议|其他建议|还有什么|意見|feedback|suggestions|comments|anything else|improve",
    "planned_on": "计划时间|拜访日期|预约日期|planned|planned date|visit date",
    "planned_time": "预约时间|拜访时间|planned time",
    "place": "地址|拜访地点|location|address",
    "purpose": "目的|拜访目的|事由|purpose|subject",
    "opened_on": "商机日期|创建日期|发现时间|created|created date|opened",
    "product": "意向产品|产品名称|商机产品|product|product name",
    "amount": "金额|预计成交金额|预计销售金额|意向金额|amount|value|deal value|expected revenue",
    "stage": "销售阶段|商机阶段|状态|stage|status|pipeline stage",
    "expected_on": "预计成交日期|expected close|expected close date"
    "|expected|expected date",
    "closed_on": "結單日期|結束時間|成交日期|结单日期|close date|closed|closed date",
    "leave": "请假类型|考勤结果|出勤状态|出勤情况|请假情况|假別|leave type|absence|attendance|status",
    "service_hours": "工作时长|工时|在线时长|签入时长|出勤时长|实际工时|工時|hours|hours worked|login hours|"
    "staffed time|logged in"
    "|staffed|desk hours|在岗时长|login time",
    "training.date": "培训日期|培训时间|training date|date",
    "topic": "课程|课程名称|培训课程|培训内容|主题|course|course name|title|subject",
    "hours": "学时|课时|培训时长|時數|duration|credit hours|length",
    "training.score": "成绩|考试成绩|得分|分数|exam score|grade|result",
    "problem": "问题描述|issue|problem|finding",
    "due": "截止日期|完成期限|deadline|due date",
    "note": "备注|说明|事由|原因|remarks|reason|comments|notes",
}  # fmt: skip
# Headings of how long after the opening something happened.
PASSED: Final[Words] = {
    "responded_at": "首次答复|首次响应|首次响应时长|响应时长|首响时长|应答时长|等待时长|振铃时长|接听等待|"
    "排队时长|回覆時長|"
    "first response time|first reply time|"
    "response time|speed of answer|wait time|time in queue|queue time|first answer|time to first response|"
    "answer delay|wait|waited|waiting|queued|antwort nach|wartezeit",
    "resolved_at": "解决时长|处理时长|办结时长|完成时长|处理耗时|處理時長|resolution time|time to resolution|"
    "full resolution time|"
    "resolve time|handle time|time to resolve|handling time",
}  # fmt: skip
TALK: Final = "talk|handle|talk time|talk duration|talktime|avgtalkduration|通话时长|通話時長|call duration"
_VALUES: Final[Mapping[str, Words]] = {
    CASE_STATUS.code: {
        "open": "new|新建|未处理|待受理|待分配|未受理|registered|submitted|to do|backlog",
        "in_progress": "wip|in progress|processing|受理中|跟进中|处理中|assigned|active|started|跟踪中|doing",
        "waiting": "pending|on hold|hold|等待客户回复|待客户确认|待反馈|挂起|awaiting user info|"
        "waiting for customer|awaiting",
        "resolved": "solved|done|fixed|完成|已完成|办结|已办结|已处理|处理完成|y|yes|是|completed|complete|"
        "finished|answered|已答复",
        "closed": "关闭|归档|已归档|结案|已结案|archived|closed complete",
        "unresolved": "n|no|否|未解决|无法解决|failed|rejected|驳回|abandoned|放弃|missed|cancelled|canceled",
    },
    PRIORITY.code: {
        "urgent": "critical|p1|1|特急|加急|非常紧急|highest|blocker|emergency|1-critical|vip",
        "high": "p2|2|重要|major|2-high|较高",
        "normal": "medium|moderate|p3|3|一般|普通|中等|3-moderate|正常|standard",
        "low": "p4|4|不急|lowest|minor|4-low|较低|planning|p5|5",
    },
    CATEGORY.code: {
        "account": "账号|帐号|登录|開戶|开户|密码|销户|login|password|admin|access|profile",
        "trading": "委托|撤单|下单|买卖|成交|trade|order|settlement",
        "product": "基金|理财|两融|contract|fund|subscription|新股",
        "system": "app|软件|闪退|故障|行情|卡顿|technical|bug|network|error|software|hardware|outage|it",
        "fees": "佣金|手续费|手續費|傭金|收费|扣费|计费|billing|payment|commission|refund|charge|invoice|fee",
        "complaint": "抱怨|不满|申诉|complain|dispute",
        "suggestion": "反馈|意见|feature|feedback|idea",
        "other": "咨询|综合|杂项|general|misc|inquiry|enquiry|question",
    },
    CHANNEL.code: {
        "phone": "热线|来电|去电|呼入|呼出|客服电话|voice|call|telephone|inbound|outbound|tel|拨打",
        "sms": "短信|text|message|mms",
        "wechat": "企业微信|公众号|weixin|wx|企微|小程序",
        "email": "邮件|邮箱|e-mail|mail|outcall email",
        "in_person": "现场|柜台|柜面|counter|上门|walk-in|branch|到访|face to face|onsite|临柜|拜访",
        "video": "视频通话|zoom|meeting|腾讯会议",
        "webinar": "直播|线上课|online class",
        "other": "web|portal|chat|在线客服|app|网页|self-service|官网|social|twitter|在线",
    },
    YES_NO.code: {
        "yes": "成功|接通|已接通|有效|connected|answered|success|完成|good|t",
        "no": "未接|未接通|无人接听|失败|拒接|关机|空号|missed|no answer|busy|failed|voicemail|无效|f|未接听",
    },
    KIND.code: {
        "new_contact": "新客|新客户|首次联系|new customer|onboarding|first call",
        "return_visit": "回访|例行回访|定期回访|follow-up|followup|follow up|check-in|回訪",
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
        "half": "半天假|上午请假|下午请假|0.5|half|half day",
        "full": "年假|病假|事假|调休|婚假|产假|请假|休假|1|absent|annual leave|sick|vacation|全天假",
    },
    CUSTOMER_STATUS.code: {
        "active": "有效|活跃|在册|normal|open",
        "dormant": "不活跃|睡眠|沉默|inactive|不动户",
        "transferred_out": "销户|转出|已销户|流失|closed|已转出|left",
    },
    RISK.code: {
        "conservative": "c1|c2|保守|谨慎型|r1|r2|low|安全型",
        "balanced": "c3|稳健|平衡型|r3|medium|moderate",
        "aggressive": "c4|c5|激进型|进取型|成长型|r4|r5|high|积极",
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
        "holds": "y|yes|是|有|√|✓|1|true|已开通|持有|已签约|开通",
        "interested": "意向|有兴趣|interested|maybe|考虑中",
        "not_interested": "没兴趣|无兴趣|拒绝",
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
SCALE: Final[Words] = {  # of five steps, for satisfaction
    "5": "非常满意|很满意|十分满意|非常滿意|very satisfied|excellent|5分|五星|★★★★★|strongly agree",
    "4": "满意|比较满意|滿意|satisfied|4分|四星|★★★★☆|★★★★|good|somewhat satisfied",
    "3": "一般|中立|普通|neutral|3分|三星|★★★☆☆|★★★|fair|ok",
    "2": "不满意|较不满意|不太满意|不滿意|dissatisfied|2分|二星|★★☆☆☆|★★|poor|unsatisfied",
    "1": "非常不满意|很不满意|非常不滿意|very dissatisfied|1分|一星|★☆☆☆☆|★|bad|very poor|terrible",
}
AGENTS: Final = (
    "工号", "员工编号", "客户经理", "坐席", "客服", "客服人员", "受理人", "处理人", "经办人", "责任人", "所属客户经理",
    "login", "login id", "经办",
    "agent", "agent name", "advisor", "advisor id", "employee id", "staff", "owner", "assigned to", "assignee",
)  # fmt: skip
NOT: Final = ("not", "未", "没", "无")  # a word after it means the opposite
TOTALS: Final = ("合计", "总计", "小计", "合計", "總計", "total", "grand total", "sum")
NOTHING: Final = (
    "-",
    "--",
    "—",
    "/",
    "n/a",
    "na",
    "null",
    "none",
    "nan",
    "#n/a",
    "?",
    "\\",
    "暂无",
    "nil",
    "不评价",
    "未评价",
    "未評價",
)


def plain(text: str) -> str:
    """Return a text folded, in simplified characters."""
    return fold(text).translate(SIMPLIFIED)


def headings_of(form: str, column: Column) -> tuple[str, ...]:
    """Return the headings other systems give a column, folded, the most telling first."""
    written = HEADINGS.get(f"{form}.{column.code}", HEADINGS.get(column.code, ""))
    return tuple(plain(one) for one in written.split("|") if one)


def passed_headings(code: str) -> tuple[str, ...]:
    """Return the headings of how long after the opening a moment was, folded."""
    every = f"{PASSED.get(code, '')}|{TALK if code == 'resolved_at' else ''}"
    return tuple(plain(one) for one in every.split("|") if one)


def talk_headings() -> tuple[str, ...]:
    """Return the headings of how long a call lasted after it was answered, folded."""
    return tuple(plain(one) for one in TALK.split("|"))


def meaning(choices: Choices | None, text: str) -> tuple[str, bool] | None:
    """Return the code a value of another system may mean ('' for a blank), and whether every word of it was known.

    `choices` is None for the five steps of satisfaction.
    """
    words = SCALE if choices is None else _VALUES.get(choices.code, {})
    known = {plain(one): code for code, written in words.items() for one in written.split("|")}
    known |= {plain(one): code for one, code in choices.by_label.items()} if choices is not None else {}
    if plain(text) in known:
        return known[plain(text)], True
    within = [one for one in known if one in plain(text) and (len(one) > 2 or not one.isascii())]
    if plain(text).startswith(NOT) and not any(one.startswith(NOT) for one in within):
        return None
    return (known[max(within, key=len)], False) if within else None
