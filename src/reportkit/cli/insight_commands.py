"""Commands that look further than a week: visits, effects, signals, advice, whatif."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_commands import branch_of, no_logs, progress_bar
from reportkit.cli.language import chosen, say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Lang, Log, On, Password, Week, begun, existing, today_or

if TYPE_CHECKING:
    from reportkit.definitions.findings import Finding
    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.summaries import Work
    from reportkit.summary.whatif import Change, Outcome

Ics = Annotated[
    Path | None,
    typer.Option(
        "--ics", metavar="FILE",
        help=say("把走访和跟进写成日历文件", "把走訪和跟進寫成日曆檔案", "Write visits and follow-ups as a calendar file"),
    ),
]  # fmt: skip
Changed = Annotated[
    Path,
    typer.Option(
        "--settings", metavar="FILE",
        help=say("改过的设置副本", "改過的設定副本", "A changed copy of the settings"),
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
    app.command(
        "whatif",
        help=say(
            "换一份设置（目标、权重、级别）再算一周：谁的得分和等级会变。",
            "換一份設定（目標、權重、級別）再算一週：誰的得分和等級會變。",
            "A week under a changed copy of the settings: whose score and grade would change.",
        ),
        epilog=say(
            "例：reportkit whatif demo --settings 新设置.xlsx --week 2026-W47",
            "例：reportkit whatif demo --settings 新設定.xlsx --week 2026-W47",
            "Example: reportkit whatif demo --settings changed.xlsx --week 2026-W47",
        ),
    )(whatif)


def visits(
    log: Log, on: On = None, ics: Ics = None, lang: Lang = None, json: Json = False, password: Password = None
) -> None:
    """Propose visits, and write the agenda."""
    from reportkit.branch.atomic import write_bytes
    from reportkit.cli.log_commands import stop_if_unusable
    from reportkit.cli.output import console, print_json, table
    from reportkit.cli.service_tables import visit_tables
    from reportkit.customers.screening import screen
    from reportkit.ics.agenda import calendar_ics
    from reportkit.summary.flow import settings_near, work_from_file

    language, day = chosen(lang), today_or(on, log)
    settings = settings_near(log)
    work = work_from_file(existing(log), settings, day, password)
    stop_if_unusable(work)
    proposed = screen(work.facts, settings, day)
    if ics is not None:
        write_bytes(ics, calendar_ics(work.facts, day, language))
    rows = [(one.customer_id, one.name, one.score, [why.message(language) for why in one.why]) for one in proposed]
    if json:
        print_json([{"customer_id": who, "name": name, "score": score, "why": why} for who, name, score, why in rows])
        return
    head = say("客户,姓名,分数,理由", "客戶,姓名,分數,理由", "Customer,Name,Score,Why").split(",")
    shown = [(who, name, f"{score:.0f}", " · ".join(why)) for who, name, score, why in rows]
    console().print(table(head, shown, numbers=(2,)))
    for one in visit_tables(work, settings, day, language):
        console().print(one)
    if ics is not None:
        console().print(say(f"日历：{ics}", f"日曆：{ics}", f"Calendar: {ics}"))


def effects(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Judge improvements before and after."""
    from reportkit.cli.output import console, print_json, table
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
    console().print(table(head, rows, numbers=(3, 4)))


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
                    "advisor": advisor or None, "indicator": one.indicator.code, "value": one.value,
                    "mean": alert.limits.mean, "lower": alert.limits.lower, "upper": alert.limits.upper,
                    "side": alert.side, "better": alert.good,
                }
                for advisor, one, alert in found
            ]
        )  # fmt: skip
        return
    if not found:
        console().print(say("都在正常波动范围内。", "都在正常波動範圍內。", "Everything lies within its usual swings."))
        return
    team = say("团队", "團隊", "Team")
    head = say("工号,指标", "工號,指標", "ID,Indicator").split(",")
    more = (words.LAST_WEEK, words.MEAN, words.LOWER, words.UPPER, words.SIGNAL)
    rows = [
        (
            advisor or team,
            one.indicator.label.to(language),
            *(
                figure(value, one.indicator.unit, language)
                for value in (one.value, alert.limits.mean, max(0.0, alert.limits.lower), alert.limits.upper)
            ),
            (words.SIGNAL_BETTER if alert.good else words.SIGNAL_WORSE).to(language),
        )
        for advisor, one, alert in found
    ]
    console().print(table([*head, *(text.to(language) for text in more)], rows, numbers=(2, 3, 4, 5)))


