"""Write the command reference of the language in REPORTKIT_LANG to standard output; docs/generate.py calls it.

A process of its own: the commands take their texts from the language spoken when they are loaded.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, Final

from reportkit.cli import command_line
from reportkit.cli.language import say

TITLE: Final = say("命令", "命令", "Commands")
GENERATED: Final = say(
    "由命令本身生成，请勿手改：`make docs`",
    "由命令本身產生，請勿手改：`make docs`",
    "Generated from the commands; do not edit: `make docs`",
)
ARGUMENTS: Final = say("| 参数 | 说明 |", "| 參數 | 說明 |", "| argument | is |")
OPTIONS: Final = say("| 选项 | 说明 |", "| 選項 | 說明 |", "| option | does |")
SOME: Final = say("[选项]", "[選項]", "[options]")
NEEDED: Final = say("必填", "必填", "required")
DEFAULT: Final = say("默认", "預設", "default")
VARIABLE: Final = say("环境变量", "環境變數", "environment")
CODES: Final = say(
    """## 退出码

| 码 | 意思 |
|---|---|
| 0 | 正常 |
| 1 | 做完了，但有要看的：日志有错误，有一封邮件没发出，有一行没导入，这台机器缺点什么 |
| 2 | 没有做：参数不对，文件打不开，服务器连不上，或被取消；屏幕上有一句话说明原因和怎么办 |

说明写到标准错误，结果写到标准输出；`--json` 时标准输出只有 JSON。
""",
    "",
    """## Exit codes

| code | means |
|---|---|
| 0 | fine |
| 1 | done, but look: errors in a log, a message not sent, a row not imported, something missing on this machine |
| 2 | not done: a wrong call, a file that does not open, a server out of reach, or cancelled; a sentence says why and what to do |

Sentences go to standard error, results to standard output; with `--json` standard output holds JSON and nothing else.
""",
)
COMPLETION: Final = say(
    """## 按 Tab 补全

bash、zsh、fish、PowerShell 里运行一次，再开一个新终端：

```sh
reportkit --install-completion
```

不想让它改启动文件，就用 `reportkit --show-completion` 打印脚本自己放。PowerShell 里安装会放宽本人的脚本执行策略；不想放宽就用 `reportkit --show-completion powershell >> $PROFILE`。脚本要求运行的是 `reportkit` 这个命令，不是 `python -m reportkit`。

## 语言

按环境变量 `REPORTKIT_LANG`（`zh-CN`、`zh-TW`、`en`），没有就按系统，再没有就用简体中文；`--lang` 只管这一次的结果。
""",
    "",
    """## Completion with Tab

Once, in bash, zsh, fish or PowerShell, then open a new terminal:

```sh
reportkit --install-completion
```

`reportkit --show-completion` prints the script for those who rather place it themselves. In PowerShell installing it loosens
your own execution policy; `reportkit --show-completion powershell >> $PROFILE` does not. It completes the command `reportkit`,
not `python -m reportkit`.

## Language

That of `REPORTKIT_LANG` (`zh-CN`, `zh-TW`, `en`), else the system's, else simplified Chinese; `--lang` is for one
result only.
""",
)
EXAMPLE: Final = re.compile(r"reportkit (?:[^；;，·>]|>(?= ))*[^；;，·> ]")


def page() -> str:
    """Return the reference: each command with its arguments, options, example and what its exit code means."""
    root = command_line()
    parts = [
        f"# {TITLE}\n\n<!-- {GENERATED} -->",
        *(_command(name, command) for name, command in _all(root)),
        CODES,
        COMPLETION,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _all(group: Any, above: str = "reportkit") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _all(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def _command(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    call = " ".join([name, *(_argument(one) for one in arguments), *([SOME] if options else [])])
    parts = [f"## {name}", command.help, f"```\n{call}\n```"]
    if arguments:
        parts.append("\n".join([ARGUMENTS, "|---|---|", *(_row(f"`{one.metavar}`", one) for one in arguments)]))
    if options:
        parts.append("\n".join([OPTIONS, "|---|---|", *(_row(_option(one), one) for one in options)]))
    if command.epilog:
        parts.append(EXAMPLE.sub(lambda found: f"`{found[0]}`", command.epilog))
    return "\n\n".join(parts)


def _argument(one: Any) -> str:
    shown = f"{one.metavar}{'' if one.nargs == 1 else ' …'}"
    return shown if one.required else f"[{shown}]"


def _option(one: Any) -> str:
    value = "" if one.is_flag else f" {one.metavar or one.name.upper()}"
    return " ".join(f"`{name}{value}`" for name in one.opts)


def _row(name: str, one: Any) -> str:
    notes = [NEEDED] if one.required and one.param_type_name == "option" else []
    notes += [f"{VARIABLE} `{one.envvar}`"] if one.envvar else []
    notes += [f"{DEFAULT} `{one.default}`"] if one.default not in (None, False, ()) and not one.required else []
    note = f" ({', '.join(notes)})" if notes else ""
    return f"| {name} | {(one.help or '').replace('|', chr(92) + '|')}{note} |"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(page())
