"""What other systems call the columns of the forms, in Chinese, English and German, and columns that are none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = Mapping[str, str]  # code → texts apart by |

# Column code, or form.column where it means something else elsewhere → headings, most telling first.
HEADINGS: Final[Words] = {
    "customer_id":
        "客户号|客户代码|资金账号|会员号|客户ID|client id|client no|account no|customer no|requester id|caller id|"
        "account id|资金账户|客户编码|kundennummer|kunden-nr|kundennr|kunden-id|depotnummer|kontonummer",
    "name": "姓名|客户名称|客户名|客戶名稱|full name|customer name|client name|client|kunde|kundenname",
    "assigned_on":
        "开户日期|分配日期|建档时间|开户时间|入档日期|assigned date|account opened|registered|created|since|开户日|"
        "建档日|date joined|registration date|kunde seit|zugeordnet am|kontoeröffnung",
    "mobile":
        "number dialled|number dialed|calling number|caller number|called number|被叫号码|主叫号码|对方号码|"
        "来电号码|手机号|手机号码|联系电话|移动电话|mobile phone|cell phone|mobile no|cell|phone number|handy|"
        "handynummer|mobiltelefon|mobilnummer|rufnummer",
    "phone": "固定电话|座机|电话号码|telephone|tel|landline|home phone|telefon|telefonnummer|festnetz",
    "wechat": "微信号|weixin|wechat id",
    "qq": "QQ号",
    "email": "邮箱|电子邮件|e-mail|email address|mail|e-mail-adresse|mailadresse",
    "occupation": "工作|职务|job|job title|profession|beruf",
    "assets":
        "总资产|资产|账户资产|资产总额|资产规模|aum|total assets|balance|net worth|市值|总市值|资产净值|"
        "market value|portfolio value|depotwert|gesamtvermögen|vermögen|depotbestand",
    "outside_assets": "他行资产|外部资产|场外资产|external assets|assets elsewhere|fremdvermögen",
    "referred_by": "推荐人|介绍人|转介绍人|referrer|referral|empfohlen von",
    "customers.status": "客户状态|账户状态|状态|account status|status|kundenstatus",
    "risk":
        "风险等级|风险承受能力|风险类型|風險等級|risk level|risk profile|risk rating|风险测评|风险测评结果|"
        "risikoklasse|risikoprofil|risikobereitschaft",
    "risk_assessed_on": "测评日期|风险测评时间|評估日期|risk assessment date|assessed on",
    "public_fund": "公募|基金|mutual fund|fund|investmentfonds|fonds",
    "private_fund": "私募|hedge fund",
    "managed_account": "专户|managed",
    "margin_trading": "两融|融资|margin",
    "futures": "股指期货|商品期货|期货账户",
    "collective_plan": "集合理财|资管计划|资管|asset plan",
    "advisory_contract": "投顾|投顾签约|签约投顾|advisory",
    "date":
        "时间|创建时间|提交时间|提交答卷时间|结束答题时间|填写时间|考勤日期|通话日期|通话时间|记录日期|timestamp|"
        "day|call date|date of call|submitted at|response date|end date|日期|datum|gesprächsdatum",
    "activities.time":
        "start|begin|时刻|通话时间|开始时间|呼叫时间|time of day|start time|call time|几点|几时|时点|uhrzeit|beginn",
    "kind":
        "类型|服务类别|业务类型|通话类型|跟进类型|call type|activity type|type|purpose|reason|做什么|事项|活动|"
        "工作内容|gesprächsart|anlass",
    "channel":
        "来源渠道|渠道|来源|接入渠道|受理渠道|沟通渠道|联系方式|管道|submitted via|source|contact type|channel name|"
        "ticket channel|via|origin|medium|kanal|kontaktweg",
    "effective":
        "是否接通|接通状态|通话结果|结果|有效|成功|answered|connected|outcome|result|disposition|success|erreicht|"
        "ergebnis|erfolgreich",
    "minutes":
        "时长|通话时长|持续时间|通话分钟|用时|duration|talk time|call duration|length|minutes spent|多久|多长时间|"
        "how long|gesprächsdauer|dauer",
    "attendees": "人数|参加人数|出席人数|participants|attendance|teilnehmer|teilnehmerzahl",
    "summary":
        "内容|摘要|沟通内容|备注|小结|通话小结|notes|note|remarks|comments|description|summary|bemerkung|"
        "bemerkungen|notiz|gesprächsnotiz|beschreibung",
    "satisfaction":
        "满意度|评价|满意度评价|评分|星级|客户评价|csat|csat score|rating|satisfaction rating|satisfaction score|"
        "customer satisfaction rating|score|zufriedenheit|bewertung",
    "next_step": "后续计划|下一步计划|待办|next action|follow up action|nächster schritt",
    "next_on": "下次联系|下次联系时间|下次回访|next contact|follow up date|next call|wiedervorlage|nächster kontakt",
    "case_id":
        "工单号|单号|受理单号|编号|流水号|事件编号|来电编号|受理编号|案件編號|ticket id|ticket no|ticket number|"
        "number|call id|incident|issue key|request id|case number|unique id|unique key|complaint id|id|call|ticket|"
        "case|ref|reference|vorgang|序号|vorgangsnummer|vorgangsnr|ticketnummer|fallnummer",
    "opened_at":
        "受理|提出|登记|受理时刻|创建时间|受理时间|来电时间|提交时间|报障时间|登记时间|开始时间|建立時間|created|"
        "created at|created time|created date|opened|open date|date received|issue reported at|reported at|date|"
        "date opened|start time|日期|called|logged|eröffnet|erstellt|受理日期|报案时间|来电日期|start|call start|"
        "eingang|eingegangen am|gemeldet am|angelegt am",
    "category":
        "分类|类别|问题类型|工单类型|工单分类|业务类型|诉求类型|来电原因|話題|topic|type|ticket type|complaint type|"
        "subject|issue|issue type|reason|what|product|kind|queue|about|tags|labels|grund|thema|kategorie|案件类别|"
        "来电内容|客户来电内容|咨询内容|问题内容|call reason|skill|betreff|anliegen",
    "priority":
        "优先顺序|优先权|紧急程度|级别|优先度|重要程度|ticket priority|severity|urgency|impact|prio|优先|priorität|"
        "dringlichkeit",
    "responded_at":
        "响应时间|首响时间|首次回复时间|首次回复|接听时间|受理响应时间|回覆時間|first response|first reply|"
        "first responded at|first reply at|issue responded|responded|response time|answered at|picked up|answered|"
        "接听|接通时间|erste antwort|beantwortet am|angenommen",
    "resolved_at":
        "办结|解决|解决时间|完成时间|办结时间|关闭时间|结案时间|处理完成时间|resolved|resolved time|resolved at|"
        "closed|closed at|closed date|solved at|resolution date|completed at|close time|done|completed|finished|"
        "erledigt|solved|结案日期|办结日期|gelöst am|geschlossen am|erledigt am|abgeschlossen",
    "waiting_minutes": "等待时长|等待客户时长|挂起时长|on hold time|pending time|requester wait time",
    "cases.status":
        "disposition|outcome|call status|通话状态|状态|处理状态|工单状态|进度|是否解决|ticket status|state|"
        "incident state|resolved|status|result|solved|目前状态|当前状态|处理情况|办理情况|办理结果|st|"
        "bearbeitungsstand",
    "owner":
        "坐席|客服|处理人|受理人|经办人|责任人|负责人|客户经理|座席|經辦人|agent|agent name|assignee|assigned to|"
        "owner|handler|经办|登记人|technician|csr|bearbeiter|sachbearbeiter|berater|kundenberater|betreuer",
    "resolution":
        "备注|notes|remarks|comments|处理结果|解决方案|处理意见|回复内容|答复|solution|resolution notes|"
        "company response|answer|lösung",
    "repeat_of": "关联工单|原工单|重复于|parent|duplicate of|related case",
    "reopened": "重开|重开次数|重启次数|reopens|reopen count|times reopened|reopen",
    "escalated_to": "升级|升级到|转派|escalation|escalated|weitergeleitet an",
    "cause": "原因|根本原因|root cause|reason code|ursache",
    "measure": "措施|整改措施|action taken|countermeasure|maßnahme",
    "score":
        "是否满意|满意|满意度|总体满意度|整体满意|评分|打分|您对我们的服务是否满意|how satisfied|"
        "overall satisfaction|rating|satisfied|satisfaction|满意程度|how satisfied are you|zufriedenheit|bewertung",
    "recommend":
        "推荐|推荐意愿|是否愿意推荐|愿意推荐|推荐的可能性|nps|recommend|how likely|would you recommend us|"
        "recommend us|likelihood to recommend|weiterempfehlung",
    "comment":
        "意见|建议|意见建议|其他建议|还有什么|意見|feedback|suggestions|comments|anything else|improve|anmerkung|"
        "kommentar",
    "planned_on": "计划时间|拜访日期|预约日期|planned|planned date|visit date|besuchsdatum|termin",
    "planned_time": "预约时间|拜访时间|planned time",
    "place": "地址|拜访地点|location|address|adresse",
    "purpose": "目的|拜访目的|事由|purpose|subject|zweck",
    "opened_on": "商机日期|创建日期|发现时间|created|created date|opened",
    "product": "意向产品|产品名称|商机产品|product|product name|produkt",
    "amount": "金额|预计成交金额|预计销售金额|意向金额|amount|value|deal value|expected revenue|betrag|volumen",
    "stage": "销售阶段|商机阶段|状态|stage|status|pipeline stage",
    "expected_on": "预计成交日期|expected close|expected close date|expected|expected date|erwartet am",
    "closed_on": "結單日期|結束時間|成交日期|close date|closed|closed date|abschluss am",
    "leave":
        "请假类型|考勤结果|出勤状态|出勤情况|请假情况|假別|leave type|absence|attendance|status|abwesenheit|urlaub",
    "service_hours":
        "工作时长|工时|在线时长|签入时长|出勤时长|实际工时|hours|hours worked|login hours|staffed time|logged in|"
        "staffed|desk hours|在岗时长|login time|arbeitszeit|stunden",
    "training.date": "培训日期|培训时间|training date|date",
    "topic": "课程|课程名称|培训课程|培训内容|主题|course|course name|title|subject|schulung|thema",
    "hours": "学时|课时|培训时长|時數|duration|credit hours|length|stunden|dauer",
    "training.score": "成绩|考试成绩|得分|分数|exam score|grade|result|punkte",
    "problem": "问题描述|issue|problem|finding",
    "due": "截止日期|完成期限|deadline|due date|frist|fällig am",
    "note": "备注|说明|事由|原因|remarks|reason|comments|notes|anmerkung|bemerkung",
}  # fmt: skip
# Headings of how long after the opening something happened.
PASSED: Final[Words] = {
    "responded_at":
        "首次答复|首次响应|首次响应时长|响应时长|首响时长|应答时长|等待时长|振铃时长|接听等待|排队时长|回覆時長|"
        "first response time|first reply time|response time|speed of answer|wait time|time in queue|queue time|"
        "first answer|time to first response|answer delay|wait|waited|waiting|queued|antwort nach|wartezeit|"
        "antwortzeit",
    "resolved_at":
        "解决时长|处理时长|办结时长|完成时长|处理耗时|resolution time|time to resolution|full resolution time|"
        "resolve time|handle time|time to resolve|handling time|bearbeitungszeit|lösungszeit",
}  # fmt: skip
# Headings of how long a call lasted after it was answered.
TALK: Final = "talk|handle|talk time|talk duration|avgtalkduration|通话时长|call duration"
# Headings of whose a row is.
AGENTS: Final = (
    "工号", "员工编号", "客户经理", "坐席", "客服", "客服人员", "受理人", "处理人", "经办人", "责任人",
    "所属客户经理", "login", "login id", "经办", "agent", "agent name", "advisor", "advisor id", "employee id",
    "staff", "owner", "assigned to", "assignee", "berater", "bearbeiter", "sachbearbeiter",
)  # fmt: skip
