"""The buttons of every face: one list, from which the Excel ribbon and the LibreOffice toolbar are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from reportkit.definitions import words
from reportkit.definitions.text import Text

Group = Literal["advisor", "manager", "help"]

TAB: Final = words.RIBBON_TAB
GROUPS: Final[dict[Group, Text]] = {
    "advisor": Text("我的记录", "我的記錄", "My log"),
    "manager": Text("团队", "團隊", "Team"),
    "help": Text("帮助", "說明", "Help"),
}


@dataclass(frozen=True, slots=True)
class Button:
    """One button: `tag` is what the scripts are called with, `tip` what it does, `help` what a person should know."""

    tag: str
    group: Group
    label: Text
    tip: Text
    help: Text


BUTTONS: Final[tuple[Button, ...]] = (
    Button(
        "check",
        "advisor",
        words.CHECK_BUTTON,
        Text("检查这本日志的每一行", "檢查這本日誌的每一列", "Check every row of this log"),
        Text(
            "有问题的单元格列在“校验结果”中，写明位置和改法；您填写的内容不会被改动。",
            "有問題的儲存格列在「校驗結果」中，寫明位置和改法；您填寫的內容不會被改動。",
            "Cells that need mending are listed with their place and the remedy. Nothing you entered is changed.",
        ),
    ),
    Button(
        "today",
        "advisor",
        words.TODAY_BUTTON,
        Text("更新今日进度和待办名单", "更新今日進度和待辦名單", "Update today's board and the due list"),
        Text(
            "按刚填写的内容重新计算今天完成了多少、还差多少、该联系谁。",
            "按剛填寫的內容重新計算今天完成了多少、還差多少、該聯絡誰。",
            "Works out again what is done and left today, and whom to contact, from what you just entered.",
        ),
    ),
    Button(
        "week",
        "advisor",
        words.WEEK_BUTTON,
        Text("更新本人本周周报", "更新本人本週週報", "Update your weekly report"),
        Text(
            "重新计算本周各项指标，写入“周报”工作表。",
            "重新計算本週各項指標，寫入「週報」工作表。",
            "Computes this week's indicators and writes them to the weekly sheet.",
        ),
    ),
    Button(
        "team",
        "manager",
        Text("刷新团队", "重新整理團隊", "Refresh team"),
        Text("读取全部日志并更新团队报告", "讀取全部日誌並更新團隊報告", "Read all logs and update the team report"),
        Text(
            "只重读改动过的日志；进度显示在状态栏。读不了的文件会列出，其余照常统计。您写进报告里的内容会留一份在旁边。",
            "只重讀改動過的日誌；進度顯示在狀態列。讀不了的檔案會列出，其餘照常統計。您寫進報告裡的內容會留一份在旁邊。",
            "Reads only logs that changed; progress shows in the status bar. "
            "Files that cannot be read are listed, the others still count. "
            "What you wrote into a report is kept beside it.",
        ),
    ),
    Button(
        "close",
        "manager",
        Text("结束本周", "結束本週", "Close week"),
        Text("发布并锁定本周数字", "發布並鎖定本週數字", "Publish the week and fix its figures"),
        Text(
            "先问一次再发布；之后补录的内容单独列出，不改变已发布的数字。",
            "先問一次再發布；之後補錄的內容單獨列出，不改變已發布的數字。",
            "Asks once before. Entries made later are listed apart and do not change the published figures.",
        ),
    ),
    Button(
        "preview",
        "manager",
        Text("预览邮件", "預覽郵件", "Preview mail"),
        Text("查看将要发送的邮件", "檢視將要傳送的郵件", "See the messages before they are sent"),
        Text(
            "列出收件人、主题、附件和草稿，不会发送任何邮件。",
            "列出收件人、主旨、附件和草稿，不會傳送任何郵件。",
            "Lists recipients, subjects, attachments and drafts. Nothing is sent.",
        ),
    ),
    Button(
        "send",
        "manager",
        Text("发送周报", "傳送週報", "Send"),
        Text("把周报发给各收件人", "把週報傳給各收件人", "Send the reports to their recipients"),
        Text(
            "先问一次再发送；每人只收到自己的数据，发过的不会重发。",
            "先問一次再傳送；每人只收到自己的資料，傳過的不會重傳。",
            "Asks once before sending. Each person gets their own rows only, and nothing is sent twice.",
        ),
    ),
    Button(
        "rows",
        "manager",
        Text("查看明细", "檢視明細", "Show rows"),
        Text("打开所选数字背后的行", "開啟所選數字背後的列", "Open the rows behind the selected figure"),
        Text(
            "先选中报告中的一个数字，再点此按钮。",
            "先選取報告中的一個數字，再按此按鈕。",
            "Select one figure of a report first.",
        ),
    ),
    Button(
        "about",
        "help",
        Text("关于与设置", "關於與設定", "About and settings"),
        Text("版本、设置和使用说明", "版本、設定和使用說明", "Version, settings and guide"),
        Text(
            "显示版本、所用的 Python 和机构文件夹的位置。",
            "顯示版本、所用的 Python 和機構資料夾的位置。",
            "Shows the version, the Python in use and where the branch folder is.",
        ),
    ),
)
TAGS: Final[frozenset[str]] = frozenset(button.tag for button in BUTTONS)
