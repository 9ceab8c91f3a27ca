"""One office for all habits, and what a log says when it is read."""

from collections.abc import Iterator

import pytest
import xlwings as xw

import xlwings_libreoffice as lo


@pytest.fixture(scope="session")
def office() -> Iterator[xw.App]:
    xw.engines.add(lo.engine)
    xw.engines["libreoffice"].activate()
    with xw.App(visible=False, add_book=False) as app:
        # nobody is there to answer "Replace what these cells hold?"
        app.impl.office.service("com.sun.star.sheet.GlobalSheetSettings").ReplaceCellsWarning = False
        yield app
