"""One office for all habits, and what a log says when it is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

import xlwings_libreoffice as lo
from tests.habits.person import new_log
from tests.habits.reading import Reading, read


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    xw.engines.add(lo.engine)
    xw.engines["libreoffice"].activate()
    with xw.App(visible=False, add_book=False) as app:
        # nobody is there to answer "Replace what these cells hold?"
        app.impl.office.service("com.sun.star.sheet.GlobalSheetSettings").ReplaceCellsWarning = False
        yield app


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_log(tmp_path_factory.mktemp("habits") / "A001 张伟.xlsx")


@pytest.fixture(scope="session")
def before(log: Path) -> Reading:
    return read(log)
