"""Rules across the cells of a row, the rows of a sheet, the sheets of a log (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from reportkit.choices import BROADCAST_KINDS, CUSTOMER_KINDS, KIND
from reportkit.columns import Column
from reportkit.findings import did_you_mean
from reportkit.forms import CUSTOMERS
from reportkit.text import Text

if TYPE_CHECKING:
    from reportkit.validate import Sheet

NEEDS_CUSTOMER: Final = Text("要填客户编号", "要填客戶編號", "needs a customer ID")
TAKES_NO_CUSTOMER: Final = Text("不针对单个客户", "不針對單個客戶", "goes to all, not to one customer")
HAPPENED: Final = ("responded_at", "resolved_at", "closed_on")  # what is over when it is written down


def across_rows(sheet: Sheet, today: dt.date) -> None:
    """Name what is wrong within a sheet: days to come, days out of order, ids and rows that stand twice."""
    columns = sheet.raw.form.columns
    for column in columns:
        if column.not_future or column.code in HAPPENED:
            _future(sheet, column, today)
    for column in columns:
        if column.not_before is not None:
            _order(sheet, column, column.not_before)
    if sheet.raw.form.code == "activities":
        _kinds(sheet)
    if sheet.raw.form.id_column is not None:
        _twice(sheet, sheet.raw.form.id_column)
    else:
        _same_rows(sheet)


def across_sheets(sheets: Mapping[str, Sheet]) -> None:
    """Name what is wrong between sheets: ids nobody knows, days before a customer was assigned."""
    for sheet in sheets.values():
        for column in sheet.raw.form.columns:
            if column.refers_to is not None and column.refers_to in sheets:
                _unknown(sheet, column, sheets[column.refers_to])
    if "activities" in sheets and CUSTOMERS.code in sheets:
        _before_assigned(sheets["activities"], sheets[CUSTOMERS.code])


def future_rows(days: pd.Series[Any], today: dt.date) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which days have not come yet."""
    return days.to_numpy() >= np.datetime64(today, "D") + np.timedelta64(1, "D")


def _future(sheet: Sheet, column: Column, today: dt.date) -> None:
    if today == dt.date.max:
        return
    for at in np.flatnonzero(future_rows(sheet.frame[column.code], today)).tolist():
        if column.required:
            sheet.name("date.future", at, column.code)
        else:
            sheet.name("date.future", at, column.code, severity="warning")
            sheet.blank(column.code, at)


def _order(sheet: Sheet, column: Column, earlier: str) -> None:
    """Name the days that lie before the one they must follow; of a blank one, before what that one follows."""
    first = sheet.frame[earlier]
    before = sheet.raw.form.column[earlier]
    if before.not_before is not None:
        first = first.fillna(sheet.frame[before.not_before])
    wrong = (sheet.frame[column.code] < first).to_numpy()
    for at in np.flatnonzero(wrong).tolist():
        sheet.name("date.order", at, column.code, earlier=before.label)


def _kinds(sheet: Sheet) -> None:
    """Name customer services without a customer, and messages to all with one."""
    kind, customer = sheet.frame["kind"], sheet.frame["customer_id"]
    lacking = (kind.isin(CUSTOMER_KINDS) & customer.isna()).to_numpy()
    surplus = (kind.isin(BROADCAST_KINDS) & customer.notna()).to_numpy()
    for wrong, rule in ((lacking, NEEDS_CUSTOMER), (surplus, TAKES_NO_CUSTOMER)):
        for at in np.flatnonzero(wrong).tolist():
            sheet.name("kind.customer", at, "customer_id", kind=KIND.labels[kind.iloc[at]], rule=rule)


def _twice(sheet: Sheet, column: str) -> None:
    """Name the later rows of an id that stands twice."""
    ids = sheet.frame[column]
    first: dict[str, int] = {}
    again = (ids.duplicated() & ids.notna()).to_numpy()
    for at in np.flatnonzero(again).tolist():
        if not first:
            first = {name: n for n, name in reversed(list(enumerate(ids)))}
        sheet.name("id.duplicate", at, column, first=str(sheet.raw.rows[first[ids.iloc[at]]]))


def _same_rows(sheet: Sheet) -> None:
    """Name the rows that are alike in every column; all of them count."""
    again = sheet.frame.duplicated().to_numpy() & ~sheet.bad
    if not again.any():
        return
    first: dict[tuple[object, ...], int] = {}
    rows = sheet.frame.astype("object").where(sheet.frame.notna(), None).itertuples(index=False, name=None)
    for at, row in enumerate(rows):
        begun = first.setdefault(row, at)
        if again[at]:
            sheet.name("row.duplicate", at, None, first=str(sheet.raw.rows[begun]))


def _unknown(sheet: Sheet, column: Column, holder: Sheet) -> None:
    """Name the ids the sheet they refer to does not have; ids of rows with an error are known."""
    if holder.raw.form.id_column is None or holder.raw.form.id_column not in holder.raw.letters:
        return
    known = holder.frame[holder.raw.form.id_column].dropna()
    ids = sheet.frame[column.code]
    wrong = (ids.notna() & ~ids.isin(known)).to_numpy()
    subject = column.code == "customer_id"
    for at in np.flatnonzero(wrong).tolist():
        near = get_close_matches(ids.iloc[at], known.tolist(), n=1, cutoff=0.75)
        words = {"sheet": holder.raw.form.label, "suggestion": did_you_mean(near[0] if near else None)}
        sheet.name("id.unknown", at, column.code, severity=None if subject else "warning", **words)
        if not subject:
            sheet.blank(column.code, at)


def _before_assigned(activities: Sheet, customers: Sheet) -> None:
    """Name the activities dated before their customer was assigned; they count."""
    known = customers.frame.dropna(subset=["customer_id"]).drop_duplicates("customer_id")
    at_customer = pd.Index(known["customer_id"]).get_indexer(pd.Index(activities.frame["customer_id"]))
    since = known["assigned_on"].reset_index(drop=True).reindex(at_customer).set_axis(activities.frame.index)
    early = (activities.frame["date"] < since).to_numpy() & ~activities.bad
    for at in np.flatnonzero(early).tolist():
        activities.name("date.before_assigned", at, "date", assigned=str(since.iloc[at].date()))
