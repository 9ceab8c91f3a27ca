"""Formulas between Excel's English A1 grammar and the one LibreOffice's interface takes.

LibreOffice reads ``=SUM($'My Sheet'.A1;{1;2|3;4})`` where Excel writes ``=SUM('My Sheet'!A1,{1,2;3,4})``. Both are
split into the same kinds of tokens and the few that differ exchanged: whole blocks of formulas then travel as text
in one call, seventy times faster than LibreOffice's own formula parser takes them one by one.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from .addresses import MOST_COLUMNS, MOST_ROWS, parse_area, quote_sheet

# Excel's name → the interface's, where they differ; Excel's `_xlfn.` prefixes are dropped, people don't see them either
RENAMED = {
    "CEILING": "CEILING.XCL",
    "CEILING.MATH": "CEILING",
    "EFFECT": "EFFECTIVE",
    "FLOOR": "FLOOR.XCL",
    "FLOOR.MATH": "FLOOR",
    "FORECAST.ETS": "FORECAST.ETS.ADD",
    "FORECAST.ETS.CONFINT": "FORECAST.ETS.PI.ADD",
    "FORECAST.ETS.STAT": "FORECAST.ETS.STAT.ADD",
    "FORMULATEXT": "FORMULA",
    "RRI": "ZGZ",
    "SKEW.P": "SKEWP",
}
_FROM_CALC = {calc: excel for excel, calc in RENAMED.items()}
_PREFIX = re.compile(r"(?:_xlfn\.)?(?:_xlws\.)?", re.IGNORECASE)
_ADDIN = re.compile(r"COM\.SUN\.STAR\.SHEET\.ADDIN\.\w+\.GET", re.IGNORECASE)

TEXT = r'"(?:[^"]|"")*"'
QUOTED = r"'(?:[^']|'')+'"
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?(?![\w.!:])"
ERROR = r"\#(?:N/A|NAME\?|(?:DIV/0|NULL|NUM|REF|VALUE)!)"
NAME = r"[^\W\d][\w.\\?]*"
BRACKETS = r"\[(?:[^\[\]]|\[(?:[^\[\]']|'.)*\])*\]"

_CELLS = r"(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
_MEETING = re.compile(rf"(?<![\w.$:!]){_CELLS}!{_CELLS}(?![\w.(:!])")  # of ranges of the formula's own sheet

_BETWEEN_ITEMS = re.compile(r"\]\s*,\s*\[")

_EXCEL = re.compile(
    rf"""(?P<text>{TEXT})
       | (?P<sheet>(?:{QUOTED}|(?:\[[^\]]+\])?[\w.]+(?::[\w.]+)?)!)
       | (?P<error>{ERROR})
       | (?P<number>{_NUMBER})
       | (?P<function>{NAME}(?=\())
       | (?P<table>{NAME}{BRACKETS})
       | (?P<word>\$?[\w\\][\w.$\\?]*)
       | (?P<space>\s+)
       | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_CALC = re.compile(
    rf"""(?P<text>{TEXT})
       | (?P<external>'file:(?:[^']|'')+'\#\$?(?:{QUOTED}|\w+)\.)
       | (?P<error>{ERROR})
       | (?P<number>{_NUMBER})
       | (?P<function>{NAME}(?=\())
       | (?P<sheet>\$?(?:{QUOTED}|\w+)\.(?=[$A-Za-z\d\#]))
       | (?P<table>{NAME}{BRACKETS})
       | (?P<word>\$?[\w\\][\w.$\\?]*)
       | (?P<space>\s+)
       | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


def is_formula(value: object) -> bool:
    """Whether a text becomes a formula when it is put into a cell as Excel would."""
    return isinstance(value, str) and len(value) > 1 and value[0] == "=" and value[1] != "="


def to_calc(formula: str, folder: str = "") -> str:
    """The interface's form of an Excel formula; `folder` is where relative links to other workbooks start."""
    out: list[str] = []
    groups: list[str] = []  # what each open parenthesis or brace belongs to: "call", "group" or "array"
    tokens = list(_EXCEL.finditer(formula))
    sheet_end = ""
    for index, token in enumerate(tokens):
        kind, text = str(token.lastgroup), token[0]
        if kind == "sheet":
            start, sheet_end = _calc_sheet(text[:-1], folder)
            out.append(start)
            continue
        if kind == "function":
            out.append(_calc_function(text))
        elif kind == "table":
            out.append(_calc_table(text))
        elif kind == "word" and sheet_end:
            # Sheet1:Sheet3!A1:B2 names its sheets before the first corner, Calc each before its own
            follows = index + 1 < len(tokens) and tokens[index + 1][0] == ":"
            if follows:
                out.append(text)
                continue
            out.append(sheet_end + text if out[-1] == ":" else f"{text}:{sheet_end}{text}")
        elif kind == "word":
            out.append(text + "()" if text.upper() in ("TRUE", "FALSE") else text)
        elif kind == "space":
            out.append("!" if _intersects(tokens, index) else text)
        elif kind == "sign":
            called = index > 0 and tokens[index - 1].lastgroup == "function"
            out.append(_calc_sign(text, groups, called))
        else:
            out.append(text)
        if kind != "sign" or text != ":":
            sheet_end = ""
    return "".join(out)


def to_excel(formula: str) -> str:
    """The Excel form of a formula as the interface gives it."""
    out: list[str] = []
    braces = 0
    for token in _CALC.finditer(formula):
        kind, text = str(token.lastgroup), token[0]
        if kind == "sheet":
            name = quote_sheet(_unquoted(text[:-1].removeprefix("$"))) + "!"
            if len(out) > 2 and out[-1] == ":" and out[-3].endswith("!"):
                # $A.A1:$C.B2: Excel names both sheets before the first corner
                out[-3] = out[-3] if out[-3] == name else _span(out[-3], name)
                name = ""
            out.append(name)
        elif kind == "external":
            out.append(_excel_external(text))
        elif kind == "function":
            out.append(_excel_function(text))
        elif kind == "table":
            out.append(text.replace("];[", "],["))
        elif kind == "sign":
            braces += {"{": 1, "}": -1}.get(text, 0)
            out.append(({";": ",", "|": ";"} if braces else {";": ",", "~": ",", "!": " "}).get(text, text))
        else:
            out.append(text)
    return "".join(out)


def renamed(formula: str, old: str, new: str) -> str:
    """A formula of the interface with a defined name replaced by another one."""
    return "".join(
        new if token.lastgroup == "word" and token[0].lower() == old.lower() else token[0]
        for token in _CALC.finditer(formula)
    )


def meets_nowhere(formula: str) -> bool:
    """Whether a formula of the interface names two ranges without a common cell as an intersection: Excel's #NULL!."""
    for found in _MEETING.finditer(re.sub(TEXT, "", formula)):
        one, other = (parse_area(text, MOST_ROWS, MOST_COLUMNS) for text in found.groups())
        if one and other and not one.intersection(other):
            return True
    return False


def _calc_sheet(text: str, folder: str) -> tuple[str, str]:
    """Calc's start of a reference, and of its second corner where the reference spans sheets."""
    name = _unquoted(text)
    path, bracket, rest = name.partition("[")
    if bracket:
        book, _, sheet = rest.partition("]")
        target = PurePosixPath(path or folder or "/") / book
        return f"'file://{quote(str(target))}'#${quote_sheet(sheet)}.", ""
    first, colon, last = name.partition(":")
    if colon:
        return f"${quote_sheet(first)}.", f"${quote_sheet(last)}."
    return f"${quote_sheet(name)}.", ""


def _calc_function(name: str) -> str:
    name = _PREFIX.sub("", name, count=1)
    return RENAMED.get(name.upper(), name)


def _excel_function(name: str) -> str:
    name = _ADDIN.sub("", name, count=1).upper()  # Calc writes the functions it does not know in lower case
    return _FROM_CALC.get(name, name)


def _calc_table(text: str) -> str:
    name, _, inner = text.partition("[")
    inner = inner[:-1]
    if inner.startswith("@"):
        column = inner[1:]
        column = column if column.startswith("[") else f"[{column}]"
        return f"{name}[[#This Row];{column}]"
    if inner.startswith("#"):
        return f"{name}[[{inner}]]"
    return f"{name}[{_BETWEEN_ITEMS.sub('];[', inner)}]"


def _calc_sign(text: str, groups: list[str], called: bool) -> str:
    if text == "(":
        groups.append("call" if called else "group")
    elif text == "{":
        groups.append("array")
    elif text in ")}" and groups:
        groups.pop()
    elif text == "," and groups:
        return {"call": ";", "group": "~", "array": ";"}[groups[-1]]
    elif text == ";" and groups and groups[-1] == "array":
        return "|"
    elif text == "@":
        return ""  # implicit intersection is what Calc does anyway
    return text


def _intersects(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether a space is Excel's intersection operator: between two references."""
    if index == 0 or index + 1 == len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    left = before.lastgroup in ("word", "table") or before[0] == ")"
    return left and (after.lastgroup in ("word", "table", "sheet", "function") or after[0] == "(")


def _excel_external(text: str) -> str:
    url, _, sheet = text[:-1].rpartition("#")
    path = PurePosixPath(unquote(_unquoted(url).removeprefix("file://")))
    inner = f"{path.parent}/[{path.name}]{_unquoted(sheet.removeprefix('$'))}"
    return "'" + inner.replace("'", "''") + "'!"


def _span(first: str, last: str) -> str:
    names = _unquoted(first[:-1]) + ":" + _unquoted(last[:-1])
    return names + "!" if "'" not in first + last else "'" + names.replace("'", "''") + "'!"


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'") if text.startswith("'") else text
