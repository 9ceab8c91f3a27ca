"""Text in the three languages a person may read: simplified Chinese, traditional Chinese, English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Final, Literal, get_args

Language = Literal["zh-CN", "zh-TW", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "zh-CN"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language; `{name}` places are filled by `fill`, counts in English as `{rows:row|rows}`."""

    zh_cn: str
    zh_tw: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in one language."""
        if language == "zh-CN":
            return self.zh_cn
        return self.zh_tw if language == "zh-TW" else self.en

    def within(self) -> Text:
        """Return the text as part of a sentence: English begins it small."""
        return Text(self.zh_cn, self.zh_tw, self.en[:1].lower() + self.en[1:])

    @classmethod
    def each(cls, said: Callable[[Language], str]) -> Text:
        """Return what is said in each language."""
        return cls(*map(said, LANGUAGES))

    @classmethod
    def same(cls, word: str) -> Text:
        """Return a word that is the same in every language."""
        return cls(word, word, word)

    def fill(self, language: Language, /, **places: object) -> str:
        """Return the text in one language with its places filled; a text in one of them is said in that language."""
        said = {name: place.to(language) if isinstance(place, Text) else place for name, place in places.items()}
        return filled(self.to(language), said)

    def filled(self, **places: object) -> Text:
        """Return the text in every language with its places filled."""
        return Text.each(lambda language: self.fill(language, **places))

    def all(self) -> tuple[str, str, str]:
        """Return the three texts, in the order of `LANGUAGES`."""
        return self.zh_cn, self.zh_tw, self.en


def joined(texts: Iterable[Text], between: str = "; ") -> Text:
    """Return several texts as one."""
    told = tuple(texts)
    return Text.each(lambda language: between.join(one.to(language) for one in told))


def counted(count: object, one: str, many: str, shape: str = "") -> str:
    """Return a count with what it counts, in English: `1 row`, `12 rows`; `shape` is how the number is written."""
    return f"{format(count, shape)} {one if str(count) == '1' else many}"


class _Counting(Formatter):
    """Fills `{rows:row|rows}` with a count and the word that goes with it, `{rows:,|row|rows}` with a written one."""

    def format_field(self, value: object, format_spec: str) -> str:
        *shape, one, many = format_spec.split("|") if "|" in format_spec else (format_spec, "", "")
        return counted(value, one, many, *shape) if many else format(value, *shape)


def filled(template: str, places: Mapping[str, object]) -> str:
    """Return a text with its places filled."""
    return _COUNTING.vformat(template, (), places) if "|" in template else template.format(**places)


_COUNTING: Final = _Counting()


def language_of(value: object) -> Language:
    """Return the language a person named, or the default where it is unknown."""
    return _named(value) or DEFAULT_LANGUAGE


def is_language(value: object) -> bool:
    """Return whether a person named one of the languages."""
    return _named(value) is not None


def _named(value: object) -> Language | None:
    written = str(value or "").strip().replace("_", "-").lower()
    return next((language for language in LANGUAGES if language.lower() == written), None)
