"""A branch with logs, and a LibreOffice of its own driven through xlwings."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from reportkit.demo import write_demo

TODAY = dt.date(2026, 11, 25)
WEEK = "2026-W48"
ADVISOR = "A001"


@pytest.fixture(scope="session")
def demo_branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small branch: one log a person, good and bad rows."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, advisors=2, weeks=1, today=TODAY)
    return folder


@pytest.fixture
def branch(demo_branch: Path, tmp_path: Path) -> Path:
    """Return a branch a test may change."""
    return Path(shutil.copytree(demo_branch, tmp_path / "branch"))


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    """Start an office without windows; end it with the tests."""
    lo = pytest.importorskip("xlwings_libreoffice")
    try:
        lo.installation.find_installation()
    except lo.OfficeNotFound as missing:
        pytest.skip(str(missing))
    if "libreoffice" not in [engine.name for engine in xw.engines]:
        xw.engines.add(lo.engine)
    xw.engines["libreoffice"].activate()
    app = xw.App(visible=False)
    yield app
    app.quit()


@pytest.fixture
def app(office: xw.App) -> Iterator[xw.App]:
    """Return the office; close what a test opened."""
    yield office
    for book in list(office.books):
        book.close()


@pytest.fixture
def path(branch: Path) -> Path:
    """Return one of the branch's logs."""
    return next((branch / "logs").glob(f"{ADVISOR}*.xlsx"))


@pytest.fixture
def log(app: xw.App, path: Path) -> xw.Book:
    """Return that log, open."""
    return app.books.open(str(path))
