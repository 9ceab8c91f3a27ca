"""A branch's settings workbook (DOMAIN §2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from reportkit.definitions import words
from reportkit.definitions.derived import countable, divisors, in_portfolio
from reportkit.definitions.settings_forms import (
    BRANCH,
    INDICATORS,
    LEVELS,
    ROSTER,
    SEGMENTS,
    SETTINGS_FORMS,
    TARGETS,
    TIERS,
)
from reportkit.definitions.text import Language, Text
from reportkit.settings.conditions import describe_all, label_of, parse
from reportkit.workbooks.links import quoted
from reportkit.workbooks.lists import add_lists, define_used
from reportkit.workbooks.pages import Sheet, StartPage, add_start_page
from reportkit.workbooks.sheets import Cell, Rows, add_form_sheet
from reportkit.workbooks.style import ACCENT, AMBER, NAVY, new_workbook

_FROZEN: Final = {"roster": 2, "indicators": 2, "targets": 1}
_LABEL: Final[dict[Language, str]] = {"zh-CN": "label", "zh-TW": "label_tw", "en": "label_en"}
_LEVEL_NAMES, _INDICATOR_LABELS = "level_names", "indicator_labels"
_SOURCES: Final = {"roster": {"level": _LEVEL_NAMES}, "targets": {"indicator": _INDICATOR_LABELS}}
_CONDITIONS: Final = {INDICATORS.code: ("where", "part"), TIERS.code: ("where",), SEGMENTS.code: ("where",)}
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
    name = f"INDEX({quoted(BRANCH.label.to(language))}!$A:$A,2)"
    follows = {words.BRANCH: f'=IF({name}="","{blank}",{name})'}
    start = add_start_page(styles, StartPage(words.SETTINGS_TITLE, facts, words.SETTINGS_STEPS, sheets, follows))
    start.set_tab_color(NAVY)
    tiers = _tiers(rows)
    shown = {code: [_in_words(code, row, tiers, language) for row in of_sheet] for code, of_sheet in rows.items()}
    shown |= {TARGETS.code: _with_labels(rows, language), ROSTER.code: _with_levels(rows)}
    for code, form in SETTINGS_FORMS.items():
        sheet = add_form_sheet(
            styles,
            form,
            shown.get(code, ()),
            frozen=_FROZEN.get(code, 0),
            pages_wide=2 if code == INDICATORS.code else 1,
            sources=_SOURCES.get(code),
            fitted=True,
            shares=_shares(rows) if code == TARGETS.code else (),
        )
        sheet.set_tab_color(AMBER if code in _MAIN else ACCENT)
    define_used(styles, LEVELS, "name", _LEVEL_NAMES)
    define_used(styles, INDICATORS, _LABEL[language], _INDICATOR_LABELS)
    add_lists(styles, SETTINGS_FORMS.values())
    book.close()


def _tiers(rows: Mapping[str, Rows]) -> dict[str, Text]:
    """Return the tiers a segment's rule may ask for, code → name."""
    return {
        str(row["code"]): Text(*(str(row.get(name) or row.get("name")) for name in ("name", "name_tw", "name_en")))
        for row in reversed(rows.get(TIERS.code, ()))
    }


def _in_words(
    sheet: str, row: Mapping[str, object], tiers: Mapping[str, Text], language: Language
) -> dict[str, object]:
    """Return a row with its conditions and the columns it names in the workbook's language: people edit them."""
    if sheet not in _CONDITIONS:
        return dict(row)
    columns = countable(str(row["form"])) if sheet == INDICATORS.code else in_portfolio(tiers)
    shown = dict(row)
    for field in _CONDITIONS[sheet]:
        written = row.get(field)
        if written is not None:
            conditions = parse(str(written), columns)
            said = describe_all(conditions, columns).to(language)
            shown[field] = said if parse(said, columns) == conditions else written
    for field in ("on", "column") if sheet == INDICATORS.code else ():
        named = str(row.get(field))
        shown[field] = label_of(named, columns).to(language) if named in columns else row.get(field)
    if row.get("per"):
        form, _, column = str(row["per"]).partition(".")
        divisor = divisors().get((form, column))
        shown["per"] = divisor.to(language) if divisor is not None else row["per"]
    return shown


def _with_labels(rows: Mapping[str, Rows], language: Language) -> list[dict[str, object]]:
    """Return the targets with labels and names for codes: the sheet is read by people."""
    labels = {row["code"]: row.get(_LABEL[language]) or row["code"] for row in rows.get(INDICATORS.code, ())}
    targets = rows.get(TARGETS.code, ())
    levels = _level_names(rows)
    whom = [
        levels.get(row.get("who"), row.get("who")) if row["scope"] == "level" else row.get("who") for row in targets
    ]
    return [
        {**row, "indicator": labels.get(row["indicator"], row["indicator"]), "who": who}
        for row, who in zip(targets, whom, strict=True)
    ]


def _shares(rows: Mapping[str, Rows]) -> list[Cell]:
    """Return the targets that are shares: 90 %, and not 0.9, is what people read and type."""
    percent = {row["code"] for row in rows.get(INDICATORS.code, ()) if row.get("unit") == "percent"}
    return [
        (number, code)
        for number, row in enumerate(rows.get(TARGETS.code, ()))
        if row["indicator"] in percent
        for code in ("target", "stretch")
    ]


def _with_levels(rows: Mapping[str, Rows]) -> list[dict[str, object]]:
    """Return the roster with the names of its levels."""
    levels = _level_names(rows)
    return [{**row, "level": levels.get(row["level"], row["level"])} for row in rows.get(ROSTER.code, ())]


def _level_names(rows: Mapping[str, Rows]) -> dict[object, object]:
    return {row["code"]: row["name"] for row in rows.get(LEVELS.code, ())}
