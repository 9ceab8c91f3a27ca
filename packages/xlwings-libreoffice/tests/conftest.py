"""A real LibreOffice for the tests of a module, and an empty sheet of it for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import xlwings as xw

import xlwings_libreoffice as lo


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    xw.engines.add(lo.engine)
    xw.engines["libreoffice"].activate()


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    with xw.App(visible=False, add_book=False) as app:
        yield app


@pytest.fixture
def sheet(app: xw.App) -> Iterator[xw.Sheet]:
    book = app.books.add()
    yield book.sheets[0]
    book.close()


@pytest.fixture
def outliving() -> Callable[[Callable[[xw.App], None]], None]:
    """Carry out a test in an office of its own, again where LibreOffice died of the defect the README names.

    LibreOffice 7.4 crashes now and then after a sheet came from another workbook; three times in a row is a new fault.
    """

    def run(test: Callable[[xw.App], None]) -> None:
        for last in (False, False, True):
            try:
                with xw.App(visible=False, add_book=False) as app:
                    test(app)
            except lo.OfficeGone:
                if last:
                    raise
            else:
                return

    return run
