"""What the command line says by itself, in the language spoken: headings of the help, and what is wrong with a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import typer
from rich.cells import cell_len

from reportkit.cli.language import say
from reportkit.cli.listing import GAP, wrapped

HEADINGS: Final = {
    "Arguments": say("参数", "參數", "Arguments"),
    "Options": say("选项", "選項", "Options"),
    "Commands": say("命令", "命令", "Commands"),
}
USAGE: Final = say("用法：", "用法：", "Usage: ")
# What Typer writes into the help of an option.
HELP_WORDS: Final = {
    "Install completion for the current shell.": say(
        "为这个终端装上按 Tab 补全命令", "為這個終端裝上按 Tab 補全命令", "Complete commands with Tab in this shell"
    ),
    "Show completion for the current shell, to copy it or customize the installation.": say(
        "打印补全脚本，自己安装", "印出補全指令碼，自己安裝", "Print the completion script, to install it yourself"
    ),
    "Show this message and exit.": say("显示这份说明", "顯示這份說明", "Show this help"),
}
NOTES: Final = {
    "default: ": say("默认 ", "預設 ", "default: "),
    "required": say("必填", "必填", "required"),
    "env var: ": say("环境变量 ", "環境變數 ", "env var: "),
}
# What Typer says of a wrong call, and how we say it. {0}, {1} are the groups found.
MISTAKES: Final = (
    (r"Missing argument '?(.+?)'?\.", say("少写了 {0}", "少寫了 {0}", "{0} is missing")),
    (r"Missing option '?(.+?)'?\.", say("少写了选项 {0}", "少寫了選項 {0}", "The option {0} is missing")),
    (r"Missing command\.", say("少写了命令", "少寫了命令", "The command is missing")),
    (
        r"No such option: (\S+) \(Possible options: (.+)\)",
        say("没有选项 {0}，是不是 {1}？", "沒有選項 {0}，是不是 {1}？", "There is no option {0}; did you mean {1}?"),
    ),
    (r"No such option: (\S+)", say("没有选项 {0}", "沒有選項 {0}", "There is no option {0}")),
    (
        r"No such command '(.+?)'\. Did you mean '?(.+?)'?\?",
        say("没有命令 {0}，是不是 {1}？", "沒有命令 {0}，是不是 {1}？", "There is no command {0}; did you mean {1}?"),
    ),
    (r"No such command '(.+?)'\.", say("没有命令 {0}", "沒有命令 {0}", "There is no command {0}")),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)",
        say(
            "多写了 {0}；名字里有空格时用引号括起来",
            "多寫了 {0}；名稱裡有空格時用引號括起來",
            "{0} is too much; put a name with spaces into quotes",
        ),
    ),
    (r"Option '(.+?)' requires an argument\.", say("{0} 后面要有值", "{0} 後面要有值", "{0} needs a value")),
    (r"Option '(.+?)' does not take a value\.", say("{0} 后面不带值", "{0} 後面不帶值", "{0} takes no value")),
    (
        r"Input should be less than or equal to (.+)",
        say("不能大于 {0}", "不能大於 {0}", "it must not be greater than {0}"),
    ),
    (
        r"Input should be greater than or equal to (.+)",
        say("不能小于 {0}", "不能小於 {0}", "it must not be less than {0}"),
    ),
    (r"Input should be a valid (?:integer|number).*", say("要写数字", "要寫數字", "write a number")),
    (
        r"\S+ '(.+)' is not readable\.?",
        say(
            "没有权限读 {0}，请找管理员开通",
            "沒有權限讀 {0}，請找管理員開通",
            "you may not read {0}; ask for the right to do so",
        ),
    ),
    # of Typer before it had pydantic check numbers
    (
        r"(\S+) is not in the range (.+?)\.?",
        say("{0} 不在范围 {1} 内", "{0} 不在範圍 {1} 內", "{0} is not in the range {1}"),
    ),
    (r"'(.+)' is not a valid (?:integer|float)\.?", say("要写数字", "要寫數字", "write a number")),
)
BEHIND_A_COMMAND: Final = say(
    "选项 {option} 写在命令后面：{path} 命令 … {option}",
    "選項 {option} 寫在命令後面：{path} 命令 … {option}",
    "The option {option} goes behind a command: {path} COMMAND … {option}",
)
SENTENCE: Final = re.compile(r"(?:(?<=。)|(?<=\.)\s).+", re.DOTALL)  # what follows the first
BOUNDS: Final = re.compile(r"(\d+)<=x<=(\d+)")  # click's own way to write them
TERM: Final = 30  # how wide a term of the help may be that its text stands beside
OF_A_VALUE: Final = re.compile(r"Invalid value for '(.+?)': (.+)", re.DOTALL)
OF_THE_CALL: Final = re.compile(r"Invalid value: (.+)", re.DOTALL)


def speak(command: Any) -> None:
    """Let a command and those below it write their help in the language spoken, each its first sentence in a list."""
    command.context_class = _speaking(command.context_class)
    for option in command.params:
        option.help = HELP_WORDS.get(option.help, option.help) if hasattr(option, "help") else None
    for below in getattr(command, "commands", {}).values():
        below.short_help = SENTENCE.sub("", below.help)  # whole: click would cut it to the width of a line
        speak(below)


def mistake(wrong: typer.BadParameter) -> str:
    """Return what is wrong with a call, and how to call instead where the form of the call is at fault."""
    written = wrong.format_message()
    told = OF_THE_CALL.fullmatch(written)
    if told:
        return told[1]
    value = OF_A_VALUE.fullmatch(written)
    option = getattr(wrong, "option_name", None)
    if wrong.ctx is not None and option in _options_below(wrong.ctx.command):
        where = BEHIND_A_COMMAND.format(option=option, path=wrong.ctx.command_path)
        return f"{where}\n\n{wrong.ctx.get_help()}"
    sentence = f"{value[1]}{say('：', '：', ': ')}{_said(value[2])}" if value else _said(written)
    if wrong.ctx is None:
        return sentence
    more = say("说明：", "說明：", "Help: ")
    return f"{sentence}\n{wrong.ctx.get_usage()}\n{more}{wrong.ctx.command_path} -h"


def helps(wrong: typer.BadParameter) -> str | None:
    """Return the help where a call is wrong only in saying nothing, else None."""
    written = wrong.format_message()
    return written if written.startswith(USAGE) else None


def _options_below(command: Any) -> set[str]:
    """Return the options of the commands below one."""
    below = getattr(command, "commands", {}).values()
    return {name for one in below for option in one.params for name in option.opts}


def _said(written: str) -> str:
    for pattern, sentence in MISTAKES:
        found = re.fullmatch(pattern, written)
        if found:
            return sentence.format(*found.groups())
    return written


def _speaking(context: Any) -> Any:
    """Return a class of contexts whose formatter writes headings and notes in the language spoken."""

    class Formatter(context.formatter_class):  # type: ignore[misc] # whichever click Typer brings along
        """The formatter of the help, in the language spoken."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, re.sub(r"\{(.+?)\}", r"\1", args), prefix or USAGE)

        def section(self, name: str) -> Any:
            return super().section(HEADINGS.get(name, name))

        def write_text(self, text: str) -> None:
            paragraphs = (self._lines(" ".join(one.split()), self.current_indent) for one in text.split("\n\n"))
            self.write("\n\n".join(paragraphs).lstrip("\n") + "\n")

        def write_dl(self, rows: Sequence[tuple[str, str]], *rest: Any, **more: Any) -> None:
            told = [(_plain(term), _noted(text)) for term, text in rows]
            beside = self.current_indent + min(max(cell_len(term) for term, _ in told), TERM) + GAP
            for term, text in told:
                first = " " * self.current_indent + term
                if cell_len(first) > beside - GAP or not text:
                    self.write(f"{first}\n")
                    first = ""
                if text:
                    self.write(first + self._lines(text, beside)[cell_len(first) :] + "\n")

        def _lines(self, text: str, indent: int) -> str:
            """Return a text wrapped as a terminal shows it: a Chinese character takes the room of two."""
            return "\n".join(" " * indent + line for line in wrapped(text, max(self.width - indent, TERM)))

    return type("SpokenContext", (context,), {"formatter_class": Formatter})


def _plain(term: str) -> str:
    """Return what is written in a call, without the names programmers have for its kind: an option's value is a word."""
    written, kind, _ = term.partition(" <")
    if not kind:
        return term
    return f"{written} {'N' if '<int' in term else 'TEXT'}" if written.startswith("-") else written


def _noted(text: str) -> str:
    text = HELP_WORDS.get(text, text)
    start = text.rfind("[")
    if start < 0:
        return text
    note = text[start:]
    for word, ours in NOTES.items():
        note = note.replace(word, ours)
    note = BOUNDS.sub(r"\1–\2", note)
    return text[:start] + note
