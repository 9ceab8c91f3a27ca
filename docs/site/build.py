"""Build the docs into a folder: `make site`. A broken link or any other warning fails the build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
LANGUAGES: Final = ("zh-CN", "en")


def build(target: Path) -> int:
    """Build a site a language, each in a process of its own, and the page that leads to them; return what failed, or 0."""
    shutil.rmtree(target, ignore_errors=True)
    cache = target / ".cache"
    for language in LANGUAGES:
        command = [
            sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going",
            "-c", HERE, "-d", cache / language, ROOT, target / language,
        ]  # fmt: skip
        done = subprocess.run(command, env={**os.environ, "SITE_LANGUAGE": language}, check=False)
        if done.returncode:
            return done.returncode
    shutil.rmtree(cache)
    shutil.copy(HERE / "choose.html", target / "index.html")
    return 0


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
