"""A new log in the place of the old, which is kept as a backup; of several logs all are replaced or none."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from reportkit.branch import lock
from reportkit.branch.atomic import TEMPORARY, rename, write_bytes
from reportkit.definitions.errors import CloseWorkbook, MendInput, OurBug
from reportkit.definitions.findings import Finding
from reportkit.definitions.forms import FORMS
from reportkit.definitions.identity import PROPERTIES
from reportkit.definitions.text import Text
from reportkit.logs.editing import Edit, edited, with_parts
from reportkit.read.archives import LOGS, rows_meant, seal_of, with_archives
from reportkit.read.book import RawBook, RawSheet
from reportkit.read.contents import CUSTOM_PROPERTIES
from reportkit.read.preflight import Package, preflight
from reportkit.read.values import value_of
from reportkit.read.workbook import read_book

BACKUP: Final = "backup"
JOURNAL: Final = "unfinished.json"
UNUSABLE: Final = Text("{file} 不能改写：{why}", "{file} 不能改寫：{why}", "{file} cannot be written to: {why}")
ENCRYPTED: Final = Text(
    "{file} 有打开密码。请先去掉密码再写入",
    "{file} 有開啟密碼。請先去掉密碼再寫入",
    "{file} is protected by a password. Remove it first",
)
OPEN: Final = Text(
    "{file} 正在 Excel 里打开。请关闭后再试",
    "{file} 正在 Excel 裡開啟。請關閉後再試",
    "{file} is open in Excel. Close it and try again",
)
CHANGED: Final = Text(
    "{file} 刚被别人改过，什么都没有写入。请再运行一次",
    "{file} 剛被別人改過，什麼都沒有寫入。請再執行一次",
    "{file} was changed meanwhile; nothing was written. Run it again",
)
HALF_DONE: Final = Text(
    "上次写入中断后，{file} 又被改过，无法自动接着完成。请从 {backup} 找回，再删去 {journal}",
    "上次寫入中斷後，{file} 又被改過，無法自動接著完成。請從 {backup} 找回，再刪去 {journal}",
    "{file} was changed after a write was cut short. Compare it with {backup}, then delete {journal}",
)  # fmt: skip
NO_SEAL: Final = Text(
    "{file} 丢失了文档属性，不再是归档。请从备份放回",
    "{file} 遺失了檔案屬性，不再是歸檔。請從備份放回",
    "{file} lost its document properties and is no archive any more. Put it back from a backup",
)
NOT_THE_SAME: Final = Text(
    "{file} 写出后与预期不符，已放弃，原文件没有改动。请把文件发给技术支持",
    "{file} 寫出後與預期不符，已放棄，原檔案沒有改動。請把檔案發給技術支援",
    "{file} did not come out as expected and was given up; the file is as it was. Send it to support",
)


@dataclass(frozen=True)
class OpenLog:
    """A log read to be written to: the digest of its bytes, its package and its rows."""

    path: Path
    digest: str
    package: Package
    raw: RawBook

    @cached_property
    def whole(self) -> RawBook:
        """Its rows with those of its archives. Raise MendInput where one of them cannot be used."""
        whole = with_archives(self.raw, self.path)
        if not whole.sheets:
            raise MendInput(UNUSABLE, file=self.path.name, why=Text.each(whole.findings[-1].message))
        return whole


@dataclass(frozen=True)
class Rewrite:
    """A log's new content, to take the place of the bytes with a digest; of a new file the digest is blank."""

    path: Path
    digest: str
    content: bytes


def open_log(path: Path) -> OpenLog:
    """Read a log that is to be written to. Raise MendInput where it cannot be used, CloseWorkbook where it is open."""
    if path.with_name(f"~${path.name}").exists():
        raise CloseWorkbook(OPEN, file=path.name)
    package = preflight(path)
    if isinstance(package, Finding):
        if package.code == "file.encrypted":  # a password that was given would open it, and not close it again
            raise MendInput(ENCRYPTED, file=path.name)
        raise MendInput(UNUSABLE, file=path.name, why=Text.each(package.message))
    raw = read_book(path, FORMS)
    if not raw.sheets:
        raise MendInput(UNUSABLE, file=path.name, why=Text.each(raw.findings[-1].message))
    content = path.read_bytes()
    if content != package.content:
        raise MendInput(ENCRYPTED, file=path.name)
    return OpenLog(path, digest_of(content), package, raw)


def rewritten(log: OpenLog, edits: Mapping[str, Edit]) -> Rewrite:
    """Return a log's new content, read again and found to hold exactly the old rows and the edits."""
    content = edited(log.package, log.raw, edits)
    with tempfile.TemporaryDirectory() as own:
        again = Path(own, log.path.name)
        again.write_bytes(content)
        raw = read_book(again, FORMS)
    for code, old in log.raw.sheets.items():
        if code not in raw.sheets or rows_meant(raw.sheets[code]) != _expected(old, edits.get(code, Edit())):
            raise OurBug(NOT_THE_SAME, file=log.path.name)
    return Rewrite(log.path, log.digest, content)


def _expected(sheet: RawSheet, edit: Edit) -> list[dict[str, object]]:
    """Return the rows a sheet must have after an edit."""
    rows = dict(zip(sheet.rows, rows_meant(sheet), strict=True))
    for (number, code), value in edit.changed.items():
        rows[number] = _with(sheet, rows.get(number, {}), code, value)
    for row in edit.appended:
        new: dict[str, object] = {}
        for code, value in row.items():
            new = _with(sheet, new, code, value)
        rows[len(rows) + (1 << 30)] = new  # after every row of a sheet
    return [rows[number] for number in sorted(rows) if rows[number]]


