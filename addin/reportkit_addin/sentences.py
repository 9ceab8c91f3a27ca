"""What the add-in says to a person, in three languages."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.definitions.text import Text

# --- Why a button does nothing ------------------------------------------------------------------------------------

SAVE_FIRST: Final = Text(
    "“{book}”还没有保存在本机。请先保存，再点按钮。",
    "「{book}」還沒有儲存在本機。請先儲存，再按按鈕。",
    "“{book}” is not saved on this machine. Save it, then press the button again.",
)
NOT_XLSX: Final = Text(
    "“{book}”不是存成 .xlsx 的，团队报告读不了它。请另存为 .xlsx，再点按钮。",
    "「{book}」不是存成 .xlsx 的，團隊報告讀不了它。請另存為 .xlsx，再按按鈕。",
    "“{book}” is not saved as .xlsx, and no report can read it. Save it as .xlsx, then press the button again.",
)
READ_ONLY: Final = Text(
    "“{book}”是以只读方式打开的。请先启用编辑，再点按钮。",
    "「{book}」是以唯讀方式開啟的。請先啟用編輯，再按按鈕。",
    "“{book}” is open for reading only. Enable editing, then press the button again.",
)
FINISH_TYPING: Final = Text(
    "还有单元格在编辑中，或有对话框开着。请按回车或关闭对话框，再点按钮。",
    "還有儲存格在編輯中，或有對話方塊開著。請按 Enter 或關閉對話方塊，再按按鈕。",
    "A cell is being edited or a box is open. Press Enter or close the box, then press the button again.",
)
OFFICE_GONE: Final = Text(
    "LibreOffice 已经关闭，操作没有完成。请重新打开文件再试。",
    "LibreOffice 已經關閉，操作沒有完成。請重新開啟檔案再試。",
    "LibreOffice has ended before the work was done. Open the file again and repeat it.",
)
PROTECTED: Final = Text(
    "工作表“{sheet}”有密码保护，写不进去。请撤销保护再试。",
    "工作表「{sheet}」有密碼保護，寫不進去。請取消保護再試。",
    "Sheet “{sheet}” is protected by a password. Remove the protection and try again.",
)
ROW_HIDDEN: Final = Text(
    "“{sheet}”的 {cell} 在筛选掉或隐藏的行里。请清除该表的筛选，或取消隐藏这一行。",
    "「{sheet}」的 {cell} 在篩選掉或隱藏的列裡。請清除該表的篩選，或取消隱藏這一列。",
    "“{sheet}” {cell} is in a row that a filter or somebody hides. Clear the sheet's filter, or unhide the row.",
)
STAYS_HIDDEN: Final = Text(
    "“{sheet}”已经更新，但它是隐藏的，工作簿的结构有保护，显示不出来。请撤销工作簿保护，再点按钮。",
    "「{sheet}」已經更新，但它是隱藏的，活頁簿的結構有保護，顯示不出來。請取消活頁簿保護，再按按鈕。",
    "“{sheet}” is up to date, but it is hidden and the protection of the workbook keeps it so. Remove that protection and press the button again.",
)
NOT_COLOURED: Final = Text(
    "校验结果是完整的，但工作表“{sheets}”有密码保护，有问题的单元格没有标红。要标红，请撤销保护，再点按钮。",
    "校驗結果是完整的，但工作表「{sheets}」有密碼保護，有問題的儲存格沒有標紅。要標紅，請取消保護，再按按鈕。",
    "The findings are complete, but the wrong cells of “{sheets}” are not coloured: a password protects it. To have them coloured, remove the protection and press the button again.",
)
NOT_A_LOG: Final = Text(
    "“{book}”不能当作日志使用。请切换到自己的日志，再点按钮。（{reason}）",
    "「{book}」不能當作日誌使用。請切換到自己的日誌，再按按鈕。（{reason}）",
    "“{book}” cannot be used as a log. Switch to your log, then press the button again. ({reason})",
)
NO_FORMS: Final = Text(
    "“{book}”不是日志：里面没有一张日志的表。请切换到自己的日志，再点按钮。",
    "「{book}」不是日誌：裡面沒有一張日誌的表。請切換到自己的日誌，再按按鈕。",
    "“{book}” is no log: it has none of a log's sheets. Switch to your log, then press the button again.",
)
NO_SHEET: Final = Text(
    "找不到工作表“{sheet}”。请恢复它，或从空白模板重新建立日志。",
    "找不到工作表「{sheet}」。請還原它，或從空白範本重新建立日誌。",
    "There is no sheet “{sheet}”. Put it back, or start again from the blank template.",
)
NO_FILE: Final = Text(
    "找不到文件 {path}。它可能被移走或改了名；刷新团队后再试。",
    "找不到檔案 {path}。它可能被移走或改了名；重新整理團隊後再試。",
    "There is no file {path}. It may have been moved or renamed; refresh the team, then try again.",
)
NOT_IN_A_BRANCH: Final = Text(
    "“{book}”不在机构文件夹里：上级文件夹中没有 settings.xlsx。请打开机构文件夹里的 team.xlsx 或 settings.xlsx，再点按钮。",
    "「{book}」不在機構資料夾裡：上層資料夾中沒有 settings.xlsx。請開啟機構資料夾裡的 team.xlsx 或 settings.xlsx，再按按鈕。",
    "“{book}” is not in a branch folder: no folder above it holds settings.xlsx. Open team.xlsx or settings.xlsx of the branch, then press the button again.",
)
FILE_AWAY: Final = Text(
    "现在打不开 {path} 所在的文件夹：网络盘可能断开了，或文件被移走、改了名。请检查网络盘是否连着；改了名的，请用新名字另存到那里。然后再点按钮。",
    "現在打不開 {path} 所在的資料夾：網路磁碟可能斷開了，或檔案被移走、改了名。請檢查網路磁碟是否連著；改了名的，請用新名字另存到那裡。然後再按按鈕。",
    "{path} is no longer where it was opened: the share may be disconnected, or the file was moved or renamed. Check that the share is connected; if it was renamed, save this one there under the new name. Then press the button again.",
)
NO_LOGS: Final = Text(
    "{folder} 里一本日志也没有，报告没有动。请检查这个文件夹是否被移走、改了名或还在同步；新机构请先运行 reportkit init。",
    "{folder} 裡一本日誌也沒有，報告沒有動。請檢查這個資料夾是否被移走、改了名或還在同步；新機構請先執行 reportkit init。",
    "There is no log in {folder}; the reports were not touched. Check whether the folder was moved, renamed or is still syncing; for a new branch run reportkit init first.",
)
NO_FIGURE: Final = Text(
    "请先在“周报”或报告里选中一个数字，再点按钮。",
    "請先在「週報」或報告裡選取一個數字，再按按鈕。",
    "Select a figure of the weekly sheet or of a report first, then press the button again.",
)
UNFORESEEN: Final = Text(
    "操作没有完成，这是程序的问题，请告诉 IT：{reason}（{place}）",
    "操作沒有完成，這是程式的問題，請告訴 IT：{reason}（{place}）",
    "The work was not done because the program broke. Tell your IT: {reason} ({place})",
)
NO_BUTTON: Final = Text("没有这个按钮：{tag}", "沒有這個按鈕：{tag}", "There is no button {tag}")

# --- Progress and outcome -----------------------------------------------------------------------------------------

READING: Final = Text("正在读取日志…", "正在讀取日誌…", "Reading the log…")
WRITING: Final = Text("正在写入“{sheet}”…", "正在寫入「{sheet}」…", "Writing “{sheet}”…")
MARKING: Final = Text("正在标出有问题的单元格…", "正在標出有問題的儲存格…", "Colouring the cells to mend…")
AT_LOG: Final = Text("正在处理第 {at} / {of} 本：{name}", "正在處理第 {at} / {of} 本：{name}", "{at} of {of}: {name}")
CHECKED: Final = Text(
    "{errors} 个错误，{warnings} 个提醒；读到 {read} 行，计入 {counted}，未计入 {excluded}",
    "{errors} 個錯誤，{warnings} 個提醒；讀到 {read} 列，計入 {counted}，未計入 {excluded}",
    "{errors:error|errors}, {warnings:warning|warnings}; {read:row|rows} read, {counted} counted, {excluded} excluded",
)
DUE_OF: Final = Text("{on}：{count} 位客户待联系", "{on}：{count} 位客戶待聯絡", "{on}: {count:customer|customers} due")
WEEK_OF: Final = Text(
    "{week}（{start} 至 {end}），截至 {as_of} · 绩效得分 {score} {grade} · 读到 {read} 行，计入 {counted}，未计入 {excluded}",
    "{week}（{start} 至 {end}），截至 {as_of} · 績效得分 {score} {grade} · 讀到 {read} 列，計入 {counted}，未計入 {excluded}",
    "{week} ({start} to {end}), as of {as_of} · score {score} {grade} · {read:row|rows} read, {counted} counted, {excluded} excluded",
)
TEAM_DONE: Final = Text(
    "{week}：重读 {read} 本日志，{cached} 本没有变化，{failed} 本用不了",
    "{week}：重讀 {read} 本日誌，{cached} 本沒有變化，{failed} 本用不了",
    "{week}: {read:log|logs} read, {cached} unchanged, {failed} not usable",
)
AS_PUBLISHED: Final = Text(
    "\n{week} 已发布，数字按发布时固定；之后补录的内容单独列出。",
    "\n{week} 已發布，數字按發布時固定；之後補錄的內容單獨列出。",
    "\n{week} is published: its figures stay, what was entered later is listed apart.",
)
AND: Final = Text("，", "，", ", ")  # between the names of a list
NOT_SAVED: Final = Text(
    "\n有日志开着、还没有存盘，只算上次存盘的内容：{names}",
    "\n有日誌開著、還沒有存檔，只算上次存檔的內容：{names}",
    "\nLogs that are open and not saved count as they were saved last: {names}",
)
KEEP_TYPED: Final = Text(
    "“{name}”里有还没有保存的内容：\n{cells}\n更新会重做这个文件。先把写过内容的这一份留在旁边，再更新吗？（“否”：什么都不动）",
    "「{name}」裡有還沒有儲存的內容：\n{cells}\n更新會重做這個檔案。先把寫過內容的這一份留在旁邊，再更新嗎？（「否」：什麼都不動）",
    "“{name}” holds entries that are not saved:\n{cells}\nThe refresh makes this file anew. Keep a copy with what you entered beside it and go on? (No: nothing is touched)",
)
NOT_TOUCHED: Final = Text(
    "{week}：没有更新，什么都没有动", "{week}：沒有更新，什麼都沒有動", "{week}: not refreshed, nothing was touched"
)
AND_MORE: Final = Text(" …（共 {count} 格）", " …（共 {count} 格）", " … ({count:cell|cells})")
KEPT: Final = Text(
    "\n写过内容的旧报告原样留在旁边：{files}",
    "\n寫過內容的舊報告原樣留在旁邊：{files}",
    "\nThe earlier reports that somebody had written into are kept beside: {files}",
)
SAME_NAME: Final = Text(
    "另一个 {name} 开着，同名文件不能同时打开。请关闭它，再打开 {path}",
    "另一個 {name} 開著，同名檔案不能同時開啟。請關閉它，再開啟 {path}",
    "Another {name} is open, and two of one name cannot be. Close it, then open {path}",
)
REALLY_CLOSE: Final = Text(
    "按现在的日志发布 {week}（{start} 至 {end}）并固定数字吗？之后补录的内容单独列出。{early}",
    "按現在的日誌發布 {week}（{start} 至 {end}）並固定數字嗎？之後補錄的內容單獨列出。{early}",
    "Publish {week} ({start} to {end}) from the logs as they are, and fix its figures? Entries made later are listed apart.{early}",
)
NOT_OVER: Final = Text("\n这一周还没有过完。", "\n這一週還沒有過完。", "\nThe week is not over yet.")
CLOSED: Final = Text(
    "{week} 已发布，数字不再变动。接着可以预览邮件、发送周报。\n要改动数字，请在终端运行：reportkit reopen 机构文件夹 --week {week} --why 原因",
    "{week} 已發布，數字不再變動。接著可以預覽郵件、傳送週報。\n要改動數字，請在終端機執行：reportkit reopen 機構資料夾 --week {week} --why 原因",
    "{week} is published, its figures stay. Next: preview the mail, then send it.\nTo change the figures, run in a terminal: reportkit reopen FOLDER --week {week} --why REASON",
)
NOT_CLOSED: Final = Text("{week}：没有发布", "{week}：沒有發布", "{week}: nothing was published")
ROWS_BEHIND: Final = Text(
    "{indicator}（{start} 至 {end}）：{count} 行",
    "{indicator}（{start} 至 {end}）：{count} 列",
    "{indicator} ({start} to {end}): {count:row|rows}",
)
ABOUT: Final = Text(
    "reportkit {version}\nPython：{python}\n工作簿：{book}\n机构文件夹：{branch}\n设置：{settings}\n\n按钮不灵，请在终端运行 reportkit doctor；升级以后运行 reportkit addin install。\n命令：reportkit --help",
    "reportkit {version}\nPython：{python}\n活頁簿：{book}\n機構資料夾：{branch}\n設定：{settings}\n\n按鈕不靈，請在終端機執行 reportkit doctor；升級以後執行 reportkit addin install。\n命令：reportkit --help",
    "reportkit {version}\nPython: {python}\nWorkbook: {book}\nBranch folder: {branch}\nSettings: {settings}\n\nIf a button fails, run reportkit doctor in a terminal; after an upgrade, reportkit addin install.\nCommands: reportkit --help",
)
NO_BRANCH: Final = Text("（不在机构文件夹里）", "（不在機構資料夾裡）", "(not in a branch folder)")
AT_LETTER: Final = Text("正在发送第 {at} / {of} 封", "正在傳送第 {at} / {of} 封", "Sending {at} of {of}")
DRAFTS: Final = Text(
    "{week}：{count} 封草稿，没有发送。文件夹：{folder}",
    "{week}：{count} 封草稿，沒有傳送。資料夾：{folder}",
    "{week}: {count:draft|drafts}, nothing was sent. Folder: {folder}",
)
REALLY_SEND: Final = Text(
    "现在把 {week} 的周报发给各收件人吗？待发 {count} 封，经 {server} 以 {sender} 的名义发出。",
    "現在把 {week} 的週報傳給各收件人嗎？待傳 {count} 封，經 {server} 以 {sender} 的名義傳出。",
    "Send the reports of {week} now? {count} are waiting; they go through {server}, from {sender}.",
)
SEND_AGAIN: Final = Text(
    "有 {count} 封上次没有发出：\n{names}\n现在再发一次吗？",
    "有 {count} 封上次沒有傳出：\n{names}\n現在再傳一次嗎？",
    "{count} did not go out last time:\n{names}\nSend these again now?",
)
SEND_DOUBTFUL: Final = Text(
    "有 {count} 封不确定是否送达，可能已经到了，请先问收件人：\n{names}\n现在再发一次吗？",
    "有 {count} 封不確定是否送達，可能已經到了，請先問收件人：\n{names}\n現在再傳一次嗎？",
    "{count} may have arrived or not. Ask their recipients first:\n{names}\nSend these again now?",
)
GIVE_UP: Final = Text(
    "那么放弃这 {count} 封吗？\n{names}\n“是”：不再发送，以后也不再问。“否”：留到下次再问。",
    "那麼放棄這 {count} 封嗎？\n{names}\n「是」：不再傳送，以後也不再問。「否」：留到下次再問。",
    "Give these {count} up, then?\n{names}\nYes: they are not sent, and you are not asked again. No: you are asked next time.",
)
NOT_SENT: Final = Text("{week}：没有发送", "{week}：沒有傳送", "{week}: nothing was sent")
SENT: Final = Text("{week}：{states}", "{week}：{states}", "{week}: {states}")
SUBJECT: Final = Text("主题", "主旨", "Subject")
ATTACHED: Final = Text("附件", "附件", "Attached")
DRAFT: Final = Text("草稿", "草稿", "Draft")
OPEN: Final = Text("打开", "開啟", "Open")

# --- Custom functions ---------------------------------------------------------------------------------------------

NO_INDICATOR: Final = Text(
    "没有“{name}”这个指标；用 RK_INDICATORS()（LibreOffice 中是 RK.INDICATORS()）看全部",
    "沒有「{name}」這個指標；用 RK_INDICATORS()（LibreOffice 中是 RK.INDICATORS()）看全部",
    "There is no indicator “{name}”; RK_INDICATORS() lists them (in LibreOffice RK.INDICATORS())",
)
ONE_VALUE: Final = Text(
    "这里只能给一个值，不能给一片区域；表放在后面",
    "這裡只能給一個值，不能給一片區域；表放在後面",
    "One value is wanted there, not a range; tables come after",
)
NO_TABLE: Final = Text(
    "第 {number} 个区域不是日志或设置里的表：请连标题行一起选中",
    "第 {number} 個區域不是日誌或設定裡的表：請連標題列一起選取",
    "Range {number} is no table of a log or of the settings: select it with its header row",
)
NOT_IN_ROSTER: Final = Text(
    "人员表里没有工号“{advisor}”：请改正，或在人员表里加上",
    "人員表裡沒有工號「{advisor}」：請改正，或在人員表裡加上",
    "“{advisor}” is not in the roster: correct it, or add it there",
)
TWICE: Final = Text(
    "第 {number} 个区域又是“{form}”：每张表只能给一次",
    "第 {number} 個區域又是「{form}」：每張表只能給一次",
    "Range {number} is “{form}” again: give each table once",
)
LACKING: Final = Text(
    "还要给这些表，连标题行一起选中：{forms}",
    "還要給這些表，連標題列一起選取：{forms}",
    "These tables are needed too, with their header rows: {forms}",
)
NO_FAQ: Final = Text(
    "这个工作簿里没有名为 faq 的话术与问答：请把那张表作为第二个参数",
    "這個活頁簿裡沒有名為 faq 的話術與問答：請把那張表作為第二個參數",
    "This workbook has no FAQ named faq: give its table as the second argument",
)
NO_DAY: Final = Text("“{value}”不是日期", "「{value}」不是日期", "“{value}” is no date")
NO_SPAN: Final = Text("{end} 早于 {start}", "{end} 早於 {start}", "{end} is before {start}")
NO_FUNCTIONS: Final = Text(
    "自定义函数只在 Windows 版 Excel 中可用",
    "自訂函數只在 Windows 版 Excel 中可用",
    "Custom functions need Excel on Windows",
)
PARAMETERS: Final = {
    "indicator": Text("指标", "指標", "indicator"),
    "first_day": Text("起始日", "起始日", "first day"),
    "last_day": Text("结束日", "結束日", "last day"),
    "advisor": Text("工号", "工號", "advisor"),
    "on": Text("日期", "日期", "day"),
    "day": Text("日期", "日期", "day"),
    "today": Text("今天的日期", "今天的日期", "today"),
    "asked": Text("要找的字", "要找的字", "words"),
    "table": Text("表", "表", "table"),
    "tables": Text("更多的表", "更多的表", "more tables"),
}  # what the function wizard calls the arguments
WITH_HEADER_ROW: Final = Text(
    "连标题行一起选中的区域", "連標題列一起選取的區域", "A range, selected with its header row"
)
PARAMETER_HINTS: Final = {
    "indicator": Text("指标的代码或名称", "指標的代碼或名稱", "Code or label of an indicator"),
    "first_day": Text("第一天，算在内", "第一天，算在內", "The first day that counts"),
    "last_day": Text("最后一天，算在内", "最後一天，算在內", "The last day that counts"),
    "advisor": Text(
        "工号；不按个人折算时留空", "工號；不按個人折算時留空", "An advisor's id; blank for nobody in particular"
    ),
    "on": Text("看哪一天", "看哪一天", "The day to look at"),
    "day": Text("哪一天", "哪一天", "Any day"),
    "today": Text("之后的日期算填错", "之後的日期算填錯", "Later dates are wrong"),
    "asked": Text(
        "在分类、问题和答复里查找", "在分類、問題和答覆裡尋找", "Looked for in category, question and answer"
    ),
    "table": WITH_HEADER_ROW,
    "tables": WITH_HEADER_ROW,
}
