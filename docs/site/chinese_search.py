"""Search in Chinese without a dictionary: text and query are cut into pairs of neighbouring characters.

Chinese has no spaces between words. Pairs find every word of two characters or more, need no list of words, and are cut
alike when the index is made (here) and when somebody searches (in the browser).
"""

from __future__ import annotations

import re
from typing import Final

from sphinx.search import SearchLanguage

WORD: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
HAN: Final = re.compile(r"[\u3400-\u9fff]")


class ChineseByPairs(SearchLanguage):
    """Words of Latin letters as they are, runs of Chinese characters as overlapping pairs."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{L}\p{N}_])+/gu) || []).flatMap((word) =>
    /^[\u3400-\u9fff]{3,}$/.test(word) ? [...word].slice(1).map((next, at) => word[at] + next) : [word]
  );
"""

    def split(self, input: str) -> list[str]:  # the name Sphinx calls it by
        """Return the terms of a text."""
        return [term for word in WORD.findall(input.lower()) for term in _pairs(word)]


def _pairs(word: str) -> list[str]:
    if len(word) < 3 or not HAN.match(word):
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
