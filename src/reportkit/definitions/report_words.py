"""The words of the weekly reports and the team workbook that stand nowhere else."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.definitions import forms, settings_forms, words
from reportkit.definitions.text import Text

# --- Sheets -------------------------------------------------------------------------------------------------------

OVERVIEW: Final = Text("总览", "總覽", "Overview")
HEATMAP: Final = Text("达成热力图", "達成熱力圖", "Heatmap")
RANKING: Final = Text("排名", "排名", "Ranking")
QUALITY: Final = Text("数据质量", "資料品質", "Data quality")
DETAIL: Final = Text("明细", "明細", "Detail")
VALUES: Final = Text("完成", "完成", "Values")

# --- Titles and tiles ---------------------------------------------------------------------------------------------

ADVISOR_TITLE: Final = Text("{name} 周报", "{name} 週報", "Weekly report: {name}")
TEAM_TITLE: Final = Text("{name} 团队周报", "{name} 團隊週報", "Team report: {name}")
WEEK_LINE: Final = Text(
    "{week}（{start} 至 {end}），截至 {as_of}",
    "{week}（{start} 至 {end}），截至 {as_of}",
    "{week} ({start} to {end}), as of {as_of}",
)
SCORE: Final = Text("绩效得分", "績效得分", "Score")
GRADE: Final = Text("等级", "等級", "Grade")
WORKING_DAYS: Final = Text("工作日", "工作日", "Working days")
LEAVE: Final = Text("请假（天）", "請假（天）", "Leave (days)")
INDICATORS_MET: Final = Text("达标指标", "達標指標", "Indicators met")
CUSTOMERS_SERVED: Final = Text("服务客户", "服務客戶", "Customers served")
DUE_CUSTOMERS: Final = Text("待联系客户", "待聯絡客戶", "Customers due")
ADVISORS: Final = Text("客户经理", "客戶經理", "Advisors")
ERROR_ROWS: Final = Text("未计入行", "未計入列", "Rows excluded")
OF: Final = Text("{some} / {all}", "{some} / {all}", "{some} / {all}")

# --- The table of indicators --------------------------------------------------------------------------------------

PERIOD_UNIT: Final = Text("周期", "週期", "Period")
PACE: Final = Text("进度", "進度", "Pace")
STRETCH_TARGET: Final = Text("挑战", "挑戰", "Stretch")
DAILY_CONTACTS: Final = Text("每日客户沟通", "每日客戶溝通", "Customer contacts a day")
DAILY_TARGET: Final = Text("每日沟通目标", "每日溝通目標", "Target a day")
NOTE_PERIODS: Final = Text(
    "日、周指标看本周；月、双月指标看所在月份，截至 {as_of}。目标按工作日折算，请假自动扣减。— 表示不评：没有目标或没有数据。灰色比率的样本不足 {few}。",
    "日、週指標看本週；月、雙月指標看所在月份，截至 {as_of}。目標按工作日折算，請假自動扣減。— 表示不評：沒有目標或沒有資料。灰色比率的樣本不足 {few}。",
    "Day and week indicators cover this week, longer ones their month or two months up to {as_of}. Targets shrink with leave. "
    "— is not assessed: no target or no data. Grey shares stand on fewer than {few:observation|observations}.",
)

# --- Sentences ----------------------------------------------------------------------------------------------------

WENT_WELL: Final = Text("做得好", "做得好", "What went well")
IS_SHORT: Final = Text("还要努力", "還要努力", "What is short")
WELL: Final = Text(
    "{indicator}：完成 {value}，目标 {target}，达成 {attainment}",
    "{indicator}：完成 {value}，目標 {target}，達成 {attainment}",
    "{indicator}: {value} of {target}, {attainment}",
)
WELL_AHEAD: Final = Text(
    "{indicator}：已完成 {value}，至今应完成 {due}（{pace}），全期目标 {target}",
    "{indicator}：已完成 {value}，至今應完成 {due}（{pace}），全期目標 {target}",
    "{indicator}: {value} of {due} due so far ({pace}), {target} in all",
)
WELL_SHARE: Final = Text(
    "{indicator}：{value}，达到目标 {target}",
    "{indicator}：{value}，達到目標 {target}",
    "{indicator}: {value}, target {target} met",
)
SHORT_AMOUNT: Final = Text(
    "{indicator}：完成 {value}，目标 {target}，还差 {left}",
    "{indicator}：完成 {value}，目標 {target}，還差 {left}",
    "{indicator}: {value} of {target}, {left} to go",
)
SHORT: Final = Text(
    "{indicator}：{value}，低于目标 {target}",
    "{indicator}：{value}，低於目標 {target}",
    "{indicator}: {value}, below the target of {target}",
)
SHORT_AT_MOST: Final = Text(
    "{indicator}：{value}，高于目标 {target}",
    "{indicator}：{value}，高於目標 {target}",
    "{indicator}: {value}, above the target of {target}",
)
NOTHING_WELL: Final = Text("还没有指标跟上进度。", "還沒有指標跟上進度。", "No indicator is on pace yet.")
NOTHING_SHORT: Final = Text("所有指标都跟上了进度。", "所有指標都跟上了進度。", "Every indicator is on pace.")
NOTHING_ASSESSED: Final = Text(
    "本周没有可评的指标：没有工作日、没有目标或没有数据。",
    "本週沒有可評的指標：沒有工作日、沒有目標或沒有資料。",
    "Nothing could be assessed this week: no working day, no target or no data.",
)

# --- Charts -------------------------------------------------------------------------------------------------------

CHART_ATTAINMENT: Final = Text("各指标达成率", "各指標達成率", "Attainment by indicator")
CHART_CONTACTS: Final = Text("每日客户沟通与目标", "每日客戶溝通與目標", "Contacts a day against target")
CHART_TREND: Final = Text("近 {weeks} 周得分", "近 {weeks} 週得分", "Score of the last {weeks:week|weeks}")
ALT_ATTAINMENT: Final = Text(
    "条形图：每个指标的达成率，{count} 项中 {met} 项达标",
    "長條圖：每個指標的達成率，{count} 項中 {met} 項達標",
    "Bar chart: attainment of each indicator; {met} of {count} met",
)
ALT_CONTACTS: Final = Text(
    "柱形图：周一到周日每天沟通的客户数，折线是当天目标",
    "直條圖：週一到週日每天溝通的客戶數，折線是當天目標",
    "Column chart: customers contacted each day from Monday to Sunday; the line is the day's target",
)
NO_SCORES: Final = Text(
    "近 {weeks} 周还没有可画的得分。",
    "近 {weeks} 週還沒有可畫的得分。",
    "No score of the last {weeks:week|weeks} to draw yet.",
)
ALT_TREND: Final = Text(
    "折线图：最近 {weeks} 周的绩效得分，本周 {score}",
    "折線圖：最近 {weeks} 週的績效得分，本週 {score}",
    "Line chart: score of the last {weeks:week|weeks}; this week {score}",
)
ALT_SCORES: Final = Text(
    "柱形图：每位客户经理的绩效得分，从高到低",
    "直條圖：每位客戶經理的績效得分，從高到低",
    "Column chart: the score of every advisor, best first",
)
WEEK: Final = Text("周", "週", "Week")

# --- Due customers ------------------------------------------------------------------------------------------------

DUE_TITLE: Final = Text("接下来要联系的客户", "接下來要聯絡的客戶", "Customers to contact next")
DUE_LINE: Final = Text(
    "截至 {as_of}，共 {count} 位；按先后排列，每位客户列出全部原因",
    "截至 {as_of}，共 {count} 位；按先後排列，每位客戶列出全部原因",
    "{count} as of {as_of}, most urgent first; every reason of a customer is listed",
)
NO_VISITS: Final = Text("没有建议走访的客户。", "沒有建議走訪的客戶。", "No visit is proposed.")
NO_DUE: Final = Text("没有到期要联系的客户。", "沒有到期要聯絡的客戶。", "No customer is due.")

# --- Data quality -------------------------------------------------------------------------------------------------

ROWS_LINE: Final = Text(
    "读到 {read:,} 行 ＝ 计入 {counted:,} 行 ＋ 剔除 {excluded:,} 行；错误 {errors} 个，提醒 {warnings} 个",
    "讀到 {read:,} 列 ＝ 計入 {counted:,} 列 ＋ 剔除 {excluded:,} 列；錯誤 {errors} 個，提醒 {warnings} 個",
    "{read:,|row|rows} read = {counted:,} counted + {excluded:,} excluded; {errors:error|errors}, {warnings:warning|warnings}",
)
ROWS_READ: Final = Text("读到", "讀到", "Read")
ROWS_COUNTED: Final = Text("计入", "計入", "Counted")
ROWS_EXCLUDED: Final = Text("剔除", "剔除", "Excluded")
ERRORS: Final = Text("错误", "錯誤", "Errors")
WARNINGS: Final = Text("提醒", "提醒", "Warnings")
NO_FINDINGS: Final = Text(
    "没有发现问题，所有行都已计入。", "沒有發現問題，所有列都已計入。", "Nothing found: every row counts."
)
LOG: Final = Text("日志", "日誌", "Log")
WORKBOOK: Final = Text("工作簿", "活頁簿", "Workbook")
WHAT: Final = Text("问题与改法", "問題與改法", "What is wrong, and what to do")
FINDINGS_LINE: Final = Text(
    "列出 {shown} 条，共 {all} 条；点位置打开日志的那一格",
    "列出 {shown} 條，共 {all} 條；點位置開啟日誌的那一格",
    "{shown} listed of {all}; click a place to open that cell of the log",
)

# --- Detail -------------------------------------------------------------------------------------------------------

DETAIL_TITLE: Final = Text("每个数字背后的行", "每個數字背後的列", "The rows behind each figure")
DETAIL_LINE: Final = Text(
    "点“位置”打开日志的那一行；点数字回到上一页",
    "點「位置」開啟日誌的那一列；點數字回到上一頁",
    "Click a place to open that row of the log; click an indicator to go back",
)
DETAIL_BLOCK: Final = Text(
    "{indicator}：{value}（{rows} 行）", "{indicator}：{value}（{rows} 列）", "{indicator}: {value} ({rows:row|rows})"
)
TEAM_DETAIL_LINE: Final = Text(
    "每个团队数字由谁组成，在哪本日志的哪几行；点客户经理打开其周报的明细，点日志打开第一行",
    "每個團隊數字由誰組成，在哪本日誌的哪幾列；點客戶經理開啟其週報的明細，點日誌開啟第一列",
    "Who adds what to each team figure, and in which rows of which log; click an advisor for their report's detail, a log for its first row",
)
PLACE: Final = Text("位置", "位置", "Place")
DAY: Final = words.DATE
CONTENT: Final = Text("内容", "內容", "What")
COUNTS: Final = Text("计数", "計數", "Counts")
BASE: Final = Text("基数", "基數", "Base")
BASE_ROWS: Final = Text("只计入基数的行：{rows}", "只計入基數的列：{rows}", "In the base alone: rows {rows}")
ROWS: Final = Text("行数", "列數", "Rows")
WHERE: Final = Text("所在行", "所在列", "Where")
NO_ROWS: Final = Text("没有计入的行", "沒有計入的列", "no rows")

# --- The team -----------------------------------------------------------------------------------------------------

RANK: Final = Text("名次", "名次", "Rank")
TEAM: Final = settings_forms.ROSTER.column["team"].label
LEVEL: Final = settings_forms.ROSTER.column["level"].label
NAME: Final = settings_forms.ROSTER.column["name"].label
VALUE: Final = Text("完成", "完成", "Value")
TEAM_ROW: Final = Text("团队合计", "團隊合計", "Team")
HEATMAP_LINE: Final = Text(
    "达成率：橙色低于目标，蓝色超过目标；▼ 不到 60%，▲ 达到 120%；斜体样本不足 5。点单元格看明细",
    "達成率：橙色低於目標，藍色超過目標；▼ 不到 60%，▲ 達到 120%；斜體樣本不足 5。點儲存格看明細",
    "Attainment: orange below target, blue above; ▼ under 60%, ▲ 120% or more; slanted on fewer than 5. Click a cell for its rows",
)
SINCE_LAST_WEEK: Final = Text("较上周", "較上週", "Since last week")
RANKING_LINE: Final = Text(
    "按绩效得分从高到低；没有得分的排在最后",
    "按績效得分從高到低；沒有得分的排在最後",
    "By score, best first; those without one last",
)

# --- The rich sheets of the team workbook -------------------------------------------------------------------------

TREND: Final = Text("趋势", "趨勢", "Trend")
SERVICE: Final = Text("服务标准", "服務標準", "Service standards")
CASES: Final = Text("工单分析", "工單分析", "Cases")
CUSTOMERS: Final = Text("客户结构", "客戶結構", "Customers")
ALERTS: Final = Text("预警", "預警", "Alerts")

UNDER_WAY: Final = Text("，截至 {as_of}，还没过完", "，截至 {as_of}，還沒過完", ", up to {as_of} and not over yet")
TREND_LINE: Final = Text(
    "最近 {weeks} 周，按现在的记录重算；最后一列是本周",
    "最近 {weeks} 週，按現在的記錄重算；最後一欄是本週",
    "The last {weeks:week|weeks}, as the logs stand now; the last column is this week",
)
SCORES_BY_WEEK: Final = Text(
    "各人得分（▼ D 级，▲ A 级）", "各人得分（▼ D 級，▲ A 級）", "Scores of the advisors (▼ grade D, ▲ grade A)"
)
SCORES_OF_ADVISORS: Final = Text("各人得分", "各人得分", "Scores of the advisors")
ATTAINMENT_OF_TEAM: Final = Text("团队各指标达成率", "團隊各指標達成率", "The team's attainment by indicator")
SPARK: Final = Text("走势", "走勢", "Trend")

SERVICE_LINE: Final = Text(
    "本周开出的 {cases} 张工单，{customers} 位客户；办结 {closures} 张",
    "本週開出的 {cases} 張工單，{customers} 位客戶；辦結 {closures} 張",
    "{cases:case|cases} opened this week by {customers:customer|customers}; {closures} closed",
)
DESK_LINE: Final = Text(
    "{start} 至 {end}：{customers} 位客户提出 {cases} 张工单，办结 {closures} 张",
    "{start} 至 {end}：{customers} 位客戶提出 {cases} 張工單，辦結 {closures} 張",
    "{start} to {end}: {cases:case|cases} opened by {customers:customer|customers}, {closures} closed",
)
STANDARDS: Final = Text("五项服务标准", "五項服務標準", "The five service standards")
BEHIND_STANDARDS: Final = Text("标准背后", "標準背後", "Behind the standards")
CHART_STANDARDS: Final = Text("达成率与标准线（100%）", "達成率與標準線（100%）", "Attainment against the line (100%)")
CHART_STANDARDS_TREND: Final = Text(
    "近 {weeks} 周达成率", "近 {weeks} 週達成率", "Attainment over the last {weeks:week|weeks}"
)
ALT_STANDARDS: Final = Text(
    "条形图：五项服务标准各自的达成率，100% 为达标",
    "長條圖：五項服務標準各自的達成率，100% 為達標",
    "Bar chart: attainment of the five service standards; 100% meets the standard",
)
ALT_STANDARDS_TREND: Final = Text(
    "折线图：五项服务标准最近 {weeks} 周的达成率",
    "折線圖：五項服務標準最近 {weeks} 週的達成率",
    "Line chart: attainment of the five service standards over the last {weeks:week|weeks}",
)
MEASURE: Final = Text("项目", "項目", "Measure")
OBSERVATIONS: Final = Text("样本", "樣本", "Of")
MEDIAN_RESPONSE: Final = Text("响应时间中位数（秒）", "回應時間中位數（秒）", "Median first response (s)")
P90_RESPONSE: Final = Text("90% 的响应不超过（秒）", "90% 的回應不超過（秒）", "90% of responses within (s)")
SERVICE_LEVEL: Final = Text("时限内响应", "時限內回應", "Responses within the limit")
COVERAGE: Final = Text("有响应时间的工单", "有回應時間的工單", "Cases with a response time")
MEAN_RESOLUTION: Final = Text("平均解决时长（小时）", "平均解決時長（小時）", "Mean resolution time (h)")
WITHIN_LIMIT: Final = Text("时限内解决", "時限內解決", "Resolved within the limit")
REOPEN_RATE: Final = Text("重开率", "重開率", "Reopened")
REPEAT_RATE: Final = Text("重复咨询", "重複諮詢", "Repeat inquiries")
NO_CASES: Final = Text("本周没有工单。", "本週沒有工單。", "No cases this week.")

CASES_LINE: Final = Text(
    "本周开出的工单：从哪来、多急、什么时候来",
    "本週開出的工單：從哪來、多急、什麼時候來",
    "The cases opened this week: what about, how urgent, when",
)
BY_CATEGORY: Final = Text("按问题分类", "按問題分類", "By category")
BY_PRIORITY: Final = Text("按优先级", "按優先級", "By priority")
BY_HOUR: Final = Text("什么时候来（星期 × 小时）", "什麼時候來（星期 × 小時）", "When they come (weekday × hour)")
CASE_COUNT: Final = Text("工单", "工單", "Cases")
CUMULATIVE: Final = Text("累计占比", "累計佔比", "Cumulative")
PAST_LIMIT: Final = Text("超时和快到时限的工单", "逾時和快到時限的工單", "Cases past their limit or near it")
CHART_PARETO: Final = Text("问题分类的主次", "問題分類的主次", "What most cases are about")
ALT_PARETO: Final = Text(
    "柱形图：各问题分类的工单数，从多到少；折线是累计占比",
    "直條圖：各問題分類的工單數，從多到少；折線是累計佔比",
    "Column chart: cases by category, most first; the line is the cumulative share",
)
NOT_GIVEN: Final = Text("（未填）", "（未填）", "(not given)")
CASE_ID: Final = Text("工单", "工單", "Case")
OWNER: Final = forms.CASES.column["owner"].label
OPENED: Final = Text("提出", "提出", "Opened")
DUE_AT: Final = Text("时限到", "時限到", "Limit ends")
USED: Final = Text("已用时限", "已用時限", "Of limit used")
ESCALATE: Final = Text("升级给", "升級給", "Escalate to")
NONE_LATE: Final = Text(
    "没有超时或快到时限的工单。", "沒有逾時或快到時限的工單。", "No case is past or near its limit."
)

CUSTOMERS_LINE: Final = Text(
    "截至 {on}，服务中的客户 {customers} 位，资产 {assets} 元",
    "截至 {on}，服務中的客戶 {customers} 位，資產 {assets} 元",
    "{customers:customer|customers} in care on {on}, assets CNY {assets}",
)
SEGMENT: Final = Text("客户分层", "客戶分層", "Segment")
CUSTOMER_COUNT: Final = Text("客户数", "客戶數", "Customers")
ASSETS: Final = Text("资产（元）", "資產（元）", "Assets (CNY)")
WALLET: Final = Text("钱包份额", "錢包份額", "Share of wallet")
PIPELINE: Final = Text("业务机会", "業務機會", "Pipeline")
STAGE: Final = forms.OPPORTUNITIES.column["stage"].label
COUNT: Final = Text("个数", "個數", "Count")
AMOUNT: Final = Text("金额（元）", "金額（元）", "Amount (CNY)")
CHURN: Final = Text("客户流失", "客戶流失", "Churn")
MONTH: Final = Text("月份", "月份", "Month")
LEFT_CUSTOMERS: Final = Text("流失", "流失", "Left")
AT_START: Final = Text("月初客户", "月初客戶", "At start")
RATE: Final = Text("流失率", "流失率", "Rate")
RISK_STATE: Final = Text("风险测评", "風險測評", "Risk assessment")
STATE: Final = Text("状态", "狀態", "State")
TOTAL_OF_BRANCHES: Final = Text("合计", "合計", "All")
IN_CARE: Final = Text("在管（不含流失）", "在管（不含流失）", "In care, not lost")
CHART_SEGMENTS: Final = Text("各分层的客户数", "各分層的客戶數", "Customers by segment")
CHART_PIPELINE: Final = Text("业务机会金额", "業務機會金額", "Pipeline by stage")
ALT_SEGMENTS: Final = Text(
    "条形图：各客户分层的客户数", "長條圖：各客戶分層的客戶數", "Bar chart: customers in each segment"
)
ALT_PIPELINE: Final = Text(
    "条形图：业务机会各阶段的金额；成交和未成交为本月",
    "長條圖：業務機會各階段的金額；成交和未成交為本月",
    "Bar chart: amounts of opportunities by stage; won and lost are this month's",
)

ADVICE: Final = Text("目标建议", "目標建議", "Target advice")
ADVICE_LINE: Final = Text(
    "{all} 个目标里建议调整 {changes} 个；定了就在设置的“目标”里加一行新的生效日期",
    "{all} 個目標裡建議調整 {changes} 個；定了就在設定的「目標」裡加一列新的生效日期",
    "{changes} of {all:target|targets} could change; to follow one, add a row with a new date to the settings' targets sheet",
)
MEDIAN: Final = Text("中位数", "中位數", "Median")
GOOD: Final = Text("较好水平", "較好水準", "A good one")
NEED: Final = Text("客户需要", "客戶需要", "Customers need")
SUGGESTED: Final = Text("建议", "建議", "Suggested")
WHY: Final = Text("为什么", "為什麼", "Why")
NO_ADVICE: Final = Text(
    "现有目标都合适，或记录还太少。",
    "現有目標都合適，或記錄還太少。",
    "Every target fits, or there is too little to go by.",
)

ALERTS_LINE: Final = Text(
    "共 {count} 条，先急后缓；点客户经理打开其周报",
    "共 {count} 條，先急後緩；點客戶經理開啟其週報",
    "{count} in all, most urgent first; click an advisor to open their report",
)
WHAT_TO_LOOK_AT: Final = Text("要看什么", "要看什麼", "What to look at")
LIST: Final = Text("{title}：{names}", "{title}：{names}", "{title}: {names}")
AND_MORE: Final = Text(" 等 {count} 人", " 等 {count} 人", " and others, {count:advisor|advisors} in all")
KIND: Final = Text("类型", "類型", "Kind")
NO_ALERTS: Final = Text("没有需要马上看的。", "沒有需要馬上看的。", "Nothing needs a look at once.")
MORE_ALERTS: Final = Text("全部 {count} 条见“预警”", "全部 {count} 條見「預警」", "All {count}: see “Alerts”")
