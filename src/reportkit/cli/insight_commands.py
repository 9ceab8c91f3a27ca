"""Commands that look further than a week: visits, effects, signals, advice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportkit.cli.branch_logs import works_of
from reportkit.cli.language import chosen, say
from reportkit.cli.log_commands import work_of
from reportkit.cli.options import AsOf, Folder, Json, Lang, Log, On, Password, today_or

Ics = Annotated[
    Path | None,
    typer.Option(
        "--ics", metavar="FILE",
        help=say("把走访和跟进写成日历文件", "把走訪和跟進寫成日曆檔案", "Write visits and follow-ups as a calendar file"),
    ),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "visits",
        help=say(
            "建议走访谁，为什么；也可写成日历文件。",
            "建議走訪誰，為什麼；也可寫成日曆檔案。",
            "Whom to visit, and why; a calendar file if you like.",
        ),
        epilog=say(
            '例：reportkit visits "logs/A001 张伟.xlsx" --ics 走访.ics',
            '例：reportkit visits "logs/A001 張偉.xlsx" --ics 走訪.ics',
            'Example: reportkit visits "logs/A001 Wei Zhang.xlsx" --ics visits.ics',
        ),
    )(visits)
    app.command(
        "effects",
        help=say(
            "改进措施前后四周的指标，变化是否超出偶然。",
            "改進措施前後四週的指標，變化是否超出偶然。",
            "Improvements: their indicator four weeks before and after, and whether it is more than chance.",
        ),
        epilog=say("例：reportkit effects demo", "例：reportkit effects demo", "Example: reportkit effects demo"),
    )(effects)
    app.command(
        "signals",
        help=say(
            "最近整周超出自身波动范围的指标，团队的和每个人的：是变化，不是波动。",
            "最近整週超出自身波動範圍的指標，團隊的和每個人的：是變化，不是波動。",
            "Figures whose last whole week lies outside their own swings, the team's and each advisor's: a change, no noise.",
        ),
        epilog=say("例：reportkit signals demo", "例：reportkit signals demo", "Example: reportkit signals demo"),
    )(signals)
    app.command(
        "advice",
        help=say(
            "每人每项指标的目标建议和理由。",
            "每人每項指標的目標建議和理由。",
            "Target advice per advisor and indicator, with its reason.",
        ),
        epilog=say("例：reportkit advice demo", "例：reportkit advice demo", "Example: reportkit advice demo"),
    )(advice)


def visits(
    log: Log, on: On = None, ics: Ics = None, lang: Lang = None, json: Json = False, password: Password = None
) -> None:
    """Propose visits, and write the agenda."""
    from reportkit.branch.atomic import write_bytes
    from reportkit.cli.output import console, print_json, table
    from reportkit.cli.service_tables import visit_tables
    from reportkit.customers.screening import screen
    from reportkit.definitions import report_words
    from reportkit.ics.agenda import calendar_ics

    language, day = chosen(lang), today_or(on, log)
    settings, work = work_of(log, day, password)
    proposed = screen(work.facts, settings, day)
    if ics is not None:
        write_bytes(ics, calendar_ics(work.facts, day, language))
    rows = [(one.customer_id, one.name, one.score, [why.message(language) for why in one.why]) for one in proposed]
    if json:
        print_json([{"customer_id": who, "name": name, "score": score, "why": why} for who, name, score, why in rows])
        return
    head = say("客户,姓名,分数,理由", "客戶,姓名,分數,理由", "Customer,Name,Score,Why").split(",")
    shown = [(who, name, f"{score:.0f}", " · ".join(why)) for who, name, score, why in rows]
    console().print(table(head, shown, numbers=(2,), none=report_words.NO_VISITS.to(language)))
    for one in visit_tables(work, settings, day, language):
        console().print(one)
    if ics is not None:
        console().print(say(f"日历：{ics}", f"日曆：{ics}", f"Calendar: {ics}"))


def effects(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Judge improvements before and after."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions import insight_words as words
    from reportkit.definitions.figures import figure
    from reportkit.summary.improvement import VERDICT_LABEL
    from reportkit.summary.improvement import effects as judged

    language, today = chosen(lang), today_or(as_of, folder)
    settings, works = works_of(folder, today, quiet=json)
    found = [one for work in works for one in judged(work, settings, today)]
    if json:
        print_json(
            [
                {
                    "advisor": one.advisor_id, "row": one.row, "measure": one.measure,
                    "indicator": one.indicator.code if one.indicator else None, "before": one.before, "after": one.after,
                    "change": one.change, "n_before": one.n_before, "n_after": one.n_after, "p": one.p_value,
                    "verdict": one.verdict,
                }
                for one in found
            ]
        )  # fmt: skip
        return
    head = say(
        "工号,措施,指标,之前,之后,结论", "工號,措施,指標,之前,之後,結論", "ID,Measure,Indicator,Before,After,Verdict"
    ).split(",")
    unit = {id(one): one.indicator.unit if one.indicator else "times" for one in found}
    rows = [
        (
            one.advisor_id,
            one.measure,
            one.indicator.label.to(language) if one.indicator else "",
            f"{figure(one.before, unit[id(one)], language)} (n={one.n_before})",
            f"{figure(one.after, unit[id(one)], language)} (n={one.n_after})",
            VERDICT_LABEL[one.verdict].to(language),
        )
        for one in found
    ]
    console().print(table(head, rows, numbers=(3, 4), none=words.NO_EFFECTS.to(language)))


def signals(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Name figures outside their own swings."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions import insight_words as words
    from reportkit.definitions.figures import figure
    from reportkit.settings.calendars import week_name
    from reportkit.summary.trend import past_weeks, processes, team_weeks

    language, today = chosen(lang), today_or(as_of, folder)
    settings, works = works_of(folder, today, quiet=json)
    weeks = {work.facts.advisor_id: past_weeks(work, settings, week_name(today), today) for work in works}
    controls = {"": processes(team_weeks(list(weeks.values())), today)} if weeks else {}
    controls |= {advisor: processes(own, today) for advisor, own in weeks.items()}
    found = [(advisor, one, one.alert) for advisor, control in controls.items() for one in control if one.alert]
    if json:
        print_json(
            [
                {
                    "advisor": advisor or None, "indicator": one.indicator.code, "week": one.week, "value": one.value,
                    "mean": alert.limits.mean, "lower": alert.limits.lower, "upper": alert.limits.upper,
                    "side": alert.side, "better": alert.good,
                }
                for advisor, one, alert in found
            ]
        )  # fmt: skip
        return
    team = say("团队", "團隊", "Team")
    head = say("工号,指标", "工號,指標", "ID,Indicator").split(",")
    more = (words.LAST_WEEK, words.MEAN, words.LOWER, words.UPPER, words.SIGNAL)
    rows = [
        (
            advisor or team,
            one.label.to(language),
            *(
                figure(value, one.indicator.unit, language)
                for value in (one.value, alert.limits.mean, alert.limits.lower, alert.limits.upper)
            ),
            (words.SIGNAL_BETTER if alert.good else words.SIGNAL_WORSE).to(language),
        )
        for advisor, one, alert in found
    ]
    none = say("都在正常波动范围内。", "都在正常波動範圍內。", "Everything lies within its usual swings.")
    console().print(table([*head, *(text.to(language) for text in more)], rows, numbers=(2, 3, 4, 5), none=none))


def advice(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Advise on targets."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions import report_words
    from reportkit.summary.advice import advise

    language, today = chosen(lang), today_or(as_of, folder)
    settings, works = works_of(folder, today, quiet=json)
    found = advise(works, settings, today)
    if json:
        print_json(
            [
                {
                    "advisor": one.advisor_id, "indicator": one.indicator.code, "target": one.target,
                    "median": one.median, "upper": one.good, "need": one.need, "suggested": one.suggested,
                    "verdict": one.verdict, "why": one.message(language),
                }
                for one in found
            ]
        )  # fmt: skip
        return
    head = say("工号,指标,理由", "工號,指標,理由", "ID,Indicator,Advice").split(",")
    rows = [(one.advisor_id, one.indicator.label.to(language), one.message(language)) for one in found if one.changes]
    console().print(table(head, rows, none=report_words.NO_ADVICE.to(language)))
