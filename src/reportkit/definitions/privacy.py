"""What of a person's data a shared report may show: phone numbers keep their ends only."""

from __future__ import annotations

from typing import Final

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
