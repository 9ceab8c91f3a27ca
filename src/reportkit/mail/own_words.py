"""The words the program itself and the settings put into reports and messages: no row of a log owns them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from reportkit import customers, definitions, ics, indicators, mail, summary, workbooks
from reportkit.customers.segments import Band
from reportkit.definitions.columns import Choices
from reportkit.definitions.forms import FORMS
from reportkit.definitions.settings_forms import SETTINGS_FORMS
from reportkit.definitions.text import Text
from reportkit.settings.branch_settings import Settings

WORDS_IN: Final = (customers, definitions, ics, indicators, mail, summary, workbooks)


def labels(settings: Settings) -> frozenset[str]:
    """Return the words the program itself writes, and those of the settings: no row owns them."""
    found = set(own_words())
    for form in (*FORMS.values(), *SETTINGS_FORMS.values()):
        found |= {form.code, *form.label.all()}
        for column in form.columns:
            found |= set(column.names)
    for indicator in settings.indicators:
        found |= {indicator.code, *indicator.label.all()}
    for rule in (*settings.tiers, *settings.segments):
        found |= {rule.code, *rule.name.all()}
    found |= {level.name for level in settings.levels}
    found |= {settings.branch.name, settings.branch.code}
    for row in settings.roster:
        found |= {row.advisor_id, row.name, row.team or "", row.level}
    return frozenset(found)


@cache
def own_words() -> frozenset[str]:
    """Return every text that stands in a module whose words reports and messages show."""
    modules = (
        import_module(found.name)
        for package in WORDS_IN
        for found in iter_modules(package.__path__, f"{package.__name__}.")
        if not found.name.endswith("__main__")
    )
    return frozenset(text for module in modules for value in vars(module).values() for text in _spelled(value))


def _spelled(value: object) -> Iterator[str]:
    """Yield the texts in a value, however deep."""
    if isinstance(value, Text):
        yield from value.all()
    elif isinstance(value, Choices):
        yield from value.codes
        yield from _spelled(tuple(value.labels.values()))
    elif isinstance(value, Band):
        yield from value.name.all()
    elif isinstance(value, dict):
        yield from _spelled(list(value.values()))
        yield from (key for key in value if isinstance(key, str))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _spelled(one)
