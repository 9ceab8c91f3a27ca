"""Draw the picture of docs/architecture.md from the imports themselves; docs/generate.py writes it.

A box is a package or a module beside them; a line goes from what imports to what it stands on. Lines that others imply
are left out, so that what is left is the flow. What imports most stands at the bottom, as one reads it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1] / "src" / "reportkit"
Imports = Mapping[str, frozenset[str]]
BOX, HIGH, GAP, DOWN, MARGIN = 264, 46, 18, 26, 16
LONGEST: Final = 40  # characters of a box's second line
INK, QUIET, LINE, FILL = "#1F2D3D", "#556377", "#8DA2B8", "#F3F6F9"
FONT: Final = "system-ui, -apple-system, 'Segoe UI', sans-serif"


def imports() -> Imports:
    """Return each package or module of reportkit → those it imports, wherever in its files."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        own = path.relative_to(PACKAGE).with_suffix("").parts[0]
        if own == "__init__":
            continue
        modules = found.setdefault(own, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportkit."):
                modules.add(str(node.module).split(".")[1])
        modules.discard(own)
    return {name: frozenset(modules) for name, modules in found.items()}


def circles(known: Imports) -> set[str]:
    """Return the packages that stand, over others, on themselves."""
    return {name for name in known if name in _below(known, name)}


def needed(known: Imports) -> Imports:
    """Return the imports that no other one implies."""
    return {
        name: frozenset(one for one in own if not any(one in _below(known, other) for other in own - {one}))
        for name, own in known.items()
    }


def picture() -> str:
    """Return the picture as SVG: the same imports, the same bytes."""
    known = imports()
    lines = needed(known)
    rows = _rows(known)
    wide = max(len(row) for row in rows)
    width = 2 * MARGIN + wide * BOX + (wide - 1) * GAP
    place: dict[str, tuple[float, float]] = {}
    for at, row in enumerate(rows):
        left = (width - len(row) * BOX - (len(row) - 1) * GAP) / 2
        for column, name in enumerate(row):
            place[name] = (left + column * (BOX + GAP), MARGIN + at * (HIGH + DOWN))
    height = 2 * MARGIN + len(rows) * HIGH + (len(rows) - 1) * DOWN
    parts = [_line(place[one], place[name]) for name in place for one in sorted(lines[name])]
    parts += [_box(name, *at) for name, at in place.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" font-family="{FONT}">\n'
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _rows(known: Imports) -> list[list[str]]:
    """Return the packages by how many stand one below the other under them, each row by name."""

    @cache
    def depth(name: str) -> int:
        return max((depth(one) + 1 for one in known[name]), default=0)

    return [sorted(name for name in known if depth(name) == at) for at in range(max(map(depth, known)) + 1)]


def _below(known: Imports, name: str) -> set[str]:
    """Return all a package stands on."""
    found: set[str] = set()
    open_ = list(known[name])
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += known[one]
    return found


def _line(upper: tuple[float, float], lower: tuple[float, float]) -> str:
    x1, y1, x2, y2 = upper[0] + BOX / 2, upper[1] + HIGH, lower[0] + BOX / 2, lower[1]
    bend = (y1 + y2) / 2
    return f'<path d="M{x2:g} {y2:g}C{x2:g} {bend:g} {x1:g} {bend:g} {x1:g} {y1:g}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'


def _box(name: str, left: float, top: float) -> str:
    path = PACKAGE / name / "__init__.py"
    path = path if path.is_file() else PACKAGE / f"{name}.py"
    about = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]
    first, _, more = about.rstrip(".").partition(": ")
    words = more if more and first.lower() == name else first.partition("; ")[0].replace("`", "")
    shown = words.partition(". ")[0].partition(" (DOMAIN")[0]
    shown = shown if len(shown) <= LONGEST else shown[:LONGEST].rsplit(" ", 1)[0] + " …"
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{BOX}" height="{HIGH}" rx="5" fill="{FILL}" stroke="{LINE}"/>'
        f'<text x="{left + 12:g}" y="{top + 19:g}" font-size="14" font-weight="600" fill="{INK}">{escape(name)}</text>'
        f'<text x="{left + 12:g}" y="{top + 36:g}" font-size="11" fill="{QUIET}">{escape(shown)}</text>'
    )
