"""The words of the mail: what messages say to their readers, and what commands say about them."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.definitions.report_words import CHART_TREND, DUE_TITLE
from reportkit.definitions.text import Text

# --- What went wrong ----------------------------------------------------------------------------------------------

BUSY: Final = Text(
    "另一个程序正在发送这个机构的邮件。等它完成后再试",
    "另一個程式正在傳送這個機構的郵件。等它完成後再試",
    "Another program is sending this branch's mail. Try again when it is done",
)
NO_SUCH_MESSAGE: Final = Text(
    "没有编号以 {id} 开头的邮件，或者不止一封。运行 reportkit outbox 看编号",
    "沒有編號以 {id} 開頭的郵件，或者不止一封。執行 reportkit outbox 看編號",
    "No message has an ID that begins with {id}, or several have. Run reportkit outbox to see the IDs",
)
NOT_OPEN: Final = Text(
    "邮件 {id} 已经是“{state}”，不能再改",
    "郵件 {id} 已經是「{state}」，不能再改",
    "Message {id} is {state}; nothing to change",
)
NO_HOST: Final = Text(
    "不知道邮件服务器。请设环境变量 REPORTKIT_SMTP_HOST，必要时还有 _PORT、_USER、_PASSWORD、_FROM",
    "不知道郵件伺服器。請設環境變數 REPORTKIT_SMTP_HOST，必要時還有 _PORT、_USER、_PASSWORD、_FROM",
    "Which mail server? Set the environment variable REPORTKIT_SMTP_HOST, and _PORT, _USER, _PASSWORD, _FROM as needed",
)
NO_SENDER: Final = Text(
    "不知道发件人。请设环境变量 REPORTKIT_SMTP_FROM",
    "不知道寄件人。請設環境變數 REPORTKIT_SMTP_FROM",
    "Who is the sender? Set the environment variable REPORTKIT_SMTP_FROM",
)
NO_PASSWORD: Final = Text(
    "没有 {user} 的密码。请设环境变量 REPORTKIT_SMTP_PASSWORD，或运行 keyring set reportkit {user}",
    "沒有 {user} 的密碼。請設環境變數 REPORTKIT_SMTP_PASSWORD，或執行 keyring set reportkit {user}",
    "No password for {user}: set the environment variable REPORTKIT_SMTP_PASSWORD, or run keyring set reportkit {user}",
)
BAD_SETTING: Final = Text(
    "环境变量 {name} 的值“{value}”不能用，应为 {fits}",
    "環境變數 {name} 的值「{value}」不能用，應為 {fits}",
    "The environment variable {name} is “{value}”; it takes {fits}",
)
CERTIFICATES: Final = Text("一个 PEM 证书文件", "一個 PEM 憑證檔案", "a file of certificates (PEM)")
NO_TLS: Final = Text(
    "{host} 不提供加密连接，没有发送任何邮件。请换服务器或端口；确实要明文发送时加 --insecure",
    "{host} 不提供加密連線，沒有傳送任何郵件。請換伺服器或連接埠；確實要明文傳送時加 --insecure",
    "{host} offers no encryption; nothing was sent. Use another server or port, or --insecure if you mean it",
)
BAD_CERTIFICATE: Final = Text(
    "不能确认 {host} 的身份（{reason}），没有发送任何邮件。请核对服务器名；内部证书用 REPORTKIT_SMTP_CA 指定",
    "不能確認 {host} 的身分（{reason}），沒有傳送任何郵件。請核對伺服器名；內部憑證用 REPORTKIT_SMTP_CA 指定",
    "{host} cannot prove who it is ({reason}); nothing was sent. Check its name; name your own authority in REPORTKIT_SMTP_CA",
)
LOGIN_REFUSED: Final = Text(
    "{host} 拒绝登录：{said}。请核对用户名和密码；没有发送任何邮件",
    "{host} 拒絕登入：{said}。請核對使用者名稱和密碼；沒有傳送任何郵件",
    "{host} refused the login: {said}. Check user and password; nothing was sent",
)
NO_ANSWER: Final = Text("没有回答", "沒有回答", "no answer")

NOT_CLOSED: Final = Text(
    "{week} 还没有发布，只有发布了的周才能发送。先运行 reportkit close {folder} --week {week}；要看样子用 --dry-run",
    "{week} 還沒有發布，只有發布了的週才能傳送。先執行 reportkit close {folder} --week {week}；要看樣子用 --dry-run",
    "{week} is not published, and only a published week is sent. Run reportkit close {folder} --week {week} first, or --dry-run to see the mail",
)
NO_REPORTS: Final = Text(
    "{week} 没有这个版本生成的周报。先运行 reportkit refresh {folder} --week {week}",
    "{week} 沒有這個版本產生的週報。先執行 reportkit refresh {folder} --week {week}",
    "{week} has no reports made by this version. Run reportkit refresh {folder} --week {week} first",
)
CHANGED_SINCE: Final = Text(
    "{week} 的周报生成以后，日志或设置又有改动，草稿会漏掉它们。先运行 reportkit refresh {folder} --week {week}",
    "{week} 的週報產生以後，日誌或設定又有改動，草稿會漏掉它們。先執行 reportkit refresh {folder} --week {week}",
    "Logs or settings changed since the reports of {week} were made; drafts would lack that. "
    "Run reportkit refresh {folder} --week {week} first",
)
NOBODY: Final = Text(
    "没有发给“{who}”的报告。写工号、团队、邮箱或姓名",
    "沒有發給「{who}」的報告。寫工號、團隊、信箱或姓名",
    "No report goes to “{who}”. Name an advisor's ID, a team, an address or a person",
)
BAD_ADDRESS: Final = Text(
    "“{email}”不是邮箱地址。请在设置的“人员”或“收件人”里改正",
    "「{email}」不是電子郵件地址。請在設定的「人員」或「收件人」裡改正",
    "“{email}” is no e-mail address. Mend it in “Roster” or “Mail” of the settings",
)
NEEDS_EXTRA: Final = Text(
    '这一步需要 {what}。请运行 pip install "reportkit[{extra}]"',
    '這一步需要 {what}。請執行 pip install "reportkit[{extra}]"',
    'This needs {what}. Run pip install "reportkit[{extra}]"',
)
NO_ATTACHMENT_PASSWORD: Final = Text(
    "没有加密附件的密码。请设环境变量 REPORTKIT_MAIL_PASSWORD，或运行 keyring set reportkit attachment",
    "沒有加密附件的密碼。請設環境變數 REPORTKIT_MAIL_PASSWORD，或執行 keyring set reportkit attachment",
    "No password to encrypt with: set the environment variable REPORTKIT_MAIL_PASSWORD, or run keyring set reportkit attachment",
)
NOT_ENCRYPTED: Final = Text(
    "加密后的附件打不开，没有发送。请报告这个问题",
    "加密後的附件打不開，沒有傳送。請回報這個問題",
    "The encrypted attachment does not open again; nothing was sent. Please report this",
)

# --- What became of a message -------------------------------------------------------------------------------------

STATE: Final[dict[str, Text]] = {
    "new": Text("待发送", "待傳送", "to be sent"),
    "sending": Text("正在发送", "正在傳送", "being sent"),
    "sent": Text("已发送", "已傳送", "sent"),
    "failed": Text("失败", "失敗", "failed"),
    "unknown": Text("不确定", "不確定", "unknown"),
    "given_up": Text("已放弃", "已放棄", "given up"),
    "draft": Text("草稿", "草稿", "draft"),
    "no_address": Text("没有邮箱", "沒有信箱", "no address"),
    "nothing": Text("没有内容", "沒有內容", "nothing to say"),
}
TO_DO: Final[dict[str, Text]] = {
    "new": Text("还没有发出。再发送一次这一周", "還沒有發出。再傳送一次這一週", "Not sent yet: send the week again"),
    "sending": Text("正在发送", "正在傳送", "It is going out right now"),
    "sent": Text("", "", ""),
    "failed": Text(
        "服务器拒收（见说明）。改正邮箱后再发，或放弃",
        "伺服器拒收（見說明）。改正信箱後再發，或放棄",
        "The server refused it (see what it said). Correct the address and send again, or give it up",
    ),
    "unknown": Text(
        "可能已经送达：先问收件人，再决定重发或放弃",
        "可能已經送達：先問收件人，再決定重發或放棄",
        "It may have arrived: ask the recipient, then send again or give it up",
    ),
    "given_up": Text("", "", ""),
    "no_address": Text(
        "请在设置的“人员”或“收件人”里填邮箱；经理已离开的，请改下属的“直属经理”",
        "請在設定的「人員」或「收件人」裡填信箱；經理已離開的，請改下屬的「直屬經理」",
        "Enter an address in “Roster” or “Mail” of the settings; if the manager has left, name another in the roster",
    ),
    "nothing": Text("", "", ""),
}
RESULTS: Final = Text("{week} 的邮件", "{week} 的郵件", "Mail of {week}")
REPORT: Final = Text("报告", "報告", "Report")
OF: Final = Text("对象", "對象", "Of")
TO: Final = Text("收件人", "收件人", "To")
RESULT: Final = Text("结果", "結果", "Result")
REMEDY: Final = Text("怎么办", "怎麼辦", "What to do")
SAID: Final = Text("说明", "說明", "Said")
TRIES: Final = Text("次数", "次數", "Tries")
ID: Final = Text("编号", "編號", "ID")
RESULT_HEADINGS: Final = (REPORT, OF, TO, RESULT, REMEDY, SAID, TRIES, ID)
IN_DOUBT: Final = Text(
    "有 {count} 封不确定是否送达：程序在交给服务器的途中停了。先问收件人，再用 reportkit outbox {folder} --retry 编号 重发，或 --give-up 编号 放弃",
    "有 {count} 封不確定是否送達：程式在交給伺服器的途中停了。先問收件人，再用 reportkit outbox {folder} --retry 編號 重發，或 --give-up 編號 放棄",
    "{count} may or may not have arrived: the run ended while handing them over. Ask the recipient, then reportkit outbox {folder} --retry ID to send again, or --give-up ID",
)

# --- The message itself -------------------------------------------------------------------------------------------

SUBJECT: Final = Text("{week} {title}", "{week} {title}", "{week} {title}")
CORRECTED: Final = Text("更正：{subject}", "更正：{subject}", "Corrected: {subject}")
HELLO: Final = Text("{name}，您好", "{name}，您好", "Dear {name}")
ATTACHED: Final = Text("完整报告见附件 {file}。", "完整報告見附件 {file}。", "The full report is attached: {file}.")
LOCKED: Final = Text(
    "附件已加密，密码由营业部另行告知。",
    "附件已加密，密碼由營業部另行告知。",
    "The attachment is encrypted; your branch tells you the password by another way.",
)
MASKED: Final = Text(
    "客户的编号和电话已隐去中间几位。",
    "客戶的編號和電話已隱去中間幾位。",
    "The middle of customers' ids and phone numbers is hidden.",
)
SENT_BY: Final = Text("{branch} 自动发送", "{branch} 自動傳送", "Sent automatically by {branch}")
ALL_INDICATORS: Final = Text("各项指标", "各項指標", "Indicators")
EVERYBODY: Final = Text("各人得分", "各人得分", "Scores")
TREND: Final = CHART_TREND
THIS_WEEK: Final = Text("本周", "本週", "now")
DUE: Final = DUE_TITLE
OVERDUE: Final = Text("逾期 {days} 天", "逾期 {days} 天", "{days} d overdue")
DUE_TODAY: Final = Text("今天（{day}）到期", "今天（{day}）到期", "due today, {day}")
DUE_BY: Final = Text("{day} 到期", "{day} 到期", "due {day}")
MORE: Final = Text("还有 {count} 位，见附件", "還有 {count} 位，見附件", "{count} more in the attachment")
MORE_ALERTS: Final = Text(
    "全部 {count} 条见附件的“预警”", "全部 {count} 條見附件的「預警」", "All {count}: “Alerts” in the attachment"
)
LOOK_AT: Final = Text("请先看", "請先看", "Look at these first")
LEFT_OUT: Final = Text(
    "日志里有 {errors} 个错误，{rows} 行没有计入。在哪里、怎么改，见附件的“{sheet}”。",
    "日誌裡有 {errors} 個錯誤，{rows} 列沒有計入。在哪裡、怎麼改，見附件的「{sheet}」。",
    "{errors:error|errors} in the log left {rows:row|rows} out. Where, and what to do: “{sheet}” in the attachment.",
)
NOTHING_YET: Final = Text(
    "这一周还没有可以评分的指标：没有记录，或没有工作日。",
    "這一週還沒有可以評分的指標：沒有記錄，或沒有工作日。",
    "Nothing of this week can be scored yet: nothing was logged, or there was no working day.",
)
BETWEEN_SCORES: Final = Text("、", "、", ", ")
ALT_TREND: Final = Text(
    "最近 {weeks} 周的绩效得分：{scores}",
    "最近 {weeks} 週的績效得分：{scores}",
    "Score of the last {weeks:week|weeks}: {scores}",
)
