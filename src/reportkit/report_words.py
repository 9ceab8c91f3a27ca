"""The words of the weekly reports and the team workbook that stand nowhere else."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.text import Text

# --- Sheets -------------------------------------------------------------------------------------------------------

OVERVIEW: Final = Text("总览", "總覽", "Overview")
HEATMAP: Final = Text("达成热力图", "達成熱力圖", "Heatmap")
RANKING: Final = Text("排名", "排名", "Ranking")
QUALITY: Final = Text("数据质量", "資料品質", "Data quality")
DETAIL: Final = Text("明细", "明細", "Detail")

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
DUE_CUSTOMERS: Final = Text("待联系客户", "待聯繫客戶", "Customers due")
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
    "— is not assessed: no target or no data. Grey shares stand on fewer than {few} observations.",
)
PACE_HINT: Final = Text(
    "进度＝完成 ÷ 到今天为止的目标", "進度＝完成 ÷ 到今天為止的目標", "Pace = value ÷ target up to today"
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
    "{indicator}：已完成 {value}，快于进度（{pace}），全期目标 {target}",
    "{indicator}：已完成 {value}，快於進度（{pace}），全期目標 {target}",
    "{indicator}: {value} of {target} so far, ahead of pace ({pace})",
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
CHART_TREND: Final = Text("近 {weeks} 周得分", "近 {weeks} 週得分", "Score of the last {weeks} weeks")
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
ALT_TREND: Final = Text(
    "折线图：最近 {weeks} 周的绩效得分，本周 {score}",
    "折線圖：最近 {weeks} 週的績效得分，本週 {score}",
    "Line chart: score of the last {weeks} weeks; this week {score}",
)
WEEK: Final = Text("周", "週", "Week")

# --- Due customers ------------------------------------------------------------------------------------------------

DUE_TITLE: Final = Text("接下来要联系的客户", "接下來要聯繫的客戶", "Customers to contact next")
DUE_LINE: Final = Text(
    "截至 {as_of}，共 {count} 位；按先后排列，每位客户列出全部原因",
    "截至 {as_of}，共 {count} 位；按先後排列，每位客戶列出全部原因",
    "{count} as of {as_of}, most urgent first; every reason of a customer is listed",
)
NO_DUE: Final = Text("没有到期要联系的客户。", "沒有到期要聯繫的客戶。", "No customer is due.")

# --- Data quality -------------------------------------------------------------------------------------------------

ROWS_LINE: Final = Text(
    "读到 {read} 行 ＝ 计入 {counted} 行 ＋ 剔除 {excluded} 行；错误 {errors} 个，提醒 {warnings} 个",
    "讀到 {read} 列 ＝ 計入 {counted} 列 ＋ 剔除 {excluded} 列；錯誤 {errors} 個，提醒 {warnings} 個",
    "{read} rows read = {counted} counted + {excluded} excluded; {errors} errors, {warnings} warnings",
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
BRANCH_FINDINGS: Final = Text(
    "机构设置与读不了的日志", "機構設定與讀不了的日誌", "Settings, and logs that could not be read"
)
WORKBOOK: Final = Text("工作簿", "活頁簿", "Workbook")
WHAT: Final = Text("问题与改法", "問題與改法", "What is wrong, and what to do")
FINDINGS_LINE: Final = Text(
    "列出 {shown} 条，共 {all} 条；点位置打开日志的那一格",
    "列出 {shown} 條，共 {all} 條；點位置打開日誌的那一格",
    "{shown} listed of {all}; click a place to open that cell of the log",
)

# --- Detail -------------------------------------------------------------------------------------------------------

DETAIL_TITLE: Final = Text("每个数字背后的行", "每個數字背後的列", "The rows behind each figure")
DETAIL_LINE: Final = Text(
    "点“位置”打开日志的那一行；点数字回到上一页",
    "點「位置」打開日誌的那一列；點數字回到上一頁",
    "Click a place to open that row of the log; click an indicator to go back",
)
DETAIL_BLOCK: Final = Text(
    "{indicator}：{value}（{rows} 行）", "{indicator}：{value}（{rows} 列）", "{indicator}: {value} ({rows} rows)"
)
TEAM_DETAIL_LINE: Final = Text(
    "每个团队数字由谁组成，在哪本日志的哪几行；点客户经理打开其周报的明细",
    "每個團隊數字由誰組成，在哪本日誌的哪幾列；點客戶經理打開其週報的明細",
    "Who adds what to each team figure, and in which rows of which log; click an advisor to open their report's detail",
)
PLACE: Final = Text("位置", "位置", "Place")
DAY: Final = Text("日期", "日期", "Date")
CONTENT: Final = Text("内容", "內容", "What")
COUNTS: Final = Text("计数", "計數", "Counts")
BASE: Final = Text("基数", "基數", "Base")
ROWS: Final = Text("行数", "列數", "Rows")
WHERE: Final = Text("所在行", "所在列", "Where")
NO_ROWS: Final = Text("没有计入的行", "沒有計入的列", "no rows")

# --- The team -----------------------------------------------------------------------------------------------------

RANK: Final = Text("名次", "名次", "Rank")
TEAM: Final = Text("团队", "團隊", "Team")
LEVEL: Final = Text("级别", "級別", "Level")
NAME: Final = Text("姓名", "姓名", "Name")
VALUE: Final = Text("完成", "完成", "Value")
TEAM_FIGURES: Final = Text("团队指标", "團隊指標", "The team's figures")
TEAM_ROW: Final = Text("团队合计", "團隊合計", "Team")
HEATMAP_LINE: Final = Text(
    "达成率：橙色低于目标，蓝色超过目标；▼ 不到 60%，▲ 达到 120%。点单元格看明细",
    "達成率：橙色低於目標，藍色超過目標；▼ 不到 60%，▲ 達到 120%。點儲存格看明細",
    "Attainment: orange below target, blue above; ▼ under 60%, ▲ 120% or more. Click a cell for its rows",
)
RANKING_LINE: Final = Text(
    "按绩效得分从高到低；没有得分的排在最后",
    "按績效得分從高到低；沒有得分的排在最後",
    "By score, best first; those without one last",
)
