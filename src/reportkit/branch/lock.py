"""One writer at a time in a branch's folder, and plain words for a disk or share that will not be written to."""

from __future__ import annotations

import datetime as dt
import errno
import getpass
import json
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from reportkit.branch.atomic import TEMPORARY, is_held
from reportkit.branch.folder import REPORTS
from reportkit.branch.history import HISTORY
from reportkit.definitions.errors import CloseWorkbook, TryLater
from reportkit.definitions.text import Text

LOCK: Final = ".lock"  # held by the system while its process lives, so a stopped run leaves nothing to clear away
HOLDER: Final = ".lock.json"  # who holds it, for people; where nobody does, a run was cut short
AREAS: Final = (HISTORY, REPORTS)  # where what such a run left half-written lies
HALF_WRITTEN: Final = re.compile(rf"\.(.*)\.\d+{re.escape(TEMPORARY)}")
WAIT: Final = 30.0  # seconds: longer than most refreshes, shorter than a person's patience

BUSY: Final = Text(
    "{who} 从 {since} 起正在写这个机构文件夹。等完成后再试",
    "{who} 從 {since} 起正在寫這個機構資料夾。等完成後再試",
    "{who} has been writing to this branch folder since {since}. Try again when they are done",
)
SOMEBODY: Final = Text("另一个程序", "另一個程式", "another program")
READ_ONLY: Final = Text(
    "不能写入 {file}：文件夹是只读的，或没有写权限。请找管理员开通写权限",
    "不能寫入 {file}：資料夾是唯讀的，或沒有寫入權限。請找管理員開通寫入權限",
    "{file} cannot be written: the folder is read-only, or you may not write there. Ask for the right to do so",
)
NO_ACCESS: Final = Text(
    "没有权限打开 {file}。请检查路径写得对不对，或找管理员开通权限",
    "沒有權限開啟 {file}。請檢查路徑寫得對不對，或找管理員開通權限",
    "You have no right to look into {file}. Check how the path is written, or ask for the right to do so",
)
HELD: Final = Text(
    "{file} 正被另一个程序占用（Excel、杀毒软件或同步盘）。请关闭它，或稍等再试；原有文件没有变",
    "{file} 正被另一個程式佔用（Excel、防毒軟體或同步硬碟）。請關閉它，或稍等再試；原有檔案沒有變",
    "{file} is held by another program (Excel, a virus scanner, a sync client). Close it, or wait a moment, "
    "and try again; what was there is unchanged",
)
FULL: Final = Text(
    "磁盘已满，{file} 没有写入。请腾出空间后再试；原有文件没有变",
    "磁碟已滿，{file} 沒有寫入。請騰出空間後再試；原有檔案沒有變",
    "The disk is full: {file} was not written. Make room and try again; what was there is unchanged",
)
OUTPUT: Final = Text("输出", "輸出", "the output")
MISSING: Final = Text(
    "找不到 {file}。请检查路径写得对不对，网络盘是否连着",
    "找不到 {file}。請檢查路徑寫得對不對，網路磁碟是否連著",
    "There is no {file}. Check how the path is written, and that the share is connected",
)
GONE: Final = Text(
    "{file} 读写失败（{reason}）。请检查网络盘是否连着，然后再试",
    "{file} 讀寫失敗（{reason}）。請檢查網路磁碟是否連著，然後再試",
    "{file} could not be read or written ({reason}). Check that the share is connected and try again",
)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@contextmanager
def writing(root: Path, *, wait: float = WAIT) -> Iterator[bool]:
    """Hold a branch's folder for writing. Raise TryLater where somebody else does, or where it cannot be written to.

    Yield whether an earlier run was cut short; what it left half-written is gone by then.
    """
    folder = root / HISTORY
    with plainly_said(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise _busy(folder / HOLDER) from None
        try:
            cut_short = (folder / HOLDER).exists()
            if cut_short:
                _clear_away(root)
            (folder / HOLDER).write_bytes(json.dumps(_me(), ensure_ascii=False).encode())
            yield cut_short
            (folder / HOLDER).unlink()  # only here: after a failure it says so
        finally:
            lock.release()


def began(root: Path) -> int:
    """Return when the run that holds a branch's folder began, in nanoseconds of the clock that times its files."""
    return (root / HISTORY / HOLDER).stat().st_mtime_ns


def was_cut_short(root: Path) -> bool:
    """Return whether the last run that wrote did not end well, and nobody has cleared up since or is about to."""
    if not (root / HISTORY / HOLDER).exists():
        return False
    try:
        with FileLock(root / HISTORY / LOCK, timeout=0):
            return (root / HISTORY / HOLDER).exists()
    except OSError:  # somebody writes just now, or this user may not
        return False


def _clear_away(root: Path) -> None:
    """Delete the files a run left beside those they were to replace."""
    for area in AREAS:
        for path in (root / area).rglob(f".*{TEMPORARY}"):
            if HALF_WRITTEN.fullmatch(path.name):
                path.unlink(missing_ok=True)


def _me() -> dict[str, object]:
    """Return who is writing: a person on a machine."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        who = str(os.getuid()) if hasattr(os, "getuid") else ""
    return {"who": who, "machine": platform.node(), "process": os.getpid()}


def _busy(holder: Path) -> TryLater:
    """Return the words for a folder somebody else is writing to; its note may be gone by now."""
    try:
        held = json.loads(holder.read_bytes())
        since = dt.datetime.fromtimestamp(holder.stat().st_mtime)
    except (OSError, ValueError):
        return TryLater(BUSY, who=SOMEBODY, since="?")
    return TryLater(BUSY, who=f"{held['who']} ({held['machine']})", since=f"{since:%Y-%m-%d %H:%M:%S}")


@contextmanager
def plainly_said(folder: Path) -> Iterator[None]:
    """Turn what a disk or share refuses into a sentence that says what to do."""
    try:
        yield
    except Exception as error:
        refused = disk_error(error)
        if refused is None:
            raise
        raise refusal(refused, folder) from error


def disk_error(error: Exception) -> OSError | None:
    """Return what a disk or share said, where that is what an error is about; XlsxWriter wraps it."""
    said = error if isinstance(error, OSError) else error.args[0] if error.args else None
    return said if isinstance(said, OSError) else None


def refusal(error: OSError, folder: Path) -> TryLater | CloseWorkbook:
    """Return the words for what a disk or share refused; `folder` stands in where it names no file."""
    file = _as_people_know_it(Path(error.filename)) if isinstance(error.filename, str) else folder
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return TryLater(MISSING, file=file)
    if error.errno in _FULL:
        return TryLater(FULL, file=file.name or OUTPUT)
    if is_held(error) or (os.name == "nt" and error.errno in _FORBIDDEN and file.suffix == ".xlsx"):
        held = CloseWorkbook if file.suffix == ".xlsx" else TryLater
        return held(HELD, file=file.name)
    if error.errno in _FORBIDDEN:
        closed = next((one for one in reversed(file.parents) if one.is_dir() and not os.access(one, os.X_OK)), None)
        if closed is not None:
            return TryLater(NO_ACCESS, file=closed)
        return TryLater(READ_ONLY, file=file)
    return TryLater(GONE, file=file, reason=error.strerror or str(error))


def _as_people_know_it(file: Path) -> Path:
    """Return the file that a half-written one is to replace, the folder of one that is only ours, else the file."""
    half_written = HALF_WRITTEN.fullmatch(file.name)
    if half_written:
        return file.with_name(half_written[1])
    return file.parent if file.name in (LOCK, HOLDER) else file
