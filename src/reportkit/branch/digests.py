"""Reading the digests of advisors, and what a refresh read of them for the next one of the same process."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportkit.branch.answers import with_answers
from reportkit.branch.period import Period
from reportkit.branch.plain import Reader
from reportkit.summary.backing import Backing
from reportkit.summary.summaries import AdvisorSummary

KEPT: Final = 100  # advisors, 110 kB each: what stands behind more would not fit beside their team workbook
_Key = tuple[str, bytes]  # the settings its indicators are of, and its seal: then it says the same
_last: dict[_Key, tuple[AdvisorSummary, Backing]] = {}  # `watch` refreshes again and again, and few logs change


class Digests:
    """Digests as values; each is given as the parts that history holds of it."""

    def __init__(self, period: Period) -> None:
        self._period = period
        self._reader = Reader(period.whole_settings().indicator)
        self._read: dict[_Key, tuple[AdvisorSummary, Backing]] = {}

    def summary(self, digest: Sequence[bytes]) -> AdvisorSummary:
        """Return an advisor's summary."""
        known = _last.get(self._key(digest))
        return self._reader.read_json(AdvisorSummary, digest[0]) if known is None else known[0]

    def whole(self, digest: Sequence[bytes]) -> tuple[AdvisorSummary, Backing]:
        """Return an advisor's summary and what stands behind it."""
        key = self._key(digest)
        if key not in self._read:
            self._read[key] = _last.get(key) or self._decoded(digest)
        return self._read[key]

    def all_read(self) -> None:
        """Keep what was read for the next refresh of this process, of a large branch nothing."""
        _last.clear()
        if len(self._read) <= KEPT:
            _last.update(self._read)
        self._read = {}
        self._reader = Reader(self._period.whole_settings().indicator)  # it holds all texts it has met

    def _key(self, digest: Sequence[bytes]) -> _Key:
        return self._period.settings, digest[-1]

    def _decoded(self, digest: Sequence[bytes]) -> tuple[AdvisorSummary, Backing]:
        summary, backing, answers, _ = digest
        behind = with_answers(self._reader.read_json(Backing, backing), answers)
        return self._reader.read_json(AdvisorSummary, summary), behind
