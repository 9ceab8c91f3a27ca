"""The engine and its Apps: what xlwings asks for first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from . import values
from .app import App
from .office import attach_office, start_office


class Apps(base_classes.Apps):
    """The offices this program started or attached to, the active one first."""

    def __init__(self) -> None:
        self._apps: list[App] = []

    def _live(self) -> list[App]:
        self._apps = [app for app in self._apps if app.is_alive()]
        return list(self._apps)

    def keys(self) -> list[int]:
        """Process ids."""
        return [app.pid for app in self._live()]

    def add(self, spec: Any = None, add_book: bool | None = None, xl: Any = None, visible: bool | None = None) -> App:
        """Start an office; xlwings shows it unless told not to, and so does this engine where there is a display."""
        app = App(start_office(visible is not False), self)
        self._apps.insert(0, app)
        if add_book:
            app.books.add()
        return app

    def attach(self, pipe: str) -> App:
        """Connect to a running office."""
        app = App(attach_office(pipe), self)
        self._apps.insert(0, app)
        return app

    def put_first(self, app: App) -> None:
        """Make an app the active one."""
        self._apps.sort(key=lambda other: other is not app)

    def remove(self, app: App) -> None:
        """Forget an app that ended."""
        self._apps = [other for other in self._apps if other is not app]

    @staticmethod
    def cleanup() -> None:
        """Nothing to do: every office is ended with the program that started it."""

    def __iter__(self) -> Iterator[App]:
        return iter(self._live())

    def __len__(self) -> int:
        return len(self._live())

    def __getitem__(self, pid: int) -> App:
        for app in self._live():
            if app.pid == pid:
                return app
        raise KeyError(f"No LibreOffice of this program has the process id {pid}.")


class Engine:
    """LibreOffice as an xlwings engine."""

    name = "libreoffice"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()
        self.macros_allowed = False  # whether the macros of workbooks to be opened may run

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """A value of the user as a cell takes it."""
        return values.prepare(value)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Values of cells as the user's options ask for them."""
        as_they_are: set[type] = {str} if number_builder else {str, float}
        if datetime_builder is dt.datetime:
            as_they_are.add(dt.datetime)
        return [
            [
                value
                if value and type(value) in as_they_are
                else empty_as
                if value is None
                else values.clean(value, datetime_builder, empty_as, number_builder, err_to_str)
                for value in row
            ]
            for row in data
        ]
