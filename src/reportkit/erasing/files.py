"""What a branch's files hold without a person, one kind of file at a time."""

from __future__ import annotations

import email.policy
import json
import re
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Final

from reportkit.branch.forgetting import rows_to_change
from reportkit.branch.history import DIGESTS
from reportkit.branch.person import CUSTOMER, WHO, Person
from reportkit.branch.seal import fits, sealed
from reportkit.definitions.text import Text
from reportkit.erasing.digests import digest_without
from reportkit.erasing.workbooks import TheirRows, without
from reportkit.ics.icalendar import escaped, folded
from reportkit.importing.compare import default_key
from reportkit.importing.ledger import FOLDER as LEDGERS
from reportkit.importing.ledger import digest, keys_of
from reportkit.logs.editing import Edit, edited
from reportkit.logs.rewrite import BACKUP, OpenLog
from reportkit.read.book import RawSheet
from reportkit.read.contents import sheet_parts
from reportkit.read.values import normalise

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
PACKED: Final = frozenset({".docx", ".pptx", ".pdf", ".xls", ".xlsb", ".ods", ".odt", ".zip", ".7z", ".rar", ".gz"})
TOLD_BY_PLACE: Final = WORKBOOKS | {".json", ".eml", ".ics"}  # their columns and fields say what an id is
NOT_SURE: Final = Text(
    "里面有和该客户编号一样的文字，分不清是不是编号；请自己看过",
    "裡面有和該客戶編號一樣的文字，分不清是不是編號；請自己看過",
    "it holds a text like the customer's ID, which may be something else: look at it yourself",
)
SPREADSHEET: Final = "spreadsheetml.sheet"
_FOLD: Final = re.compile(rb"\r\n[ \t]")
_ESCAPED: Final = re.compile(r"\\([nN,;\\])")


class NotSearchable(Exception):
    """A file whose texts cannot be got at: encrypted, of another kind, or damaged."""


def content_without(path: Path, content: bytes, person: Person) -> bytes:
    """Return a file's content without a person, the same bytes where it does not speak of them."""
    kind = path.suffix.lower()
    if kind in WORKBOOKS:
        try:
            return without(content, person)
        except (zipfile.BadZipFile, UnicodeDecodeError, KeyError) as error:
            raise NotSearchable from error
    if path.parts[-3:-1] == (BACKUP, LEDGERS):
        return ledger_without(content, person)
    if kind == ".json":
        return (kept_without if path.parent.name == DIGESTS else json_without)(content, person)
    if kind == ".eml":
        return message_without(content, person)
    if kind == ".ics":
        return calendar_without(content, person)
    if kind in PACKED or b"\0" in content:
        raise NotSearchable
    return _text_without(content, person)


def json_without(content: bytes, person: Person) -> bytes:
    """Return JSON, or several lines of it, without a person; a seal, where there is one, fits again."""
    if not fits(content):
        raise NotSearchable
    text = content.decode()
    try:
        whole = [text] if _is_json(text) else text.split("\n")
        return sealed("\n".join(_line_without(line, person) for line in whole).encode())
    except ValueError as error:
        raise NotSearchable from error


def kept_without(content: bytes, person: Person) -> bytes:
    """Return a digest without a person; one that no view reads any more, text by text."""
    if not fits(content):
        raise NotSearchable
    try:
        return digest_without(content, person)
    except (ValueError, TypeError, LookupError):  # of another version of the program
        return json_without(content, person)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _line_without(text: str, person: Person) -> str:
    value = json.loads(text)
    new = person.values(value)
    if new == value:
        return text
    if "\n" in text.strip():
        return json.dumps(new, ensure_ascii=False, indent=1)
    return json.dumps(new, ensure_ascii=False, separators=(",", ":"))


def calendar_without(content: bytes, person: Person) -> bytes:
    """Return a calendar file without a person; lines are folded again where they changed."""
    lines = _FOLD.sub(b"", content).decode("utf-8", "surrogateescape").split("\r\n")
    new = [_event_line_without(line, person) for line in lines]
    if new == lines:
        return content
    return b"\r\n".join(folded(line) for line in new)


def _event_line_without(line: str, person: Person) -> str:
    name, colon, value = line.partition(":")
    said = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    new = person.prose(said)
    return line if new == said else f"{name}{colon}{escaped(new)}"


def message_without(content: bytes, person: Person) -> bytes:
    """Return a mail message without a person, in its texts and its workbooks. NotSearchable: one is encrypted."""
    message = BytesParser(EmailMessage, policy=email.policy.SMTP).parsebytes(content)
    changed = False
    for part in message.walk():
        if part.get_content_maintype() == "text":
            said = part.get_content()
            new = person.prose(said)
            if new != said:
                part.set_content(new, subtype=part.get_content_subtype(), cte="base64")
                changed = True
        elif SPREADSHEET in part.get_content_type():
            changed |= _attachment_without(part, person)
    subject = str(message["Subject"] or "")
    if person.text(subject) != subject:
        message.replace_header("Subject", person.text(subject))
        changed = True
    return message.as_bytes() if changed else content


