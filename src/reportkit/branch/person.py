"""A person in texts: told from figures, days and words that are written alike, and replaced by a pseudonym."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from reportkit.definitions.forms import CUSTOMERS, FORMS
from reportkit.definitions.privacy import MASK, SURE, bounded, is_sure, is_told_in_sentences, masked

CUSTOMER: Final = "customer_id"
REFERRER: Final = "referred_by"
WHO: Final = frozenset({CUSTOMER, REFERRER})  # where ids of customers stand
INDENTED: Final = " \u3000└"  # what stands before an id in a tree
CALLED: Final = tuple(one for code in sorted(WHO) for one in CUSTOMERS.column[code].label.all())
_SHEETS: Final = tuple(label for form in FORMS.values() for label in form.label.all())
_NUMBER: Final = re.compile(r"\+?[\d\s()\u2010-\u2015-]+")


@dataclass(frozen=True)
class Person:
    """Who is to be forgotten, and by what they can be told.

    `reach` are numbers and addresses as typed, `texts` what was written in their rows and in nobody else's.
    `shared` are those of their names that others bear too, `others` longer names that hold one of theirs.
    `hidden` is their id as masked workbooks show it, where it is nobody else's. `vague` are those of all these that
    may be something else where they stand alone: a row's number, a day, a choice.
    """

    customer_id: str
    alias: str
    names: frozenset[str] = frozenset()
    reach: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()

    def with_more(self, other: Person) -> Person:
        """Return the person told by what two runs know."""
        return replace(
            self,
            names=self.names | other.names,
            reach=self.reach | other.reach,
            texts=self.texts | other.texts,
            shared=self.shared | other.shared,
            others=self.others | other.others,
            hidden=self.hidden | other.hidden,
            vague=self.vague | other.vague,
        )

    # --- Texts ---

    def text(self, text: str, *, near: bool = False) -> str:
        """Return a text without the person; `near` is whether it stands beside their id, so that a name is theirs."""
        said = text.strip()
        exact = (self._beside if near else self._exact).get(said)
        if exact is not None:
            return exact
        return text if said in self.vague else self._pattern(near).sub(self._instead, text)

    def id(self, text: str) -> str:
        """Return what stands where ids of customers do, and nothing else, without the person."""
        before = len(text) - len(text.lstrip(INDENTED))
        return text[:before] + self.alias if text[before:].strip() in (self.customer_id, *self.hidden) else text

    def about_id(self, text: str) -> str:
        """Return a sentence about an id, such as a finding's, without the person."""
        return self._as_named.sub(rf"\g<before>{self.alias}", self.text(text))

    def looks_named_in(self, text: str) -> bool:
        """Return whether the id, or a figure or word that is written alike, stands in a text."""
        return re.search(bounded(self.customer_id), text) is not None

    def prose(self, text: str) -> str:
        """Return a longer text without the person, and without what was written in their rows."""
        for one in self._long_texts:
            text = text.replace(one, "")
        return self.text(text)

    def is_named_by(self, texts: Iterable[str]) -> bool:
        """Return whether one of the texts of a row names the person beyond doubt, or with a name their masked id."""
        seen = {one.strip() for one in texts}
        if (seen & {self.customer_id, *self.reach}) - self.vague or self.alias in seen:
            return True
        return masked(self.customer_id) in seen and bool(seen & self.names)

    def beside(self, text: str) -> str:
        """Return a text of a row that names the person."""
        return self.alias if text.strip() == masked(self.customer_id) else self.text(text, near=True)

    def values(self, value: Any, *, near: bool = False) -> Any:
        """Return plain data, as JSON holds it, without the person."""
        if isinstance(value, str):
            return self.beside(value) if near else self.text(value)
        if isinstance(value, list):
            if len(value) == 2 and all(isinstance(one, str) for one in value) and value[0] in WHO:
                return [value[0], self.id(value[1])]
            pairs = bool(value) and all(isinstance(one, list) and len(one) == 2 for one in value)
            said = [one for part in value for one in (part if pairs else [part]) if isinstance(one, str)]
            near = near or self.is_named_by(said)
            return [self.values(one, near=near) for one in value]
        if isinstance(value, dict):
            near = near or self.is_named_by(one for one in value.values() if isinstance(one, str))
            return {
                key: self.id(one) if key in WHO and isinstance(one, str) else self.values(one, near=near)
                for key, one in value.items()
            }
        return value

    @cached_property
    def _exact(self) -> dict[str, str]:
        named = (self.customer_id, *(self.names - self.shared), *self.hidden)
        return self._instead_of(named, self.vague)

    @cached_property
    def _beside(self) -> dict[str, str]:
        return self._instead_of((*self.names, *self.hidden), frozenset({self.customer_id})) | self._exact

    def _instead_of(self, named: Iterable[str], but: frozenset[str]) -> dict[str, str]:
        blank = (*self.texts, *self.reach, *map(masked, filter(_is_long, self.reach)))
        instead = {**dict.fromkeys(blank, ""), **dict.fromkeys(named, self.alias)}
        return {one: new for one, new in instead.items() if one not in but}

    @cached_property
    def _long_texts(self) -> tuple[str, ...]:
        return tuple(sorted((one for one in self.texts - self.vague if len(one) >= SURE), key=len, reverse=True))

    @cached_property
    def _as_named(self) -> re.Pattern[str]:
        """An id as sentences name it: in quotation marks, or behind what ids of customers are called."""
        called = "|".join(f"{re.escape(one)}[”」]? ?" for one in CALLED)
        return re.compile(f"(?P<before>[“「]|{called}){bounded(self.customer_id)}", re.IGNORECASE)

    def _pattern(self, near: bool) -> re.Pattern[str]:
        return self._patterns[near]

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        sure = [bounded(self.customer_id)] if self._is_told_in_sentences else []
        sure += map(bounded, self.hidden)
        reach = [_spaced(one) for one in self.reach - self.vague if is_sure(one)]
        reach += [bounded(masked(one)) for one in self.reach if _is_long(one)]
        kept = _any(map(bounded, (*self.others, *self._as_places)))
        return tuple(  # type: ignore[return-value] # two of them
            re.compile(
                "|".join(
                    (
                        f"(?P<other>{kept})",
                        f"(?P<id>{_any([*sure, *map(bounded, _telling(names))])})",
                        f"(?P<reach>{_any(reach)})",
                    )
                ),
                re.IGNORECASE,
            )
            for names in (self.names - self.shared - self.vague, self.names - self.vague)
        )

    @property
    def _is_told_in_sentences(self) -> bool:
        """Whether the id is the person wherever it stands among other words."""
        return is_told_in_sentences(self.customer_id, vague=self.customer_id in self.vague)

    @property
    def _as_places(self) -> list[str]:
        """The id as links name a row or a cell that is called alike."""
        return [f"!{self.customer_id}", *(f"{label} {self.customer_id}" for label in _SHEETS)]

    def _instead(self, found: re.Match[str]) -> str:
        kind = found.lastgroup
        return found[0] if kind == "other" else self.alias if kind == "id" else MASK


def _any(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True)) or r"(?!)"


def _telling(names: Iterable[str]) -> list[str]:
    return [one for one in names if len(one) > 1]


def _is_long(one: str) -> bool:
    return len(one) >= SURE


def _spaced(reach: str) -> str:
    """Return a pattern of a number or address; the digits of a number may be set apart."""
    if not _NUMBER.fullmatch(reach):
        return bounded(reach)
    digits = re.sub(r"\D", "", reach)
    return r"(?<!\d)" + r"[\s-]?".join(digits) + r"(?!\d)"
