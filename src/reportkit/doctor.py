"""What is missing on this machine, and how to get it."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from reportkit.definitions.text import Text

OLDEST_PYTHON: Final = (3, 11)
EXTRAS: Final[tuple[tuple[str, str, Text], ...]] = (
    ("excel", "xlwings", Text("Excel 加载项", "Excel 增益集", "the Excel add-in")),
    ("crypt", "msoffcrypto", Text("带密码的日志", "帶密碼的日誌", "logs with a password")),
    ("mail", "jinja2", Text("邮件", "郵件", "mail")),
    ("scale", "distributed", Text("多台机器", "多台機器", "several machines")),
    ("watch", "watchdog", Text("自动刷新", "自動重新整理", "refreshing by itself")),
)
FONTS: Final = ("Noto Sans CJK", "NotoSansCJK", "msyh", "PingFang", "wqy", "SourceHanSans")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at on a machine; the sentence says what to do where it is not well."""

    code: str
    ok: bool
    sentence: Text


def checks() -> list[Check]:
    """Return what the program needs here, without changing anything."""
    return [_python(), _calendar(), *(_extra(*extra) for extra in EXTRAS), _office(), _font()]


def _python() -> Check:
    have = ".".join(str(part) for part in sys.version_info[:3])
    ok = sys.version_info >= OLDEST_PYTHON
    return Check(
        "python",
        ok,
        Text(f"Python {have}", f"Python {have}", f"Python {have}")
        if ok
        else Text(
            f"Python {have} 太旧，请安装 3.11 或更新的版本",
            f"Python {have} 太舊，請安裝 3.11 或更新的版本",
            f"Python {have} is too old: install 3.11 or newer",
        ),
    )


def _calendar() -> Check:
    from reportkit.settings.calendars import published_until

    last = published_until()
    return Check(
        "calendar",
        True,
        Text(
            f"交易日历到 {last} 为止，之后按周一至周五计算，可在日历表里改",
            f"交易日曆到 {last} 為止，之後按週一至週五計算，可在日曆表裡改",
            f"Trading days are known until {last}; later ones are Monday to Friday unless the calendar sheet says otherwise",
        ),
    )


def _extra(extra: str, module: str, what: Text) -> Check:
    ok = find_spec(module) is not None
    how = f'pip install "reportkit[{extra}]"'
    return Check(
        extra,
        ok,
        what
        if ok
        else Text(
            f"{what.zh_cn}用不了，需要时运行 {how}",
            f"{what.zh_tw}用不了，需要時執行 {how}",
            f"No {what.en.removeprefix('the ')} yet: {how} when you need it",
        ),
    )


def _office() -> Check:
    ok = shutil.which("soffice") is not None
    return Check(
        "libreoffice",
        ok,
        Text("LibreOffice 已安装", "LibreOffice 已安裝", "LibreOffice is installed")
        if ok
        else Text(
            "没有 LibreOffice；只用 Excel 的机器不需要，否则安装 libreoffice-calc 和 python3-uno",
            "沒有 LibreOffice；只用 Excel 的機器不需要，否則安裝 libreoffice-calc 和 python3-uno",
            "No LibreOffice; a machine with Excel needs none, others install libreoffice-calc and python3-uno",
        ),
    )


def _font() -> Check:
    ok = any(chinese_fonts())
    return Check(
        "font",
        ok,
        Text("有中文字体", "有中文字型", "A Chinese font is there")
        if ok
        else Text(
            "没有中文字体，图表里的中文会是方框。请安装 fonts-noto-cjk",
            "沒有中文字型，圖表裡的中文會是方框。請安裝 fonts-noto-cjk",
            "No Chinese font: Chinese in charts shows as boxes. Install fonts-noto-cjk",
        ),
    )


def chinese_fonts() -> list[Path]:
    """Return the font files of this machine that show Chinese."""
    roots = (
        Path("/usr/share/fonts"),
        Path.home() / ".fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        Path("C:/Windows/Fonts"),
    )
    files = (path for root in roots if root.is_dir() for path in root.rglob("*.tt[cf]"))
    return [path for path in files if any(name.replace(" ", "").lower() in path.name.lower() for name in FONTS)]