def _attachment_without(part: EmailMessage, person: Person) -> bool:
    held = part.get_payload(decode=True)
    if not isinstance(held, bytes) or not held.startswith(b"PK"):
        raise NotSearchable
    new = without(held, person)
    if new == held:
        return False
    maintype, _, subtype = part.get_content_type().partition("/")
    part.set_content(new, maintype=maintype, subtype=subtype, disposition="attachment", filename=part.get_filename())
    return True


def _text_without(content: bytes, person: Person) -> bytes:
    try:
        encoding = "utf-8"
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        text = content.decode(encoding, "surrogateescape")
    new = person.prose(text)
    return content if new == text else new.encode(encoding, "surrogateescape")


def may_name(path: Path, content: bytes, person: Person) -> bool:
    """Return whether a file without columns or fields still holds what may be the person's id, or a figure alike."""
    if path.suffix.lower() in TOLD_BY_PLACE or person.customer_id not in person.vague:
        return False
    return person.looks_named_in(content.decode("utf-8", "replace"))


# --- Logs and what stands beside them ---


def log_without(log: OpenLog, person: Person) -> bytes:
    """Return a log without a person: their rows stay, as the pseudonym's, with what figures count.

    Raise MendInput or CloseWorkbook where a cell cannot be rewritten.
    """
    parts, _ = sheet_parts(log.package)
    edits: dict[str, Edit] = {}
    theirs: dict[str, TheirRows] = {}
    for code, sheet in log.raw.sheets.items():
        meant = {one: normalise(sheet.form.column[one], list(cells)) for one, cells in sheet.columns.items()}
        changed = {
            (sheet.rows[at], one): value
            for at, new in rows_to_change(sheet.form, meant, person).items()
            for one, value in new.items()
            if one in sheet.letters and meant[one][at] not in (None, "", value)
        }
        if changed:
            edits[code] = Edit(changed=changed)
            rows = frozenset(row for (row, one) in changed if one == CUSTOMER)
            theirs[parts[sheet.name]] = TheirRows(rows, frozenset(sheet.letters.values()))
    content = edited(log.package, log.raw, edits) if edits else log.package.content
    return without(content, person, theirs)


def places_in(log: OpenLog, person: Person) -> list[tuple[str, int]]:
    """Return the rows of a log that speak of a person: (sheet, Excel's row number)."""
    found: list[tuple[str, int]] = []
    for sheet in log.raw.sheets.values():
        columns = [
            [one if isinstance(one, str) else None for one in normalise(sheet.form.column[code], list(cells))]
            for code, cells in sheet.columns.items()
        ]
        for number, *cells in zip(sheet.rows, *columns, strict=True):
            texts = [one for one in cells if isinstance(one, str)]
            theirs = any(
                code in WHO and one == person.customer_id for code, one in zip(sheet.columns, cells, strict=True)
            )
            named = (theirs or person.is_named_by(texts)) and person.alias not in texts
            if named or any(person.text(one) != one for one in texts):
                found.append((sheet.name, int(number)))
    return found


def ledger_without(content: bytes, person: Person, form: str = "", log: OpenLog | None = None) -> bytes:
    """Return an import's ledger without the digests of a person's rows.

    They are found by the customer the file named, and by the rows of the log, which still holds them, under every key
    a map used.
    """
    try:
        ledger: dict[str, dict[str, str]] = dict(json.loads(content))
    except (ValueError, TypeError) as error:
        raise NotSearchable from error
    gone = _keys_of(ledger, person, log.whole.sheets[form]) if log else set()
    theirs = digest(person.customer_id)
    kept = {key: values for key, values in ledger.items() if key not in gone and values.get(CUSTOMER) != theirs}
    return content if len(kept) == len(ledger) else json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()


def _keys_of(ledger: Mapping[str, Mapping[str, str]], person: Person, sheet: RawSheet) -> set[str]:
    """Return the digests of the keys of a person's rows in a log."""
    meant = {one: normalise(sheet.form.column[one], list(cells)) for one, cells in sheet.columns.items()}
    rows = [at for at, who in enumerate(meant.get(CUSTOMER, [])) if who == person.customer_id]
    default = tuple(one for one in default_key(sheet.form) if one in meant)
    return {
        digest((*(meant[code][at] for code in key), seen))
        for key in {default, (CUSTOMER,), *keys_of(ledger)}
        if meant.keys() >= set(key)
        for at in rows
        for seen in range(len(rows))
    }
