"""Commands about service and customers: service, satisfaction, customers, each of an advisor and the branch together."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import typer

from reportkit.cli.insight_commands import works_of
from reportkit.cli.language import chosen, say
from reportkit.cli.options import AsOf, Folder, Json, Lang, Week, today_or

if TYPE_CHECKING:
    from reportkit.customers.portfolio import Portfolio
    from reportkit.definitions.text import Text
    from reportkit.indicators.satisfaction import Answers, Satisfaction
    from reportkit.indicators.shares import Share
    from reportkit.summary.service import CaseAlert, ServiceStandards, Tally


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "service",
        help=say(
            "一周的坐席：响应和解决、时限、各责任人，超时的工单。",
            "一週的坐席：回應和解決、時限、各責任人，逾時的工單。",
            "The desk's week: responses, resolutions, limits, each person's month, cases past their limit.",
        ),
        epilog=say("例：reportkit service demo", "例：reportkit service demo", "Example: reportkit service demo"),
    )(service)
    app.command(
        "satisfaction",
        help=say(
            "四周的满意度：回答率、CSAT 和 NPS 及其区间，没人跟进的低分。",
            "四週的滿意度：回答率、CSAT 和 NPS 及其區間，沒人跟進的低分。",
            "Four weeks of satisfaction: response rate, CSAT and NPS with their intervals, low scores nobody followed up.",
        ),
        epilog=say(
            "例：reportkit satisfaction demo",
            "例：reportkit satisfaction demo",
            "Example: reportkit satisfaction demo",
        ),
    )(satisfaction)
    app.command(
        "customers",
        help=say(
            "客户分层、评级、产品、业务机会、转介绍和流失。",
            "客戶分層、評級、產品、業務機會、轉介紹和流失。",
            "Customers by segment and tier, products, pipeline, referrals and churn.",
        ),
        epilog=say("例：reportkit customers demo", "例：reportkit customers demo", "Example: reportkit customers demo"),
    )(customers)


def service(folder: Folder, week: Week = None, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Show the desk of a branch."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions import insight_words as words
    from reportkit.definitions import report_words
    from reportkit.definitions.figures import percent
    from reportkit.settings.calendars import named_span, week_name
    from reportkit.summary.service import merge, service_standards

    language, today = chosen(lang), today_or(as_of)
    settings, works = works_of(folder, today, quiet=json)
    span = named_span(week or week_name(today))
    last = min(span.end, today)
    now = dt.datetime.combine(last, dt.time(23, 59, 59))
    desk = merge([service_standards(work, settings, span, now) for work in works])
    if json:
        print_json(_desk_json(desk))
        return
    heads = (words.BY_PERSON, report_words.CASE_COUNT, words.RESPONSES_WITHIN, words.RESOLVED_WITHIN)
    people = [
        (who, f"{one.cases}", percent(one.service_level.value), percent(one.within_limit.value))
        for who, one in desk.people.items()
    ]
    console().print(table([head.to(language) for head in heads], people, numbers=(1, 2, 3)))
    heads = (report_words.CASE_ID, words.ADVISOR, report_words.DUE_AT, report_words.ESCALATE)
    late = [(one.case_id, one.advisor_id, f"{one.due_at}", one.escalate_to or "") for one in desk.past_limit]
    console().print(table([head.to(language) for head in heads], late))


def satisfaction(folder: Folder, week: Week = None, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Show what customers answered."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions import insight_words as words
    from reportkit.definitions.figures import percent
    from reportkit.settings.calendars import named_span, week_name
    from reportkit.summary.insight import insight_of, merge

    language, today = chosen(lang), today_or(as_of)
    settings, works = works_of(folder, today, quiet=json)
    span = named_span(week or week_name(today))
    last = min(span.end, today)
    found = merge([insight_of(work, settings, span, last, today) for work in works]).satisfaction
    sources = ((words.CASE_RATINGS, found.cases), (words.SURVEYS, found.surveys))
    if json:
        print_json(_satisfaction_json(found))
        return
    heads: tuple[Text, ...] = (
        words.SOURCE,
        words.ASKED,
        words.ANSWERED,
        words.CSAT,
        words.CSAT_INTERVAL,
        words.NPS,
        words.LOW_SCORES,
    )
    rows = []
    for name, answers in sources:
        one = answers.total
        low, high = one.csat.interval or (None, None)
        nps = "—" if one.nps is None else f"{one.nps:+.0f}"
        between = f"{percent(low, 0)} – {percent(high, 0)}"
        rows.append(
            (name.to(language), f"{one.asked}", f"{one.rated}", percent(one.csat.value), between, nps, f"{one.low}")
        )
    console().print(table([head.to(language) for head in heads], rows, numbers=(1, 2, 3, 5, 6)))
    heads = (words.UNANSWERED, words.ADVISOR, words.CUSTOMER, words.SCORE, words.PLACE)
    low_scores = [
        (f"{one.on}", one.advisor_id, one.customer_id, f"{one.score}", f"{one.sheet} {one.row}")
        for one in found.unanswered
    ]
    console().print(table([head.to(language) for head in heads], low_scores, numbers=(3,)))


def customers(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Show the customers of a branch."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.customers.portfolio import merge, portfolio
    from reportkit.definitions import insight_words as words
    from reportkit.definitions import report_words
    from reportkit.definitions.figures import percent

    language, today = chosen(lang), today_or(as_of)
    settings, works = works_of(folder, today, quiet=json)
    found = merge([portfolio(work.facts, settings, today) for work in works])
    if json:
        print_json(_portfolio_json(found))
        return
    for title, known in ((report_words.SEGMENT, found.segments), (words.TIER, found.tiers)):
        heads: tuple[Text, ...] = (
            title,
            report_words.CUSTOMER_COUNT,
            report_words.ASSETS,
            report_words.WALLET,
            words.RULES,
        )
        rows = [
            (
                one.band.name.to(language),
                f"{one.group.customers}",
                f"{one.group.assets:,.0f}",
                percent(one.group.share_of_wallet),
                "; ".join(rule.to(language) or words.OTHERWISE.to(language) for rule in one.band.rules),
            )
            for one in known
        ]
        console().print(table([head.to(language) for head in heads], rows, numbers=(1, 2, 3)))
    heads = (report_words.MONTH, report_words.LEFT_CUSTOMERS, report_words.AT_START, report_words.RATE)
    churn = [(month, f"{one.part}", f"{one.whole}", percent(one.value)) for month, one in found.churn.items()]
    console().print(table([head.to(language) for head in heads], churn, numbers=(1, 2, 3)))


def _share_json(share: Share) -> dict[str, Any]:
    return {"value": share.value, "part": share.part, "whole": share.whole, "interval": share.interval}


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "cases": tally.cases,
        "mean_response_s": tally.mean_response,
        "mean_resolution_min": tally.mean_resolution,
        "service_level": _share_json(tally.service_level),
        "coverage": _share_json(tally.coverage),
        "within_limit": _share_json(tally.within_limit),
        "resolution_rate": _share_json(tally.resolution_rate),
        "reopen_rate": _share_json(tally.reopen_rate),
        "repeat_rate": _share_json(tally.repeat_rate),
    }


def _alert_json(one: CaseAlert) -> dict[str, Any]:
    return {
        "case_id": one.case_id, "advisor": one.advisor_id, "sheet": one.sheet, "row": one.row,
        "customer_id": one.customer_id, "due_at": one.due_at.isoformat(), "used_minutes": one.used_minutes,
        "limit_minutes": one.limit_minutes, "escalate_to": one.escalate_to, "escalated_to": one.escalated_to,
    }  # fmt: skip


def _desk_json(desk: ServiceStandards) -> dict[str, Any]:
    late = {"past_limit": desk.past_limit, "at_risk": desk.at_risk, "resolved_late": desk.missed}
    return {
        "total": _tally_json(desk.total),
        "customers": len(desk.customers),
        "closures": desk.closures,
        "p50_response_s": desk.response_percentile(50),
        "p90_response_s": desk.response_percentile(90),
        "by": {name: {key: _tally_json(one) for key, one in of.items()} for name, of in desk.by.items()},
        "people": {who: _tally_json(one) for who, one in desk.people.items()},
        "opened": desk.opened.tolist(),
        **{state: [_alert_json(one) for one in ones] for state, ones in late.items()},
    }


def _answers_json(answers: Answers) -> dict[str, Any]:
    return {
        "asked": answers.asked,
        "rated": answers.rated,
        "response_rate": _share_json(answers.response_rate),
        "csat": _share_json(answers.csat),
        "mean": answers.mean,
        "low": answers.low,
        "nps": answers.nps,
        "nps_interval": answers.nps_interval,
        "recommending": answers.recommending,
    }


def _satisfaction_json(found: Satisfaction) -> dict[str, Any]:
    by_source = {"cases": found.cases, "surveys": found.surveys}
    return {
        **{source: _answers_json(answers.total) for source, answers in by_source.items()},
        "by": {
            source: {name: {key: _answers_json(one) for key, one in of.items()} for name, of in answers.by.items()}
            for source, answers in by_source.items()
        },
        "unanswered": [
            {"advisor": one.advisor_id, "sheet": one.sheet, "row": one.row, "customer_id": one.customer_id,
             "on": one.on.isoformat(), "score": one.score}
            for one in found.unanswered
        ],
    }  # fmt: skip


def _portfolio_json(found: Portfolio) -> dict[str, Any]:
    bands = {"segments": found.segments, "tiers": found.tiers}
    return {
        "on": found.on.isoformat(),
        "customers": found.total.customers,
        "assets": found.total.assets,
        **{
            name: {
                one.band.code: {
                    "customers": one.group.customers,
                    "assets": one.group.assets,
                    "share_of_wallet": one.group.share_of_wallet,
                    "holds": dict(one.group.holds),
                    "wants": dict(one.group.wants),
                }
                for one in known
            }
            for name, known in bands.items()
        },
        "moves": [{"from": before, "to": after, "customers": n} for (before, after), n in found.flows.items()],
        "pipeline": {stage: {"count": one.count, "amount": one.total} for stage, one in found.pipeline.items()},
        "won": {product: {"count": one.count, "amount": one.total} for product, one in found.won.items()},
        "referrals": {"customers": found.referred.count, "assets": found.referred.total},
        "churn": {month: _share_json(one) for month, one in found.churn.items()},
        "departures": [
            {"customer_id": one.customer_id, "on": one.on.isoformat(), "segment": one.segment, "signs": list(one.signs)}
            for one in found.departures
        ],
        "risk": dict(found.risk),
        "unsuitable": [
            {"customer_id": one.customer_id, "product": one.product, "sheet": one.finding.place.sheet,
             "row": one.finding.place.row}
            for one in found.unsuitable
        ],
    }  # fmt: skip
