"""Sphinx's settings: one site a language, of the repository's own pages, complete without a network.

`make site` builds it (docs/site/build.py). Pages named `*.zh-CN.md` and `*.en.md` belong to one language; all others to both.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

from chinese_search import ChineseByPairs

LANGUAGES: Final = {"zh-CN": "zh_CN", "en": "en"}
SPOKEN: Final = os.environ.get("SITE_LANGUAGE", "zh-CN")
OTHER: Final = next(code for code in LANGUAGES if code != SPOKEN)
ROOT: Final = Path(__file__).parents[2]
# A page that stands in both languages links to the English reference; here it leads to the reader's.
LINK: Final = re.compile(r"(\]\([^)\s]+)\.(?:" + "|".join(LANGUAGES) + r")\.md([)#])")

project = "reportkit"
author = "reportkit"
copyright = "MIT"
language = LANGUAGES[SPOKEN]
extensions = ["myst_parser"]
root_doc = f"docs/index.{SPOKEN}"
include_patterns = [
    "docs/**",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "packages/xlwings-libreoffice/README.md",
]
# not needed for what is included, but searched otherwise
exclude_patterns = [".venv", ".git", "src", "tests", "addin", "benchmarks", "demo", "site", "dist", f"**/*.{OTHER}.md"]
source_suffix = {".md": "markdown"}
suppress_warnings = ["myst.xref_missing_ext"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
highlight_language = "none"  # a block says what it holds, or is plain text

html_theme = "furo"
html_title = "reportkit"
html_static_path = ["static"]
html_css_files = ["reading.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
html_context = {"other": OTHER, "spoken": SPOKEN, "names": {"zh-CN": "简体中文", "en": "English"}}
html_theme_options = {"top_of_page_buttons": []}
html_sidebars = {
    "**": [
        f"sidebar/{part}.html" for part in ("brand", "languages", "search", "scroll-start", "navigation", "scroll-end")
    ]
}
templates_path = ["templates"]


def lead_to_the_readers_language(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let links to a page of either language lead to the one of this site."""
    source[0] = LINK.sub(rf"\1.{SPOKEN}.md\2", source[0])


def setup(app: Sphinx) -> None:
    """Join the parts of our own to Sphinx."""
    app.add_search_language(ChineseByPairs)
    app.connect("source-read", lead_to_the_readers_language)
