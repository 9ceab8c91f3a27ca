"""A branch's settings workbook (DOMAIN §2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportkit import words
from reportkit.settings_forms import SETTINGS_FORMS
from reportkit.text import Language
from reportkit.workbooks.lists import add_lists
from reportkit.workbooks.pages import Sheet, StartPage, add_start_page
from reportkit.workbooks.sheets import Rows, add_form_sheet
from reportkit.workbooks.style import ACCENT, AMBER, NAVY, new_workbook

_FROZEN: Final = {"roster": 2, "indicators": 2, "targets": 1}
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
    for code, form in SETTINGS_FORMS.items():
        sheet = add_form_sheet(
            styles, form, rows.get(code, ()), frozen=_FROZEN.get(code, 0), pages_wide=2 if code == "indicators" else 1
        )
        sheet.set_tab_color(AMBER if code in _MAIN else ACCENT)
    add_lists(styles, SETTINGS_FORMS.values())
    book.close()
