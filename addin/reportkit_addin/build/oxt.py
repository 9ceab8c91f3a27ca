"""The LibreOffice extension `reportkit.oxt`: a toolbar, a menu and the component behind their buttons."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from reportkit import __version__
from reportkit.definitions.text import LANGUAGES, Language, Text
from reportkit_addin.build import archive, icons
from reportkit_addin.buttons import BUTTONS, TAB, Button

FILE_NAME: Final = "reportkit.oxt"
IDENTIFIER: Final = "org.reportkit.buttons"
PROTOCOL: Final = f"{IDENTIFIER}:"
_COMPONENT: Final = "reportkit_buttons.py"
_REGISTRATION: Final = "reportkit.components"
_CALC: Final = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_REGISTRY: Final = (
    'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' oor:package="org.openoffice.Office{package}" oor:name="{name}"'
)
_OFFICE_LANGUAGE: Final[dict[Language, str]] = {"zh-CN": "zh-CN", "zh-TW": "zh-TW", "en": "en-US"}
_SMALL, _BIG = 16, 26  # pixels of the toolbar's icons
_DISPLAY_NAME: Final = Text("reportkit 客户服务", "reportkit 客戶服務", "reportkit service desk")


def build_oxt(out: Path) -> Path:
    """Write the extension to `out` (a folder, or the file's own path) and return where it is."""
    target = out / FILE_NAME if out.is_dir() else out
    return archive.replace(target, oxt_bytes())


def oxt_bytes() -> bytes:
    """Return the extension; it holds all three languages."""
    package = files("reportkit_addin")
    sources = package / "sources" / "oxt"
    copied = (_COMPONENT, _REGISTRATION, "ProtocolHandler.xcu")
    parts = {
        "META-INF/manifest.xml": _manifest(),
        "description.xml": _description(),
        "Addons.xcu": _addons(),
        "CalcWindowState.xcu": _window_state(),
        **{name: (sources / name).read_text("utf-8") for name in copied},
        "pythonpath/reportkit_interpreter.py": (package / "interpreter.py").read_text("utf-8"),
    }
    return archive.pack(
        {name: text.encode() for name, text in parts.items()}
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
        "ProtocolHandler.xcu": "application/vnd.sun.star.configuration-data",
        "Addons.xcu": "application/vnd.sun.star.configuration-data",
        "CalcWindowState.xcu": "application/vnd.sun.star.configuration-data",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="{kind}"/>'
        for part, kind in kinds.items()
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{entries}</manifest:manifest>'
    )


def _description() -> str:
    """Return the extension's identity, name and the office it needs."""
    names = "".join(
        f'<name lang="{_OFFICE_LANGUAGE[language]}">{escape(_DISPLAY_NAME.to(language))}</name>'
        for language in LANGUAGES
    )
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">'
        f'<identifier value="{IDENTIFIER}"/><version value="{__version__}"/>'
        f"<display-name>{names}</display-name>"
        '<dependencies><l:LibreOffice-minimal-version value="7.0" name="LibreOffice 7.0"/></dependencies>'
        "</description>"
    )


def _addons() -> str:
    """Return the menu, the toolbar and their icons."""
    menu = "".join(_node(f"m{place:02d}", _item(button)) for place, button in enumerate(_with_separators()))
    bar = "".join(_node(f"b{place:02d}", _item(button)) for place, button in enumerate(_with_separators()))
    top = (
        _property("Title", _words(TAB)) + _property("Target", "<value>_self</value>") + _node("Submenu", menu, op=False)
    )
    images = "".join(
        _node(
            f"{IDENTIFIER}.{button.tag}",
            _property("URL", f"<value>{PROTOCOL}{button.tag}</value>")
            + _node(
                "UserDefinedImages",
                _image("ImageSmallURL", button, _SMALL) + _image("ImageBigURL", button, _BIG),
                op=False,
            ),
        )
        for button in BUTTONS
    )
    ui = (
        _node("OfficeMenuBar", _node(IDENTIFIER, top), op=False)
        + _node("OfficeToolBar", _node(IDENTIFIER, bar), op=False)
        + _node("Images", images, op=False)
    )
    return _component(_REGISTRY.format(package="", name="Addons"), _node("AddonUI", ui, op=False))


def _window_state() -> str:
    """Return the toolbar's title and that it is shown in Calc."""
    bar = _node(
        f"private:resource/toolbar/addon_{IDENTIFIER}",
        _property("UIName", _words(TAB))
        + _property("Visible", "<value>true</value>", "xs:boolean")
        + _property("Docked", "<value>true</value>", "xs:boolean")
        + _property("DockingArea", "<value>0</value>", "xs:int")  # at the top
        + _property("DockPos", "<value>0,3</value>")  # in a row of its own, under the office's bars
        + _property("Style", "<value>2</value>", "xs:int"),  # icon and words
    )
    return _component(
        _REGISTRY.format(package=".UI", name="CalcWindowState"),
        _node("UIElements", _node("States", bar, op=False), op=False),
    )


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
        return _property("URL", "<value>private:separator</value>")
    return (
        _property("URL", f"<value>{PROTOCOL}{button.tag}</value>")
        + _property("Title", _words(button.label))
        + _property("Target", "<value>_self</value>")
        + _property("Context", f"<value>{_CALC}</value>")
    )


def _image(name: str, button: Button, size: int) -> str:
    return _property(name, f"<value>%origin%/icons/{button.tag}_{size}.png</value>")


def _words(text: Text) -> str:
    """Return a text's value in each language."""
    return "".join(
        f'<value xml:lang="{_OFFICE_LANGUAGE[language]}">{escape(text.to(language))}</value>' for language in LANGUAGES
    )


def _property(name: str, value: str, kind: str = "xs:string") -> str:
    return f'<prop oor:name="{name}" oor:type="{kind}">{value}</prop>'


def _node(name: str, inner: str, *, op: bool = True) -> str:
    """Return a configuration node; `op` for those we add, not for those the office has."""
    how = ' oor:op="replace"' if op else ""
    return f"<node oor:name={quoteattr(name)}{how}>{inner}</node>"


def _component(registry: str, inner: str) -> str:
    return f"{_HEAD}<oor:component-data {registry}>{inner}</oor:component-data>\n"
