"""The Excel ribbon, as XML made from the list of buttons."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from reportkit.definitions.text import Language
from reportkit_addin.build import icons
from reportkit_addin.buttons import BUTTONS, GROUPS, TAB, Button

MODULE: Final = "RibbonReportkit"  # the VBA module whose `Press` every button calls
_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LARGE: Final = 32  # pixels of a large button's icon


def ribbon_xml(language: Language) -> str:
    """Return the `customUI14` part in one language.

    The labels stand in the XML, not in a callback: the ribbon is readable where macros are blocked.
    """
    groups = "".join(
        f"<group id={quoteattr(f'reportkit_{group}')} label={quoteattr(label.to(language))}>"
        + "".join(_button_xml(button, language) for button in BUTTONS if button.group == group)
        + "</group>"
        for group, label in GROUPS.items()
    )
    return (
        f"{_HEAD}<customUI xmlns={quoteattr(_NAMESPACE)}><ribbon><tabs>"
        f'<tab id="reportkit_tab" label={quoteattr(TAB.to(language))}>{groups}</tab></tabs></ribbon></customUI>'
    )


def _button_xml(button: Button, language: Language) -> str:
    attributes = {
        "id": f"reportkit_button_{button.tag}",
        "tag": button.tag,
        "label": button.label.to(language),
        "screentip": button.tip.to(language),
        "supertip": button.help.to(language),
        "image": button.tag,
        "size": "large",
        "onAction": f"{MODULE}.Press",
    }
    return "<button " + " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items()) + "/>"


def ribbon_parts(language: Language) -> dict[str, bytes]:
    """Return the ribbon's parts of the workbook package: the XML, its relationships, the icons."""
    images = "".join(
        f'<Relationship Id="{button.tag}" Type="{_IMAGE}" Target="images/{button.tag}.png"/>' for button in BUTTONS
    )
    relationships = f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{images}</Relationships>'
    return {
        "customUI/customUI14.xml": ribbon_xml(language).encode(),
        "customUI/_rels/customUI14.xml.rels": relationships.encode(),
        **{f"customUI/images/{button.tag}.png": icons.png(button.tag, _LARGE) for button in BUTTONS},
    }
