"""Reading a map: every slip in it is told at once, with its key, what stands there and what to write instead."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reportkit.definitions.columns import Form, fold
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import did_you_mean
from reportkit.definitions.forms import CUSTOMERS
from reportkit.definitions.text import Text, joined
from reportkit.importing.maps import Choice, Condition, Group, Map, Source, Split, Unfold

BAD_MAP: Final = Text(
    "对照表 {file} 不能用：{why}", "對照表 {file} 不能用：{why}", "The map {file} cannot be used: {why}"
)
NO_SUCH_COLUMN: Final = Text(
    "“{form}”没有列“{column}”。{suggestion}",
    "「{form}」沒有欄「{column}」。{suggestion}",
    "“{form}” has no column “{column}”. {suggestion}",
)
NO_SUCH_CHOICE: Final = Text(
    "[columns.{column}]：“{value}”不是“{label}”的选项。{suggestion}可用：{codes}",
    "[columns.{column}]：「{value}」不是「{label}」的選項。{suggestion}可用：{codes}",
    "[columns.{column}]: “{value}” is no choice of “{label}”. {suggestion}Use one of {codes}",
)
NO_SUCH_KEY: Final = Text(
    "{where}：没有“{key}”这个词。{suggestion}可用：{known}",
    "{where}：沒有「{key}」這個詞。{suggestion}可用：{known}",
    "{where}: there is no word “{key}”. {suggestion}Use one of {known}",
)
OTHER_FORM: Final = Text("它是给 {form} 用的", "它是給 {form} 用的", "it is for {form}")
ROUND: Final = Text(
    "“{column}”的 start 要写表单里另一个有对照的列，也不能互相起算",
    "「{column}」的 start 要寫表單裡另一個有對照的欄，也不能互相起算",
    "start of “{column}” must name another mapped column of the form, and two columns cannot start from each other",
)
LOOKUP: Final = Text(
    "[columns.{column}] 的 lookup 只用于客户编号，写客户档案里用来查的列，如 mobile、name",
    "[columns.{column}] 的 lookup 只用於客戶編號，寫客戶檔案裡用來查的欄，如 mobile、name",
    "lookup of [columns.{column}] is for customer ids only: name columns of the customers form, like mobile or name",
)
ORIGIN: Final = Text(
    "要写且只写一个来源：from = “文件里的列”、text、constant 或 start",
    "要寫且只寫一個來源：from = 「檔案裡的欄」、text、constant 或 start",
    "give exactly one origin: from = “a column of the file”, text, constant or start",
)
TOLD: Final[dict[str, Text]] = {
    "origin": ORIGIN,
    "start": Text(
        "start 要和 plus、minus 或 at 一起写；at 单独用",
        "start 要和 plus、minus 或 at 一起寫；at 單獨用",
        "start goes together with plus and minus, or with at",
    ),
    "or": Text("or 要和 from 一起写", "or 要和 from 一起寫", "or goes together with from"),
    "since": Text(
        "since 要和 from、into 一起写，如 into = “minutes”",
        "since 要和 from、into 一起寫，如 into = 「minutes」",
        "since goes together with from and into, like into = “minutes”",
    ),
    "unfold": Text(
        "[unfold] 写 columns 或 matches 其中一个",
        "[unfold] 寫 columns 或 matches 其中一個",
        "[unfold] takes either columns or matches",
    ),
    "fixed": Text(
        "fixed 不和 delimiter 一起写；wide 要和 fixed 一起写",
        "fixed 不和 delimiter 一起寫；wide 要和 fixed 一起寫",
        "fixed goes without delimiter, wide goes with fixed",
    ),
    "beside": Text(
        "beside 写两组以上并排的列，各组一样宽、不重叠，如 [“B:D”, “E:G”]",
        "beside 寫兩組以上並排的欄，各組一樣寬、不重疊，如 [「B:D」, 「E:G」]",
        "beside takes two or more groups of columns, as wide as one another and apart, like [“B:D”, “E:G”]",
    ),
    "missing": Text("缺少这一项", "缺少這一項", "this is missing"),
}
NOT_LIKE_THAT: Final = Text(
    "不能这样写（{value}）：{why}", "不能這樣寫（{value}）：{why}", "cannot be written so ({value}): {why}"
)
NO_SOURCE: Final = Text(
    '{where}：列的来源写成 {key} = {{ from = "{value}" }}',
    '{where}：欄的來源寫成 {key} = {{ from = "{value}" }}',
    '{where}: say where the column comes from as {key} = {{ from = "{value}" }}',
)
PLACE_IN_TOML: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
AT: Final = Text(
    "第 {line} 行第 {column} 个字符处", "第 {line} 列第 {column} 個字元處", "line {line}, character {column}"
)
AT_END: Final = Text("文件末尾", "檔案末尾", "the end of the file")
UNREADABLE: Final = Text("{where}看不懂（{what}）", "{where}看不懂（{what}）", "{where} cannot be read ({what})")
UNQUOTED: Final = Text(
    '{why}。等号左边的中文、空格和符号要加引号："来电" = "phone"',
    '{why}。等號左邊的中文、空格和符號要加引號："來電" = "phone"',
    '{why}. What stands left of = needs quotes unless it is plain letters and digits: "Call in" = "phone"',
)
NO_FILE: Final = Text("没有这个文件", "沒有這個檔案", "there is no such file")
NOT_UTF8: Final = Text(
    "不是 UTF-8 文字，请另存为 UTF-8", "不是 UTF-8 文字，請另存為 UTF-8", "it is no UTF-8 text; save it as UTF-8"
)
NO_COLUMNS: Final = Text(
    "没有任何 [columns.…]", "沒有任何 [columns.…]", "there is no [columns.…] in it"
)  # fmt: skip


def load_map(path: Path, form: Form) -> Map:
    """Read a map for a form. Raise MendInput with everything that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MendInput(BAD_MAP, file=path, why=NO_FILE) from None
    except OSError as error:
        raise MendInput(BAD_MAP, file=path, why=str(error)) from None
    except UnicodeDecodeError:
        raise MendInput(BAD_MAP, file=path, why=NOT_UTF8) from None
    return read_map(text, form, path.name)


