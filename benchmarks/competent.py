"""What a competent user would write: pandas reads each sheet, a model checks each row, pandas counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import BaseModel, ValidationError

from reportkit.definitions.choices import CUSTOMER_KINDS
from reportkit.definitions.columns import fold
from reportkit.definitions.forms import FORMS


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
    status: str | None = None
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


class Opportunity(BaseModel):
    opened_on: dt.date
    customer_id: str
    product: str
    stage: str
    closed_on: dt.date | None = None


class Worktime(BaseModel):
    date: dt.date
    service_hours: float | None = None


class Training(BaseModel):
    date: dt.date
    topic: str
    hours: float


MODELS: dict[str, type[BaseModel]] = {
    "activities": Activity,
    "customers": Customer,
    "cases": Case,
    "opportunities": Opportunity,
    "worktime": Worktime,
    "training": Training,
}


def _tables(path: Path) -> dict[str, pd.DataFrame]:
    """Return each form's rows that its model takes."""
    names = {form: FORMS[form].label.zh_cn for form in MODELS}
    sheets = pd.read_excel(path, sheet_name=list(names.values()), header=None, engine="openpyxl")
    return {form: _rows(sheets[name], form, MODELS[form]) for form, name in names.items()}


def _rows(frame: pd.DataFrame, form: str, model: type[BaseModel]) -> pd.DataFrame:
    """Return the rows of a sheet that the model takes, with codes for labels."""
    described = FORMS[form]
    first = described.columns[0].label.zh_cn
    at = next(n for n, cell in enumerate(frame[0].tolist()) if str(cell).strip("* ") == first)
    labels = [described.by_label.get(fold(str(label).strip("* "))) for label in frame.iloc[at]]
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


def _between(column: pd.Series, first: dt.date, last: dt.date) -> pd.Series:
    """Return which days or moments lie from one day to another."""
    moments = pd.to_datetime(column)
    return (moments >= pd.Timestamp(first)) & (moments < pd.Timestamp(last) + pd.Timedelta(days=1))


def figures(path: Path, monday: dt.date, today: dt.date) -> dict[str, float]:
    """Return the figures of a week of one log, and of the month and two months that hold its last day, up to today."""
    tables = _tables(path)
    activities, customers, cases = (tables[form] for form in ("activities", "customers", "cases"))
    last = min(monday + dt.timedelta(days=6), today)
    month = last.replace(day=1)
    two_months = month.replace(month=month.month - (month.month + 1) % 2)
    joined = activities.merge(customers[["customer_id", "assets", "public_fund"]], on="customer_id", how="left")
    week, effective = _between(activities["date"], monday, last), activities["effective"] == "yes"

    def distinct(kind: str, more: Callable[[pd.DataFrame], pd.Series] = lambda rows: rows["kind"].notna()) -> float:
        rows = joined[(week & effective & (activities["kind"] == kind)).to_numpy()]
        return float(len(rows[more(rows)].drop_duplicates(["date", "customer_id"])))

    def count(kind: str, since: dt.date, chosen: pd.Series | bool = True) -> float:
        return float((chosen & (activities["kind"] == kind) & _between(activities["date"], since, last)).sum())

    contacts = activities[effective & activities["kind"].isin(CUSTOMER_KINDS)].assign(
        day=lambda rows: pd.to_datetime(rows["date"])
    )
    visits = contacts[contacts["kind"] == "return_visit"][["customer_id", "day"]].drop_duplicates()
    earlier = contacts[["customer_id", "day"]].drop_duplicates().sort_values("day")
    revisits = pd.merge_asof(
        visits[_between(visits["day"], monday, last)].sort_values("day"),
        earlier.assign(before=earlier["day"]),
        on="day",
        by="customer_id",
        allow_exact_matches=False,
    )
    assigned = pd.to_datetime(customers["assigned_on"])
    tenth = assigned + pd.Timedelta(days=10)
    first_visits = customers[_between(tenth, monday, last)].merge(visits, on="customer_id", how="left")
    on_time = _between_days(first_visits["day"], pd.to_datetime(first_visits["assigned_on"]), 10)
    left = (customers["status"] == "transferred_out") & customers["status_on"].notna()
    gone_on = pd.to_datetime(customers["status_on"])
    stock = (assigned < pd.Timestamp(month)) & ~(left & (gone_on < pd.Timestamp(month)))
    of_week = cases[_between(cases["opened_at"], monday, last)]
    rated = of_week["satisfaction"].dropna()
    response = pd.to_datetime(of_week["responded_at"]) - pd.to_datetime(of_week["opened_at"])
    ordered = cases.assign(at=pd.to_datetime(cases["opened_at"])).sort_values(["at", "case_id"])
    since = ordered["at"] - ordered.groupby(["customer_id", "category"])["at"].shift()
    again = (since <= pd.Timedelta(days=7)) | ordered["repeat_of"].notna()
    opportunities, worktime, training = (tables[form] for form in ("opportunities", "worktime", "training"))
    won = (opportunities["stage"] == "won") & (opportunities["product"] == "advisory_contract")
    hours = worktime["service_hours"][_between(worktime["date"], monday, last)].sum()
    return {
        "new_contacts": distinct("new_contact"),
        "fund_talks": distinct("fund_talk", lambda rows: rows["public_fund"].isin(["holds", "interested"])),
        "margin_talks": distinct("margin_talk", lambda rows: rows["assets"] >= 500_000),
        "revisits": float(((revisits["day"] - revisits["before"]).dt.days >= 14).sum()),
        "market_views": count("market_view", monday),
        "stock_views": count("stock_view", monday),
        "intraday_alerts": count("intraday_alert", monday),
        "novice_classes": count("novice_class", monday),
        "veteran_classes": count("veteran_class", monday),
        "home_visits": count("home_visit", monday, effective),
        "report_meetings": count("report_meeting", month),
        "salons": count("salon", two_months),
        "advisory_contracts": float((won & _between(opportunities["closed_on"], month, last)).sum()),
        "first_visits_on_time": float(on_time.groupby(first_visits["customer_id"]).any().mean()),
        "csat": float((rated >= 4).mean()),
        "first_response": float(response.dt.total_seconds().mean()),
        "resolution_rate": float(of_week["status"].isin(["resolved", "closed"]).mean()),
        "repeat_rate": float(again[ordered["case_id"].isin(of_week["case_id"])].mean()),
        "cases_per_hour": float(
            _between(cases["resolved_at"], monday, last)[cases["status"].isin(["resolved", "closed"])].sum() / hours
        ),
        "churn_rate": float((left & _between(gone_on, month, last)).sum() / stock.sum()),
        "training_hours": float(training["hours"][_between(training["date"], month, last)].sum()),
    }


def _between_days(days: pd.Series, since: pd.Series, most: int) -> pd.Series:
    """Return which days lie from another day to so many days after it."""
    return (days >= since) & (days <= since + pd.Timedelta(days=most))
