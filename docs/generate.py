"""Write docs/reference from the definitions: forms, indicators, findings, commands, the add-in. `make docs` runs it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from reportkit.definitions.catalogue import TARGET_ROWS
from reportkit.definitions.choices import PERIOD
from reportkit.definitions.columns import Column, Form, Kind
from reportkit.settings.conditions import Condition, describe
from reportkit.definitions.derived import DERIVED, countable, divisors
from reportkit.definitions.figures import figure, in_unit
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.severity import SEVERITY_LABEL
from reportkit.definitions.forms import FORMS
from reportkit.settings.branch_settings import default_settings
from reportkit.settings.indicator_rows import Indicator
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import Language, Text
from reportkit.definitions.words import HINT

sys.path.insert(0, str(Path(__file__).parent))
from addin_page import TITLE as ADDIN_TITLE, addin_page  # they are beside this file
from flow_picture import picture

LANGUAGES: Final[tuple[Language, ...]] = ("zh-CN", "en")
KIND: Final[dict[Kind, Text]] = {
    "text": Text("文本", "文字", "text"),
    "id": Text("编号", "編號", "ID"),
    "phone": Text("电话号码", "電話號碼", "phone number"),
    "email": Text("电子邮箱", "電子郵件", "e-mail"),
    "choice": Text("选项", "選項", "choice"),
    "date": Text("日期", "日期", "date"),
    "datetime": Text("日期和时间", "日期和時間", "date and time"),
    "time": Text("时间", "時間", "time"),
    "number": Text("数字", "數字", "number"),
    "whole": Text("整数", "整數", "whole number"),
}
PACKAGE: Final = Path(__file__).parents[1] / "src" / "reportkit"
# The flow, from the first stage to the last: a package imports from its own stage and earlier ones only.
STAGES: Final[tuple[tuple[str, ...], ...]] = (
    ("definitions",),
    ("read",),
    ("validate",),
    ("settings",),
    ("facts",),
    ("indicators",),
    ("customers",),
    ("summary",),
    ("workbooks", "ics"),
    ("branch", "doctor"),
    ("logs",),
    ("importing", "mail"),
    ("handover", "setup", "erasing"),
    ("demo",),
    ("cli",),
    ("__main__",),
)
FORMS_TITLE: Final = Text("数据字典", "資料字典", "Data dictionary")
INDICATORS_TITLE: Final = Text("指标说明", "指標說明", "Indicator reference")
FINDINGS_TITLE: Final = Text("问题一览", "問題一覽", "Finding catalogue")
LOG: Final = Text("工作日志的表单", "工作日誌的表單", "Forms of the log")
SETTINGS: Final = Text("设置工作簿的表单", "設定活頁簿的表單", "Sheets of the settings")
DERIVED_TITLE: Final = Text("算出来的列", "算出來的欄", "Derived columns")
FORM_HEAD: Final = Text(
    "代码|名称|必填|类型|取值与说明", "代碼|名稱|必填|類型|取值與說明", "Code|Label|Required|Type|Values and hint"
)
DERIVED_HEAD: Final = Text("代码|名称", "代碼|名稱", "Code|Label")
INDICATOR_HEAD: Final = Text(
    "代码|名称|数什么|周期|默认目标", "代碼|名稱|數什麼|週期|預設目標", "Code|Label|Counts|Period|Default target"
)
FINDING_HEAD: Final = Text("代码|级别|提示", "代碼|級別|提示", "Code|Severity|Sentence")
GENERATED: Final = Text(
    "由定义生成，请勿手改：`make docs`",
    "由定義產生，請勿手改：`make docs`",
    "Generated from the definitions; do not edit: `make docs`",
)
AND: Final = Text("，且 ", "，且 ", " and ")
MEASURES: Final = {
    "count": Text("{rows}的行数", "{rows}的列數", "rows of {rows}"),
    "distinct": Text("{rows}的不同客户数", "{rows}的不同客戶數", "distinct customers of {rows}"),
    "sum": Text("{rows}的{column}合计", "{rows}的{column}合計", "the sum of {column} over {rows}"),
    "mean": Text("{rows}的{column}平均", "{rows}的{column}平均", "the mean of {column} over {rows}"),
    "ratio": Text("{rows}里{part}的比率", "{rows}裡{part}的比率", "of {rows}, the share with {part}"),
    "per": Text("{rows}的行数 ÷ {per}", "{rows}的列數 ÷ {per}", "rows of {rows} ÷ {per}"),
}


def pages() -> dict[str, str]:
    """Return file name → its text, for every page and language."""
    made = {"modules.md": architecture_page(), "flow.svg": picture()}
    for language in LANGUAGES:
        made[f"forms.{language}.md"] = forms_page(language)
        made[f"indicators.{language}.md"] = indicators_page(language)
        made[f"findings.{language}.md"] = findings_page(language)
        made[f"commands.{language}.md"] = commands_page(language)
        made[f"addin.{language}.md"] = f"{_title(ADDIN_TITLE, language)}\n\n{addin_page(language, _table)}"
    return made


def architecture_page() -> str:
    """Return the packages in the order of the flow, each with its modules and the first sentence of their docstrings."""
    parts = [f"# Modules by stage\n\n<!-- {GENERATED.en} -->"]
    names = [name for stage in STAGES for name in stage]
    for package in (PACKAGE / name for name in names if (PACKAGE / name).is_dir()):
        rows = [
            (f"`{_dotted(path)}`", _about(path)) for path in sorted(package.rglob("*.py")) if path.stem != "__init__"
        ]
        parts.append(f"## {package.name}\n\n{_about(package / '__init__.py')}\n\n{_table(('module', 'holds'), rows)}")
    alone = [PACKAGE / f"{name}.py" for name in names if not (PACKAGE / name).is_dir()]
    parts.append(
        "## Beside them\n\n" + _table(("module", "holds"), [(f"`{_dotted(path)}`", _about(path)) for path in alone])
    )
    return "\n\n".join(parts) + "\n"


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def _about(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]


def forms_page(language: Language) -> str:
    """Return the data dictionary."""
    parts = [_title(FORMS_TITLE, language)]
    for heading, forms in ((LOG, FORMS), (SETTINGS, SETTINGS_FORMS)):
        parts.append(f"## {heading.to(language)}")
        parts += [_form(form, language) for form in forms.values()]
    parts.append(f"## {DERIVED_TITLE.to(language)}")
    derived = [
        (f"`{form}.{code}`", column.label.to(language))
        for form, columns in DERIVED.items()
        for code, column in columns.items()
    ]
    parts.append(_table(DERIVED_HEAD.to(language).split("|"), derived))
    return "\n\n".join(parts) + "\n"


def _form(form: Form, language: Language) -> str:
    about = f"\n\n{form.about.to(language)}" if form.about else ""
    rows = [
        (
            f"`{c.code.rstrip('_')}`",
            c.label.to(language),
            "✓" if c.required else "",
            KIND[c.kind].to(language),
            _values(c, language),
        )
        for c in form.columns
    ]
    head = _table(FORM_HEAD.to(language).split("|"), rows)
    return f"### {form.label.to(language)} `{form.code}`{about}\n\n{head}"


def _values(column: Column, language: Language) -> str:
    said = []
    if column.choices is not None:
        said.append(" · ".join(f"{label.to(language)} `{code}`" for code, label in column.choices.labels.items()))
    elif column.minimum is not None or column.maximum is not None:
        low = "" if column.minimum is None else f"{column.minimum:g}"
        said.append(f"{low} – {'' if column.maximum is None else format(column.maximum, 'g')}")
    hint = column.hint or (HINT.get(column.kind) if column.choices is None else None)
    return "; ".join([*said, *([hint.to(language)] if hint else [])])


def indicators_page(language: Language) -> str:
    """Return the default catalogue in words."""
    settings = default_settings(language)
    targets = {row["indicator"]: row for row in TARGET_ROWS}
    rows = [
        (
            f"`{one.code}`",
            one.label.to(language),
            _counts(one, language),
            PERIOD.labels[one.period].to(language),
            _target(one, targets.get(one.code, {}).get("target"), language),
        )
        for one in settings.indicators
    ]
    return f"{_title(INDICATORS_TITLE, language)}\n\n{_table(INDICATOR_HEAD.to(language).split('|'), rows)}\n"


def _counts(one: Indicator, language: Language) -> str:
    columns = countable(one.form.code)

    def words(conditions: Iterable[Condition]) -> str:
        return AND.to(language).join(describe(condition, columns).to(language) for condition in conditions)

    rows = f"{one.form.label.to(language)}"
    if one.where:
        rows += f"（{words(one.where)}）" if language != "en" else f" ({words(one.where)})"
    measure = "per" if one.per else one.measure
    per = ""
    if one.per:
        form, column = one.per
        known = countable(form).get(column)
        per = (known.label if known else divisors()[one.per]).to(language)
    column_label = columns[one.column].label.to(language) if one.column else ""
    return MEASURES[measure].fill(language, rows=rows, column=column_label, part=words(one.part), per=per)


def _target(one: Indicator, target: float | None, language: Language) -> str:
    if target is None:
        return "—"
    sign = "≥" if one.direction == "at_least" else "≤"
    number = figure(target, one.unit, language)
    return f"{sign} {in_unit(number, one.unit, language) if one.unit in ('times', 'customers') else number}"


def findings_page(language: Language) -> str:
    """Return the catalogue of findings."""
    rows = [
        (f"`{kind.code}`", SEVERITY_LABEL[kind.severity].to(language), shown(kind.message.to(language)))
        for kind in KINDS.values()
    ]
    return f"{_title(FINDINGS_TITLE, language)}\n\n{_table(FINDING_HEAD.to(language).split('|'), rows)}\n"


def shown(sentence: str) -> str:
    """Return a sentence with the place of a count, and what it counts, as they are read: `{rows} rows`."""
    return re.sub(r"\{(\w+):(?:[^|{}]*\|)?[^|{}]*\|([^|{}]*)\}", r"{\1} \2", sentence)


def commands_page(language: Language) -> str:
    """Return the command reference, written by a process that speaks the language."""
    return subprocess.run(
        [sys.executable, Path(__file__).parent / "commands.py"],
        env={**os.environ, "REPORTKIT_LANG": language}, check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip


def _title(title: Text, language: Language) -> str:
    return f"# {title.to(language)}\n\n<!-- {GENERATED.to(language)} -->"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def main(folder: Path) -> None:
    """Write the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "reference")
