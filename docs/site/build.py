"""Build the docs into a folder: `make site`. A broken link or any other warning fails the build."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from sphinx.cmd.build import main as sphinx_build

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
LANGUAGES: Final = ("zh-CN", "en")


def build(target: Path) -> int:
    """Build a site a language and the page that leads to them; return 0, or what Sphinx returned."""
    shutil.rmtree(target, ignore_errors=True)
    for language in LANGUAGES:
        os.environ["SITE_LANGUAGE"] = language
        made = target / language
        failed = sphinx_build(
            [
                "-b",
                "html",
                "-q",
                "-W",
                "--keep-going",
                "-c",
                str(HERE),
                "-d",
                str(target / ".cache" / language),
                str(ROOT),
                str(made),
            ]
        )
        if failed:
            return failed
    shutil.rmtree(target / ".cache")
    shutil.copy(HERE / "choose.html", target / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
