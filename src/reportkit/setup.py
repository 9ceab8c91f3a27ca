"""Setting a branch up: its settings workbook, then a log for each advisor of the roster."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from reportkit.branch.atomic import replacing
from reportkit.branch.folder import Branch
from reportkit.definitions.catalogue import settings_rows
from reportkit.definitions.errors import MendInput
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.definitions.settings_forms import ROSTER
from reportkit.definitions.text import Language, Text
from reportkit.read.book import Identity, RawBook
from reportkit.read.contents import Rows
from reportkit.read.workbook import book_from_cells, read_book
from reportkit.settings.branch_settings import Settings, load_settings
from reportkit.summary.flow import LOGS
from reportkit.validate.workbook import validate

BAD_ROSTER: Final = Text(
    "人员名单 {file} 不能用：{why}", "人員名單 {file} 不能用：{why}", "The roster {file} cannot be used: {why}"
)
NO_ADVISORS: Final = Text("一行也没有", "一列也沒有", "it has no rows")
UNFIT_ID: Final = Text(
    "工号“{id}”不能用作文件名。请换一个：不要有 {signs}，不要以点结尾，不要用 CON、NUL 这类系统保留的名字",
    "工號「{id}」不能用作檔名。請換一個：不要有 {signs}，不要以點結尾，不要用 CON、NUL 這類系統保留的名稱",
    "The advisor ID “{id}” cannot name a file. Choose another: without {signs}, without a dot at its end, "
    "and none of the names Windows keeps for itself (CON, NUL …)",
)
TAKEN: Final = Text(
    "logs 里已经有 {file}，没有给 {id} 另建。请把那个文件改名，或改工号",
    "logs 裡已經有 {file}，沒有給 {id} 另建。請把那個檔案改名，或改工號",
    "logs already holds {file}; none was made for {id}. Rename that file, or change the ID",
)
NOT_TEXT: Final = Text(
    "不是 UTF-8 或 GB 18030 的文字，请在 Excel 里另存为“CSV UTF-8”",
    "不是 UTF-8 或 GB 18030 的文字，請在 Excel 裡另存為「CSV UTF-8」",
    "it is no text in UTF-8 or GB 18030; save it as “CSV UTF-8” in Excel",
)
UNFIT: Final = '\\/:*?"<>|'
RESERVED: Final = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
LONGEST_NAME: Final = 60  # characters: 180 bytes in Chinese, where file systems take 255
BRANCH_NAME: Final = Text("示例营业部", "示例營業部", "Sample branch")


def init_branch(folder: Path, roster: Path | None, language: Language) -> list[Path]:
    """Make what a branch lacks and return what was made. Raise MendInput where the roster cannot be used."""
    branch = Branch(folder)
    made: list[Path] = []
    rows = read_roster(roster, language) if roster else []
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
    taken = {path.name.split(" ")[0].removesuffix(path.suffix) for path in branch.logs()}
    made: list[Path] = []
    for advisor in settings.advisors:
        if advisor in taken:
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


def log_name(advisor: str, name: str) -> str:
    """Return the file name of a log; characters no file system takes are left out."""
    fitting = "".join(c for c in f"{advisor} {name}" if c not in UNFIT and c.isprintable())
    return fitting[:LONGEST_NAME].strip(" .") + ".xlsx"


def _must_name_files(advisors: Iterable[str]) -> None:
    """Raise MendInput for an ID that cannot name a file on every system: reports are named by it."""
    for one in advisors:
        if set(one) & set(UNFIT) or not one.isprintable() or one.endswith(".") or RESERVED.fullmatch(one):
            raise MendInput(UNFIT_ID, id=one, signs=" ".join(UNFIT))


def read_roster(path: Path, language: Language) -> list[dict[str, Any]]:
    """Read a roster from csv or xlsx with the roster's columns. Raise MendInput with what is wrong."""
    raw = _roster_from_csv(path) if path.suffix.lower() == ".csv" else read_book(path, {ROSTER.code: ROSTER})
    book = validate(raw, dt.date.max)
    table = book.tables.get(ROSTER.code)
    wrong = [found.message(language) for found in book.findings if found.severity == "error"]
    if wrong or table is None or not len(table.frame):
        raise MendInput(BAD_ROSTER, file=path.name, why="; ".join(wrong) or NO_ADVISORS)
    rows = [values for _, values in table.records()]
    _must_name_files(str(row["advisor_id"]) for row in rows)
    return rows


def _roster_from_csv(path: Path) -> RawBook:
    """Read a csv as the roster's sheet; Excel's own csv is UTF-8 with a mark, or GB 18030."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise MendInput(BAD_ROSTER, file=path.name, why=NOT_TEXT) from None
    lines: Rows = [list(line) for line in csv.reader(io.StringIO(text, newline=""))]
    return book_from_cells(path.name, Identity(), {ROSTER.code: lines}, {ROSTER.code: ROSTER})