def read_map(text: str, form: Form, name: str) -> Map:
    """Return the map a TOML text describes, its columns named by code, each after those it starts from.

    Raise MendInput with everything that is wrong with it.
    """
    try:
        written = Map.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MendInput(BAD_MAP, file=name, why=_said_of_toml(str(error))) from None
    except ValidationError as error:
        raise MendInput(BAD_MAP, file=name, why=joined(_slips(error))) from None
    if written.form is not None and fold(written.form) not in {fold(one) for one in (form.code, *form.label.all())}:
        raise MendInput(BAD_MAP, file=name, why=OTHER_FORM.filled(form=written.form))
    code = _codes(form, name)
    columns = {code(label): source for label, source in written.columns.items()}
    columns = {
        one: source.model_copy(update={"start": code(source.start)}) if source.start else source
        for one, source in columns.items()
    }
    if wrong := [*_strange_choices(columns, form), *_strange_lookups(columns, form)]:
        raise MendInput(BAD_MAP, file=name, why=joined(wrong))
    ordered = {column.code: columns[column.code] for column in form.columns if column.code in columns}
    key = tuple(code(one) for one in written.key)
    return written.model_copy(update={"columns": _startable(ordered, form, name), "key": key})


def _said_of_toml(error: str) -> Text:
    """Return what TOML's reader, which speaks English, found wrong: where, and what is meant to stand there."""
    place = PLACE_IN_TOML.search(error)
    where = AT.filled(line=place[1], column=place[2]) if place else AT_END
    what = error[: place.start()].strip() if place else error
    said = UNREADABLE.filled(where=where, what=what)
    return UNQUOTED.filled(why=said) if "key part" in error or "statement" in error else said


def _slips(error: ValidationError) -> Iterator[Text]:
    """Yield a sentence for each slip pydantic found in a map, each place once."""
    seen: set[tuple[int | str, ...]] = set()
    for wrong in error.errors(include_url=False):
        if wrong["loc"] not in seen:
            seen.add(wrong["loc"])
            yield _slip(wrong)


