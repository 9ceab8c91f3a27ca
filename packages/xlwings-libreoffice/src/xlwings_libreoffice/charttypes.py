"""Excel's chart types as LibreOffice's diagrams with their properties."""

from __future__ import annotations

from typing import Any

from .errors import CalcError

PREFIX = "com.sun.star.chart."
SYMBOLS_AUTO, SYMBOLS_NONE = -2, -3  # com.sun.star.chart.ChartSymbolType
FLAGS = ("Dim3D", "Vertical", "Stacked", "Percent", "Deep")


def _bars(vertical: bool) -> dict[str, tuple[str, dict[str, Any]]]:
    word = "bar" if vertical else "column"
    kinds: dict[str, tuple[str, dict[str, Any]]] = {}
    for prefix, flat in (("", False), ("3d_", True)):
        for suffix, flags in (
            ("clustered", {}),
            ("stacked", {"Stacked": True}),
            ("stacked_100", {"Percent": True}),
        ):
            settings: dict[str, Any] = {**flags, "Dim3D": flat, "Vertical": vertical}
            kinds[f"{prefix}{word}_{suffix}"] = ("BarDiagram", settings)
    return kinds


TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    **_bars(False),
    **_bars(True),
    "3d_column": ("BarDiagram", {"Dim3D": True, "Deep": True}),
    "line": ("LineDiagram", {"SymbolType": SYMBOLS_NONE}),
    "line_stacked": ("LineDiagram", {"SymbolType": SYMBOLS_NONE, "Stacked": True}),
    "line_stacked_100": ("LineDiagram", {"SymbolType": SYMBOLS_NONE, "Percent": True}),
    "line_markers": ("LineDiagram", {"SymbolType": SYMBOLS_AUTO}),
    "line_markers_stacked": ("LineDiagram", {"SymbolType": SYMBOLS_AUTO, "Stacked": True}),
    "line_markers_stacked_100": ("LineDiagram", {"SymbolType": SYMBOLS_AUTO, "Percent": True}),
    "3d_line": ("LineDiagram", {"Dim3D": True, "Deep": True}),
    "area": ("AreaDiagram", {}),
    "area_stacked": ("AreaDiagram", {"Stacked": True}),
    "area_stacked_100": ("AreaDiagram", {"Percent": True}),
    "3d_area": ("AreaDiagram", {"Dim3D": True, "Deep": True}),
    "3d_area_stacked": ("AreaDiagram", {"Dim3D": True, "Stacked": True}),
    "3d_area_stacked_100": ("AreaDiagram", {"Dim3D": True, "Percent": True}),
    "pie": ("PieDiagram", {}),
    "3d_pie": ("PieDiagram", {"Dim3D": True}),
    "doughnut": ("DonutDiagram", {}),
    "radar": ("NetDiagram", {"SymbolType": SYMBOLS_NONE}),
    "radar_markers": ("NetDiagram", {"SymbolType": SYMBOLS_AUTO}),
    "radar_filled": ("FilledNetDiagram", {}),
    "bubble": ("BubbleDiagram", {}),
    "stock_hlc": ("StockDiagram", {}),
    "xy_scatter": ("XYDiagram", {"SymbolType": SYMBOLS_AUTO, "Lines": False}),
    "xy_scatter_lines": ("XYDiagram", {"SymbolType": SYMBOLS_AUTO, "Lines": True}),
    "xy_scatter_lines_no_markers": ("XYDiagram", {"SymbolType": SYMBOLS_NONE, "Lines": True}),
    "xy_scatter_smooth": ("XYDiagram", {"SymbolType": SYMBOLS_AUTO, "Lines": True, "SplineType": 1}),
    "xy_scatter_smooth_no_markers": ("XYDiagram", {"SymbolType": SYMBOLS_NONE, "Lines": True, "SplineType": 1}),
}


def apply_type(document: Any, name: str) -> None:
    """Turn a chart into another kind."""
    if name not in TYPES:
        raise NotImplementedError(f"LibreOffice has no chart of the type {name!r}.")
    service, settings = TYPES[name]
    document.setDiagram(document.createInstance(PREFIX + service))
    diagram = document.getDiagram()
    for flag, value in {**dict.fromkeys(FLAGS, False), **settings}.items():
        if flag in settings or diagram.offers(flag):
            setattr(diagram, flag, value)


def read_type(document: Any) -> str:
    """Excel's word for a chart's kind; the first that fits."""
    diagram = document.getDiagram()
    service = diagram.getDiagramType().removeprefix(PREFIX)
    best, most = "combination", -1
    for name, (wanted, settings) in TYPES.items():
        if wanted == service:
            matched = [_matches(diagram, flag, settings.get(flag, False)) for flag in (*FLAGS, *settings)]
            if all(matched) and len(settings) > most:
                best, most = name, len(settings)
    return best


def _matches(diagram: Any, flag: str, value: Any) -> bool:
    if not diagram.offers(flag):
        return not value
    if flag == "Lines":
        return _has_lines(diagram) == bool(value)
    found = getattr(diagram, flag)
    if flag == "SymbolType":
        return bool((found == SYMBOLS_NONE) == (value == SYMBOLS_NONE))
    return bool(found == value)


def _has_lines(diagram: Any) -> bool:
    """Whether points are joined: LibreOffice says so of the diagram whether they are or not."""
    try:
        first = diagram.getDataRowProperties(0)
    except CalcError:  # without data there are no points
        return True
    return bool(first.LineStyle.value != "NONE")
