"""Data validation: what may be typed into cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .addresses import quote_sheet
from .formulas import to_calc, to_excel
from .link import Enum, Object

if TYPE_CHECKING:
    from .part import RangePart

TYPES = {
    "none": "ANY",
    "whole_number": "WHOLE",
    "decimal": "DECIMAL",
    "list": "LIST",
    "date": "DATE",
    "time": "TIME",
    "text_length": "TEXT_LEN",
    "custom": "CUSTOM",
}
OPERATORS = {
    "between": "BETWEEN",
    "not_between": "NOT_BETWEEN",
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
ALERTS = {"STOP": "stop", "WARNING": "warning", "INFO": "information", "MACRO": "stop"}
_LISTED = re.compile(r'"((?:[^"]|"")*)"')
COMPARED = ("whole_number", "decimal", "date", "time", "text_length")


class DataValidation(base_classes.DataValidation):
    """The rule of a range; of cells with several rules it is `inconsistent` or, if some have none, `mixed_criteria`."""

    def __init__(self, parent: RangePart) -> None:
        self._parent = parent

    @property
    def api(self) -> Object:
        """UNO's validation, a copy: set it on the range to change it."""
        return self._rule  # type: ignore[no-any-return] # a UNO object

    @property
    def _rule(self) -> Any:
        return self._parent.uno.Validation

    @property
    def type(self) -> str:
        """Kind of the rule."""
        parts = list(self._parent.uno.getUniqueCellFormatRanges()) if len(self._parent) > 1 else [self._parent.uno]
        rules = [part.Validation for part in parts]
        kinds = {(rule.Type.value, rule.getOperator().value, rule.getFormula1(), rule.getFormula2()) for rule in rules}
        if len(kinds) > 1:
            return "mixed_criteria" if any(kind[0] == "ANY" for kind in kinds) else "inconsistent"
        value = rules[0].Type.value
        return next((name for name, calc in TYPES.items() if calc == value), "unknown")

    @property
    def operator(self) -> str | None:
        """How values are compared."""
        if self.type not in COMPARED:
            return None
        value = self._rule.getOperator().value
        return next((name for name, calc in OPERATORS.items() if calc == value), None)

    @property
    def formula1(self) -> str | None:
        """First operand."""
        return _excel(self._rule.getFormula1()) if self.type in COMPARED else None

    @property
    def formula2(self) -> str | None:
        """Second operand."""
        return _excel(self._rule.getFormula2()) if self.operator in ("between", "not_between") else None

    @property
    def formula(self) -> str | None:
        """Formula of a custom rule."""
        return _excel(self._rule.getFormula1()) if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        """Values of a list, or where they are."""
        if self.type != "list":
            return None
        text = self._rule.getFormula1()
        if text.startswith('"'):  # LibreOffice keeps "a";"b" where Excel has a,b
            return ",".join(part.replace('""', '"') for part in _LISTED.findall(text))
        return _excel(text)

    def _of_rule(self, name: str, convert: Any = str) -> Any:
        return None if self.type in ("none", "inconsistent", "mixed_criteria") else convert(getattr(self._rule, name))

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list opens at the cell."""
        return bool(self._rule.ShowList) if self.type == "list" else None

    @property
    def ignore_blank(self) -> bool | None:
        """Whether empty is allowed."""
        return self._of_rule("IgnoreBlankCells", bool)  # type: ignore[no-any-return] # a property by name

    @property
    def input_title(self) -> str | None:
        """Title of the hint."""
        return self._of_rule("InputTitle")  # type: ignore[no-any-return] # a property by name

    @property
    def input_message(self) -> str | None:
        """The hint."""
        return self._of_rule("InputMessage")  # type: ignore[no-any-return] # a property by name

    @property
    def show_input(self) -> bool | None:
        """Whether the hint is shown."""
        return self._of_rule("ShowInputMessage", bool)  # type: ignore[no-any-return] # a property by name

    @property
    def error_title(self) -> str | None:
        """Title of the refusal."""
        return self._of_rule("ErrorTitle")  # type: ignore[no-any-return] # a property by name

    @property
    def error_message(self) -> str | None:
        """The refusal."""
        return self._of_rule("ErrorMessage")  # type: ignore[no-any-return] # a property by name

    @property
    def show_error(self) -> bool | None:
        """Whether a wrong value is refused."""
        return self._of_rule("ShowErrorMessage", bool)  # type: ignore[no-any-return] # a property by name

    @property
    def alert_style(self) -> str | None:
        """How firmly a wrong value is refused."""
        return self._of_rule("ErrorAlertStyle", lambda style: ALERTS[style.value])  # type: ignore[no-any-return] # by name

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow the values of a list."""
        if isinstance(source, base_classes.Range):
            formula = f"{quote_sheet(source.sheet.name)}!{source.address}"
        elif isinstance(source, base_classes.Name):
            formula = source.name
        else:
            self._set(
                "list", None, ";".join('"' + text.replace('"', '""') + '"' for text in source), "", in_cell_dropdown
            )
            return
        self._set("list", None, to_calc("=" + formula)[1:], "", in_cell_dropdown)

    def set_rule(self, rule_type: str, operator: str | None, formula1: str, formula2: str | None) -> None:
        """Allow what compares to one or two operands, or what a formula finds true."""
        self._set(rule_type, operator, to_calc(formula1)[1:], to_calc(formula2)[1:] if formula2 else "")

    def _set(self, kind: str, operator: str | None, formula1: str, formula2: str, dropdown: bool = True) -> None:
        self._parent.refuse_protected()
        rule = self._rule
        rule.Type = Enum("com.sun.star.sheet.ValidationType", TYPES[kind])
        if operator:
            rule.setOperator(Enum("com.sun.star.sheet.ConditionOperator", OPERATORS[operator]))
        rule.setFormula1(formula1)
        rule.setFormula2(formula2)
        rule.ShowList = 1 if dropdown else 0
        rule.ShowErrorMessage = True
        self._parent.uno.Validation = rule

    def delete(self) -> None:
        """Allow anything."""
        self._parent.refuse_protected()
        rule = self._rule
        if rule is not None:
            rule.Type = Enum("com.sun.star.sheet.ValidationType", "ANY")
            rule.ShowErrorMessage = False
            self._parent.uno.Validation = rule


def _excel(formula: str) -> str:
    return to_excel("=" + formula)
