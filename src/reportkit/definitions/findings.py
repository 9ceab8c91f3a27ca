"""Findings: what is wrong with what was entered, as values beside the good data (DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reportkit.definitions.columns import Column
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.severity import SEVERITIES, Severity
from reportkit.definitions.text import Language, Text, joined

DID_YOU_MEAN: Final = Text("是不是“{name}”？", "是不是「{name}」？", "Did you mean “{name}”? ")
THERE_ARE: Final = Text("现有：{names}。", "現有：{names}。", "There are: {names}. ")
READ_AT_A_GLANCE: Final = 12  # names


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: workbook, sheet as it is named there, Excel's own row number, column, cell like `D17`."""

    file: str = ""
    sheet: str | None = None
    row: int | None = None
    column: Column | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place. It never changes or drops what was entered.

    `value` is the cell as entered; `words` fill the places of the sentence.
    """

    code: str
    severity: Severity
    place: Place = Place()
    value: str | None = None
    words: Mapping[str, str | Text] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Return the sentence that says what happened and what to do."""
        words: dict[str, object] = {
            "sheet": self.place.sheet,
            "column": self.place.column.label if self.place.column else "",
            "value": self.value,
            "suggestion": "",
            **self.words,
        }
        return KINDS[self.code].message.fill(language, **words)

    def as_json(self, language: Language) -> dict[str, object]:
        """Return the finding as `check --json` prints it."""
        place = self.place
        return {
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column.label.to(language) if place.column else None,
            "cell": place.cell,
            "code": self.code,
            "severity": self.severity,
            "value": self.value,
            "message": self.message(language),
        }


def finding(
    code: str,
    place: Place = Place(),
    *,
    value: object = None,
    severity: Severity | None = None,
    **words: str | Text,
) -> Finding:
    """Make a finding of a known kind; `words` fill its sentence."""
    return Finding(code, severity or KINDS[code].severity, place, as_entered(value), words)


def as_entered(value: object) -> str | None:
    """Return a cell's value as a person would read it there: 9, not 9.0."""
    if value is None:
        return None
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def did_you_mean(name: str | Text | None) -> Text:
    """Return the half sentence that offers a near miss, or nothing."""
    return Text.same("") if name is None else DID_YOU_MEAN.filled(name=name)


def there_are(names: Iterable[str | Text]) -> Text:
    """Return the half sentence that lists the names there are, each once; nothing of more than are read at a glance."""
    listed = dict.fromkeys(one if isinstance(one, Text) else Text.same(one) for one in names)
    return THERE_ARE.filled(names=joined(listed, ", ")) if 0 < len(listed) <= READ_AT_A_GLANCE else Text.same("")


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among findings, or None where there are none."""
    present = {found.severity for found in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)


def how_many(findings: Iterable[Finding], severity: Severity) -> int:
    """Return how many findings are of a severity."""
    return sum(found.severity == severity for found in findings)
