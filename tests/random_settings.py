"""Indicators as a branch may make them up, at random: as rows people write, and as the oracle takes them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, Final

from reportkit.definitions.columns import Column, fold
from reportkit.definitions.derived import countable, divisors
from reportkit.definitions.forms import FORMS
from reportkit.settings.conditions import names_of
from tests.oracle.asked import Asked, Comparison
from tests.oracle.asked import value as held

Log = dict[str, list[dict[str, Any]]]
WORDS: Final = {
    "is": (" is ", "=", "是"), "is_not": (" is not ", "≠", "不是"), "at_least": (" at least ", ">=", "不少於"),
    "at_most": (" at most ", "≤", "不高于"), "above": (" above ", "大于"), "below": (" below ", "<", "小於"),
    "blank": (" is blank", "为空"), "not_blank": (" is not blank", "不为空"),
}  # fmt: skip
ORDERED: Final = ("at_least", "at_most", "above", "below")
SCALE: Final = {"number": "n", "whole": "n", "date": "d", "datetime": "d", "time": "t"}
TEXTS: Final = ("甲", "x")


def filled(random: Random, log: Mapping[str, Sequence[Mapping[str, Any]]], days: Sequence[dt.date]) -> Log:
    """Return a log with something in columns that were not there, and rows in forms that were empty."""
    ids = [row["customer_id"] for row in log["customers"]]
    surveys = [{"date": random.choice(days), "customer_id": random.choice(ids), "score": 4} for _ in range(4)]
    talks = [
        {
            "date": random.choice(days),
            "kind": random.choice(("fund_talk", "return_visit")),
            "customer_id": random.choice(ids),
        }
        for _ in range(40)
    ]
    activities = [*log["activities"], *talks]
    rows = {**{form: [] for form in FORMS}, **log, "surveys": surveys, "activities": activities}
    return {
        form: [{**{c.code: _entry(random, c) for c in FORMS[form].columns}, **row} for row in of_form]
        for form, of_form in rows.items()
    }


def _entry(random: Random, column: Column) -> Any:
    """Return what a cell may hold that nothing else depends on, or a blank."""
    if column.choices is not None:
        return random.choice((None, *column.choices.codes[:3]))
    entries = {"number": (0.0, 0.1, 15.0), "whole": (0, 3, 5), "text": TEXTS, "time": (dt.time(9, 30), dt.time(0))}
    return random.choice((None, *entries.get(column.kind, ())))


def indicator(random: Random, log: Log, code: str) -> tuple[dict[str, Any], Asked]:
    """Return an indicator as a row of the settings, and as the oracle takes it."""
    form = random.choice([*(form for form in FORMS if log[form]), *["activities"] * 4])  # most rows are there
    columns = countable(form)
    numbers = [name for name, column in columns.items() if column.kind in ("number", "whole")]
    measure = random.choice(
        ("count", "distinct", "ratio", "mean", "sum") if numbers else ("count", "distinct", "ratio")
    )
    on = random.choice([None, *(one for one in FORMS[form].column if columns[one].kind in ("date", "datetime"))])
    column = random.choice(numbers) if measure in ("mean", "sum") else None
    if measure == "distinct" and ("customer_id" not in columns or random.random() < 0.4):
        column = random.choice(list(columns))
    pers = (None, None, ("customers", "at_start"), ("worktime", "service_hours"), ("cases", "response_seconds"))
    per = random.choice(pers) if measure == "ratio" else None
    where = [_comparison(random, log, form) for _ in range(random.choice((0, 1, 1, 2)))]
    part = [
        _comparison(random, log, form) for _ in range(measure == "ratio" and (per is None or random.random() < 0.3))
    ]
    period, at_most = random.choice(("day", "week", "month", "two_months")), random.random() < 0.3
    asked = Asked(
        form, measure, period, at_most, on, tuple(one for one, _ in where), tuple(one for one, _ in part), column, per
    )
    row = {
        "code": code, "label": f"指标{code}", "form": form, "on": on and _named(random, on, columns),
        "where": _joined(random, where), "part": _joined(random, part), "measure": measure,
        "column": column and _named(random, column, columns),
        "per": per and random.choice((".".join(per), *divisors()[per].all())),
        "period": period, "direction": "at_most" if at_most else "at_least", "unit": "times",
    }  # fmt: skip
    return row, asked


def _joined(random: Random, comparisons: Sequence[tuple[Comparison, str]]) -> str | None:
    return random.choice((" and ", "且", " 並且 ")).join(text for _, text in comparisons) or None


def _named(random: Random, name: str, columns: Mapping[str, Column]) -> str:
    """Return a column by its code or by a label in any language that means it."""
    prefix = name.removesuffix(columns[name].code)
    known = names_of(columns)
    labels = [*columns[name].label.all(), *(prefix + label for label in columns[name].label.all())]
    return random.choice([name, *(label for label in labels if known.get(fold(label)) == name)])


def _comparison(random: Random, log: Log, form: str) -> tuple[Comparison, str]:
    """Return a condition and how somebody writes it."""
    columns = countable(form)
    name = random.choice(list(columns))
    column, scale = columns[name], SCALE.get(columns[name].kind)
    operator = random.choice(("is", "is_not", "blank", "not_blank", *(ORDERED * 2 if scale else ())))
    said = _named(random, name, columns) + random.choice(WORDS[operator])
    if operator in ("blank", "not_blank"):
        return Comparison(name, operator), said
    if operator in ORDERED and random.random() < 0.4:
        other = random.choice([one for one in columns if SCALE.get(columns[one].kind) == scale])
        return Comparison(name, operator, other=other), said + _named(random, other, columns)
    there = [entry for row in log[form] if (entry := held(log, form, row, name)) is not None]
    if column.choices is not None:
        values = random.sample(column.choices.codes, random.randint(1, 2) if operator in ("is", "is_not") else 1)
        texts = [random.choice((one, *column.choices.labels[one].all())) for one in values]
        if operator == "is_not" and fold(f"not {texts[0]}") in column.choices.by_label:
            said = said.replace(" is not ", "≠")  # “is not interested” has two meanings, and is refused
        return Comparison(name, operator, tuple(values)), said + random.choice((" or ", "、", "或")).join(texts)
    value = random.choice(there or [_some(column)])
    value = value.date() if isinstance(value, dt.datetime) and random.random() < 0.5 else value
    return Comparison(name, operator, (value,)), said + _written(value)


def _some(column: Column) -> Any:
    other = {"n": 5, "d": dt.date(2026, 11, 2), "t": dt.time(9, 30)}
    return other.get(SCALE.get(column.kind, ""), "zz")


def _written(value: Any) -> str:
    return str(float(value)) if isinstance(value, int) or hasattr(value, "numerator") else str(value)
