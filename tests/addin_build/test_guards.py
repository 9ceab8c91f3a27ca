"""What only Excel can show is guarded as far as it can be without one."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDIN = ROOT / "addin" / "reportkit_addin"
CHECKLIST = ROOT / "docs" / "excel-checklist.md"
EXCEL = ("_xlwindows.py", "_xlmac.py")
OBJECTS = ("App", "Books", "Book", "Sheets", "Sheet", "Range", "Font", "Borders", "Names", "Name")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def defined_in(path: Path) -> set[str]:
    """Return the names a source file defines, methods and constants too."""
    if path.suffix == ".bas":
        return set(re.findall(r"^(?:Public|Private) (?:Sub|Function) (\w+)", path.read_text("ascii"), re.MULTILINE))
    nodes = list(ast.walk(parsed(path)))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    constants = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return functions | constants


def test_every_step_of_the_checklist_names_code_that_exists() -> None:
    named = re.findall(r"`([\w/]+\.(?:py|bas))::(\w+)`", CHECKLIST.read_text("utf-8"))
    assert len(named) > 30
    missing = [
        f"{file}::{name}"
        for file, name in named
        if name not in defined_in((ROOT if file.startswith("src/") else ADDIN) / file)
    ]
    assert missing == []


def test_every_step_of_the_checklist_guards_something() -> None:
    rows = [line for line in CHECKLIST.read_text("utf-8").splitlines() if line.startswith("| ")]
    steps = [row for row in rows if not row.startswith("| step |")]
    assert [row for row in steps if row.count("|") != 4 or "::" not in row] == []


def members(module: Path) -> dict[str, set[str]]:
    """Return class → its methods, properties and attributes, inherited from classes of the same module too."""
    classes = {node.name: node for node in parsed(module).body if isinstance(node, ast.ClassDef)}

    def of(node: ast.ClassDef) -> set[str]:
        own = {one.name for one in ast.walk(node) if isinstance(one, ast.FunctionDef)}
        own |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)}
        own |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        bases = (base.id for base in node.bases if isinstance(base, ast.Name) and base.id in classes)
        return own.union(*(of(classes[base]) for base in bases))

    return {name: of(node) for name, node in classes.items()}


def is_native(node: ast.Attribute) -> bool:
    """Return whether something is asked of the application itself: `app.api.active_window.freeze_panes`."""
    return any(isinstance(part, ast.Attribute) and part.attr == "api" for part in ast.walk(node.value))


@pytest.mark.parametrize("engine", EXCEL)
def test_what_the_addin_asks_of_xlwings_is_there_for_excel(engine: str) -> None:
    # An engine leaves out what its application lacks; LibreOffice's has some that Excel's have not, as frozen panes.
    spec = find_spec("xlwings")
    assert spec and spec.origin
    xlwings = Path(spec.origin).parent
    offered = members(xlwings / engine)
    interface = {
        node.name: {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        for node in parsed(xlwings / "base_classes.py").body
        if isinstance(node, ast.ClassDef)
    }
    asked = {
        node.attr
        for path in ADDIN.glob("*.py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and not is_native(node)
    }  # fmt: skip
    for name in OBJECTS:
        wanted = {member for member in asked & interface[name] if not member.startswith("_")}
        assert wanted <= offered[name], name
