"""Setting a branch up: its settings workbook, then a log for each advisor of the roster."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from reportkit.branch.atomic import replacing
from reportkit.branch.folder import UNFIT, Branch, advisor_named, log_name
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.errors import MendInput
from reportkit.definitions.findings import Finding
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.definitions.settings_forms import ROSTER
from reportkit.definitions.text import Language, Text
from reportkit.read.archives import LOGS
from reportkit.read.book import Identity
from reportkit.read.contents import Rows
from reportkit.read.foreign import read_cells
from reportkit.read.workbook import book_from_cells, read_sheet
from reportkit.settings.branch_settings import Settings, load_settings
from reportkit.validate.workbook import validate

BAD_ROSTER: Final = Text(
    "人员名单 {file} 不能用：{why}", "人員名單 {file} 不能用：{why}", "The roster {file} cannot be used: {why}"
)
NO_ADVISORS: Final = Text(
    "标题下面一行也没有。请每人写一行",
    "標題下面一列也沒有。請每人寫一列",
    "there is no row below the headings. Write one for each person",
)
UNFIT_ID: Final = Text(
    "工号“{id}”不能用作文件名。请换一个：不要有空格和 {signs}，不要以点结尾，不要用 CON、NUL 这类系统保留的名字",
    "工號「{id}」不能用作檔名。請換一個：不要有空格和 {signs}，不要以點結尾，不要用 CON、NUL 這類系統保留的名稱",
    "The advisor ID “{id}” cannot name a file. Choose another: without spaces and {signs}, without a dot at its end, "
    "and none of the names Windows keeps for itself (CON, NUL …)",
)
TAKEN: Final = Text(
    "logs 里已经有 {file}，没有给 {id} 另建。请把那个文件改名，或改工号",
    "logs 裡已經有 {file}，沒有給 {id} 另建。請把那個檔案改名，或改工號",
    "logs already holds {file}; none was made for {id}. Rename that file, or change the ID",
)
AT_ROW: Final = Text("第 {row} 行：", "第 {row} 列：", "row {row}: ")
AND_MORE: Final = Text("还有 {count} 处", "還有 {count} 處", "and {count} more")
LACKING: Final = ("column.missing", "column.duplicate")  # an optional column may be missing
MOST_LISTED: Final = 12
RESERVED: Final = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
BRANCH_NAME: Final = Text("示例营业部", "示例營業部", "Sample branch")


def init_branch(folder: Path, roster: Path | None, language: Language) -> list[Path]:
    """Make what a branch lacks and return what was made. Raise MendInput where the roster cannot be used."""
    branch = Branch(folder)
    made: list[Path] = []
    rows = read_roster(roster) if roster else []
    if not branch.settings_path.exists():
        write_settings_of(branch, rows, language)
        made.append(branch.settings_path)
    (folder / LOGS).mkdir(parents=True, exist_ok=True)
    settings = load_settings(branch.settings_path)
    return made + write_missing_logs(branch, settings)


def write_settings_of(branch: Branch, roster: list[dict[str, Any]], language: Language) -> None:
    """Write the settings workbook of a new branch: the defaults and its roster."""
    from reportkit.workbooks import write_settings

    about = {
        "name": BRANCH_NAME.to(language), "code": "001", "language": language, "time_zone": "Asia/Shanghai",
        "opens_at": dt.time(9), "closes_at": dt.time(17),
    }  # fmt: skip
    with replacing(branch.settings_path) as beside:
        write_settings(beside, {**settings_rows(language), "branch": [about], "roster": roster}, language=language)


def write_missing_logs(branch: Branch, settings: Settings) -> list[Path]:
    """Write a blank log for each advisor of the roster who has none."""
    from reportkit.workbooks import write_log

    _must_name_files(settings.advisors)
    folder = branch.root / LOGS
    taken = {advisor_named(path.name) for path in branch.logs()}
    made: list[Path] = []
    for advisor in settings.advisors:
        if advisor in taken or not settings.keeps_log(advisor):
            continue
        name = settings.roster_of(advisor)[-1].name
        identity = Identity(advisor, name, settings.branch.name, TEMPLATE_VERSION, settings.language)
        path = folder / log_name(advisor, name)
        if path.exists():  # somebody else's, named alike: never written over
            raise MendInput(TAKEN, file=path.name, id=advisor)
        with replacing(path) as beside:
            write_log(beside, identity, language=settings.language, settings=settings)
        made.append(path)
    return made


def _must_name_files(advisors: Iterable[str]) -> None:
    """Raise MendInput for an ID that cannot name a file on every system, nor be told from the name behind it."""
    for one in advisors:
        if set(one) & {*UNFIT, " "} or not one.isprintable() or one.endswith(".") or RESERVED.fullmatch(one):
            raise MendInput(UNFIT_ID, id=one, signs=" ".join(UNFIT))


def read_roster(path: Path) -> list[dict[str, Any]]:
    """Read a roster from a csv, a text or a workbook with the roster's columns, whatever its sheet is called.

    Raise MendInput with every cell that is wrong: a roster is taken over whole or not at all.
    """
    cells = read_cells(path, fits=_has_headings)
    if isinstance(cells, Finding):
        raise MendInput(BAD_ROSTER, file=path.name, why=Text.each(cells.message))
    raw = book_from_cells(path.name, Identity(), {ROSTER.code: cells.rows}, {ROSTER.code: ROSTER})
    book = validate(raw, dt.date.max)
    wrong = [found for found in book.findings if found.code not in LACKING]
    lacking = [found for found in book.findings if found.code in LACKING and found.severity == "error"]
    if wrong or lacking:
        raise MendInput(BAD_ROSTER, file=path.name, why=Text.each(lambda language: _listed(wrong or lacking, language)))
    rows = [values for _, values in book.tables[ROSTER.code].records()]
    if not rows:
        raise MendInput(BAD_ROSTER, file=path.name, why=NO_ADVISORS)
    _must_name_files(str(row["advisor_id"]) for row in rows)
    return rows


def _has_headings(rows: Rows) -> bool:
    """Return whether a sheet has all columns a roster must have."""
    letters = read_sheet(ROSTER, "", rows, "")[0].letters
    return all(column.code in letters for column in ROSTER.columns if column.required)


def _listed(findings: Sequence[Finding], language: Language) -> str:
    """Return what is wrong, a line each, with its row."""
    lines = [
        (AT_ROW.fill(language, row=found.place.row) if found.place.row else "") + found.message(language)
        for found in sorted(findings, key=lambda found: found.place.row or 0)[:MOST_LISTED]
    ]
    if len(findings) > MOST_LISTED:
        lines.append(AND_MORE.fill(language, count=len(findings) - MOST_LISTED))
    return "".join(f"\n  {line}" for line in lines)
