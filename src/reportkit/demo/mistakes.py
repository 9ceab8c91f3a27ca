"""What people get wrong in a log, one function a mistake, each with the finding it must give (DOMAIN §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from reportkit.definitions.text import Language, Text
from reportkit.demo.dice import Dice
from reportkit.demo.people import RowDict, served
from reportkit.demo.rows import LogRows
from reportkit.demo.staff import Advisor, Period

_LAST_FRIDAY: Final = Text("上周五", "上週五", "last Friday")
_HALF_AN_HOUR: Final = Text("半小时", "半小時", "half an hour")
_RETURN_VISIT: Final = Text("客户回仿", "客戶回仿", "Retrun visit")
_WECHAT_CALL: Final = Text("微信语音", "微信語音", "WeChat call")
_ACCOUNT: Final = Text("帐户问题", "帳戶問題", "Acount")
_STEADY: Final = Text("稳建型", "穩建型", "Balancd")
_TO_BE_AGREED: Final = Text("面议", "面議", "to be agreed")
_EVENING: Final = Text("晚上", "晚上", "evening")


@dataclass(frozen=True)
class Planted:
    """A mistake in a log: which row (counted from 0) of which form, which column, and the finding it gives."""

    advisor_id: str
    form: str
    row: int
    column: str
    code: str


class Pages:
    """A log in which mistakes are made: no row gets two of them."""

    def __init__(self, advisor: Advisor, period: Period, log: LogRows, dice: Dice, language: Language) -> None:
        self.advisor, self.period, self.log = advisor, period, log
        self.dice, self.language = dice, language
        self.customers = {row["customer_id"]: row for row in log["customers"]}
        self._touched: set[int] = set()  # of id(row): rows live as long as the log
        self._named = {row["repeat_of"] for row in log["cases"]}

    def take(self, form: str, fits: Callable[[RowDict], bool] = lambda row: True) -> RowDict | None:
        """Return a random row that fits and nobody has changed yet, or None; it counts as changed from now on.

        A case other cases name is never taken: what is wrong with it would spread to them.
        """
        rows = [row for row in self.log[form] if not self._changed(row) and self._alone(row) and fits(row)]
        if not rows:
            return None
        row = self.dice.one(rows)
        self.keep(row)
        return row

    def add_after(self, form: str, row: RowDict, new: RowDict) -> None:
        """Put a new row right after another; both count as changed."""
        at = self.place(form, row)
        self.log[form].insert(at + 1, new)
        self.keep(row)
        self.keep(new)

    def place(self, form: str, row: RowDict) -> int:
        """Return where a row stands in its form, counted from 0."""
        return next(at for at, one in enumerate(self.log[form]) if one is row)

    def _changed(self, row: RowDict) -> bool:
        return id(row) in self._touched

    def _alone(self, row: RowDict) -> bool:
        return row.get("case_id") is None or row["case_id"] not in self._named

    def keep(self, row: RowDict) -> None:
        """Count a row as changed, so that it stays as it is."""
        self._touched.add(id(row))


Slip = tuple[str, RowDict, str, str]  # form, row, column, code
Mistake = Callable[[Pages], Slip | None]


def _typed(form: str, column: str, code: str, what: Any, fits: Callable[[RowDict], bool] = lambda row: True) -> Mistake:
    """Return the mistake of typing `what` (a text of the log's language, or a value) into a cell."""

    def make(pages: Pages) -> Slip | None:
        row = pages.take(form, fits)
        if row is None:
            return None
        row[column] = what.to(pages.language) if isinstance(what, Text) else what
        return form, row, column, code

    return make


def _kind_is(*kinds: str) -> Callable[[RowDict], bool]:
    return lambda row: row["kind"] in kinds and row["next_on"] is None


def _next_year(pages: Pages) -> Slip | None:
    """Type a day of next year; the same weekday, so that nothing else is wrong with it."""
    recent = pages.period.today - dt.timedelta(days=200)
    row = pages.take("activities", lambda row: row["next_on"] is None and row["date"] > recent)
    if row is None:
        return None
    row["date"] += dt.timedelta(days=364)
    return "activities", row, "date", "date.future"


def _before_assigned(pages: Pages) -> Slip | None:
    """Log a talk with a customer who was only assigned later."""
    row = pages.take("activities", _kind_is("return_visit"))
    later = [one for one in pages.customers.values() if row and one["assigned_on"] > row["date"]]
    if row is None or not later:
        return None
    row["customer_id"] = pages.dice.one(later)["customer_id"]
    return "activities", row, "date", "date.before_assigned"


def _follow_up_before(pages: Pages) -> Slip | None:
    """Agree on a follow-up for a month that is over."""
    row = pages.take("activities", lambda row: row["next_on"] is not None)
    if row is None:
        return None
    row["next_on"] = row["date"] - dt.timedelta(days=30)
    return "activities", row, "next_on", "date.order"


def _solved_before(pages: Pages) -> Slip | None:
    """Solve a case before it was answered: morning and afternoon mixed up."""
    row = pages.take("cases", lambda row: bool(row["resolved_at"] and row["responded_at"]))
    if row is None:
        return None
    row["resolved_at"] = row["opened_at"] - dt.timedelta(hours=3)
    return "cases", row, "resolved_at", "date.order"


def _same_case_id(pages: Pages) -> Slip | None:
    """Forget to count the case's number up."""
    first = pages.log["cases"][0] if pages.log["cases"] else None
    row = pages.take("cases", lambda row: row is not first)
    if row is None:
        return None
    before = pages.log["cases"][pages.place("cases", row) - 1]
    pages.keep(before)
    row["case_id"] = before["case_id"]
    return "cases", row, "case_id", "id.duplicate"


def _same_customer(pages: Pages) -> Slip | None:
    """Enter a customer a second time."""
    row = pages.take("customers")
    if row is None:
        return None
    again = {
        **row,
        "mobile": None,
        "interests": None,
        "wechat": None,
        "work_years": None,
        "assets": row["assets"] + 5000,
    }
    pages.add_after("customers", pages.log["customers"][-1], again)
    return "customers", again, "customer_id", "id.duplicate"


def _unknown(form: str, fits: Callable[[RowDict], bool] = lambda row: True) -> Mistake:
    """Return the mistake of typing a customer's number wrong."""

    def make(pages: Pages) -> Slip | None:
        row = pages.take(form, fits)
        if row is None:
            return None
        row["customer_id"] = f"C{pages.advisor.number:02d}9{row['customer_id'][-2:]}"
        return form, row, "customer_id", "id.unknown"

    return make


def _broadcast_to_one(pages: Pages) -> Slip | None:
    """Name a customer in a message to all."""
    row = pages.take("activities", _kind_is("market_view"))
    if row is None:
        return None
    row["customer_id"] = pages.dice.one(list(pages.customers))
    return "activities", row, "customer_id", "kind.customer"


def _not_eligible(kind: str, refuses: Callable[[RowDict], bool]) -> Mistake:
    """Return the mistake of offering a product to a customer it does not suit."""

    def make(pages: Pages) -> Slip | None:
        row = pages.take("activities", lambda row: row["kind"] == kind and row["effective"] == "yes")
        unfit = [one for one in pages.customers.values() if row and refuses(one) and served(one, row["date"])]
        if row is None or not unfit:
            return None
        row["customer_id"] = pages.dice.one(unfit)["customer_id"]
        return "activities", row, "customer_id", "kind.not_eligible"

    return make


def _unsuitable(pages: Pages) -> Slip | None:
    """Take up an opportunity about a product marked unsuitable for its customer."""
    unfit = {one for one, row in pages.customers.items() if row["private_fund"] == "unsuitable"}
    row = pages.take("opportunities", lambda row: row["customer_id"] in unfit and row["closed_on"] is None)
    if row is None:
        return None
    row["product"] = "private_fund"
    return "opportunities", row, "customer_id", "product.unsuitable"


def _twice(pages: Pages) -> Slip | None:
    """Enter a row twice."""
    row = pages.take("activities", _kind_is("return_visit", "new_contact"))
    if row is None:
        return None
    again = dict(row)
    pages.add_after("activities", row, again)
    return "activities", again, "date", "row.duplicate"


def _sunday(pages: Pages) -> Slip | None:
    """Date a message on the Sunday before."""
    first = pages.advisor.joined or pages.period.start
    fits = _kind_is("market_view", "stock_view")
    row = pages.take("activities", lambda row: fits(row) and row["date"] >= first + dt.timedelta(days=7))
    if row is None:
        return None
    row["date"] -= dt.timedelta(days=row["date"].weekday() + 1)
    return "activities", row, "date", "day.off"


# The first ones give each finding once; a log takes as many in turn as its size allows.
MISTAKES: Final[tuple[Mistake, ...]] = (
    _typed("activities", "kind", "value.required", None, _kind_is("return_visit", "new_contact")),
    _typed("activities", "date", "value.type", _LAST_FRIDAY, _kind_is("return_visit", "new_contact")),
    _typed("activities", "kind", "value.choice", _RETURN_VISIT, _kind_is("return_visit")),
    _typed("surveys", "score", "value.range", 10),
    _next_year,
    _before_assigned,
    _follow_up_before,
    _same_case_id,
    _unknown("activities", _kind_is("new_contact", "return_visit")),
    _twice,
    _typed("activities", "customer_id", "kind.customer", None, _kind_is("new_contact")),
    _not_eligible("fund_talk", lambda one: one["public_fund"] == "not_interested"),
    _unsuitable,
    _sunday,
    _typed("activities", "minutes", "value.type", _HALF_AN_HOUR, lambda row: row["minutes"] is not None),
    _typed("activities", "channel", "value.choice", _WECHAT_CALL, lambda row: row["channel"] == "wechat"),
    _typed("activities", "satisfaction", "value.range", 6, lambda row: row["satisfaction"] is not None),
    _solved_before,
    _same_customer,
    _unknown("surveys"),
    _broadcast_to_one,
    _not_eligible("margin_talk", lambda one: one["assets"] < 500_000 and one["margin_trading"] != "unsuitable"),
    _typed("cases", "category", "value.choice", _ACCOUNT, lambda row: row["category"] == "account"),
    _typed("customers", "risk", "value.choice", _STEADY, lambda row: row["risk"] == "balanced"),
    _typed("opportunities", "amount", "value.type", _TO_BE_AGREED, lambda row: row["amount"] is not None),
    _typed("visits", "purpose", "value.required", None),
    _typed("worktime", "service_hours", "value.range", 75.0, lambda row: row["service_hours"] is not None),
    _typed("training", "hours", "value.range", 0.0),
    _typed("activities", "time", "value.type", _EVENING, lambda row: row["next_on"] is None),
)


def plant(pages: Pages, first: int) -> list[Planted]:
    """Make mistakes in about one row of a hundred, at least four, in turn from the `first`; return where they are."""
    count = max(4, sum(map(len, pages.log.values())) // 110)
    slips = []
    for at in range(min(count, len(MISTAKES))):
        slip = MISTAKES[(first + at) % len(MISTAKES)](pages)
        if slip is not None:
            slips.append(slip)
    return [
        Planted(pages.advisor.advisor_id, form, pages.place(form, row), column, code)
        for form, row, column, code in slips
    ]
