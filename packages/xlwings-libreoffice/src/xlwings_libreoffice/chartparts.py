"""Legends and axes of charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .link import Enum, Object

if TYPE_CHECKING:
    from .charts import Chart

LEGEND = {"top": "TOP", "bottom": "BOTTOM", "left": "LEFT", "right": "RIGHT", "corner": "RIGHT"}


class ChartLegend(base_classes.ChartLegend):
    """The legend of a chart."""

    def __init__(self, chart: Chart) -> None:
        self._document = chart.document

    @property
    def api(self) -> Object:
        """UNO's legend."""
        return self._document.getLegend()  # type: ignore[no-any-return] # a UNO method

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self._document.HasLegend)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._document.HasLegend = bool(value)

    @property
    def position(self) -> str | None:
        """Where it is; None without one and where it was dragged to."""
        alignment = self.api.Alignment
        return next((name for name, calc in LEGEND.items() if alignment and calc == alignment.value), None)

    @position.setter
    def position(self, value: str) -> None:
        self.visible = True
        self.api.Alignment = Enum("com.sun.star.chart.ChartLegendPosition", LEGEND[value])


class ChartAxis(base_classes.ChartAxis):
    """An axis of a chart: X is the categories', Y the values'."""

    def __init__(self, chart: Chart, letter: str) -> None:
        self._chart = chart
        self._letter = letter

    @property
    def _diagram(self) -> Any:
        return self._chart.document.getDiagram()

    @property
    def api(self) -> Object:
        """UNO's axis."""
        diagram = self._diagram
        return diagram.getXAxis() if self._letter == "X" else diagram.getYAxis()  # type: ignore[no-any-return] # UNO

    def _title(self) -> Any:
        diagram = self._diagram
        return diagram.getXAxisTitle() if self._letter == "X" else diagram.getYAxisTitle()

    @property
    def title(self) -> str | None:
        """Its title; None without one."""
        shown = getattr(self._diagram, f"Has{self._letter}AxisTitle")
        return str(self._title().String) if shown else None

    @title.setter
    def title(self, value: str | None) -> None:
        setattr(self._diagram, f"Has{self._letter}AxisTitle", value is not None)
        if value is not None:
            self._title().String = value

    def _scale(self, name: str, automatic: str) -> float | None:
        axis = self.api
        return None if getattr(axis, automatic) else float(getattr(axis, name))

    def _set_scale(self, name: str, automatic: str, value: float | None) -> None:
        axis = self.api
        setattr(axis, automatic, value is None)
        if value is not None:
            setattr(axis, name, float(value))

    @property
    def minimum_scale(self) -> float | None:
        """Where it starts; None where LibreOffice chooses."""
        return self._scale("Min", "AutoMin")

    @minimum_scale.setter
    def minimum_scale(self, value: float | None) -> None:
        self._set_scale("Min", "AutoMin", value)

    @property
    def maximum_scale(self) -> float | None:
        """Where it ends; None where LibreOffice chooses."""
        return self._scale("Max", "AutoMax")

    @maximum_scale.setter
    def maximum_scale(self, value: float | None) -> None:
        self._set_scale("Max", "AutoMax", value)

    @property
    def major_unit(self) -> float | None:
        """Distance of its marks; None where LibreOffice chooses."""
        return self._scale("StepMain", "AutoStepMain")

    @major_unit.setter
    def major_unit(self, value: float | None) -> None:
        self._set_scale("StepMain", "AutoStepMain", value)

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(getattr(self._diagram, f"Has{self._letter}Axis"))

    @visible.setter
    def visible(self, value: bool) -> None:
        setattr(self._diagram, f"Has{self._letter}Axis", bool(value))

    @property
    def reverse_order(self) -> bool:
        """Whether it runs backwards."""
        return bool(self.api.ReverseDirection)

    @reverse_order.setter
    def reverse_order(self, value: bool) -> None:
        self.api.ReverseDirection = bool(value)

    def set(self, **changes: Any) -> None:
        """Change several at once."""
        for name, value in changes.items():
            if value is not base_classes._UNSET:
                setattr(self, name, value)
