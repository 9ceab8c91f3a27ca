"""What the commands about service and customers answer a program: counts and shares, never a mean of percentages."""

from __future__ import annotations

from typing import Any

from reportkit.customers.portfolio import Portfolio
from reportkit.customers.referrals import Referrer
from reportkit.definitions.choices import PRODUCTS
from reportkit.indicators.satisfaction import Answers, Satisfaction
from reportkit.indicators.shares import Share
from reportkit.read.archives import archive_of
from reportkit.summary.service import CaseAlert, ServiceStandards, Tally


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
        "archive": one.archive or None, "customer_id": one.customer_id, "due_at": one.due_at.isoformat(), "used_minutes": one.used_minutes,
        "limit_minutes": one.limit_minutes, "escalate_to": one.escalate_to, "escalated_to": one.escalated_to,
    }  # fmt: skip


def desk_json(desk: ServiceStandards) -> dict[str, Any]:
    """Return what `service --json` prints."""
    late = {"past_limit": desk.past_limit, "at_risk": desk.at_risk, "resolved_late": desk.missed}
    return {
        "standards": [
            {
                "code": one.indicator.code,
                "value": one.value,
                "target": one.target,
                "attainment": one.attainment,
                "numerator": one.numerator,
                "denominator": one.denominator,
            }
            for one in desk.standards
        ],
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


def satisfaction_json(found: Satisfaction) -> dict[str, Any]:
    """Return what `satisfaction --json` prints."""
    by_source = {"cases": found.cases, "surveys": found.surveys}
    return {
        **{source: _answers_json(answers.total) for source, answers in by_source.items()},
        "by": {
            source: {name: {key: _answers_json(one) for key, one in of.items()} for name, of in answers.by.items()}
            for source, answers in by_source.items()
        },
        "unanswered": [
            {"advisor": one.advisor_id, "sheet": one.sheet, "row": one.row, "customer_id": one.customer_id,
             "archive": one.archive or None, "on": one.on.isoformat(), "score": one.score}
            for one in found.unanswered
        ],
    }  # fmt: skip


def portfolio_json(found: Portfolio) -> dict[str, Any]:
    """Return what `customers --json` prints."""
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
        "products": {
            product: {
                "holds": _share_json(found.total.penetration(product)),
                "interested": found.total.wants.get(product, 0),
                "won": found.won[product].count if product in found.won else 0,
            }
            for product in PRODUCTS
        },
        "referrals": {
            "customers": found.referred.count,
            "assets": found.referred.total,
            "trees": [_tree_json(one) for one in found.referrals],
        },
        "churn": {month: _share_json(one) for month, one in found.churn.items()},
        "departures": [
            {"customer_id": one.customer_id, "on": one.on.isoformat(), "segment": one.segment, "signs": list(one.signs)}
            for one in found.departures
        ],
        "risk": dict(found.risk),
        "risk_cases": [
            {"advisor": one.advisor_id, "customer_id": one.customer_id, "expires_on": one.expires_on.isoformat(),
             "state": one.state}
            for one in found.risk_cases
        ],
        "unsuitable": [
            {"customer_id": one.customer_id, "product": one.product, "sheet": one.finding.place.sheet,
             "row": one.finding.place.row, "archive": archive_of(one.finding.place.file) or None}
            for one in found.unsuitable
        ],
    }  # fmt: skip


def _tree_json(one: Referrer) -> dict[str, Any]:
    return {
        "advisor": one.advisor_id, "customer_id": one.customer_id, "customers": one.customers, "assets": one.assets,
        "brought": [_tree_json(child) for child in one.brought],
    }  # fmt: skip
