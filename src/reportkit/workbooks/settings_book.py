"""A branch's settings workbook (DOMAIN §2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportkit.definitions import words
from reportkit.definitions.settings_forms import INDICATORS, LEVELS, SETTINGS_FORMS, TARGETS
from reportkit.definitions.text import Language
from reportkit.workbooks.lists import add_lists, define_used
from reportkit.workbooks.pages import Sheet, StartPage, add_start_page
from reportkit.workbooks.sheets import Rows, add_form_sheet
from reportkit.workbooks.style import ACCENT, AMBER, NAVY, new_workbook

_FROZEN: Final = {"roster": 2, "indicators": 2, "targets": 1}
_LABEL: Final[dict[Language, str]] = {"zh-CN": "label", "zh-TW": "label_tw", "en": "label_en"}
_LEVEL_CODES, _INDICATOR_LABELS = "level_codes", "indicator_labels"
_SOURCES: Final = {"roster": {"level": _LEVEL_CODES}, "targets": {"indicator": _INDICATOR_LABELS}}
_MAIN: Final = ("branch", "roster", "indicators", "targets")


def write_settings(path: Path, rows: Mapping[str, Rows], *, language: Language) -> None:
    """Write a settings workbook. `rows` maps sheet code → rows of column code → value."""
    book, styles = new_workbook(path, language, words.SETTINGS_TITLE.to(language))
    sheets = [Sheet(form.label, words.ABOUT_SETTINGS[code]) for code, form in SETTINGS_FORMS.items()]
    about: Mapping[str, object] = next(iter(rows.get("branch", ())), {})
    blank = words.NOT_FILLED.to(language)
    facts = (
        (words.BRANCH, str(about.get("name") or blank)),
        (words.LANGUAGE, words.LANGUAGE_NAME.to(language)),
    )
    start = add_start_page(styles, StartPage(words.SETTINGS_TITLE, facts, words.SETTINGS_STEPS, sheets))
    start.set_tab_color(NAVY)
    shown = {**rows, TARGETS.code: _with_labels(rows, language)}
    for code, form in SETTINGS_FORMS.items():
        sheet = add_form_sheet(
            styles,
            form,
            shown.get(code, ()),
            frozen=_FROZEN.get(code, 0),
            pages_wide=2 if code == INDICATORS.code else 1,
            sources=_SOURCES.get(code),
        )
        sheet.set_tab_color(AMBER if code in _MAIN else ACCENT)
    define_used(styles, LEVELS, "code", _LEVEL_CODES)
    define_used(styles, INDICATORS, _LABEL[language], _INDICATOR_LABELS)
    add_lists(styles, SETTINGS_FORMS.values())
    book.close()


def _with_labels(rows: Mapping[str, Rows], language: Language) -> list[dict[str, object]]:
    """Return the targets with their indicators' labels for codes: the sheet is read by people."""
    labels = {row["code"]: row.get(_LABEL[language]) or row["code"] for row in rows.get(INDICATORS.code, ())}
    targets = rows.get(TARGETS.code, ())
    return [{**row, "indicator": labels.get(row["indicator"], row["indicator"])} for row in targets]
