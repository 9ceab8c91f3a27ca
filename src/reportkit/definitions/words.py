"""Every word shown to a person that is no label of a form, a choice, an indicator or a finding; grouped by where it is read."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.columns import Kind
from reportkit.definitions.text import Text

# --- Sheets of the log that are no form ---------------------------------------------------------------------------

START: Final = Text("首页", "首頁", "Start")
TODAY: Final = Text("今日", "今日", "Today")
DUE: Final = Text("待办", "待辦", "Due")
WEEKLY: Final = Text("周报", "週報", "Weekly report")
FINDINGS: Final = Text("校验结果", "校驗結果", "Findings")
LISTS: Final = Text("选项", "選項", "Lists")
WORKINGS: Final = Text("计算", "計算", "Workings")

ABOUT_TODAY: Final = Text("今天做了多少、还差多少", "今天做了多少、還差多少", "What is done today and what is left")
ABOUT_DUE: Final = Text("今天该联系谁、为什么", "今天該聯絡誰、為什麼", "Whom to contact today, and why")
ABOUT_WEEKLY: Final = Text("每项指标按天的完成情况", "每項指標按天的完成情況", "Every indicator, day by day")
ABOUT_FINDINGS: Final = Text(
    "哪一格填错了、怎么改", "哪一格填錯了、怎麼改", "Which cells are wrong, and how to mend them"
)
ABOUT_FAQ: Final = Text("客户常问的问题和答复", "客戶常問的問題和答覆", "What customers ask, and what to answer")

# --- The start page -----------------------------------------------------------------------------------------------

LOG_TITLE: Final = Text("客户服务工作日志", "客戶服務工作日誌", "Customer service log")
SETTINGS_TITLE: Final = Text("机构设置", "機構設定", "Branch settings")
ADVISOR: Final = Text("客户经理", "客戶經理", "Advisor")
ADVISOR_ID: Final = Text("工号", "工號", "Advisor ID")
BRANCH: Final = Text("所属机构", "所屬機構", "Branch")
LANGUAGE: Final = Text("语言", "語言", "Language")
LANGUAGE_NAME: Final = Text("简体中文", "繁體中文", "English")
NOT_FILLED: Final = Text("（空白模板）", "（空白範本）", "(blank template)")
ARCHIVE_TITLE: Final = Text("客户服务工作日志 · 归档", "客戶服務工作日誌 · 歸檔", "Customer service log · archive")
ARCHIVE_STEPS: Final = (
    Text(
        "这里是从日志移出的旧行，照常计入每张报表。请不要改动；今天的记录填在日志里。",
        "這裡是從日誌移出的舊列，照常計入每張報表。請不要改動；今天的記錄填在日誌裡。",
        "Rows taken out of the log: every report counts them as before. Leave them as they are, and go on in the log.",
    ),
)
HOW_TO: Final = Text("怎么填", "怎麼填", "How to fill it in")
LOG_STEPS: Final = (
    Text(
        "先在“客户档案”里给每位客户建一行，之后各表都用同一个客户编号。",
        "先在「客戶檔案」裡給每位客戶建一列，之後各表都用同一個客戶編號。",
        "Give every customer a row in “Customers” first; all sheets use the same customer ID.",
    ),
    Text(
        "每次沟通、每条观点、每场活动，在“每日记录”里紧接着最后一行填一行。",
        "每次溝通、每條觀點、每場活動，在「每日記錄」裡緊接著最後一列填一列。",
        "For each contact, message or event, add a row right below the last one in “Daily log”.",
    ),
    Text(
        "能选的就从下拉列表里选；日期写成 2026-11-23。",
        "能選的就從下拉清單裡選；日期寫成 2026-11-23。",
        "Choose from the list where there is one; write dates as 2026-11-23.",
    ),
    Text(
        "单元格变红就是填得不对，把光标移上去看提示；改好之前这一行可能不计入。",
        "儲存格變紅就是填得不對，把游標移上去看提示；改好之前這一列可能不計入。",
        "A red cell is wrong: select it to see what belongs there. Until it is right, its row may not count.",
    ),
    Text(
        "随时看“今日”：今天还差什么一目了然。请假记在“工时与请假”，目标会跟着减。",
        "隨時看「今日」：今天還差什麼一目了然。請假記在「工時與請假」，目標會跟著減。",
        "Look at “Today” to see what is left. Log leave in “Worktime”: targets shrink with it.",
    ),
)
SETTINGS_STEPS: Final = (
    Text(
        "先填“机构”和“人员”：每位客户经理一行，换级别、团队或经理时另起一行并写明起始日期。",
        "先填「機構」和「人員」：每位客戶經理一列，換級別、團隊或經理時另起一列並寫明起始日期。",
        "Fill in “Branch” and “Roster” first: one row an advisor, another from the day a level, team or manager changes.",
    ),
    Text(
        "目标改了，在“目标”里加一行新的生效日期，不要改旧行：过去的周报不会变。",
        "目標改了，在「目標」裡加一列新的生效日期，不要改舊列：過去的週報不會變。",
        "When a target changes, add a row with the day it starts; leave the old row alone, so past weeks stay as they are.",
    ),
    Text(
        "要加自己的指标，在“指标目录”里加一行：哪张表、什么条件、怎么计。",
        "要加自己的指標，在「指標目錄」裡加一列：哪張表、什麼條件、怎麼計。",
        "To add an indicator of your own, add a row to “Indicators”: which sheet, which conditions, how it counts.",
    ),
    Text(
        "调休、补班写在“日历”里；节假日按交易所日历，不用再填。",
        "調休、補班寫在「日曆」裡；節假日按交易所日曆，不用再填。",
        "Put your own days off and extra working days in “Calendar”; exchange holidays are known already.",
    ),
)
SHEETS: Final = Text("各表用途", "各表用途", "The sheets")
LEGEND: Final = Text("颜色", "顏色", "Colours")
LEGEND_REQUIRED: Final = Text("深色标题：必填", "深色標題：必填", "Dark heading: required")
LEGEND_OPTIONAL: Final = Text("浅色标题：选填", "淺色標題：選填", "Light heading: optional")
LEGEND_WRONG: Final = Text("红色单元格：填错了", "紅色儲存格：填錯了", "Red cell: wrong entry")
ABOUT_SETTINGS: Final[dict[str, Text]] = {
    "branch": Text("名称、代码、语言、营业时间", "名稱、代碼、語言、營業時間", "Name, code, language, opening hours"),
    "roster": Text(
        "每位客户经理的级别、团队和经理", "每位客戶經理的級別、團隊和經理", "Each advisor's level, team and manager"
    ),
    "levels": Text(
        "级别的代码和名称，写不写日志",
        "級別的代碼和名稱，寫不寫日誌",
        "The levels there are, and whether they keep a log",
    ),
    "indicators": Text("数什么、怎么数", "數什麼、怎麼數", "What is counted, and how"),
    "targets": Text("谁从哪天起要做多少", "誰從哪天起要做多少", "How much is asked of whom, from which day"),
    "limits": Text(
        "工单多久要响应、多久要解决", "工單多久要回應、多久要解決", "How soon cases are answered and resolved"
    ),
    "tiers": Text(
        "按规则给客户评级，先符合的为准",
        "按規則給客戶評級，先符合的為準",
        "Rules that grade customers; the first met wins",
    ),
    "segments": Text(
        "按规则给客户分层，先符合的为准",
        "按規則給客戶分層，先符合的為準",
        "Rules that group customers; the first met wins",
    ),
    "calendar": Text(
        "本机构的休息日和补班日", "本機構的休息日和補班日", "The branch's own days off and extra working days"
    ),
    "faq": Text("写进每本日志的话术", "寫進每本日誌的話術", "The answers copied into every log"),
    "mail": Text("哪份报告另外发给谁", "哪份報告另外發給誰", "Who else gets which report"),
}

# --- Hints and warnings beside a cell -----------------------------------------------------------------------------

REQUIRED: Final = Text("必填", "必填", "Required")
HINT: Final[dict[Kind, Text]] = {
    "choice": Text("从下拉列表选择", "從下拉清單選擇", "Choose from the list"),
    "date": Text("日期，如 2026-11-23", "日期，如 2026-11-23", "A date, like 2026-11-23"),
    "datetime": Text(
        "日期和时间，如 2026-11-23 09:30:00",
        "日期和時間，如 2026-11-23 09:30:00",
        "Date and time, like 2026-11-23 09:30:00",
    ),
    "time": Text("时间，如 09:30", "時間，如 09:30", "A time, like 09:30"),
    "number": Text("数字", "數字", "A number"),
    "whole": Text("整数", "整數", "A whole number"),
    "phone": Text("只填号码", "只填號碼", "The number only"),
    "email": Text("电子邮箱，如 li@example.com", "電子郵件，如 li@example.com", "An address, like li@example.com"),
    "id": Text("编号，按文本保存", "編號，按文字儲存", "An ID, kept as text"),
}
HINT_CUSTOMER: Final = Text("“客户档案”里的客户编号", "「客戶檔案」裡的客戶編號", "A customer ID of “Customers”")
HINT_BETWEEN: Final = Text("{low} 到 {high}", "{low} 到 {high}", "{low} to {high}")
HINT_FROM: Final = Text("不小于 {low}", "不小於 {low}", "{low} or more")
HINT_ABOVE: Final = Text("大于 {low}", "大於 {low}", "More than {low}")
HINT_NOT_FUTURE: Final = Text("不能是将来", "不能是將來", "Not in the future")
HINT_NOT_BEFORE: Final = Text("不早于“{column}”", "不早於「{column}」", "Not before “{column}”")
WARN_TITLE: Final = Text("请核对", "請核對", "Please check")
WARN: Final = Text(
    "这样填可能不被识别。应为：{hint}。仍要保留吗？",
    "這樣填可能不被辨識。應為：{hint}。仍要保留嗎？",
    "This may not be understood. Expected: {hint}. Keep it?",
)

# --- The board ----------------------------------------------------------------------------------------------------

DATE: Final = Text("日期", "日期", "Date")
BOARD_DATE_HINT: Final = Text(
    "默认是今天；填别的日期可看那一天，清空后填 =TODAY() 恢复",
    "預設是今天；填別的日期可看那一天，清空後填 =TODAY() 恢復",
    "Today by default. Type another day to see it; type =TODAY() to go back",
)
WEEKDAYS: Final = (
    Text("星期一", "星期一", "Monday"),
    Text("星期二", "星期二", "Tuesday"),
    Text("星期三", "星期三", "Wednesday"),
    Text("星期四", "星期四", "Thursday"),
    Text("星期五", "星期五", "Friday"),
    Text("星期六", "星期六", "Saturday"),
    Text("星期日", "星期日", "Sunday"),
)
WORKING_DAY: Final = Text("工作日", "工作日", "Working day")
HALF_DAY: Final = Text("请假半天，目标减半", "請假半天，目標減半", "Half day of leave: targets halved")
ON_LEAVE: Final = Text("请假，不计目标", "請假，不計目標", "On leave: no targets")
DAY_OFF: Final = Text("休息日，不计目标", "休息日，不計目標", "Day off: no targets")
TODAY_SECTION: Final = Text("今天", "今天", "Today")
WEEK_SECTION: Final = Text("本周到当日", "本週到當日", "This week so far")
INDICATOR: Final = Text("指标", "指標", "Indicator")
DONE: Final = Text("已完成", "已完成", "Done")
TARGET: Final = Text("目标", "目標", "Target")
LEFT: Final = Text("还差", "還差", "Left")
PROGRESS: Final = Text("进度", "進度", "Progress")
REMARK: Final = Text("说明", "說明", "Note")
MET_TODAY: Final = Text("今日达标", "今日達標", "Met today")
LEFT_TODAY: Final = Text("今日未达标", "今日未達標", "Still open")
ROWS_TODAY: Final = Text("今日记录", "今日記錄", "Rows today")
STRETCH: Final = Text("挑战 {target}", "挑戰 {target}", "Stretch {target}")
SEE_WEEKLY: Final = Text("见“周报”", "見「週報」", "See “Weekly report”")
TOO_MANY: Final = Text(
    "这一天超过 {rows} 行，请看“周报”",
    "這一天超過 {rows} 列，請看「週報」",
    "More than {rows:row|rows} on this day: see “Weekly report”",
)
ARCHIVED_DAY: Final = Text(
    "{day} 之前的行在归档里，这里没有数进去",
    "{day} 之前的列在歸檔裡，這裡沒有數進去",
    "Rows before {day} are in the archive and not counted here",
)
BOARD_NOTE: Final = Text(
    "只数填写正确的行；红色单元格改好后自动计入。同一客户一天只计一次。",
    "只數填寫正確的列；紅色儲存格改好後自動計入。同一客戶一天只計一次。",
    "Only correct rows count; red cells count once mended. A customer counts once a day.",
)

# --- Output areas: headings of what the program fills in ----------------------------------------------------------

RIBBON_TAB: Final = Text("客户服务", "客戶服務", "Service desk")
CHECK_BUTTON: Final = Text("检查记录", "檢查記錄", "Check entries")
TODAY_BUTTON: Final = Text("刷新今日", "重新整理今日", "Refresh today")
WEEK_BUTTON: Final = Text("刷新本周周报", "重新整理本週週報", "Refresh my week")
NOT_REFRESHED: Final = Text(
    "还没有内容：点“{tab}”里的“{button}”就会填上。没有按钮也不要紧，经理的周报里都有。",
    "還沒有內容：按「{tab}」裡的「{button}」就會填上。沒有按鈕也不要緊，經理的週報裡都有。",
    "Nothing here yet: press “{button}” under “{tab}”. Without buttons nothing is lost: the manager's report holds it all.",
)
CUSTOMER: Final = Text("客户", "客戶", "Customer")
MAIL_RESULTS: Final = Text("邮件结果", "郵件結果", "Mail results")  # the sheet of what became of messages
REASONS: Final = Text("原因", "原因", "Reasons")
DUE_ON: Final = Text("到期日", "到期日", "Due")
DAYS_OVERDUE: Final = Text("逾期天数", "逾期天數", "Days overdue")
PHONE: Final = Text("电话", "電話", "Phone")
LAST_CONTACT: Final = Text("最近联系", "最近聯絡", "Last contact")
LAST_CHANNEL: Final = Text("最近方式", "最近方式", "By")
LAST_SUMMARY: Final = Text("最近摘要", "最近摘要", "Last summary")
SEVERITY: Final = Text("级别", "級別", "Severity")
SHEET: Final = Text("工作表", "工作表", "Sheet")
ROW: Final = Text("行", "列", "Row")
COLUMN: Final = Text("列", "欄", "Column")
CELL: Final = Text("单元格", "儲存格", "Cell")
VALUE: Final = Text("填写内容", "填寫內容", "As entered")
WHAT_TO_DO: Final = Text("怎么改", "怎麼改", "What to do")
CODE: Final = Text("代码", "代碼", "Code")
TOTAL: Final = Text("合计", "合計", "Total")
ATTAINMENT: Final = Text("达成率", "達成率", "Attainment")
DAYS_MET: Final = Text("达标天数", "達標天數", "Days met")
SHORT_WEEKDAYS: Final = (
    Text("周一", "週一", "Mon"),
    Text("周二", "週二", "Tue"),
    Text("周三", "週三", "Wed"),
    Text("周四", "週四", "Thu"),
    Text("周五", "週五", "Fri"),
    Text("周六", "週六", "Sat"),
    Text("周日", "週日", "Sun"),
)
PAGE: Final = Text("第 &P 页，共 &N 页", "第 &P 頁，共 &N 頁", "Page &P of &N")
