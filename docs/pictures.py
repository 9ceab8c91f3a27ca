"""Render the pictures of the README and the guides from a demo branch: real output. `make pictures`.

The board follows the clock, so the demo is made for today; on a weekend its cell says the Friday before, as a person
may type it. The reports are those of the last whole week.
"""

from __future__ import annotations

import base64
import datetime as dt
import email
import email.policy
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.settings.calendars import week_name
from reportkit.demo import write_demo
from reportkit.mail.send import write_drafts
from reportkit.definitions import report_words
from reportkit.definitions.text import LANGUAGES, Language, Text
from tests.office import render

TODAY: Final = dt.date.today()
BOARD_DAY: Final = TODAY - dt.timedelta(days=max(0, TODAY.weekday() - 4))
WEEK: Final = week_name(TODAY - dt.timedelta(days=7))
MARGIN: Final = 16
PHONE: Final = (390, 860)  # the part of the mail that is shown, in points
SHARP: Final = 2
PDFTOTEXT: Final = shutil.which("pdftotext") or ""
CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome") or ""
# picture → (workbook in the branch, its page: a number, or the title it begins with)
SHOTS: Final[dict[str, tuple[str, int | Text]]] = {
    "team": ("reports/{week}/team.xlsx", 0),
    "heatmap": ("reports/{week}/team.xlsx", report_words.HEATMAP),
    "service": ("reports/{week}/team.xlsx", report_words.SERVICE),
    "alerts": ("reports/{week}/team.xlsx", report_words.ALERTS),
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
        _, drafts = write_drafts(branch, WEEK, TODAY, to="A001")
        _on_a_phone(drafts[0], Path(scratch)).save(folder / "mail.png", optimize=True)
        _show(branch.root / names["log"], BOARD_DAY)
        pages: dict[str, list[Path]] = {}
        for name, (workbook, page) in SHOTS.items():
            file = workbook.format(**names)
            if file not in pages:
                pages[file] = render(branch.root / file, Path(scratch) / name, dpi=110)
            at = page if isinstance(page, int) else _titled(pages[file], page.to(language))
            _trimmed(pages[file][at]).save(folder / f"{name}.png", optimize=True)


def _show(log: Path, day: dt.date) -> None:
    """Type a day into the board of a log."""
    serial = (day - dt.date(1899, 12, 30)).days
    with zipfile.ZipFile(log) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    today = re.compile(rb"<f>TODAY\(\)</f><v>\d+</v>")
    if sum(len(today.findall(part)) for part in parts.values()) != 1:
        raise SystemExit("the board's day is no longer one cell of =TODAY()")
    with zipfile.ZipFile(log, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, today.sub(b"<v>%d</v>" % serial, part))


def _titled(pages: list[Path], title: str) -> int:
    """Return which page of a rendered workbook begins with a title."""
    (pdf,) = pages[0].parent.glob("*.pdf")
    text = subprocess.run([PDFTOTEXT, "-layout", pdf, "-"], check=True, capture_output=True, encoding="utf-8").stdout
    return next(at for at, page in enumerate(text.split("\f")) if page.strip().startswith(title))


def _silent(at: int, of: int, name: str) -> None:
    """Take no notice of progress."""


def _on_a_phone(draft: Path, scratch: Path) -> Image.Image:
    """Return the upper part of a mail as a phone shows it. A frame gives it a phone's width: a window is wider."""
    message = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    html = ""
    pictures = {}
    for part in message.walk():
        if part.get_content_type() == "text/html":
            html = part.get_content()
        elif part.get_content_maintype() == "image":
            pictures[str(part["Content-ID"]).strip("<>")] = base64.b64encode(part.get_content()).decode()
    html = re.sub(r"cid:([^\"']+)", lambda found: f"data:image/png;base64,{pictures[found[1]]}", html)
    (scratch / "mail.html").write_text(html, encoding="utf-8")
    width, height = PHONE
    frame = (
        f"<body style='margin:0'><iframe src='mail.html' style='border:0;width:{width}px;height:{height}px'></iframe>"
    )
    (scratch / "phone.html").write_text(frame, encoding="utf-8")
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
            f"--user-data-dir={scratch / 'chromium'}", f"--window-size=600,{height}", f"--force-device-scale-factor={SHARP}",
            f"--screenshot={scratch / 'phone.png'}", (scratch / "phone.html").as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    shown = Image.open(scratch / "phone.png").convert("RGB")
    return shown.crop((0, 0, width * SHARP, height * SHARP)).quantize(128)


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
