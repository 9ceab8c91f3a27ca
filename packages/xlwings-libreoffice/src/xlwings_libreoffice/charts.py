"""Charts of a sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .chartparts import ChartAxis, ChartLegend
from .charttypes import TYPES, apply_type, read_type
from .errors import CalcError
from .formats import from_points
from .link import Enum, Struct
from .office import properties
from .shapes import Drawn, Shape, is_chart

if TYPE_CHECKING:
    from .ranges import Range


class Chart(Shape, base_classes.Chart):
    """One chart."""

    @property
    def document(self) -> Any:
        """UNO's chart document."""
        return self.uno.Model

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.uno.Name or self.uno.PersistName)

    @name.setter
    def name(self, value: str) -> None:
        self.uno.Name = value

    @property
    def _table_chart(self) -> Any:
        return self.parent.uno.getCharts().getByName(self.uno.PersistName)

    def set_source_data(self, rng: Range, plot_by: str | None = None) -> None:
        """Draw a range; texts in its first row are names, texts and dates in its first column categories.

        Years and other numbers are categories where the corner above them is empty, as in Excel.
        """
        area = (rng.used or rng).area
        headings, categories = _names_of(rng.sub(area))
        cells = rng.sub(area).uno
        if self.document.getDataProvider() is None:
            self._make_anew(cells, headings, categories)
        else:
            chart = self._table_chart
            chart.setRanges((cells.getRangeAddress(),))
            chart.HasColumnHeaders, chart.HasRowHeaders = headings, categories
        if plot_by is not None:
            self.plot_by = plot_by

    def _make_anew(self, cells: Any, headings: bool, categories: bool) -> None:
        """Put a chart with data in the place of one that was made without: such a one never gets any."""
        name, kind, title, own = self.name, self.chart_type, self.title, self.uno.PersistName
        place, size = self.uno.getPosition(), self.uno.getSize()
        rectangle = Struct("com.sun.star.awt.Rectangle", X=place.X, Y=place.Y, Width=size.Width, Height=size.Height)
        charts = self.parent.uno.getCharts()
        charts.removeByName(own)
        charts.addNewByName(own, rectangle, (cells.getRangeAddress(),), headings, categories)
        self.uno = next(chart.uno for chart in self.parent.charts if chart.uno.PersistName == own)
        self.uno.setSize(size)  # which creating it rounded
        self.uno.setPosition(place)
        self.name = name
        if kind in TYPES:  # what an empty chart is of is not known before somebody says so
            self.chart_type = kind
        if title is not None:
            self.title = title

    @property
    def plot_by(self) -> str:
        """Whether rows or columns are series."""
        return "rows" if self.document.getDiagram().DataRowSource.value == "ROWS" else "columns"

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        self.document.getDiagram().DataRowSource = _data_row_source(value)

    @property
    def chart_type(self) -> str:
        """Excel's word for its kind."""
        return read_type(self.document)

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        apply_type(self.document, value)

    @property
    def title(self) -> str | None:
        """Its title; None without one."""
        document = self.document
        return str(document.getTitle().String) if document.HasMainTitle else None

    @title.setter
    def title(self, value: str | None) -> None:
        document = self.document
        document.HasMainTitle = value is not None
        if value is not None:
            document.getTitle().String = value

    @property
    def legend(self) -> ChartLegend:
        """Its legend."""
        return ChartLegend(self)

    @property
    def category_axis(self) -> ChartAxis:
        """The axis of categories."""
        return ChartAxis(self, "X")

    @property
    def value_axis(self) -> ChartAxis:
        """The axis of values."""
        return ChartAxis(self, "Y")

    @property
    def style(self) -> Any:
        """Excel's chart styles have no counterpart."""
        raise NotImplementedError("LibreOffice has no chart styles.")

    def to_png(self, path: str) -> None:
        """Write it as a picture."""
        self._export(path, "image/png")

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Print it alone into a PDF."""
        alone = self.parent.book.app.office.service("com.sun.star.drawing.ShapeCollection")
        alone.add(self.uno)
        self.parent.book.to_pdf(path, quality, Selection=alone)

    def _export(self, path: str, media_type: str) -> None:
        exporter = self.parent.book.app.office.service("com.sun.star.drawing.GraphicExportFilter")
        exporter.setSourceDocument(self.uno)
        if not exporter.filter(properties(URL=Path(path).absolute().as_uri(), MediaType=media_type)):
            raise CalcError(f"LibreOffice could not write {path}.")


class Charts(Drawn, base_classes.Charts):
    """The charts of a sheet."""

    def _wrap(self, uno: Any) -> Chart | None:
        return Chart(self.parent, uno) if is_chart(uno) else None

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Range | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = None,
    ) -> Chart:
        """Put a chart on the sheet."""
        if anchor is not None:
            left, top = anchor.impl.left, anchor.impl.top
        place = Struct(
            "com.sun.star.awt.Rectangle",
            X=from_points(left),
            Y=from_points(top),
            Width=from_points(width),
            Height=from_points(height),
        )
        charts = self.parent.uno.getCharts()
        title = name or self.fresh_name("Chart")
        before = {chart.uno.PersistName for chart in self}
        charts.addNewByName(_unused(charts, title), place, (), False, False)
        chart: Chart = next(chart for chart in self if chart.uno.PersistName not in before)
        chart.name = title
        if source is not None:
            chart.set_source_data(source, plot_by)
        if chart_type is not None:
            chart.chart_type = chart_type
        return chart


def _names_of(cells: Range) -> tuple[bool, bool]:
    """Whether a range's first row holds names of series, and its first column categories."""
    across = cells.sub(cells.area._replace(rows=1)).read()[0]
    down = [line[0] for line in cells.sub(cells.area._replace(columns=1)).read()]
    headings = any(isinstance(value, str) for value in across[1:] or across)
    below = down[1:] if headings else down
    empty_corner = headings and across[0] is None and any(value is not None for value in below)
    words = any(isinstance(value, str | dt.datetime) for value in below)
    return headings, len(across) > 1 and (empty_corner or words)


def _data_row_source(value: str) -> Enum:
    return Enum("com.sun.star.chart.ChartDataRowSource", value.upper())


def _unused(charts: Any, name: str) -> str:
    number = 1
    unused = name
    while charts.hasByName(unused):
        number += 1
        unused = f"{name} {number}"
    return unused