def _slip(wrong: ErrorDetails) -> Text:
    """Return what is wrong with one key, and what to write instead."""
    where, key = _where(wrong["loc"]), str(wrong["loc"][-1]) if wrong["loc"] else ""
    if wrong["type"] == "extra_forbidden":
        known = _words(wrong["loc"][:-1])
        near = get_close_matches(key, known, n=1)
        offer = did_you_mean(near[0] if near else None)
        return NO_SUCH_KEY.filled(
            where=_where(wrong["loc"][:-1]), key=key, suggestion=offer, known=", ".join(sorted(known))
        )
    if wrong["type"] == "model_type" and len(wrong["loc"]) == 2 and isinstance(wrong["input"], str):
        return NO_SOURCE.filled(where=where, key=key, value=wrong["input"])
    context: Any = wrong.get("ctx", {}).get("error")
    if wrong["loc"] == ("columns",) and wrong["type"] in ("missing", "too_short"):
        return NO_COLUMNS
    told = TOLD.get(str(context)) or TOLD.get(wrong["type"])
    if told is None:
        why = str(context) if context is not None else wrong["msg"]
        told = NOT_LIKE_THAT.filled(value=repr(wrong["input"])[:80], why=why)
    return Text.each(lambda language: f"{where}: {told.to(language)}") if where else told


def _where(loc: tuple[int | str, ...]) -> str:
    """Return the place in a map as it is written there: `[columns.status] values`."""
    names = [str(part) for part in loc]
    return f"[{'.'.join(names[:2])}] {' '.join(names[2:])}".strip() if names[:1] == ["columns"] else " ".join(names)


def _words(loc: tuple[int | str, ...]) -> list[str]:
    """Return the words a part of a map may have."""
    parts: dict[str, type[BaseModel]] = {"split": Split, "unfold": Unfold, "rules": Choice, "group": Group}
    names = [one for one in loc if isinstance(one, str)]
    part: type[BaseModel] = parts.get(names[-1], Condition) if names else Map
    if names[:1] == ["columns"] and len(names) == 2:
        part = Source
    return [field.alias or name for name, field in part.model_fields.items()]


def _codes(form: Form, name: str) -> Callable[[str], str]:
    """Return what finds a form's column by code or label; it raises MendInput for a stranger."""

    def code(written: str) -> str:
        if fold(written) in form.by_label:
            return form.by_label[fold(written)]
        near = get_close_matches(fold(written), form.by_label, n=1)
        offer = did_you_mean(form.column[form.by_label[near[0]]].code if near else None)
        why = NO_SUCH_COLUMN.filled(form=form.label, column=written, suggestion=offer)
        raise MendInput(BAD_MAP, file=name, why=why)

    return code


def _strange_choices(columns: Mapping[str, Source], form: Form) -> Iterator[Text]:
    """Yield a sentence for each value the map itself writes into a column that does not take it."""
    for code, source in columns.items():
        choices = form.column[code].choices
        for value in dict.fromkeys(source.results) if choices is not None else ():
            assert choices is not None  # noqa: S101 # told above; the type checker forgets
            if fold(value) not in choices.by_label:
                near = get_close_matches(fold(value), choices.by_label, n=1, cutoff=0.5)
                offer = did_you_mean(choices.by_label[near[0]] if near else None)
                label, codes = form.column[code].label, ", ".join(choices.codes)
                yield NO_SUCH_CHOICE.filled(column=code, value=value, label=label, suggestion=offer, codes=codes)


def _strange_lookups(columns: Mapping[str, Source], form: Form) -> Iterator[Text]:
    """Yield a sentence for each look-up that is none of customers by a column of theirs."""
    for code, source in columns.items():
        known = all(fold(one) in CUSTOMERS.by_label for one in source.lookup)
        if source.lookup and (form.column[code].refers_to != CUSTOMERS.code or not known):
            yield LOOKUP.filled(column=code)


def _startable(columns: Mapping[str, Source], form: Form, name: str) -> dict[str, Source]:
    """Return the columns, each after the one it starts from. Raise MendInput where one never comes."""
    left, ordered = dict(columns), dict[str, Source]()
    while left:
        ready = [code for code, source in left.items() if source.start is None or source.start in ordered]
        if not ready:
            labels = ROUND.filled(column=form.column[next(iter(left))].label)
            raise MendInput(BAD_MAP, file=name, why=labels)
        ordered |= {code: left.pop(code) for code in ready}
    return ordered
