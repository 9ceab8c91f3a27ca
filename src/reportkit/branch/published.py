"""What was published of a closed week (DOMAIN §3 Late entries).

`reports/W/published.json` holds the editions of a week, of which the last may be in force: the figures and the targets
they were measured against, and what they were made of: the logs by their content, the settings, the program. With the
rows kept in history a closed week's workbooks can be made again, the same to the byte.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from reportkit.branch.atomic import write_bytes
from reportkit.branch.edition import Edition, Figure, restated
from reportkit.branch.folder import REPORTS, Branch
from reportkit.branch.history import Entry
from reportkit.branch.plain import Reader, plain
from reportkit.branch.seal import BLANK, Damaged, sealed, whole
from reportkit.definitions.errors import MendInput
from reportkit.definitions.text import Text
from reportkit.settings.calendars import is_week, week_span
from reportkit.summary.changes import Restated

PUBLISHED: Final = "published.json"
FORMAT: Final = 1
_READER: Final = Reader({})

CLOSED_ALREADY: Final = Text(
    "{week} 已于 {on} 发布。要改动请先运行 reportkit reopen",
    "{week} 已於 {on} 發布。要改動請先執行 reportkit reopen",
    "{week} was published on {on}. Run reportkit reopen first to change it",
)
NOT_CLOSED: Final = Text(
    "{week} 现在没有发布，不用重开", "{week} 現在沒有發布，不用重開", "{week} is not published: nothing to reopen"
)
NOT_BEGUN: Final = Text(
    "{week} 还没有开始，没有可报告的",
    "{week} 還沒有開始，沒有可報告的",
    "{week} has not begun: there is nothing to report",
)
NOTHING: Final = Text(
    "{week} 没有一本可用的日志，不能发布", "{week} 沒有一本可用的日誌，不能發布", "{week} has no usable log to publish"
)
NO_REASON: Final = Text(
    "请用 --why 写明重开的原因", "請用 --why 寫明重開的原因", "Say why the week is reopened, with --why"
)
HISTORY_GONE: Final = Text(
    "{week} 已发布，但重做它的周报所需的 history 文件夹内容缺失。请从备份恢复 history，或运行 reportkit reopen",
    "{week} 已發布，但重做它的週報所需的 history 資料夾內容缺失。請從備份還原 history，或執行 reportkit reopen",
    "{week} is published, but what its reports are made of is missing from the history folder. "
    "Restore it from a backup, or run reportkit reopen",
)
NEWER: Final = Text(
    "{file} 是更新的版本写的。请更新 reportkit",
    "{file} 是更新的版本寫的。請更新 reportkit",
    "{file} was written by a newer version. Update reportkit",
)


_LISTED: Final[dict[str, Any]] = {"logs": Entry, "figures": Figure, "restated": Restated}


def editions(branch: Branch, week: str) -> tuple[Edition, ...]:
    """Return the editions of a week, the latest last; none where it was never published."""
    return tuple(map(_edition, _written(branch, week)))


def _written(branch: Branch, week: str) -> list[dict[str, Any]]:
    path = _path(branch, week)
    try:
        content = json.loads(whole(path, unless_older=True))
    except FileNotFoundError:
        return []
    except ValueError:
        raise Damaged(path) from None
    if content["format"] > FORMAT:
        raise MendInput(NEWER, file=path)
    found: list[dict[str, Any]] = content["editions"]
    return found


def _edition(written: Mapping[str, Any]) -> Edition:
    restated = [[*one, "value"][: len(Restated.__dataclass_fields__)] for one in written.get("restated", [])]
    known = {**written, "restated": restated}  # an earlier version restated values only
    return _READER.read(Edition, [known.get(name, []) for name in Edition.__dataclass_fields__])


def edition_in_force(branch: Branch, week: str) -> Edition | None:
    """Return the published edition of a closed week, None where the week is open."""
    latest = editions(branch, week)[-1:]
    return next((one for one in latest if one.reopened_on is None), None)


def closed_weeks(branch: Branch) -> dict[str, Edition]:
    """Return the weeks that are closed, with what the edition in force was made of; its figures are left out.

    After years there are hundreds of weeks with a thousand figures each. A copy of a week's folder is no week.
    """
    folders = sorted(path.parent.name for path in (branch.root / REPORTS).glob(f"*/{PUBLISHED}"))
    found: dict[str, Edition] = {}
    for week in filter(is_week, folders):
        latest = _written(branch, week)[-1]
        if latest["reopened_on"] is None:
            found[week] = _edition({**latest, "figures": [], "restated": [], "late": []})
    return found


def _path(branch: Branch, week: str) -> Path:
    return branch.reports(week) / PUBLISHED


def _write(branch: Branch, week: str, every: Iterable[Edition]) -> None:
    """Write the editions of a week as JSON that says what its values are."""
    shown = [dict(zip(Edition.__dataclass_fields__, plain(one), strict=True)) for one in every]
    columns = {name: list(kind.__dataclass_fields__) for name, kind in _LISTED.items()}
    content = {"format": FORMAT, "week": week, "columns": columns, "editions": shown, "seal": BLANK}
    write_bytes(_path(branch, week), sealed(json.dumps(content, ensure_ascii=False, indent=1).encode()))


def may_close(branch: Branch, week: str, today: dt.date) -> None:
    """Raise MendInput where a week is published already, or has not begun."""
    edition = edition_in_force(branch, week)
    if edition is not None:
        raise MendInput(CLOSED_ALREADY, week=week, on=edition.closed_on)
    must_have_begun(week, today)


def must_have_begun(week: str, today: dt.date) -> None:
    """Raise MendInput where a week is still to come: everybody would stand at nothing of the whole target."""
    if today < week_span(week).start:
        raise MendInput(NOT_BEGUN, week=week)


def publish(branch: Branch, edition: Edition, week: str) -> Edition:
    """Add an edition to a week, with what it restates of the one before, and return it."""
    earlier = editions(branch, week)
    if earlier:
        edition = replace(edition, restated=restated(earlier[-1], edition))
    _write(branch, week, (*earlier, edition))
    return edition


def reopen_week(branch: Branch, week: str, today: dt.date, why: str) -> Edition:
    """End the edition in force and return it. Raise MendInput where there is none, or no reason is given."""
    if edition_in_force(branch, week) is None:
        raise MendInput(NOT_CLOSED, week=week)
    if not why.strip():
        raise MendInput(NO_REASON)
    *before, latest = editions(branch, week)
    said = why.strip().encode("utf-8", "replace").decode()  # a terminal may hand over bytes that are no text
    ended = replace(latest, reopened_on=today, why=said)
    _write(branch, week, (*before, ended))
    return ended


def reopened_edition(branch: Branch, week: str) -> Edition | None:
    """Return the edition that was reopened last, None where a week never was."""
    ended = [one for one in editions(branch, week) if one.reopened_on is not None]
    return ended[-1] if ended else None


def names_in_use(closed: Mapping[str, Edition]) -> frozenset[str]:
    """Return what history must keep for closed weeks."""
    names = {entry.facts for edition in closed.values() for entry in edition.logs}
    return frozenset(names | {edition.settings for edition in closed.values()})
