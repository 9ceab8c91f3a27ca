"""A LibreOffice of its own for each call: converting and rendering workbooks in tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

SOFFICE: Final = shutil.which("soffice")
PDFTOPPM: Final = shutil.which("pdftoppm")
TIMEOUT: Final = 120
# 0: always. Workbooks come without calculated values, as XlsxWriter makes them; a person's Excel calculates on opening.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{region}</value></prop></item>
</oor:items>
"""


def convert(path: Path, fmt: str, outdir: Path, *, timeout: float = TIMEOUT, region: str = "") -> Path:
    """Convert a workbook, formulas calculated; `fmt` is what soffice --convert-to takes. Tries twice.

    `region` is that of the office, such as de-DE; blank is the system's.
    """
    return convert_all([path], fmt, outdir, timeout=timeout, region=region)[0]


def convert_all(
    paths: Sequence[Path], fmt: str, outdir: Path, *, timeout: float = TIMEOUT, region: str = ""
) -> list[Path]:
    """Convert workbooks of different names in one office."""
    outdir.mkdir(parents=True, exist_ok=True)
    targets = [outdir / f"{path.stem}.{fmt.split(':')[0]}" for path in paths]
    for target in targets:
        target.unlink(missing_ok=True)  # an older one must not pass for this one
    for last in (False, True):
        said = _run(paths, fmt, outdir, timeout, region)
        missing = [target.name for target in targets if not target.exists()]
        if not missing:
            return targets
        if last:
            raise RuntimeError(f"LibreOffice made no {', '.join(missing)} in {outdir}: {said}")
    raise AssertionError


def render(path: Path, outdir: Path | None = None, *, dpi: int = 60) -> list[Path]:
    """Return the pages of a workbook as pictures, in order."""
    outdir = outdir or Path(tempfile.mkdtemp(prefix="pages-"))
    pdf = convert(path, "pdf", outdir)
    subprocess.run(
        [str(PDFTOPPM), "-r", str(dpi), "-png", str(pdf), str(outdir / pdf.stem)], check=True, timeout=TIMEOUT
    )
    return sorted(outdir.glob(f"{pdf.stem}-*.png"))


def _run(paths: Sequence[Path], fmt: str, outdir: Path, timeout: float, region: str) -> str:
    """Run one office with a fresh profile; end it and its children whatever happens."""
    with tempfile.TemporaryDirectory(prefix="office-") as profile:
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(_SETTINGS.format(region=region), encoding="utf-8")
        command = [
            str(SOFFICE), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--nologo",
            "--convert-to", fmt, "--outdir", str(outdir), *map(str, paths),
        ]  # fmt: skip
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        ) as office:
            try:
                return office.communicate(timeout=timeout)[0]
            except subprocess.TimeoutExpired:
                return f"no answer within {timeout:g} s"
            finally:
                _end(office)


def _end(office: subprocess.Popen[str]) -> None:
    """End an office's whole process group, if any of it still runs."""
    try:
        os.killpg(office.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
