"""The words of the sheets on service, satisfaction, customers and visits that stand nowhere else."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.definitions import derived, forms, report_words, settings_forms, words
from reportkit.definitions.text import Text

NOTHING: Final = Text("没有。", "沒有。", "None.")
FIRST_OF: Final = Text(
    "{title}（列 {shown}，共 {all}）", "{title}（列 {shown}，共 {all}）", "{title} ({shown} of {all})"
)
INTERVAL: Final = Text("{low} 至 {high}", "{low} 至 {high}", "{low} to {high}")
PLACE: Final = Text("所在行", "所在列", "Row")
ADVISOR: Final = words.ADVISOR
CUSTOMER: Final = words.CUSTOMER
NAME: Final = report_words.NAME
DATE: Final = words.DATE
TIMES: Final = report_words.COUNT

# --- Sheets -------------------------------------------------------------------------------------------------------

EFFECTS: Final = Text("改进效果", "改進效果", "Improvements")
SATISFACTION: Final = Text("满意度", "滿意度", "Satisfaction")
MOVES: Final = Text("客户动向", "客戶動向", "Customer moves")
VISITS: Final = Text("走访", "走訪", "Visits")
KNOWLEDGE: Final = Text("培训与问答", "培訓與問答", "Training and FAQ")
AROUND: Final = Text("服务与客户", "服務與客戶", "Service and customers")
AROUND_LINE: Final = Text(
    "满意度和走访看 {start} 至 {end}，其余截至 {as_of}",
    "滿意度和走訪看 {start} 至 {end}，其餘截至 {as_of}",
    "Satisfaction and visits from {start} to {end}, the rest as of {as_of}",
)

# --- Cases --------------------------------------------------------------------------------------------------------

BY_CHANNEL: Final = Text("按沟通方式", "按溝通方式", "By channel")
BY_CAUSE: Final = Text("按问题原因", "按問題原因", "By cause")
BY_PERSON: Final = Text("各责任人本月", "各責任人本月", "Each person's month")
LIMITS: Final = Text("在用的时限", "在用的時限", "The limits in force")
RESPONSE_LIMIT: Final = Text("响应（秒）", "回應（秒）", "Response (s)")
RESOLUTION_LIMIT: Final = Text("解决（小时）", "解決（小時）", "Resolution (h)")
CLOCK: Final = Text("计时", "計時", "Clock")
SINCE: Final = Text("生效", "生效", "Since")
ALL_ANSWERS: Final = Text("总体", "總體", "Overall")
KIND: Final = report_words.KIND
ABOVE: Final = Text("上距", "上距", "Above")
BELOW: Final = Text("下距", "下距", "Below")
LATE_STATE: Final = report_words.STATE
PAST: Final = Text("已超时", "已逾時", "Past limit")
AT_RISK: Final = Text("快到时限", "快到時限", "Near limit")
RESOLVED_LATE: Final = Text("超时后解决", "逾時後解決", "Resolved late")
RESPONSES_WITHIN: Final = Text("时限内响应", "時限內回應", "Response in limit")
RESOLVED_WITHIN: Final = Text("时限内解决", "時限內解決", "Resolved in limit")
REPEATS: Final = Text("重复咨询", "重複諮詢", "Repeats")
ALL_CHANNELS: Final = Text("全部", "全部", "all")
AS_FOR_ALL: Final = Text("同全部", "同全部", "as for all")

# --- Improvements -------------------------------------------------------------------------------------------------

EFFECTS_LINE: Final = Text(
    "实施周前后各四个整周；{judged} 项可判断，{better} 项变好。差别小于偶然（p ≥ 0.05）不算变化",
    "實施週前後各四個整週；{judged} 項可判斷，{better} 項變好。差別小於偶然（p ≥ 0.05）不算變化",
    "Four whole weeks before and after the week of the start; {judged} can be judged, {better} got better. What chance explains (p ≥ 0.05) is no change",
)
BEFORE_AFTER: Final = Text("优化前后对比", "改善前後對比", "Before and after")
PROBLEM: Final = forms.IMPROVEMENTS.column["problem"].label
MEASURE: Final = Text("措施", "措施", "Measure")
STARTED: Final = Text("实施日", "實施日", "In force since")
BEFORE: Final = Text("之前", "之前", "Before")
AFTER: Final = Text("之后", "之後", "After")
CHANGE: Final = Text("变化", "變化", "Change")
SAMPLES: Final = Text("样本（前/后）", "樣本（前/後）", "n before / after")
CHANCE: Final = Text("p 值", "p 值", "p")
VERDICT: Final = Text("结论", "結論", "Verdict")
WORKED: Final = Text("有效的措施", "有效的措施", "What worked")
NONE_WORKED: Final = Text("还没有可以确认变好的措施。", "還沒有可以確認變好的措施。", "Nothing has proved to work yet.")
NO_EFFECTS: Final = Text("日志里没有改进计划。", "日誌裡沒有改進計劃。", "No improvement is written down.")
START_DAY: Final = Text("实施 {day}", "實施 {day}", "In force {day}")
CHART_EFFECT: Final = Text(
    "{who}：{indicator}，{measure}", "{who}：{indicator}，{measure}", "{who}: {indicator}, {measure}"
)
ALT_EFFECT: Final = Text(
    "折线图：{indicator} 实施前后的每周数值，竖条是实施的那一周",
    "折線圖：{indicator} 實施前後的每週數值，直條是實施的那一週",
    "Line chart: {indicator} week by week; the bar is the week the measure began",
)
WEEKLY_VALUES: Final = Text("图上的每周数值", "圖上的每週數值", "The weekly values of the charts")

# --- Process control ----------------------------------------------------------------------------------------------

PROCESS: Final = Text("过程控制（团队）", "過程管制（團隊）", "Process control (team)")
PROCESS_LINE: Final = Text(
    "最近一个整周和之前各周的自然范围（均值 ± 2.66 × 平均移动极差，次数按工作日折算）相比：出了范围是过程变了，范围内是正常波动",
    "最近一個整週和之前各週的自然範圍（平均 ± 2.66 × 平均移動全距，次數按工作日折算）相比：出了範圍是過程變了，範圍內是正常波動",
    "The last whole week against the natural range of the weeks before (mean ± 2.66 × mean moving range; counts by the days worked): outside is a change in the process, inside is noise",
)
SETTLES_LINE: Final = Text(
    "未结的工单还会解决，所以解决的比率晚一周再比较，括号里是哪一周",
    "未結的工單還會解決，所以解決的比率晚一週再比較，括號裡是哪一週",
    "Open cases may still be resolved, so a share of those resolved is compared a week later; its week stands in brackets",
)
OF_WEEK: Final = Text("{indicator}（{week}）", "{indicator}（{week}）", "{indicator} ({week})")
LAST_WEEK: Final = Text("最近整周", "最近整週", "Last whole week")
MEAN: Final = Text("均值", "平均", "Mean")
LOWER: Final = Text("下限", "下限", "Lower")
UPPER: Final = Text("上限", "上限", "Upper")
PROCESS_TOO_YOUNG: Final = Text(
    "满 {weeks} 个整周后才看得出平常的波动，届时这里列出每个指标的范围。",
    "滿 {weeks} 個整週後才看得出平常的波動，屆時這裡列出每個指標的範圍。",
    "Usual swings show after {weeks:whole week|whole weeks}; each indicator's limits will stand here then.",
)
SIGNAL: Final = Text("信号", "訊號", "Signal")
SIGNAL_BETTER: Final = Text("▲ 变好", "▲ 變好", "▲ better")
SIGNAL_WORSE: Final = Text("▼ 变差", "▼ 變差", "▼ worse")
SIGNAL_NONE: Final = Text("正常波动", "正常波動", "noise")

# --- Satisfaction -------------------------------------------------------------------------------------------------

SATISFACTION_LINE: Final = Text(
    "{start} 至 {end}。CSAT 是 4、5 分的占比，NPS 是推荐者减去贬损者；区间是 95% 的，灰色样本不足 5",
    "{start} 至 {end}。CSAT 是 4、5 分的佔比，NPS 是推薦者減去貶損者；區間是 95% 的，灰色樣本不足 5",
    "{start} to {end}. CSAT is the share of scores of 4 and 5, NPS promoters less detractors; ranges are 95 % intervals; grey stands on fewer than 5",
)
SOURCE: Final = Text("来源", "來源", "Source")
CASE_RATINGS: Final = Text("工单评分", "工單評分", "Case ratings")
SURVEYS: Final = forms.SURVEYS.label
ASKED: Final = Text("应答", "應答", "Asked")
ANSWERED: Final = Text("回答", "回答", "Answered")
RESPONSE_RATE: Final = Text("回答率", "回答率", "Response rate")
CSAT: Final = Text("CSAT", "CSAT", "CSAT")
CSAT_INTERVAL: Final = Text("CSAT 区间", "CSAT 區間", "CSAT range")
MEAN_SCORE: Final = Text("平均分", "平均分", "Mean score")
LOW_SCORES: Final = Text("低分", "低分", "Low scores")
NPS: Final = Text("NPS", "NPS", "NPS")
NPS_INTERVAL: Final = Text("NPS 区间", "NPS 區間", "NPS range")
RECOMMENDING: Final = Text("答推荐", "答推薦", "NPS answers")
BY_SEGMENT: Final = Text("按客户分层", "按客戶分層", "By segment")
BY_ADVISOR: Final = Text("按办结时的责任人", "按辦結時的責任人", "By advisor at closing")
CASES_RATED: Final = Text("工单评分数", "工單評分數", "Case ratings")
CASES_CSAT: Final = Text("工单 CSAT", "工單 CSAT", "Case CSAT")
SURVEYED: Final = Text("调查数", "調查數", "Surveys")
SURVEY_CSAT: Final = Text("调查 CSAT", "調查 CSAT", "Survey CSAT")
UNANSWERED: Final = Text("没人跟进的低分", "沒人跟進的低分", "Low scores nobody followed up")
SCORE: Final = Text("评分", "評分", "Score")
FROM: Final = Text("来自", "來自", "From")
CHART_CSAT: Final = Text(
    "各人工单 CSAT 与 95% 区间", "各人工單 CSAT 與 95% 區間", "Case CSAT by advisor with 95 % interval"
)
ALT_CSAT: Final = Text(
    "柱形图：各责任人的工单 CSAT，误差线是 95% 区间",
    "直條圖：各責任人的工單 CSAT，誤差線是 95% 區間",
    "Column chart: case CSAT by advisor; the error bars are 95 % intervals",
)
NOT_KNOWN: Final = Text("（未知）", "（未知）", "(unknown)")

# --- Customers ----------------------------------------------------------------------------------------------------

TIER: Final = derived.PORTFOLIO[derived.TIER].label
RULES: Final = Text("规则（设置里改）", "規則（設定裡改）", "Rule (change it in the settings)")
OTHERWISE: Final = Text("其余", "其餘", "everybody else")
INTERESTED: Final = Text("有意向（位）", "有意向（位）", "Interested (customers)")
WON_BY_PRODUCT: Final = Text("本月成交（笔）", "本月成交（筆）", "Won this month (count)")
OVERDUE_CHANCES: Final = Text("其中已过预计日期", "其中已過預計日期", "Open past the expected day")
MOVES_LINE: Final = Text(
    "截至 {on}。分层变动和上月末比；客户编号已遮盖，点所在行打开日志",
    "截至 {on}。分層變動和上月末比；客戶編號已遮蓋，點所在列開啟日誌",
    "As of {on}. Moves are since the end of last month; ids are masked, a row's link opens the log",
)
FLOWS: Final = Text("分层变动（本月）", "分層變動（本月）", "Moves between segments (this month)")
FROM_SEGMENT: Final = Text("原来", "原來", "From")
TO_SEGMENT: Final = Text("现在", "現在", "To")
NEW_CUSTOMER: Final = Text("新客户", "新客戶", "New customer")
REFERRALS: Final = Text(
    "转介绍（共带来 {customers} 位，{assets} 元）",
    "轉介紹（共帶來 {customers} 位，{assets} 元）",
    "Referrals (brought {customers:customer|customers}, CNY {assets})",
)
REFERRER: Final = Text("转介绍人", "轉介紹人", "Referrer")
BROUGHT: Final = Text("带来客户", "帶來客戶", "Brought")
BROUGHT_ASSETS: Final = Text("带来资产（元）", "帶來資產（元）", "Assets brought (CNY)")
DEPARTURES: Final = Text(
    "流失客户和之前的迹象（近半年）", "流失客戶和之前的跡象（近半年）", "Who left, and the signs before (half a year)"
)
LEFT_ON: Final = Text("流失日期", "流失日期", "Left on")
SEGMENT_BEFORE: Final = Text("原分层", "原分層", "Segment")
ASSETS: Final = report_words.ASSETS
SIGNS: Final = Text("之前的迹象", "之前的跡象", "Signs before")
SIGN_COUNTS: Final = Text("流失前的迹象", "流失前的跡象", "Signs before leaving")
NO_SIGNS: Final = Text("没有", "沒有", "none")
RISK_DUE: Final = Text("风险测评要更新的客户", "風險測評要更新的客戶", "Risk assessments to renew")
EXPIRES_ON: Final = Text("到期日", "到期日", "Expires on")
STATE: Final = report_words.STATE
UNSUITABLE: Final = Text(
    "不适当推介（本月的沟通、未结束的业务机会）",
    "不適當推介（本月的溝通、未結束的業務機會）",
    "Unsuitable products (this month's talks, open opportunities)",
)
HELD: Final = Text("持有（位）", "持有（位）", "Held (customers)")
PENETRATION: Final = Text("渗透率", "滲透率", "Penetration")
PRODUCT: Final = forms.OPPORTUNITIES.column["product"].label

# --- Visits -------------------------------------------------------------------------------------------------------

VISITS_LINE: Final = Text(
    "计划在 {start} 至 {end} 的走访，截至 {as_of}；日历文件：reportkit visits 日志 --ics 走访.ics",
    "計劃在 {start} 至 {end} 的走訪，截至 {as_of}；日曆檔案：reportkit visits 日誌 --ics 走訪.ics",
    "Visits planned from {start} to {end}, as of {as_of}; a calendar file: reportkit visits LOG --ics visits.ics",
)
RATES: Final = Text("完成情况", "完成情況", "Done and late")
OF_TEAM: Final = report_words.TEAM
PLANNED: Final = Text("计划", "計劃", "Planned")
ON_TIME: Final = Text("按时", "按時", "On time")
DONE_LATE: Final = Text("晚完成", "晚完成", "Late")
OVERDUE: Final = Text("逾期未做", "逾期未做", "Overdue")
AHEAD: Final = Text("未到期", "未到期", "Ahead")
FIRST_VISITS: Final = Text("新客户十日内首访", "新客戶十日內首訪", "First visits within ten days")
MISSED: Final = Text("未访", "未訪", "Missed")
LATE_VISIT: Final = Text("晚访", "晚訪", "Late")
NOT_YET_DUE: Final = Text("未到期", "未到期", "Not yet due")
ON_TIME_RATE: Final = Text("按时率", "按時率", "On-time rate")
TURNS: Final = Text("轮流沟通：本轮进度", "輪流溝通：本輪進度", "Turns: the round under way")
TALK: Final = Text("沟通", "溝通", "Talk")
ELIGIBLE: Final = Text("{talk}：适合客户", "{talk}：適合客戶", "{talk}: eligible")
HAD_TURN: Final = Text("已轮到", "已輪到", "Had their turn")
OUT_OF_TURN: Final = Text("没轮到又沟通的客户", "沒輪到又溝通的客戶", "Talked to out of turn")
DONE_RATE: Final = Text("完成率", "完成率", "Done")
LATE_RATE: Final = Text("晚完成率", "晚完成率", "Late rate")
SATISFIED: Final = Text("满意", "滿意", "Satisfied")
ACTIONS: Final = Text("后续行动", "後續行動", "Follow-ups")
ACTIONS_DONE: Final = Text("行动完成率", "行動完成率", "Follow-ups done")
ACTIONS_OVERDUE: Final = Text("行动逾期", "行動逾期", "Follow-ups overdue")
OVERDUE_VISITS: Final = Text("逾期未做的走访", "逾期未做的走訪", "Visits overdue")
OVERDUE_ACTIONS: Final = Text("逾期未做的后续行动", "逾期未做的後續行動", "Follow-ups overdue")
DUE: Final = Text("期限", "期限", "Due")
DAYS: Final = Text("逾期天数", "逾期天數", "Days")
WHAT: Final = report_words.CONTENT
PROPOSALS: Final = Text(
    "建议走访（每人前 {most} 位）", "建議走訪（每人前 {most} 位）", "Whom to visit ({most} an advisor)"
)
POINTS: Final = Text("分数", "分數", "Points")
WHY: Final = Text("理由", "理由", "Why")
LAST_VISIT: Final = Text("上次走访", "上次走訪", "Last visit")
NEEDS: Final = Text("走访发现的需求和业务机会", "走訪發現的需求和業務機會", "Needs and opportunities found")
NEED: Final = Text("需求", "需求", "Need")
OPPORTUNITY: Final = forms.VISITS.column["opportunity"].label

# --- Training and FAQ ---------------------------------------------------------------------------------------------

KNOWLEDGE_LINE: Final = Text(
    "培训看 {since} 至 {until}；成绩 {least} 分为合格。问答看 {start} 至 {end} 的工单",
    "培訓看 {since} 至 {until}；成績 {least} 分為合格。問答看 {start} 至 {end} 的工單",
    "Training of {since} to {until}; a score of {least} passes. FAQ: cases of {start} to {end}",
)
TRAINING: Final = Text("培训", "培訓", "Training")
SESSIONS: Final = Text("次数", "次數", "Sessions")
HOURS: Final = forms.TRAINING.column["hours"].label
TARGET: Final = words.TARGET
ATTAINED: Final = words.ATTAINMENT
SCORED: Final = Text("有成绩", "有成績", "Scored")
MEAN_MARK: Final = Text("平均成绩", "平均成績", "Mean mark")
PASSED: Final = Text("合格率", "合格率", "Passed")
FAQ: Final = Text("话术与问答：用过几次", "話術與問答：用過幾次", "FAQ: how often used")
FAQ_NOTE: Final = Text(
    "工单的处理结果里写有问题原文或整段答复，就算用过一次",
    "工單的處理結果裡寫有問題原文或整段答覆，就算用過一次",
    "An answer counts as used where a case's resolution contains the question or the whole answer",
)
CATEGORY: Final = settings_forms.FAQ.column["category"].label
QUESTION: Final = settings_forms.FAQ.column["question"].label
ANSWER: Final = settings_forms.FAQ.column["answer"].label
USED: Final = Text("用过", "用過", "Used")
SEARCH: Final = Text("查找", "尋找", "Search")
SEARCH_HINT: Final = Text(
    "在黄格里输入要找的字，含有它的行会变色",
    "在黃格裡輸入要找的字，含有它的列會變色",
    "Type a word into the yellow cell: the rows that hold it are coloured",
)

CHANGES: Final = Text("补录与更正", "補錄與更正", "Late and corrected")
CHANGES_LINE: Final = Text(
    "周报发布之后，它那一周的记录又有新增、修改或消失；发布的数字不变，要改请重开那一周",
    "週報發布之後，它那一週的記錄又有新增、修改或消失；發布的數字不變，要改請重開那一週",
    "Rows of a published week that appeared, changed or vanished since; its figures stay until the week is reopened",
)
LATE_ROWS: Final = Text(
    "近 12 周里已发布各周的补录", "近 12 週裡已發布各週的補錄", "Late rows of the last 12 weeks, where published"
)
NO_LATE: Final = Text("没有补录", "沒有補錄", "No row came late")
WEEK: Final = Text("周", "週", "Week")
FIRST_SEEN: Final = Text("首次发现", "首次發現", "First seen")
WHAT_CHANGED: Final = Text("变动", "變動", "Change")
CHANGED: Final = {
    "appeared": Text("新增", "新增", "added"),
    "changed": Text("修改", "修改", "changed"),
    "vanished": Text("消失", "消失", "gone"),
}
OLD: Final = Text("原来", "原來", "Before")
NEW: Final = Text("现在", "現在", "Now")
CORRECTED: Final = Text(
    "本周 {published} 发布，{reopened} 重开：{why}",
    "本週 {published} 發布，{reopened} 重開：{why}",
    "This week was published on {published} and reopened on {reopened}: {why}",
)
NO_CORRECTION: Final = Text("数字没有变", "數字沒有變", "No figure differs")