def advice(folder: Folder, as_of: AsOf = None, lang: Lang = None, json: Json = False) -> None:
    """Advise on targets."""
    from reportkit.cli.output import console, print_json, table
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
    changes = [one for one in found if one.verdict in ("set", "raise", "lower")]
    rows = [(one.advisor_id, one.indicator.label.to(language), one.message(language)) for one in changes]
    console().print(table(head, rows))


def whatif(
    folder: Folder, settings: Changed, week: Week = None, as_of: AsOf = None, lang: Lang = None, json: Json = False
) -> None:
    """Show whom a change of settings would affect."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.definitions.figures import percent, points
    from reportkit.summary.whatif import whatif as compare

    language, today = chosen(lang), today_or(as_of, folder)
    name, changed = begun(week, today), _changed(settings)
    now, works = works_of(folder, today, quiet=json)
    found = compare(works, now, changed, name, today)
    every = [*found.advisors, found.team]
    if json:
        print_json([_affected_json(one) for one in every])
        return
    head = say(
        "工号,姓名,现在,改后,变动,受影响的指标",
        "工號,姓名,現在,改後,變動,受影響的指標",
        "ID,Name,Now,Then,Change,Indicators affected",
    ).split(",")
    label = {one.code: one.label.to(language) for one in now.indicators}
    rows = [
        (
            one.advisor_id,
            one.name,
            f"{points(one.before.score)} {one.before.grade or ''}",
            f"{points(one.after.score)} {one.after.grade or ''}",
            f"{one.points:+.1f}",
            ", ".join(
                f"{label.get(code, code)} {percent(_attained(one.before, code), 0)} → "
                f"{percent(_attained(one.after, code), 0)}"
                for code in one.indicators
            ),
        )
        for one in every
        if one.affected
    ]
    if not rows:
        console().print(say("谁的得分都不变", "誰的得分都不變", "Nobody's score changes"))
        return
    console().print(table(head, rows, numbers=(2, 3, 4)))


def _affected_json(one: Change) -> dict[str, object]:
    """Return an advisor's week, or the team's, before and after a change of settings, as `whatif --json` prints it."""
    return {
        "advisor": one.advisor_id,
        "before": {"score": one.before.score, "grade": one.before.grade},
        "after": {"score": one.after.score, "grade": one.after.grade},
        "indicators": {
            code: {"before": _attained(one.before, code), "after": _attained(one.after, code)}
            for code in one.indicators
        },
    }


def _attained(outcome: Outcome, code: str) -> float | None:
    one = outcome.of(code)
    return one.attainment if one else None


def _changed(path: Path) -> Settings:
    """Return the settings of a workbook. Raise BadParameter where it counts nothing; name what in it is wrong."""
    from reportkit.cli.output import tell
    from reportkit.settings.branch_settings import opened_settings

    settings = opened_settings(existing(path))
    if not settings.indicators:
        raise typer.BadParameter(
            say(
                f"{path} 里没有启用的指标。请给一份改过的 settings.xlsx",
                f"{path} 裡沒有啟用的指標。請給一份改過的 settings.xlsx",
                f"{path} has no indicator that is active. Give a changed copy of settings.xlsx",
            )
        )
    for found in settings.findings:
        if found.severity == "error":
            tell(f"{path.name} {found.place.cell or ''}: {found.message(spoken())}")
    return settings


def works_of(folder: Path, today: dt.date, *, quiet: bool, needed: bool = True) -> tuple[Settings, list[Work]]:
    """Return a branch's settings and what its readable logs give, one log an advisor.

    Logs that do not count are named on standard error. Raise BadParameter where logs are needed and none counts.
    """
    from reportkit.cli.output import tell
    from reportkit.definitions.findings import Place, finding
    from reportkit.read.parsing import read_many
    from reportkit.summary.flow import usable, work_from_raw

    branch = branch_of(folder)
    settings = branch.settings()
    works: dict[str, Work] = {}
    told: list[Finding] = []
    logs = branch.logs()
    with progress_bar(say("读取日志", "讀取日誌", "Reading logs"), quiet=quiet) as step:
        for at, raw in enumerate(read_many(logs, workers=1)):  # apart: others' files, which may end what reads them
            step(at, len(logs), raw.file)
            work = work_from_raw(raw, settings, today)
            advisor = work.facts.advisor_id
            if not usable(work.book):
                told += work.book.findings
            elif advisor in works:
                other = works[advisor].book.file
                told.append(finding("file.conflict", Place(raw.file), advisor=advisor, other=other))
            else:
                works[advisor] = work
    for found in told:
        tell(f"{found.place.file}: {found.message(spoken())}")
    if needed and not works:
        raise typer.BadParameter(no_logs(branch))
    return settings, list(works.values())
