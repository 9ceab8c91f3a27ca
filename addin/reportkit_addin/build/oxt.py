"""The LibreOffice extension `reportkit.oxt`: a toolbar, a menu, the functions, and the components behind them."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from reportkit import __version__
from reportkit.branch.atomic import write_bytes
from reportkit.definitions.text import LANGUAGES, Text
from reportkit_addin.build import archive, functions_calc, icons
from reportkit_addin.build.registry import HEAD, OFFICE_LANGUAGE, component, node, prop, words
from reportkit_addin.buttons import BUTTONS, TAB, Button

FILE_NAME: Final = "reportkit.oxt"
IDENTIFIER: Final = "org.reportkit.buttons"
PROTOCOL: Final = f"{IDENTIFIER}:"
VERSION_IN_DESCRIPTION: Final = re.compile(r'<version value="([^"]*)"')
_REGISTRATION: Final = "reportkit.components"
_COPIED: Final = (_REGISTRATION, "reportkit_buttons.py", "reportkit_functions.py", "ProtocolHandler.xcu")
_SHARED: Final = "pythonpath/reportkit_shared.py"  # what both components use
_CALC: Final = "com.sun.star.sheet.SpreadsheetDocument"
_SMALL, _BIG = 16, 26  # pixels of the toolbar's icons
_DISPLAY_NAME: Final = Text("reportkit 客户服务", "reportkit 客戶服務", "reportkit service desk")


def build_oxt(out: Path) -> Path:
    """Write the extension to `out` (a folder, or the file's own path) and return where it is."""
    target = out / FILE_NAME if out.is_dir() else out
    write_bytes(target, oxt_bytes())
    return target


def oxt_bytes() -> bytes:
    """Return the extension; it holds all three languages."""
    package = files("reportkit_addin")
    sources = package / "sources" / "oxt"
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "Addons.xcu": _addons(),
        "CalcWindowState.xcu": _window_state(),
        functions_calc.CONFIGURATION: functions_calc.names_and_words(),
        **{name: (sources / name).read_text("utf-8") for name in (*_COPIED, _SHARED)},
        "pythonpath/reportkit_interpreter.py": (package / "interpreter.py").read_text("utf-8"),
    }
    return archive.pack(
        {name: text.encode() for name, text in parts.items()}
        | {functions_calc.LIBRARY: (sources / functions_calc.LIBRARY).read_bytes()}
        | {
            f"icons/{button.tag}_{size}.png": icons.png(button.tag, size)
            for button in BUTTONS
            for size in (_SMALL, _BIG)
        }
    )


def _manifest() -> str:
    """Return the list of the parts the office must register."""
    kinds = {
        # Declared in a list: `type=Python` would have to load the component to learn what it offers.
        _REGISTRATION: "application/vnd.sun.star.uno-components",
        functions_calc.LIBRARY: "application/vnd.sun.star.uno-typelibrary;type=RDB",
        **dict.fromkeys(
            ("ProtocolHandler.xcu", "Addons.xcu", "CalcWindowState.xcu", functions_calc.CONFIGURATION),
            "application/vnd.sun.star.configuration-data",
        ),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{kind}"/>'
        for part, kind in kinds.items()
    )
    return (
        f'{HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{entries}</manifest:manifest>'
    )


def _description() -> str:
    """Return the extension's identity, name and the office it needs."""
    names = "".join(
        f'<name lang="{OFFICE_LANGUAGE[language]}">{escape(_DISPLAY_NAME.to(language))}</name>'
        for language in LANGUAGES
    )
    return (
        f'{HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">'
        f'<identifier value="{IDENTIFIER}"/><version value="{__version__}"/>'
        f"<display-name>{names}</display-name>"
        '<dependencies><l:LibreOffice-minimal-version value="7.0" name="LibreOffice 7.0"/></dependencies>'
        "</description>"
    )


def _addons() -> str:
    """Return the menu, the toolbar and their icons."""
    menu = "".join(node(f"m{place:02d}", _item(button)) for place, button in enumerate(_with_separators()))
    bar = "".join(node(f"b{place:02d}", _item(button)) for place, button in enumerate(_with_separators()))
    top = prop("Title", words(TAB)) + prop("Target", "<value>_self</value>") + node("Submenu", menu, op=False)
    images = "".join(
        node(
            f"{IDENTIFIER}.{button.tag}",
            prop("URL", f"<value>{PROTOCOL}{button.tag}</value>")
            + node(
                "UserDefinedImages",
                _image("ImageSmallURL", button, _SMALL) + _image("ImageBigURL", button, _BIG),
                op=False,
            ),
        )
        for button in BUTTONS
    )
    ui = (
        node("OfficeMenuBar", node(IDENTIFIER, top), op=False)
        + node("OfficeToolBar", node(IDENTIFIER, bar), op=False)
        + node("Images", images, op=False)
    )
    return component("Addons", node("AddonUI", ui, op=False))


def _window_state() -> str:
    """Return the toolbar's title and that it is shown in Calc."""
    bar = node(
        f"private:resource/toolbar/addon_{IDENTIFIER}",
        prop("UIName", words(TAB))
        + prop("Visible", "<value>true</value>", "xs:boolean")
        + prop("Docked", "<value>true</value>", "xs:boolean")
        + prop("DockingArea", "<value>0</value>", "xs:int")  # at the top
        + prop("DockPos", "<value>0,3</value>")  # in a row of its own, under the office's bars
        + prop("Style", "<value>2</value>", "xs:int"),  # icon and words
    )
    return component("CalcWindowState", node("UIElements", node("States", bar, op=False), op=False), ".UI")


def _with_separators() -> list[Button | None]:
    """Return the buttons in their order, None between two groups."""
    items: list[Button | None] = []
    for button in BUTTONS:
        if items and items[-1] and items[-1].group != button.group:
            items.append(None)
        items.append(button)
    return items


def _item(button: Button | None) -> str:
    """Return the properties of a menu or toolbar item; None is a separator."""
    if button is None:
        return prop("URL", "<value>private:separator</value>")
    return (
        prop("URL", f"<value>{PROTOCOL}{button.tag}</value>")
        + prop("Title", words(button.label))
        + prop("Target", "<value>_self</value>")
        + prop("Context", f"<value>{_CALC}</value>")
    )


def _image(name: str, button: Button, size: int) -> str:
    return prop(name, f"<value>%origin%/icons/{button.tag}_{size}.png</value>")
