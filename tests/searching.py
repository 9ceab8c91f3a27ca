"""What a folder says of somebody: every text of every file in it, whatever it is packed in."""

import email.policy
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from html import unescape
from pathlib import Path

import pyarrow.parquet as pq


def found_in(folder: Path, wanted: Iterable[str]) -> dict[str, list[str]]:
    """Return file → which of the texts stand in it, its name, its parts and what is packed in them included."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            said = ("\n".join(texts_of(path.name, path.read_bytes())) + str(path.relative_to(folder))).casefold()
            hits = [one for one in wanted if one.casefold() in said]
            if hits:
                found[path.relative_to(folder).as_posix()] = hits
    return found


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Yield what a file says."""
    yield content.decode("utf-8", "ignore")
    yield content.decode("utf-16-le", "ignore")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                inner = archive.read(part)
                yield unescape(inner.decode("utf-8", "ignore"))
                yield from texts_of(part, inner)
    elif name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        yield json.dumps(table.to_pylist(), default=str, ensure_ascii=False)
        yield json.dumps({str(key): str(value) for key, value in (table.schema.metadata or {}).items()})
        yield "\n".join(value.decode("utf-8", "ignore") for value in (table.schema.metadata or {}).values())
    elif name.endswith(".json"):
        for line in content.decode().split("\n"):
            yield line.encode().decode("unicode_escape", "ignore")
    elif name.endswith(".eml"):
        for piece in BytesParser(EmailMessage, policy=email.policy.default).parsebytes(content).walk():
            held = piece.get_payload(decode=True)
            if isinstance(held, bytes):
                yield unescape(held.decode("utf-8", "ignore"))
                yield from texts_of(piece.get_filename() or "", held)
    elif name.endswith(".ics"):
        yield content.replace(b"\r\n ", b"").decode()
