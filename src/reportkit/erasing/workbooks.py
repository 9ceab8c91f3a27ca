"""A workbook without a person: every text of every part, the figures and the layout as they are."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reportkit.branch.person import CALLED, Person
from reportkit.mail.places import CELL, ITEM, ROW, SHEET, STRINGS, IdColumns, said_in, texts_in, untyped, used_in
from reportkit.read.spelling import as_read, as_run, as_spelled

FORMULA: Final = re.compile(r"<f\b[^>]*?(?:/>|>.*?</f>)", re.DOTALL)
QUOTED: Final = re.compile(r'"([^"]*)"')
# Where other parts hold what people read: shapes, charts, notes, headers, properties.
SAID: Final = re.compile(
    r"(<(?:[a-z]+:)?(?:t|text|v|oddHeader|oddFooter|evenHeader|evenFooter|title|subject|creator|lastModifiedBy|"
    r"keywords|description|category|lpwstr|author)\b[^>]*>)([^<]+)(?=</)"
)
SHOWN: Final = re.compile(r'(\b(?:descr|title|tooltip|display|Target|name|displayName)=")([^"]*)(?=")')
NOTE: Final = re.compile(r'<(comment|threadedComment)\b[^>]*\bref="([A-Z]+)(\d+)"[^>]*>.*?</\1>', re.DOTALL)
NOTE_TEXT: Final = re.compile(r"(<(?:t|text)\b[^>]*>)[^<]*(?=</)")
ABOUT_IDS: Final = frozenset((*CALLED, "product.unsuitable"))  # a finding of such a column or kind speaks of one
PLAIN_DIGITS: Final = 9  # a number so long is no figure by chance equal to a phone's
NEVER_SAID: Final = frozenset({"[Content_Types].xml", "xl/styles.xml", "xl/workbook.xml"})


@dataclass(frozen=True)
class TheirRows:
    """The rows of a log's sheet that are about the person, and the columns that are the form's own."""

    rows: frozenset[int]
    own: frozenset[str] = field(default_factory=frozenset)


def without(content: bytes, person: Person, rows: Mapping[str, TheirRows] | None = None) -> bytes:
    """Return a workbook without a person; the very same bytes where it does not speak of them.

    `rows` maps a sheet's part to the rows about the person: notes on them, and columns of the advisor's own, go too.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one.filename: archive.read(one) for one in archive.infolist()}
        new = _Workbook(parts, person, rows or {}).parts_without()
        if not new:
            return content
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
            for one in archive.infolist():
                one.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(one, new.get(one.filename, parts[one.filename]))
    return written.getvalue()


