"""The pages docs/habits: what becomes of each habit, in Chinese and English; `python -m tests.habits` writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportkit.definitions.forms import ACTIVITIES
from reportkit.definitions.text import Language, Text
from tests.habits.person import LOG
from tests.habits.saving import SAVED
from tests.habits.table import HABITS, Habit

DOCS: Final = Path(__file__).parents[2] / "docs"
LANGUAGES: Final[tuple[Language, ...]] = ("zh-CN", "en")
TITLE: Final = Text("习惯：这样做行不行", "習慣：這樣做行不行", "Habits: what becomes of them")
ABOUT: Final = Text(
    "填日志时常见的做法，和读取后的结果。每一条都在真正的 LibreOffice 里做过、存盘、再读回来核对"
    "（`tests/habits`）：要么照常计入，要么给出提示；没有哪一行会悄悄丢掉。提示的全文见",
    "",
    "What people do to a log, and what reading it gives. Each was done in a real LibreOffice, saved and read again "
    "(`tests/habits`): either it counts as ever or there is a finding; no row is lost in silence. The findings in full:",
)
DO: Final = Text("做法", "做法", "Habit")
THEN: Final = Text("结果", "結果", "What becomes of it")
AS_EVER: Final = Text("照常计入", "照常計入", "Counts as ever")
LEFT_OUT: Final = Text("{rows} 行不计入", "{rows} 列不計入", "rows left out: {rows}")
WHOLE_SHEET: Final = Text("整张表不计入", "整張表不計入", "no row of the sheet counts")
FINDING: Final = Text("提示", "提示", "Finding")
UNREAD: Final = Text("整本没有读取", "整本沒有讀取", "nothing of it is read")
SAVING: Final = Text("保存成别的格式、在别处保存", "儲存成別的格式、在別處儲存", "Save as or with something else")
BEYOND: Final = Text("发现不了的", "發現不了的", "What nobody can notice")
UNSEEN: Final = (
    Text(
        "只排序一列、不带其他列：每行的内容张冠李戴。排序前选中整张表，或用标题上的按钮。",
        "",
        "Sorting one column without the others: the rows get mixed up. Sort by the buttons in the headings.",
    ),
    Text(
        "只用删除线、底色表示作废：照样计入。请删掉整行。",
        "",
        "Rows merely struck through or coloured still count. Delete them.",
    ),
    Text(
        "筛选后粘贴到可见行：有的软件会连隐藏的行一起覆盖。请先取消筛选。",
        "",
        "Pasting into filtered rows: some programs overwrite the hidden ones, too. Clear the filter first.",
    ),
    Text(
        "已关闭的那一周里改动的行，会列在“补录”里，写明改前改后。",
        "",
        "Rows of a closed week that change afterwards are listed as late entries, with old and new.",
    ),
)


def page(language: Language) -> str:
    """Return the page in a language."""
    reference = f"reference/findings.{language}.md"
    lines = [f"# {TITLE.to(language)}", "", f"{ABOUT.to(language)} [{reference}]({reference})", ""]
    for group in dict.fromkeys(habit.group for habit in HABITS):
        rows = [(one.what.to(language), _outcome(one, language)) for one in HABITS if one.group == group]
        lines += _table(group, rows, language)
    saved = [
        (one.what.to(language), _said(one.finds, language, () if one.read else (UNREAD.to(language),))) for one in SAVED
    ]
    lines += _table(SAVING, saved, language)
    lines += [f"## {BEYOND.to(language)}", "", *(f"- {one.to(language)}" for one in UNSEEN), ""]
    return "\n".join(lines)


def _table(title: Text, rows: list[tuple[str, str]], language: Language) -> list[str]:
    head = [f"## {title.to(language)}", "", f"| {DO.to(language)} | {THEN.to(language)} |", "|---|---|"]
    return [*head, *(f"| {what} | {then} |" for what, then in rows), ""]


def _outcome(habit: Habit, language: Language) -> str:
    """Return what becomes of a habit: its findings, how many rows are left out, and what else there is to say."""
    left_out = WHOLE_SHEET if habit.excluded == len(LOG[ACTIVITIES.code]) else LEFT_OUT
    more = [left_out.fill(language, rows=habit.excluded)] if habit.excluded else []
    if habit.note:
        more.append(habit.note.to(language))
    return _said(tuple(dict.fromkeys(code for code, _ in sorted(habit.finds))), language, tuple(more))


def _said(codes: tuple[str, ...], language: Language, more: tuple[str, ...]) -> str:
    found = [f"{FINDING.to(language)} `{code}`" for code in codes]
    return ("; " if language == "en" else "；").join([*(found or [AS_EVER.to(language)]), *more])


def write() -> None:
    """Write the pages."""
    for language in LANGUAGES:
        (DOCS / f"habits.{language}.md").write_text(page(language), encoding="utf-8")
