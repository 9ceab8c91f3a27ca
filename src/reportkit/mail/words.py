"""The words of the mail: what messages say to their readers, and what commands say about them."""

# ruff: noqa: E501 # tables of texts in three languages read best a row a line

from __future__ import annotations

from typing import Final

from reportkit.text import Text

# --- What went wrong ----------------------------------------------------------------------------------------------

BUSY: Final = Text(
    "另一个程序正在发送这个机构的邮件。等它完成后再试",
    "另一個程式正在傳送這個機構的郵件。等它完成後再試",
    "Another program is sending this branch's mail. Try again when it is done",
)
NO_SUCH_MESSAGE: Final = Text(
    "没有唯一的邮件 {id}。运行 reportkit outbox 看编号",
    "沒有唯一的郵件 {id}。執行 reportkit outbox 看編號",
    "There is no one message {id}. Run reportkit outbox to see the ids",
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
