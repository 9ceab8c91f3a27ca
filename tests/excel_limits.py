"""What Excel refuses or repairs though the schemas allow it: lengths, names, ranges that lie across one another."""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.escape import unescape

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LENGTHS = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 255}  # of a rule for what may be typed
FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"}
LONGEST_FORMULA, LONGEST_TEXT, LONGEST_CELL, DEEPEST = 8_192, 255, 32_767, 64
NAMED = re.compile(r"(?:'((?:[^']|'')+)'|([^'!(]+))!")
NAME = re.compile(r"(?!(?:[a-z]{1,3}\d+|r\d*c?\d*|c\d*)$)(?:_xlnm\.)?[^\W\d][\w.]*", re.IGNORECASE)
Corners = tuple[int, ...]


def faults_of(content: bytes) -> list[str]:
    """Return what is wrong with a workbook, each fault with its part."""
    return [f"{part}: {fault}" for part, fault in _Workbook(content).faults()]


class _Workbook:
    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}

    def root(self, part: str) -> Element:
        root: Element = fromstring(self.parts[part])
        return root

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts a part leads to, by the ids it knows them by."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = self.root(relations) if relations in self.parts else ()
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:]
            for one in found
        }

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The sheets' names and their parts."""
        targets = self.targets("xl/workbook.xml")
        found = self.root("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {one.get("name", ""): targets[one.get(ID, "")] for one in found}

    @cached_property
    def texts(self) -> list[str]:
        part = "xl/sharedStrings.xml"
        return (
            ["".join(text.text or "" for text in one.iter(f"{MAIN}t")) for one in self.root(part)]
            if part in self.parts
            else []
        )

    @cached_property
    def names(self) -> Counter[tuple[str, str | None]]:
        found = self.root("xl/workbook.xml").iter(f"{MAIN}definedName")
        return Counter((one.get("name", "").lower(), one.get("localSheetId")) for one in found)

    def faults(self) -> Iterator[tuple[str, str]]:
        yield from (("workbook", f"name {name[0]} twice") for name, times in self.names.items() if times > 1)
        yield from (("workbook", f"no name: {name}") for name, _ in self.names if not NAME.fullmatch(name))
        yield from (
            ("workbook", f"text of {len(text)}") for text in self.texts if _length(unescape(text)) > LONGEST_CELL
        )
        for name in self.sheets:
            if len(name) > 31 or re.search(r"[\[\]:*?/\\]|^'|'$", name):
                yield "workbook", f"no name of a sheet: {name}"
        for part in self.parts:
            if part.endswith(".xml"):
                yield from ((part, fault) for fault in self.of_formulas(part))
        for name, part in self.sheets.items():
            yield from ((name, fault) for fault in self.of_sheet(part))

    def of_formulas(self, part: str) -> Iterator[str]:
        """Yield what is wrong with the formulas of a part, of its rules and names too."""
        for element in self.root(part).iter():
            tag = element.tag.rpartition("}")[2]
            listed = tag == "formula1" and (element.text or "").startswith('"')  # choices, not a formula
            if tag in FORMULAS and element.text and not listed:
                yield from (f"{fault}: {element.text[:60]}" for fault in _of_formula(element.text))
            if element.tag == f"{CHART}f":
                named = NAMED.match(element.text or "")
                if not named or _unquoted(named) not in self.sheets:
                    yield f"chart of {element.text}"

    def of_sheet(self, part: str) -> Iterator[str]:
        root = self.root(part)
        merged = [range_boundaries(one.get("ref", "")) for one in root.iter(f"{MAIN}mergeCell")]
        yield from (f"merged across {both}" for both in _across(merged))
        rules = list(root.iter(f"{MAIN}dataValidation"))
        typed = [range_boundaries(area) for rule in rules for area in rule.get("sqref", "").split()]
        yield from (f"rules across {both}" for both in _across(typed))
        for rule in rules:
            yield from (f"{name} too long" for name, most in LENGTHS.items() if _length(rule.get(name, "")) > most)
            yield from (f"rule too long: {one.text}" for one in rule if _length(one.text or "") > LONGEST_TEXT)
        yield from (
            f"{one.tag} too long" for one in root.iterfind(f"{MAIN}headerFooter/*") if _length(one.text or "") > 255
        )
        for link in root.iter(f"{MAIN}hyperlink"):
            where = link.get("location", "")
            if link.get(ID) is None and not self.leads_somewhere(where):
                yield f"link to {where}"
        cells = {cell.get("r"): cell for cell in root.iter(f"{MAIN}c")}
        tables = [self.root(target) for target in self.targets(part).values() if "/tables/" in target]
        areas = [range_boundaries(table.get("ref", "")) for table in tables]
        yield from (f"tables across {both}" for both in _across(areas))
        for table, (left, top, right, bottom) in zip(tables, areas, strict=True):
            headings = [column.get("name", "") for column in table.iter(f"{MAIN}tableColumn")]
            name = table.get("displayName", "")
            if len({one.lower() for one in headings}) != right - left + 1 or bottom == top:
                yield f"table {name} of {headings}"
            if (name.lower(), None) in self.names or not NAME.fullmatch(name):
                yield f"table named {name}"
            yield from (f"merged in table {name}" for one in merged if _meet(one, (left, top, right, bottom)))
            shown = [self.text(cells.get(f"{get_column_letter(at)}{top}")) for at in range(left, right + 1)]
            if shown != [heading.replace("_x000a_", "\n") for heading in headings]:
                yield f"table {name} says {headings}, its cells {shown}"

    def leads_somewhere(self, where: str) -> bool:
        named = NAMED.match(where)
        return _unquoted(named) in self.sheets if named else (where.lower(), None) in self.names

    def text(self, cell: Element | None) -> str:
        if cell is None:
            return ""
        value = "".join(cell.itertext())
        return self.texts[int(value)] if cell.get("t") == "s" else value


def _of_formula(formula: str) -> Iterator[str]:
    deep = deepest = 0
    if _length(formula) > LONGEST_FORMULA or formula.startswith("="):
        yield "no formula"
    for token in Tokenizer(f"={formula}").items:
        if token.type == Token.FUNC:
            deep += 1 if token.subtype == Token.OPEN else -1
            deepest = max(deep, deepest)
        if token.subtype == Token.TEXT and _length(token.value) > LONGEST_TEXT + 2:
            yield "text too long in formula"
    if deepest > DEEPEST:
        yield "formula too deep"


def _length(text: str) -> int:
    """Return the length as Excel counts it, in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unquoted(named: re.Match[str]) -> str:
    return (named[1] or named[2]).replace("''", "'")


def _meet(one: Corners, other: Corners) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _across(areas: Iterable[Corners]) -> Iterator[tuple[Corners, Corners]]:
    """Yield the areas that lie across one another."""
    before: list[Corners] = []
    for area in areas:
        yield from ((one, area) for one in before if _meet(one, area))
        before.append(area)
