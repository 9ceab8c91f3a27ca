"""The small chart in a message: the score of the last weeks as a picture, where this machine can write its labels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportkit.definitions.errors import MendInput
from reportkit.indicators.assess import points
from reportkit.mail.words import NEEDS_EXTRA
from reportkit.workbooks.style import ACCENT, INK, LINE, MUTED

WIDTH: Final = 5.6  # inches
HEIGHT: Final = 2.1
DOTS_PER_INCH: Final = 160
FONT_SIZE: Final = 13.5  # halved when a phone shrinks the picture to its width
BAR: Final = 0.62
GAP: Final = 3.0  # points of score between a column and its figure
HEADROOM: Final = 1.22
QUIET: Final = "#A9C6DE"  # earlier weeks


@lru_cache(maxsize=1)
def font() -> Path | None:
    """Return a font file of this machine that shows Chinese, the plain weight where there are several."""
    from reportkit.doctor import chinese_fonts

    return min(chinese_fonts(), key=lambda path: ("Serif" in path.name, "Bold" in path.name, str(path)), default=None)


def score_chart(scores: Sequence[float | None], labels: Sequence[str]) -> bytes | None:
    """Return a PNG with a column a week, the last one strong; None where no font shows the labels."""
    file = font()
    return drawn(file, tuple(scores), tuple(labels)) if file else None


@lru_cache(maxsize=64)  # several get the team's, and what is previewed is sent
def drawn(file: Path, scores: tuple[float | None, ...], labels: tuple[str, ...]) -> bytes:
    """Return that picture, its letters of a font file."""
    try:
        from matplotlib.figure import Figure
        from matplotlib.font_manager import FontProperties
    except ImportError as error:
        raise MendInput(NEEDS_EXTRA, what="matplotlib", extra="mail") from error
    letters = FontProperties(fname=str(file), size=FONT_SIZE)
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS_PER_INCH)
    axes = figure.add_axes((0.0, 0.17, 1.0, 0.83))
    heights = [score or 0.0 for score in scores]
    colours = [ACCENT if at == len(scores) - 1 else QUIET for at in range(len(scores))]
    axes.bar(range(len(scores)), heights, width=BAR, color=colours)
    for at, score in enumerate(scores):
        if score is not None:
            axes.text(at, score + GAP, points(score), ha="center", va="bottom", color=INK, fontproperties=letters)
    axes.set_ylim(0, max(100.0, *heights) * HEADROOM)
    axes.set_xlim(-0.6, len(scores) - 0.4)
    axes.set_yticks([])
    axes.set_xticks(range(len(scores)), labels, fontproperties=letters, color=MUTED)
    axes.tick_params(length=0)
    for side, spine in axes.spines.items():
        spine.set_visible(side == "bottom")
        spine.set_color(LINE)
    written = io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})  # same input, same bytes
    return written.getvalue()
