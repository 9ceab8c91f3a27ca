"""The catalogue of findings: the code, usual severity and sentence of all that bad input gets (DOMAIN §8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportkit.definitions.severity import Severity
from reportkit.definitions.text import Text


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding: its usual severity and its sentence, which says what to do."""

    code: str
    severity: Severity
    message: Text


KINDS: Final[dict[str, FindingKind]] = {kind.code: kind for kind in (
    FindingKind("file.unreadable", "error", Text(
        "文件打不开：{reason}。请在 Excel 里打开检查，另存为 .xlsx 后再试",
        "檔案打不開：{reason}。請在 Excel 裡開啟檢查，另存為 .xlsx 後再試",
        "The file cannot be read: {reason}. Open it in Excel, save it as .xlsx and try again")),
    FindingKind("file.format", "error", Text(
        "这不是 .xlsx 工作簿（{reason}）。请在 Excel 里另存为 .xlsx",
        "這不是 .xlsx 活頁簿（{reason}）。請在 Excel 裡另存為 .xlsx",
        "This is not an .xlsx workbook ({reason}). Save it as .xlsx in Excel")),
    FindingKind("file.damaged", "error", Text(
        "文件已损坏：{reason}。请用备份替换，或在 Excel 里“打开并修复”后另存",
        "檔案已損壞：{reason}。請用備份替換，或在 Excel 裡「開啟並修復」後另存",
        "The file is damaged: {reason}. Put back a backup, or use Open and Repair in Excel and save it")),
    FindingKind("file.encrypted", "error", Text(
        "文件有密码保护，没有给密码或密码不对。请去掉打开密码，或用环境变量 REPORTKIT_PASSWORD 给出密码（要装 reportkit[crypt]）",
        "檔案有密碼保護，沒有給密碼或密碼不對。請去掉開啟密碼，或用環境變數 REPORTKIT_PASSWORD 給出密碼（要裝 reportkit[crypt]）",
        "The file is protected by a password, and none or a wrong one was given. Remove it, or set REPORTKIT_PASSWORD (this needs reportkit[crypt])")),
    FindingKind("file.locked", "error", Text(
        "文件正被占用或没有读取权限。请关闭占用它的程序后再试",
        "檔案正被佔用或沒有讀取權限。請關閉佔用它的程式後再試",
        "The file is in use or may not be read. Close the program that holds it and try again")),
    FindingKind("file.too_large", "error", Text(
        "文件太大：{reason}。请删去多余的行、图片或工作表",
        "檔案太大：{reason}。請刪去多餘的列、圖片或工作表",
        "The file is too large: {reason}. Delete surplus rows, pictures or sheets")),
    FindingKind("file.not_a_log", "error", Text(
        "这不是工作日志：没有找到任何一张表单。请从空白模板重新建立，或移出 logs 文件夹",
        "這不是工作日誌：沒有找到任何一張表單。請從空白範本重新建立，或移出 logs 資料夾",
        "This is not a log: none of its sheets is a form. Start from the blank template, or move it out of the logs folder")),
    FindingKind("file.settings", "error", Text(
        "这是机构的设置文件，不是工作日志：不算进指标。用 reportkit check 检查它；在 logs 文件夹里的请移出",
        "這是機構的設定檔，不是工作日誌：不算進指標。用 reportkit check 檢查它；在 logs 資料夾裡的請移出",
        "These are a branch's settings, not a log: nothing in it is counted. Check it with reportkit check; where it lies in the logs folder, move it out")),
    FindingKind("file.report", "error", Text(
        "这是 reportkit 做的报表，不是工作日志：不算进指标。请打开它所汇总的日志；在 logs 文件夹里的请移出",
        "這是 reportkit 做的報表，不是工作日誌：不算進指標。請開啟它所彙總的日誌；在 logs 資料夾裡的請移出",
        "This is a report made by reportkit, not a log: nothing in it is counted. Take the log it was made from; where it lies in the logs folder, move it out")),
    FindingKind("file.not_settings", "error", Text(
        "这不是设置文件：没有找到任何一张设置表。请换成机构的 settings.xlsx，或从备份恢复",
        "這不是設定檔：沒有找到任何一張設定表。請換成機構的 settings.xlsx，或從備份復原",
        "This is no settings workbook: none of its sheets is one of settings. Put the branch's settings.xlsx there, from a backup where need be")),
    FindingKind("file.newer_version", "error", Text(
        "日志由更新的版本（{version}）建立。请升级 reportkit",
        "日誌由更新的版本（{version}）建立。請升級 reportkit",
        "The log was made by a newer version ({version}). Upgrade reportkit")),
    FindingKind("file.conflict", "error", Text(
        "这一本不计入：{advisor} 的另一本日志 {other} 计入，因为{why}。请把只有这一本里才有的记录抄过去，再移走这一本",
        "這一本不計入：{advisor} 的另一本日誌 {other} 計入，因為{why}。請把只有這一本裡才有的記錄抄過去，再移走這一本",
        "This one is not counted: {advisor} has another log, {other}, which counts because {why}. Copy over what only this one holds, then move it away")),
    FindingKind("file.stand_in", "error", Text(
        "这一本读不了，{advisor} 的数字现在来自另一本日志 {other}。请核对哪一本是正本：让它能读，移走另一本",
        "這一本讀不了，{advisor} 的數字現在來自另一本日誌 {other}。請核對哪一本是正本：讓它能讀，移走另一本",
        "This one cannot be read: the figures of {advisor} are those of another log, {other}. See which of the two is meant, make that one readable and move the other away")),
    FindingKind("archive.missing", "error", Text(
        "日志不计入：它的归档 {archive} 不在了，少了这些行数字会错。请从备份放回机构文件夹；单独放的日志，旁边要有 archive 文件夹",
        "日誌不計入：它的歸檔 {archive} 不在了，少了這些列數字會錯。請從備份放回機構資料夾；單獨放的日誌，旁邊要有 archive 資料夾",
        "The log is not counted: its archive {archive} is gone, and figures without those rows would be wrong. Put it back from a backup of the branch's folder; a log on its own needs the folder archive beside it")),
    FindingKind("archive.unusable", "error", Text(
        "日志不计入：它的归档 {archive} 用不了（{reason}）。请用备份里的归档替换",
        "日誌不計入：它的歸檔 {archive} 用不了（{reason}）。請用備份裡的歸檔替換",
        "The log is not counted: its archive {archive} cannot be used ({reason}). Put back the one from a backup")),
    FindingKind("archive.changed", "error", Text(
        "日志不计入：它的归档 {archive} 被改过，归档里的行不应再变。请用备份里的归档替换；确实要改的，运行 reportkit renew 日志 --accept",
        "日誌不計入：它的歸檔 {archive} 被改過，歸檔裡的列不應再變。請用備份裡的歸檔替換；確實要改的，執行 reportkit renew 日誌 --accept",
        "The log is not counted: the rows of its archive {archive} were changed, which are closed. Put back the one from a backup; where the change is meant, run reportkit renew LOG --accept")),
    FindingKind("archive.unused", "warning", Text(
        "归档 {archive} 没有计入：这本日志不认它，多半是换年没有做完，或放回了换年前的日志。请再运行 reportkit renew，或移走归档",
        "歸檔 {archive} 沒有計入：這本日誌不認它，多半是換年沒有做完，或放回了換年前的日誌。請再執行 reportkit renew，或移走歸檔",
        "The archive {archive} is not counted: the log does not name it. A renewal was cut short, or the log of before was put back. Run reportkit renew again, or move the archive away")),
    FindingKind("owner.ambiguous", "warning", Text(
        "人员表里有几位“{value}”（{advisors}），分不清是谁，按写的名字单列。请改填工号",
        "人員表裡有幾位「{value}」（{advisors}），分不清是誰，按寫的名字單列。請改填工號",
        "Several people of the roster are called “{value}” ({advisors}), so the case stands under the name alone. Enter the advisor ID")),
    FindingKind("file.macros", "warning", Text(
        "文件带有宏（.xlsm）。已读取，宏不会运行；请另存为 .xlsx",
        "檔案帶有巨集（.xlsm）。已讀取，巨集不會執行；請另存為 .xlsx",
        "The file holds macros (.xlsm). It was read, the macros do not run; save it as .xlsx")),
    FindingKind("file.not_calculated", "warning", Text(
        "有公式还没有算出结果，按空白处理。请在 Excel 里打开并保存一次",
        "有公式還沒有算出結果，按空白處理。請在 Excel 裡開啟並儲存一次",
        "Some formulas have no result yet and count as blank. Open the file in Excel and save it")),
    FindingKind("file.links", "warning", Text(
        "文件里有外部链接或嵌入对象，不会被读取或复制。请核对来源",
        "檔案裡有外部連結或嵌入物件，不會被讀取或複製。請核對來源",
        "The file holds external links or embedded objects; they are neither read nor copied. Check where they come from")),
    FindingKind("advisor.unknown", "error", Text(
        "人员表里没有工号 {advisor}。请在设置的人员表里加上，或改正日志的工号",
        "人員表裡沒有工號 {advisor}。請在設定的人員表裡加上，或改正日誌的工號",
        "{advisor} is not in the roster. Add them to the settings' roster, or correct the log's advisor ID")),
    FindingKind("advisor.no_log", "warning", Text(
        "{advisor} {name} 没有日志，不在统计里。请把日志放回 logs，或运行 reportkit init 补一本；不写日志的级别在设置里填“否”",
        "{advisor} {name} 沒有日誌，不在統計裡。請把日誌放回 logs，或執行 reportkit init 補一本；不寫日誌的級別在設定裡填「否」",
        "{advisor} {name} has no log and is not counted. Put it back into logs, or make one with reportkit init; a level that keeps none says so in the settings")),
    FindingKind("history.lost", "warning", Text(
        "history 里 {week} 发布时的行缺失或损坏，看不出之后补录、改动了什么。请从备份恢复 history",
        "history 裡 {week} 發布時的列缺失或損壞，看不出之後補錄、改動了什麼。請從備份還原 history",
        "Rows of {week} as they were published are missing from history or damaged: what came late cannot be told. Restore history from a backup")),
    FindingKind("report.changed", "warning", Text(
        "{week} 已发布，这个文件之后被人保存过，数字可能不是发布的数字。请改名留存，再运行 reportkit refresh 重做发布的文件",
        "{week} 已發布，這個檔案之後被人儲存過，數字可能不是發布的數字。請改名留存，再執行 reportkit refresh 重做發布的檔案",
        "Somebody saved this workbook after {week} was published; its figures may be others. Rename it to keep it, and reportkit refresh makes the published one again")),
    FindingKind("advisor.from_name", "warning", Text(
        "文件里没有工号（在别的软件里保存时丢了），按文件名算作 {advisor} 的日志。请核对",
        "檔案裡沒有工號（在別的軟體裡儲存時丟了），按檔名算作 {advisor} 的日誌。請核對",
        "The file does not say whose log it is (lost on saving elsewhere); its name says {advisor}. Check that")),
    FindingKind("sheet.missing", "error", Text(
        "缺少工作表“{sheet}”。{suggestion}改过名就改回来；删掉了就从空白模板复制",
        "缺少工作表「{sheet}」。{suggestion}改過名就改回來；刪掉了就從空白範本複製",
        "The sheet “{sheet}” is missing. {suggestion}Name it so again, or copy it from the blank template if it was deleted")),
    FindingKind("sheet.unread", "warning", Text(
        "工作表“{sheet}”像是“{form}”（{rows} 行），没有读取。要计入，请把行移到“{form}”里，或改成这个名字",
        "工作表「{sheet}」像是「{form}」（{rows} 列），沒有讀取。要計入，請把列移到「{form}」裡，或改成這個名字",
        "The sheet “{sheet}” looks like “{form}” ({rows:row|rows}) and is not read. To count, its rows belong in “{form}”")),
    FindingKind("column.missing", "error", Text(
        "缺少列“{column}”。{suggestion}请把标题改回来：缺必填列，整张表不计入；缺选填列，按空白计",
        "缺少欄「{column}」。{suggestion}請把標題改回來：缺必填欄，整張表不計入；缺選填欄，按空白計",
        "The column “{column}” is missing. {suggestion}Put its heading back: without a required one no row counts, an optional one counts as blank")),
    FindingKind("column.duplicate", "error", Text(
        "“{column}”有两列（{cells}），都没有读取。请删去或改名其中一列",
        "「{column}」有兩欄（{cells}），都沒有讀取。請刪去或改名其中一欄",
        "Two columns are called “{column}” ({cells}) and neither is read. Delete or rename one of them")),
    FindingKind("cell.merged", "warning", Text(
        "{cells} 合并了，只有第一格有内容，其余按空白计。请取消合并，每格都填上",
        "{cells} 合併了，只有第一格有內容，其餘按空白計。請取消合併，每格都填上",
        "{cells} are merged: only the first cell holds anything, the others count as blank. Unmerge them and fill in each")),
    FindingKind("value.required", "error", Text(
        "“{column}”没有填。请填写，这一行才会计入",
        "「{column}」沒有填。請填寫，這一列才會計入",
        "“{column}” is blank. Fill it in: until then the row does not count")),
    FindingKind("value.type", "error", Text(
        "“{column}”应为{expected}，填的是“{value}”。请改正",
        "「{column}」應為{expected}，填的是「{value}」。請改正",
        "“{column}” should be {expected}, not “{value}”. Correct it")),
    FindingKind("value.choice", "error", Text(
        "“{column}”里没有“{value}”这个选项。{suggestion}请从下拉列表选择",
        "「{column}」裡沒有「{value}」這個選項。{suggestion}請從下拉清單選擇",
        "“{value}” is no choice of “{column}”. {suggestion}Choose from the list")),
    FindingKind("value.range", "error", Text(
        "“{column}”要求：{expected}；填的是“{value}”。请改正",
        "「{column}」要求：{expected}；填的是「{value}」。請改正",
        "“{column}” should be {expected}, not “{value}”. Correct it")),
    FindingKind("value.volatile", "warning", Text(
        "“{column}”是今天日期的公式，明天就变了。请直接填日期（Ctrl+; 填今天）",
        "「{column}」是今天日期的公式，明天就變了。請直接填日期（Ctrl+; 填今天）",
        "“{column}” is a formula of today's date and will change tomorrow. Type the date itself (Ctrl+; is today)")),
    FindingKind("value.no_time", "warning", Text(
        "“{column}”只有日期，没有时间，用时算不准；提出和响应都没有时间的，响应用时按未知计。请补上时间",
        "「{column}」只有日期，沒有時間，用時算不準；提出和回應都沒有時間的，回應用時按未知計。請補上時間",
        "“{column}” is a date without a time, so durations come out wrong; where neither opening nor response has one, the response time is unknown. Add the time")),
    FindingKind("value.undated", "warning", Text(
        "状态是“{state}”，但“{column}”没有可用的日期：按这一天计的指标里没有这一行。请填写",
        "狀態是「{state}」，但「{column}」沒有可用的日期：按這一天計的指標裡沒有這一列。請填寫",
        "This is “{state}”, but “{column}” holds no day that counts: indicators that go by that day leave the row out. Fill it in")),
    FindingKind("value.formula_error", "error", Text(
        "“{column}”的公式出错（{value}）。请改正公式，或直接填数值",
        "「{column}」的公式出錯（{value}）。請改正公式，或直接填數值",
        "The formula in “{column}” gives {value}. Mend it, or type the value")),
    FindingKind("date.future", "error", Text(
        "“{column}”是将来的日期（{value}）。请改成已经发生的日期",
        "「{column}」是將來的日期（{value}）。請改成已經發生的日期",
        "“{column}” lies in the future ({value}). Enter the day it happened")),
    FindingKind("date.far", "warning", Text(
        "“{column}”在一年以后（{value}）。照填的计；请核对年份",
        "「{column}」在一年以後（{value}）。照填的計；請核對年份",
        "“{column}” is more than a year ahead ({value}). It counts as entered; check the year")),
    FindingKind("date.before_assigned", "warning", Text(
        "记录日期 {value} 早于该客户的建档日期 {assigned}。请核对",
        "記錄日期 {value} 早於該客戶的建檔日期 {assigned}。請核對",
        "{value} is before the customer was assigned ({assigned}). Check both")),
    FindingKind("date.order", "error", Text(
        "“{column}”（{value}）早于“{earlier}”。请核对先后",
        "「{column}」（{value}）早於「{earlier}」。請核對先後",
        "“{column}” ({value}) is before “{earlier}”. Check which is right")),
    FindingKind("id.duplicate", "error", Text(
        "“{column}”{value} 与第 {first} 行重复，这一行不计入。请改编号或删去一行",
        "「{column}」{value} 與第 {first} 列重複，這一列不計入。請改編號或刪去一列",
        "“{column}” {value} stands in row {first} already; this row does not count. Change the ID or delete a row")),
    FindingKind("id.unknown", "error", Text(
        "“{sheet}”里没有“{value}”。{suggestion}请先建档，或改正编号",
        "「{sheet}」裡沒有「{value}」。{suggestion}請先建檔，或改正編號",
        "“{value}” is not in “{sheet}”. {suggestion}Add it there first, or correct the ID")),
    FindingKind("row.duplicate", "warning", Text(
        "与第 {first} 行完全相同，两行都计入。若是重复录入请删去一行",
        "與第 {first} 列完全相同，兩列都計入。若是重複輸入請刪去一列",
        "The same as row {first} in every column; both count. Delete one if it was entered twice")),
    FindingKind("kind.customer", "error", Text(
        "“{kind}”{rule}。请改正客户编号",
        "「{kind}」{rule}。請改正客戶編號",
        "“{kind}” {rule}. Correct the customer ID")),
    FindingKind("kind.not_eligible", "warning", Text(
        "这次“{kind}”不计入“{indicator}”：客户不符合条件（{conditions}）。请核对客户档案",
        "這次「{kind}」不計入「{indicator}」：客戶不符合條件（{conditions}）。請核對客戶檔案",
        "This {kind} does not count for “{indicator}”: the customer does not meet {conditions}. Check the customer's row")),
    FindingKind("product.unsuitable", "warning", Text(
        "“{product}”对客户 {customer} 标为不适当，这里却有{what}。请停止推介，或按最新测评更正客户档案",
        "「{product}」對客戶 {customer} 標為不適當，這裡卻有{what}。請停止推介，或按最新測評更正客戶檔案",
        "{product} is marked unsuitable for {customer}, yet here is {what} about it. Stop it, or correct the customer's row")),
    FindingKind("day.off", "warning", Text(
        "{value} 不是工作日。记录照计，请核对日期",
        "{value} 不是工作日。記錄照計，請核對日期",
        "{value} is not a working day. It counts; check the date")),
    FindingKind("day.outside", "warning", Text(
        "每日记录里有 {rows} 行不在 {advisor} 人员表的起止日期之内（第一行是 {value}）：照计，但那些天没有目标。请核对这些日期，或人员表的起止日期",
        "每日記錄裡有 {rows} 列不在 {advisor} 人員表的起訖日期之內（第一列是 {value}）：照計，但那些天沒有目標。請核對這些日期，或人員表的起訖日期",
        "{rows:row of the daily log lies|rows of the daily log lie} outside the days {advisor} has in the roster, the first on {value}: counted, but nothing is asked of those days. Check the dates, or From and To in the roster")),
    FindingKind("target.missing", "warning", Text(
        "“{indicator}”没有目标，不评分。请在设置的目标表里填写",
        "「{indicator}」沒有目標，不評分。請在設定的目標表裡填寫",
        "“{indicator}” has no target and is not scored. Set one on the settings' targets sheet")),
    FindingKind("target.partial", "warning", Text(
        "“{indicator}”没有 {who} 的目标：不给这些人评分，做的却算进团队合计。请在设置的目标表里补上；本来就不要求的，补一行，目标值留空",
        "「{indicator}」沒有 {who} 的目標：不給這些人評分，做的卻算進團隊合計。請在設定的目標表裡補上；本來就不要求的，補一列，目標值留空",
        "“{indicator}” has no target for {who}: they are not scored, though what they do counts in the team's total. Set one on the settings' targets sheet, or a row with a blank target where nothing is asked")),
    FindingKind("calendar.unpublished", "warning", Text(
        "交易所尚未公布 {year} 年的日历，按周一至周五计算。公布后请升级，或在日历表里填写",
        "交易所尚未公布 {year} 年的日曆，按週一至週五計算。公布後請升級，或在日曆表裡填寫",
        "The exchange has not published its calendar of {year}: Monday to Friday is used. Upgrade once it has, or fill the calendar sheet")),
    FindingKind("rows.mismatch", "error", Text(
        "“{sheet}”读到 {read} 行，计入 {counted} 行，剔除 {excluded} 行，合不上，已停止。请把文件发给技术支持",
        "「{sheet}」讀到 {read} 列，計入 {counted} 列，剔除 {excluded} 列，合不上，已停止。請把檔案發給技術支援",
        "“{sheet}”: {read:row|rows} read, {counted} counted, {excluded} excluded: these do not add up, so the run stopped. Send the file to support")),
    FindingKind("customer.gone", "warning", Text(
        "“{value}”已不归这位客户经理服务（{status} {day}），没有可移交的",
        "「{value}」已不歸這位客戶經理服務（{status} {day}），沒有可移交的",
        "“{value}” is not served by this advisor any more ({status} {day}): there is nothing to hand over")),
    FindingKind("customer.twice", "error", Text(
        "客户 {value} 同时在两本日志里（另一本：{other}，{advisor}）。请用 reportkit handover 移交，或在其中一本改客户状态",
        "客戶 {value} 同時在兩本日誌裡（另一本：{other}，{advisor}）。請用 reportkit handover 移交，或在其中一本改客戶狀態",
        "Customer {value} is active in two logs; the other is {other} ({advisor}). Hand the customer over with reportkit handover, or change the status in one")),
    FindingKind("import.conflict", "warning", Text(
        "日志里“{column}”是“{value}”，导入文件里是“{other}”（第 {from_row} 行）。保留了日志的值；请改成一致，或用 --overwrite 以文件为准",
        "日誌裡「{column}」是「{value}」，匯入檔案裡是「{other}」（第 {from_row} 列）。保留了日誌的值；請改成一致，或用 --overwrite 以檔案為準",
        "“{column}” is “{value}” in the log and “{other}” in row {from_row} of the file. The log's value was kept: make them agree, or take the file's with --overwrite")),
    FindingKind("import.unmapped", "warning", Text(
        "“{heading}”里的“{entries}”没有对照，没有导入。请在对照表里给它写一条 has；不要的写 to = \"\"",
        "「{heading}」裡的「{entries}」沒有對照，沒有匯入。請在對照表裡給它寫一條 has；不要的寫 to = \"\"",
        "“{entries}” in “{heading}” is not in the map and was not imported. Add a rule with has to the map; to = \"\" leaves it out")),
    FindingKind("import.more_cells", "error", Text(
        "这一行有 {cells} 格，标题只有 {headings} 格：多半是文字里有没加引号的“{delimiter}”，后面的值错了位，所以没有导入。请在文件里给这段文字加上引号",
        "這一列有 {cells} 格，標題只有 {headings} 格：多半是文字裡有沒加引號的「{delimiter}」，後面的值錯了位，所以沒有匯入。請在檔案裡給這段文字加上引號",
        "This row has {cells:cell|cells} under {headings:heading|headings}: most likely a text holds a “{delimiter}” without quotes, which moved what follows, so the row was not imported. Put quotes around that text in the file")),
    FindingKind("import.broken", "warning", Text(
        "这一行和下一行合起来正好是一行：文字里可能有没加引号的换行，后面的值就丢了。请核对；如果是，请在文件里给这段文字加上引号再导入",
        "這一列和下一列合起來正好是一列：文字裡可能有沒加引號的換行，後面的值就丟了。請核對；如果是，請在檔案裡給這段文字加上引號再匯入",
        "This row and the next make one whole row: a text may hold a line break without quotes, and what follows it is lost. Check; if so, put quotes around that text in the file and import again")),
    FindingKind("import.cut", "error", Text(
        "这一行有汉字从中间切开，所以没有导入。请核对对照表里 fixed 的起止位置和 wide",
        "這一列有漢字從中間切開，所以沒有匯入。請核對對照表裡 fixed 的起訖位置和 wide",
        "A character of this row is cut in two, so the row was not imported. Check the positions of fixed, and wide, in the map")),
    FindingKind("import.nobody", "error", Text(
        "“{heading}”里的“{value}”不在对照表的 [split.logs] 里，不知道归谁。请给它写上工号；不要的行用 skip 略过",
        "「{heading}」裡的「{value}」不在對照表的 [split.logs] 裡，不知道歸誰。請給它寫上工號；不要的列用 skip 略過",
        "“{value}” in “{heading}” is not in [split.logs] of the map, so nobody gets the row. Give it an advisor id there; skip leaves rows out")),
    FindingKind("import.no_customer", "warning", Text(
        "客户档案里按{by}找到 {found} 位“{value}”，客户编号留空。请核对，或在文件里写客户编号",
        "客戶檔案裡按{by}找到 {found} 位「{value}」，客戶編號留空。請核對，或在檔案裡寫客戶編號",
        "{found:customer of the log has|customers of the log have} “{value}” as {by}, so the customer id stays blank. Check it, or give the id in the file")),
    FindingKind("import.digits_lost", "warning", Text(
        "“{value}”的后几位数字已经丢失。请从原系统重新导出，该列设为文本",
        "「{value}」的後幾位數字已經遺失。請從原系統重新匯出，該欄設為文字",
        "“{value}” has lost its last digits. Export it again with that column as text")),
    FindingKind("import.mixed_dates", "warning", Text(
        "这一列有的是文字日期，这一格是日期 {value}，日和月可能已被表格软件对调。请核对，或重新导出为文本",
        "這一欄有的是文字日期，這一格是日期 {value}，日和月可能已被試算表對調。請核對，或重新匯出為文字",
        "Other dates of this column are text, this one is the date {value}: a spreadsheet may have swapped day and month. Check it, or export the column as text")),
    FindingKind("import.errors_unseen", "warning", Text(
        "这个文件里公式出错的单元格（#N/A 等）看不出来，会按空白读。请在 Excel 里另存为 .xlsx 再导入",
        "這個檔案裡公式出錯的儲存格（#N/A 等）看不出來，會按空白讀。請在 Excel 裡另存為 .xlsx 再匯入",
        "Which cells of this file hold failed formulas (#N/A and the like) cannot be told: they read as blank. Save it as .xlsx in Excel and import that")),
    FindingKind("import.clock", "error", Text(
        "“{value}”是时和分，还是分和秒？请在对照表里写 clock = \"mm:ss\" 或 \"hh:mm\"",
        "「{value}」是時和分，還是分和秒？請在對照表裡寫 clock = \"mm:ss\" 或 \"hh:mm\"",
        "“{value}” may be hours and minutes, or minutes and seconds. Write clock = \"mm:ss\" or \"hh:mm\" in the map")),
    FindingKind("import.date_order", "error", Text(
        "“{value}”看不出哪个是日、哪个是月。请在对照表里写 dates = \"day first\" 或 \"month first\"",
        "「{value}」看不出哪個是日、哪個是月。請在對照表裡寫 dates = \"day first\" 或 \"month first\"",
        "“{value}” does not say which number is the day. Write dates = \"day first\" or \"month first\" in the map")),
    FindingKind("settings.condition", "error", Text(
        "条件看不懂：{reason}。请改成“列 是 值”，多个条件用“且”连接",
        "條件看不懂：{reason}。請改成「欄 是 值」，多個條件用「且」連接",
        "The condition cannot be understood: {reason}. Write “column is value”, joined by and")),
    FindingKind("settings.reference", "error", Text(
        "“{column}”里的“{value}”不存在。{suggestion}请改正，或先把它加进设置",
        "「{column}」裡的「{value}」不存在。{suggestion}請改正，或先把它加進設定",
        "“{value}” in “{column}” does not exist. {suggestion}Correct it, or add it to the settings first")),
    FindingKind("settings.no_rows", "warning", Text(
        "“{sheet}”没有一行可用：{instead}。请填写，或从备份复制",
        "「{sheet}」沒有一列可用：{instead}。請填寫，或從備份複製",
        "No row of “{sheet}” can be used: {instead}. Fill it in, or copy it from a backup")),
    FindingKind("settings.blank", "warning", Text(
        "“{column}”没有填，或填的不能用，暂用：{instead}。请填写",
        "「{column}」沒有填，或填的不能用，暫用：{instead}。請填寫",
        "“{column}” holds nothing that can be used, so {instead} is used. Fill it in")),
    FindingKind("settings.one_branch", "warning", Text(
        "机构只有一行，用的是第 {first} 行，这一行不起作用。请把要改的写进第 {first} 行，删去这一行",
        "機構只有一列，用的是第 {first} 列，這一列不起作用。請把要改的寫進第 {first} 列，刪去這一列",
        "A branch is one row: row {first} is used, and this one changes nothing. Put what is to change into row {first} and delete this one")),
    FindingKind("settings.no_limit", "warning", Text(
        "优先级 {priorities} 没有时限：这样的工单不算超时，也不计入时限内的比例。请补一行；本来就不限时的，补一行，时限留空",
        "優先級 {priorities} 沒有時限：這樣的工單不算逾時，也不計入時限內的比例。請補一列；本來就不限時的，補一列，時限留空",
        "No limit is set for priority {priorities}: such cases are never late and in no share within the limit. Add a row, or one with blank limits where none is meant")),
    FindingKind("settings.same_name", "warning", Text(
        "“{value}”也指 {other}：写“{value}”的，都算给 {other}。请给这一行换个“{column}”",
        "「{value}」也指 {other}：寫「{value}」的，都算給 {other}。請給這一列換個「{column}」",
        "“{value}” means {other}, too: whatever names “{value}” goes to {other}. Give this row a “{column}” of its own")),
    FindingKind("settings.unreached", "warning", Text(
        "第 {first} 行没有条件，所有客户都归它，这一行起不了作用。请把没有条件的行移到最后，或给它写上“{column}”",
        "第 {first} 列沒有條件，所有客戶都歸它，這一列起不了作用。請把沒有條件的列移到最後，或給它寫上「{column}」",
        "Row {first} has no conditions and takes every customer, so this row never applies. Move the row without conditions to the end, or give it “{column}”")),
    FindingKind("settings.unused", "warning", Text(
        "计法是“{measure}”时用不到“{column}”，“{value}”按空白处理。请把计法改成{used_by}，把条件写进“条件”，或清空这一格",
        "計法是「{measure}」時用不到「{column}」，「{value}」按空白處理。請把計法改成{used_by}，把條件寫進「條件」，或清空這一格",
        "A measure of “{measure}” has no use for “{column}”: “{value}” counts as blank. Make the measure {used_by}, move a condition to “Conditions”, or empty the cell")),
    FindingKind("settings.unit", "warning", Text(
        "计法“{measure}”的单位不会是“{unit}”：5 会写成 500%，95% 会写成 1，目标也照此理解。请把“{column}”改成{fitting}",
        "計法「{measure}」的單位不會是「{unit}」：5 會寫成 500%，95% 會寫成 1，目標也照此理解。請把「{column}」改成{fitting}",
        "A measure of “{measure}” is not stated in “{unit}”: 5 reads 500%, 95% reads 1, and targets are taken so. Make “{column}” {fitting}")),
    FindingKind("settings.daily_limit", "warning", Text(
        "每天不高于的上限不会按工作日相加：一周合计也和一天的上限比。只有“达标天数”按天看。要管一周合计，请把“{column}”改成周，目标写一周的上限",
        "每天不高於的上限不會按工作日相加：一週合計也和一天的上限比。只有「達標天數」按天看。要管一週合計，請把「{column}」改成週，目標寫一週的上限",
        "A limit by day is not added up over working days: a week's total is compared with one day's limit; only days met look at each day. To limit the week, make “{column}” week and the target a week's")),
    FindingKind("settings.same_day", "error", Text(
        "{what}有两行从同一天起（第 {first} 行和这一行），现在按这一行。请删去一行，或改“{column}”",
        "{what}有兩列從同一天起（第 {first} 列和這一列），現在按這一列。請刪去一列，或改「{column}」",
        "{what} has two rows from the same day: row {first} and this one, which is used. Delete one of them, or change “{column}”")),
    FindingKind("settings.outlasted", "warning", Text(
        "{advisor} 的各行前后相接：{value} 这一行结束后算离职，虽然第 {first} 行还没结束。还在岗请另起一行；已离职请给第 {first} 行也填“{column}”",
        "{advisor} 的各列前後相接：{value} 這一列結束後算離職，雖然第 {first} 列還沒結束。還在崗請另起一列；已離職請給第 {first} 列也填「{column}」",
        "Rows of {advisor} follow one another: after {value}, when this one ends, they count as gone, though row {first} has not ended. Add a row if they stayed; if not, fill in “{column}” of row {first}, too")),
    FindingKind("settings.manager_gone", "warning", Text(
        "直属经理 {value} 只到 {day}，之后 {advisor} 所在团队的报告不再发给 {value}。请另起一行写新的经理，或改正结束日期",
        "直屬經理 {value} 只到 {day}，之後 {advisor} 所在團隊的報告不再發給 {value}。請另起一列寫新的經理，或改正結束日期",
        "Manager {value} is there until {day}: afterwards they get no report of {advisor} any more. Add a row with the new manager, or correct the day")),
    FindingKind("settings.for_all", "warning", Text(
        "适用范围是“全部”，这个目标对所有人生效，“{column}”里的“{value}”不起作用。只给 {value} 定请改适用范围，否则清空这一格",
        "適用範圍是「全部」，這個目標對所有人生效，「{column}」裡的「{value}」不起作用。只給 {value} 定請改適用範圍，否則清空這一格",
        "The scope is all: this target is everybody's, and “{value}” in “{column}” changes nothing. If it is for {value} alone, change the scope; if not, empty the cell")),
)}  # fmt: skip
