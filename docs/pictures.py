"""Render the pictures of the README and the guides from a demo branch: real output. `make pictures`.

The board follows the clock, so the demo is made for today; the reports are those of the last whole week.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reportkit.branch.folder import Branch, refresh
from reportkit.settings.calendars import week_name
from reportkit.demo import write_demo
from reportkit.definitions.text import LANGUAGES, Language
from tests.office import render

TODAY: Final = dt.date.today()
WEEK: Final = week_name(TODAY - dt.timedelta(days=7))
MARGIN: Final = 16
# picture → (workbook in the branch, its page)
SHOTS: Final = {
    "team": ("reports/{week}/team.xlsx", 0),
    "heatmap": ("reports/{week}/team.xlsx", 2),
    "report": ("reports/{week}/A001.xlsx", 0),
    "due": ("reports/{week}/A001.xlsx", 1),
    "start": ("{log}", 0),
    "board": ("{log}", 1),
}


def shoot(language: Language, folder: Path) -> None:
    """Make a demo in a language and put its pictures into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        branch = Branch(Path(scratch) / "demo")
        write_demo(branch.root, advisors=12, weeks=12, seed=7, language=language, today=TODAY, progress=_silent)
        refresh(branch, WEEK, TODAY)
        names = {"week": WEEK, "log": f"logs/{branch.logs()[0].name}"}
        pages: dict[str, list[Path]] = {}
        for name, (workbook, page) in SHOTS.items():
            file = workbook.format(**names)
            if file not in pages:
                pages[file] = render(branch.root / file, Path(scratch) / name, dpi=110)
            _trimmed(pages[file][page]).save(folder / f"{name}.png", optimize=True)


def _silent(at: int, of: int, name: str) -> None:
    """Take no notice of progress."""


def _trimmed(page: Path) -> Image.Image:
    """Return a page without its empty borders and its footer, in few colours so that it stays small."""
    picture = Image.open(page).convert("RGB")
    picture = picture.crop((0, 0, picture.width, int(picture.height * 0.93)))
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    left, top, right, bottom = box or (0, 0, *picture.size)
    frame = (
        max(0, left - MARGIN), max(0, top - MARGIN), min(picture.width, right + MARGIN), min(picture.height, bottom + MARGIN)
    )  # fmt: skip
    return picture.crop(frame).quantize(128)


if __name__ == "__main__":
    for spoken in LANGUAGES[:1] + LANGUAGES[2:]:
        target = ROOT / "docs" / "pictures" / ("" if spoken == "zh-CN" else spoken)
        target.mkdir(parents=True, exist_ok=True)
        shoot(spoken, target)
