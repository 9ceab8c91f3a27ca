"""Operations that failed, grouped by what mends them; each says so in the user's language.

```
ReportkitError
├── MendInput       something the user gave cannot be used
├── CloseWorkbook   a workbook is in the way: open, changed meanwhile, or to be put back
├── TryLater        a disk, a share or a server is not ready
└── OurBug          reportkit contradicts itself
    └── StopRun     rows that do not add up: no figure may be trusted
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from reportkit.definitions.text import Language, Text

if TYPE_CHECKING:
    from reportkit.definitions.findings import Finding


class ReportkitError(Exception):
    """An operation that failed; `text` says what happened and what to do, `words` fill its places.

    `remedy` names its group for programs.
    """

    remedy: ClassVar[str]

    def __init__(self, text: Text, **words: object) -> None:
        self.text = text
        self.words = words
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Return the sentence that says what happened and what to do."""
        return self.text.fill(language, **self.words)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it travel from a process that works for this one."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(kind: type[ReportkitError], arguments: tuple[object, ...], words: dict[str, object]) -> ReportkitError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(words)
    return error


class MendInput(ReportkitError):
    """Something the user gave cannot be used."""

    remedy = "mend_input"


class CloseWorkbook(ReportkitError):
    """A workbook is in the way: open in another program, changed meanwhile, or to be put back."""

    remedy = "close_workbook"


class TryLater(ReportkitError):
    """A disk, a share or a server is not ready."""

    remedy = "try_later"


class OurBug(ReportkitError):
    """The program contradicts itself; the user can only report it."""

    remedy = "our_bug"


class StopRun(OurBug):
    """Rows that do not add up: no figure may be trusted, so the run stops (DOMAIN §8 rows.mismatch)."""

    def __init__(self, found: Finding) -> None:
        self.found = found
        super().__init__(Text.each(found.message))

    def message(self, language: Language) -> str:
        """Return the finding's sentence."""
        return self.text.to(language)
