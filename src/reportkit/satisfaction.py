"""Satisfaction: what customers answered, how sure the figure is, and the low scores nobody answered (DOMAIN §1, §4)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import pandas as pd

from reportkit.facts import Facts, effective_contact

LOW: Final = 2  # a score of 2 or less wants an answer


def ratings(facts: Facts) -> pd.DataFrame:
    """Return every score a customer gave. Columns: form, row (Excel's), customer_id, on, score.

    A case is dated by its resolution, else by its opening; a visit by the day it was made, else planned.
    """
    frame = facts.frame
    cases, visits = frame("cases"), frame("visits")
    scored: tuple[tuple[str, pd.Series[Any], str], ...] = (
        ("activities", frame("activities")["date"], "satisfaction"),
        ("cases", cases["resolved_at"].fillna(cases["opened_at"]).dt.floor("D"), "satisfaction"),
        ("visits", visits["done_on"].fillna(visits["planned_on"]), "satisfaction"),
        ("surveys", frame("surveys")["date"], "score"),
    )
    every = [
        pd.DataFrame(
            {
                "form": pd.Series(form, index=on.index, dtype="str"),
                "row": on.index.astype("int64"),
                "customer_id": frame(form)["customer_id"],
                "on": on.astype("datetime64[s]"),
                "score": frame(form)[score],
            }
        )
        for form, on, score in scored
    ]
    return pd.concat(every, ignore_index=True).dropna(subset=["score"]).reset_index(drop=True)


def unanswered_low_scores(facts: Facts, on: dt.date) -> pd.DataFrame:
    """Return the scores of 2 or less given up to a day that nobody has answered by then.

    Answered is: on a later day, an effective contact with that customer (DOMAIN §3), or the follow-up action of one
    of their visits done. Columns: customer_id, on, score, form, row; earliest first, one row a score, so a customer may
    stand in several. Scores of callers who are no customers of the log are left out: nobody can be called back.
    """
    every = ratings(facts)
    until = pd.Timestamp(on)
    low = every[(every["score"] <= LOW) & (every["on"] <= until) & every["customer_id"].notna()]
    latest = _latest_answer(facts, until).reindex(low["customer_id"]).to_numpy()
    unanswered = low[~(latest > low["on"].to_numpy())]
    columns = ["customer_id", "on", "score", "form", "row"]
    return unanswered[columns].sort_values(["on", "form", "row"], kind="stable").reset_index(drop=True)


def _latest_answer(facts: Facts, until: pd.Timestamp) -> pd.Series[Any]:
    """Return customer_id → the last day up to `until` on which they were spoken to, or a follow-up was done."""
    activities, visits = facts.frame("activities"), facts.frame("visits")
    spoken = activities.loc[effective_contact(activities), ["customer_id", "date"]].set_axis(["who", "on"], axis=1)
    done = visits[["customer_id", "follow_up_done_on"]].set_axis(["who", "on"], axis=1)
    answers = pd.concat([spoken, done])
    return answers[answers["on"] <= until].groupby("who")["on"].max().astype("datetime64[s]")