def _with(sheet: RawSheet, row: Mapping[str, object], code: str, value: object) -> dict[str, object]:
    meant = value_of(sheet.form.column[code], value)
    return {**{key: cell for key, cell in row.items() if key != code}, **({} if meant in (None, "") else {code: meant})}


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold a folder for writing its logs, after finishing what an earlier run may have left half done."""
    with lock.writing(root):
        recover(root)
        for left_over in (root / BACKUP).rglob(f".*{TEMPORARY}"):  # of a run cut short before its journal
            left_over.unlink()
        yield


def replace_logs(root: Path, rewrites: Sequence[Rewrite]) -> dict[Path, Path]:
    """Put new contents in the place of logs, in order: all or none. Return log → its backup.

    Call it inside `writing`. Raise CloseWorkbook where a log was changed since it was read or is open.
    """
    if not rewrites:
        return {}
    for one in rewrites:
        if one.path.with_name(f"~${one.path.name}").exists():
            raise CloseWorkbook(OPEN, file=one.path.name)
        if _digest_now(one.path) != one.digest:
            raise CloseWorkbook(CHANGED, file=one.path.name)
    folder = root / BACKUP
    backups = {one.path: _backup(folder, one.path) for one in rewrites if one.digest}
    made = [path for path in backups.values() if not path.exists()]
    try:
        for one in rewrites:
            one.path.parent.mkdir(parents=True, exist_ok=True)  # refused here, nothing is left half done
            if backups.get(one.path) in made:
                write_bytes(backups[one.path], one.path.read_bytes())
            write_bytes(_prepared(root, one.path), one.content)
        entries = [_entry(root, one, backups.get(one.path)) for one in rewrites]
        write_bytes(folder / JOURNAL, json.dumps(entries, ensure_ascii=False, indent=1).encode())
    except OSError:
        for path in [*(_prepared(root, one.path) for one in rewrites), *made]:
            with suppress(OSError):  # the disk may be gone; what is left over is never taken for a log
                path.unlink(missing_ok=True)
        raise
    recover(root)
    return backups


def recover(root: Path) -> None:
    """Finish what a journal of prepared logs says.

    Undo it where no log was replaced yet, and one has changed since or cannot be.
    """
    journal = root / BACKUP / JOURNAL
    if not journal.is_file():
        return
    entries: list[dict[str, Any]] = json.loads(journal.read_bytes())
    logs = {root / entry["log"]: entry for entry in entries}
    now = {path: _digest_now(path) for path in logs}
    edited_since = [path for path, entry in logs.items() if now[path] not in (entry["before"], entry["after"])]
    put = [path for path, entry in logs.items() if now[path] == entry["after"]]
    if edited_since and any(logs[path]["before"] for path in put):
        backup = root / logs[edited_since[0]]["backup"]
        raise CloseWorkbook(HALF_DONE, file=edited_since[0].name, backup=backup, journal=journal)
    refused: PermissionError | None = None
    try:
        for path in () if edited_since else [one for one in logs if one not in put]:
            _put(_prepared(root, path), path)
            put.append(path)
    except PermissionError as error:
        if any(logs[path]["before"] for path in put):
            raise
        refused = error
    if edited_since or refused:
        for path in put:  # a new file, which no log names yet
            path.unlink()
    for path in logs:
        _prepared(root, path).unlink(missing_ok=True)
    journal.unlink()
    if refused:
        raise refused


def _put(prepared: Path, log: Path) -> None:
    """Let the prepared content take a log's place, and its permissions: its advisor must still be able to write.

    Raise PermissionError, which names the log, where it is held by another program or its folder may not be written to.
    """
    try:
        if log.exists():
            shutil.copymode(log, prepared)
        log.parent.mkdir(parents=True, exist_ok=True)
        rename(prepared, log)
    except PermissionError as error:
        error.filename = str(log)
        raise


def _entry(root: Path, one: Rewrite, backup: Path | None) -> dict[str, str]:
    return {
        "log": os.path.relpath(one.path, root),
        "backup": os.path.relpath(backup, root) if backup else "",
        "before": one.digest,
        "after": digest_of(one.content),
    }


def _prepared(root: Path, log: Path) -> Path:
    """Return where a log's new content waits: out of sight of who reads the logs."""
    name = log.name if log.parent in (root / LOGS, root) else f"{log.parent.name} {log.name}"  # an archive's year
    return root / BACKUP / f".{name}{TEMPORARY}"


def _backup(folder: Path, log: Path) -> Path:
    """Return where a log's backup is kept: the one that holds it already, as a run cut short left it, or the next."""
    number, content = 1, log.read_bytes()
    while (path := folder / f"{log.stem}.backup-{number}{log.suffix}").exists() and path.read_bytes() != content:
        number += 1
    return path


def resealed(name: str, content: bytes) -> bytes:
    """Return an archive of that name whose seal fits the rows it holds. Raise MendInput where it has none."""
    with tempfile.TemporaryDirectory() as own:
        path = Path(own, name)
        path.write_bytes(content)
        log = open_log(path)
    about = log.package.parts.get(CUSTOM_PROPERTIES, b"").decode()
    property_ = rf'(name="{PROPERTIES["seal"]}"[^>]*>\s*<[^>]*>)[^<]*'
    sealed, found = re.subn(property_, rf"\g<1>{seal_of(log.raw)}", about)
    if not found:
        raise MendInput(NO_SEAL, file=name)
    return with_parts(content, {CUSTOM_PROPERTIES: sealed.encode()})


def _digest_now(path: Path) -> str:
    """Return what stands for a file's content, blank where there is no file."""
    return digest_of(path.read_bytes()) if path.is_file() else ""


def digest_of(content: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()
