"""What of a person's data a shared report may show: phone numbers and ids keep their ends only."""

from __future__ import annotations

import re
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