@dataclass
class _Workbook:
    """The parts of a workbook on their way."""

    parts: Mapping[str, bytes]
    person: Person
    rows: Mapping[str, TheirRows]

    def parts_without(self) -> dict[str, bytes]:
        """Return the parts that change."""
        shared = next((name for name in self.parts if STRINGS.fullmatch(name)), None)
        self.items = texts_in(self._text(shared)) if shared else []
        sheets = {name: self._sheet(name) for name in self.parts if SHEET.fullmatch(name)}
        new = dict(sheets)
        if shared:
            before, after = used_in(map(self._text, sheets)), used_in(sheets.values())
            new[shared] = self._shared(self._text(shared), before - after)
        notes = self._notes()
        for name in self.parts:
            if name.lower().endswith((".xml", ".rels", ".vml")) and name not in new and name not in NEVER_SAID:
                new[name] = self._plain(notes.get(name) or self._text(name))
        return {name: xml.encode() for name, xml in new.items() if xml != self._text(name)}

    def _text(self, name: str) -> str:
        return self.parts[name].decode("utf-8", "surrogateescape")

    def _shared(self, xml: str, gone: set[int]) -> str:
        """Return the table of texts, blank those gone from every cell: they were the person's where they stood."""
        at = iter(range(len(self.items)))

        def item(found: re.Match[str]) -> str:
            number = next(at)
            text = self.items[number]
            new = "" if number in gone else self.person.text(text)
            return found[0] if new == text else f"<si>{as_run(new)}</si>"

        return ITEM.sub(item, xml)

    # --- Sheets ---

    def _sheet(self, name: str) -> str:
        theirs = self.rows.get(name)
        start, body, end = _split(self._text(name))
        self.of_ids = IdColumns()
        body = ROW.sub(lambda found: self._row(found, theirs), body)
        return self._plain(start) + body + self._plain(end)

    def _row(self, found: re.Match[str], theirs: TheirRows | None) -> str:
        cells = list(CELL.finditer(found[2]))
        number = int(cells[0][2]) if cells else 0
        about = theirs is not None and number in theirs.rows
        said = {cell[1]: text for cell in cells if (text := said_in(cell, self.items).strip())}
        self.of_ids.read(said)
        named = any(self.person.id(text) != text for letter, text in said.items() if letter in self.of_ids.letters)
        near = about or named or self.person.is_named_by(said.values())
        of_id = not ABOUT_IDS.isdisjoint(said.values())
        body = CELL.sub(lambda cell: self._cell(cell, theirs, self._reader(cell[1], near, of_id), about), found[2])
        return f"<row{found[1]}>{body}</row>"

    def _reader(self, letter: str, near: bool, of_id: bool) -> Callable[[str], str]:
        """Return what takes the person out of a cell's text."""
        plainly = self.person.beside if near else self.person.text
        if of_id:
            return lambda text: plainly(self.person.about_id(self.person.id(text)))
        return (lambda text: plainly(self.person.id(text))) if letter in self.of_ids.letters else plainly

    def _cell(self, cell: re.Match[str], theirs: TheirRows | None, reader: Callable[[str], str], about: bool) -> str:
        text, formula = said_in(cell, self.items), FORMULA.search(cell[4] or "")
        kind = re.search(r'\bt="(\w+)"', cell[3])
        if about and theirs is not None and cell[1] not in theirs.own and theirs.own and not formula:
            return f'<c r="{cell[1]}{cell[2]}"{untyped(cell[3])}/>'
        if not kind or kind[1] not in ("s", "str", "inlineStr"):
            return self._number(cell, text, formula)
        new = reader(text)
        if kind[1] == "s" and new == self.person.text(text):
            return cell[0]  # the table of texts says it
        said = self._formula(formula[0]) if formula else ""
        if new == text and said == (formula[0] if formula else ""):
            return cell[0]
        head = f'<c r="{cell[1]}{cell[2]}"{untyped(cell[3])}'
        if formula:
            return f'{head} t="str">{said}<v>{as_spelled(new)}</v></c>'
        return f'{head} t="inlineStr"><is>{as_run(new)}</is></c>' if new else f"{head}/>"

    def _number(self, cell: re.Match[str], text: str, formula: re.Match[str] | None) -> str:
        """Return a cell of a number, emptied where it is one the person is reached by."""
        if formula:
            return cell[0].replace(formula[0], self._formula(formula[0]))
        is_id = cell[1] in self.of_ids.letters and self.person.id(text) != text
        if is_id or (len(text) >= PLAIN_DIGITS and self.person.text(text) != text):
            return f'<c r="{cell[1]}{cell[2]}"{untyped(cell[3])}/>'
        return cell[0]

    def _formula(self, formula: str) -> str:
        """Return a formula whose texts in quotes do not name the person."""
        head, _, rest = formula.partition(">")
        inner = as_read(rest.removesuffix("</f>"))
        if QUOTED.sub(self._quoted, inner) == inner:
            return formula
        return f"{head}>{as_spelled(QUOTED.sub(self._quoted, inner))}</f>"

    def _quoted(self, found: re.Match[str]) -> str:
        return f'"{self.person.text(found[1])}"'

    # --- Other parts ---

    def _plain(self, xml: str) -> str:
        xml = SAID.sub(_changed(self.person.text), xml)
        return SHOWN.sub(_changed(self.person.text, {'"': "&quot;"}), xml)

    def _notes(self) -> dict[str, str]:
        """Return the parts of notes, those on rows about the person emptied."""
        found: dict[str, str] = {}
        for sheet, theirs in self.rows.items():
            folder, name = posixpath.split(sheet)
            relations = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"), b"").decode()
            for target in re.findall(r'Target="([^"]*(?:[cC]omment)[^"]*\.xml)"', relations):
                part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if part in self.parts:
                    found[part] = NOTE.sub(lambda one, rows=theirs.rows: _emptied(one, rows), self._text(part))  # type: ignore[misc] # rows is bound at once
        return found


def _emptied(note: re.Match[str], rows: frozenset[int]) -> str:
    return NOTE_TEXT.sub(r"\1", note[0]) if int(note[3]) in rows else note[0]


def _split(xml: str) -> tuple[str, str, str]:
    """Return a sheet's XML before, in and after its rows."""
    start, end = xml.find("<sheetData>"), xml.rfind("</sheetData>")
    return (xml, "", "") if start < 0 or end < 0 else (xml[:start], xml[start:end], xml[end:])


def _changed(text: Callable[[str], str], entities: Mapping[str, str] | None = None) -> Callable[[re.Match[str]], str]:
    """Return what rewrites a found text: its markup, then the text."""

    def changed(found: re.Match[str]) -> str:
        said = as_read(found[2])
        new = text(said)
        return found[0] if new == said else found[1] + as_spelled(new, entities)

    return changed
