"""What a competent user would write: pandas reads each sheet, a model checks each row, pandas counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ValidationError

from reportkit.definitions.forms import FORMS

DAYS = 7


class Activity(BaseModel):
    date: dt.date
    time: dt.time | None = None
    kind: str
    customer_id: str | None = None
    channel: str | None = None
    effective: str | None = None
    minutes: float | None = None
    attendees: float | None = None
    summary: str | None = None
    satisfaction: float | None = None
    next_step: str | None = None
    next_on: dt.date | None = None


class Customer(BaseModel):
    customer_id: str
    name: str
    assigned_on: dt.date
    assets: float | None = None
    status: str
    status_on: dt.date | None = None
    public_fund: str | None = None


class Case(BaseModel):
    case_id: str
    customer_id: str | None = None
    opened_at: dt.datetime
    category: str
    responded_at: dt.datetime | None = None
    resolved_at: dt.datetime | None = None
    status: str
    repeat_of: str | None = None
    satisfaction: float | None = None


def _sheet(path: Path, form: str, model: type[BaseModel]) -> pd.DataFrame:
    """Return a form's rows that the model takes, with codes for labels."""
    described = FORMS[form]
    frame = pd.read_excel(path, sheet_name=described.label.zh_cn, header=None, engine="openpyxl")
    at = next(n for n, row in enumerate(frame.itertuples(index=False)) if described.columns[0].label.zh_cn in row[0:1]
              or described.columns[0].label.zh_cn in str(row[0]))  # fmt: skip
    labels = [described.by_label.get(str(label).strip("* ").lower()) for label in frame.iloc[at]]
    frame = frame.iloc[at + 1 :].set_axis(labels, axis=1)
    frame = frame[[code for code in labels if code in model.model_fields]].dropna(how="all")
    for column in described.columns:
        if column.choices is not None and column.code in frame:
            codes = {label.zh_cn: code for code, label in column.choices.labels.items()}
            frame[column.code] = frame[column.code].map(codes)
    rows: list[dict[str, Any]] = []
    for record in frame.to_dict("records"):
        try:
            known = {str(code): None if pd.isna(value) else value for code, value in record.items()}
            rows.append(model(**known).model_dump())
        except ValidationError:
            continue
    return pd.DataFrame(rows, columns=list(model.model_fields))


def figures(path: Path, monday: dt.date) -> dict[str, float]:
    """Return the figures of a week of one log."""
    activities = _sheet(path, "activities", Activity)
    customers = _sheet(path, "customers", Customer)
    cases = _sheet(path, "cases", Case)
    days = pd.to_datetime(activities["date"])
    first, after = pd.Timestamp(monday), pd.Timestamp(monday) + pd.Timedelta(days=DAYS)
    joined = activities.merge(customers[["customer_id", "assets", "public_fund"]], on="customer_id", how="left")
    week, effective = (days >= first) & (days < after), activities["effective"] == "yes"

    def distinct(kind: str, more: Callable[[pd.DataFrame], pd.Series] = lambda rows: rows["kind"].notna()) -> float:
        rows = joined[(week & effective & (activities["kind"] == kind)).to_numpy()]
        return float(len(rows[more(rows)].drop_duplicates(["date", "customer_id"])))

    contacts = activities[effective].assign(day=days[effective]).sort_values("day")
    contacts["before"] = contacts.groupby("customer_id")["day"].shift()
    revisits = contacts[(contacts["kind"] == "return_visit") & (contacts["day"] >= first) & (contacts["day"] < after)]
    opened = pd.to_datetime(cases["opened_at"])
    of_week = cases[(opened >= first) & (opened < after)]
    rated = of_week.dropna(subset=["satisfaction"])
    response = (pd.to_datetime(of_week["responded_at"]) - pd.to_datetime(of_week["opened_at"])).dt.total_seconds()
    counts = activities[week.to_numpy()].groupby("kind").size()
    return {
        "new_contacts": distinct("new_contact"),
        "fund_talks": distinct("fund_talk", lambda rows: rows["public_fund"].isin(["holds", "interested"])),
        "margin_talks": distinct("margin_talk", lambda rows: rows["assets"] >= 500_000),
        "revisits": float(((revisits["day"] - revisits["before"]).dt.days >= 14).sum()),
        **{kind: float(counts.get(kind, 0)) for kind in ("market_view", "stock_view", "intraday_alert", "home_visit")},
        "csat": float((rated["satisfaction"] >= 4).mean()),
        "first_response": float(response.mean()),
        "resolution_rate": float(of_week["status"].isin(["resolved", "closed"]).mean()),
        "repeat_rate": float(of_week["repeat_of"].notna().mean()),
    }
