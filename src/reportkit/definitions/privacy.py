"""What of a person's data a shared report may show: phone numbers and ids keep their ends only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Columns that name a customer, or reach them, in whatever form they stand.
PERSONAL: Final = frozenset({"customer_id", "referred_by", "mobile", "phone", "wechat", "qq", "email"})
# A mobile or landline number, or an identity card's, as people type them into free text.
NUMBER: Final = re.compile(
    r"(?<![\d.,])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{17}[\dXx])(?![\d.,]\d|\d)"
)
SHORTEST: Final = 10  # characters of such a number
WORD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.@+-]*[0-9A-Za-z]")
SHORT: Final = 4  # digits: a row or a count, rather than whom to call
SURE: Final = 5  # a shorter number inside a sentence may be any number
WHOLE: Final = 9  # digits of a number that is nothing else than an id or a phone wherever it stands
_FIGURE: Final = re.compile(r"[\d\s.,:/%+\u2010-\u2015年月日时分WT-]+", re.IGNORECASE)
_DAY: Final = re.compile(r"(?:19|20)\d{2}[-/.年]?(?:0?[1-9]|1[0-2])[-/.月]?(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_CELL: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}", re.IGNORECASE)

KEPT_BEFORE: Final = 3
KEPT_AFTER: Final = 4
KEPT_OF_SHORT: Final = 2
MASK: Final = "****"


def masked(text: str | None) -> str:
    """Return a phone number or id with its middle hidden: `138****5678`; a short one keeps less."""
    if not text:
        return ""
    if len(text) <= KEPT_BEFORE + KEPT_AFTER:
        return text[0] + MASK + text[1:][-KEPT_OF_SHORT:]
    return f"{text[:KEPT_BEFORE]}{MASK}{text[-KEPT_AFTER:]}"


def without_numbers(text: str) -> str:
    """Return a text with all masked that looks like a phone or identity number, wherever somebody typed it."""
    if len(text) < SHORTEST:
        return text
    return NUMBER.sub(lambda found: masked(found[0]), text)


def without_ids(text: str) -> str:
    """Return a text about a customer with every word masked that could be an id, a number or an address."""
    return WORD.sub(lambda found: masked(found[0]) if _could_name(found[0]) else found[0], text)


def _could_name(word: str) -> bool:
    return "@" in word or (any(map(str.isdigit, word)) and not (word.isdecimal() and len(word) <= SHORT))


# --- Ids that are written like something else ---


def is_vague(one: str, words: str = "") -> bool:
    """Return whether a text may as well be a figure, a day, a cell or one of the words: then its place must tell.

    `words` are texts in small letters, a line each (`as_words`).
    """
    if _FIGURE.fullmatch(one) and (sum(map(str.isdigit, one)) < WHOLE or _DAY.match(one)):
        return True
    return bool(_CELL.fullmatch(one)) or is_a_word(one, words)


def is_a_word(one: str, words: str) -> bool:
    """Return whether a text stands among the words, or as a word of its own in one of them."""
    one = one.casefold()
    return one in words and re.search(bounded(one), words) is not None


def as_words(texts: Iterable[str]) -> str:
    """Return texts as `is_vague` takes them."""
    return "\n".join(texts).casefold()


def is_told_in_sentences(one: str, *, vague: bool) -> bool:
    """Return whether an id is meant wherever it stands among other words; `vague` is whether `is_vague` says so."""
    if vague and not (one.isdecimal() or _CELL.fullmatch(one)):
        return False
    return is_sure(one) and not _DAY.fullmatch(one)


def is_sure(one: str) -> bool:
    """Return whether a text is too long, or too odd, to be any number."""
    return len(one) >= SURE or (len(one) > 1 and not one.isdecimal())


def bounded(literal: str) -> str:
    """Return a pattern of a text that is no part of a longer word; Chinese has no words to be part of."""
    before = r"(?<![0-9A-Za-z])" if literal[:1].isascii() else ""
    after = r"(?![0-9A-Za-z])" if literal[-1:].isascii() else ""
    return before + re.escape(literal) + after
