"""The command that tries other settings on a week that was: whatif."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportkit.cli.branch_logs import works_of
from reportkit.cli.language import chosen, say, spoken
from reportkit.cli.options import AsOf, Folder, Json, Lang, Week, begun, existing, today_or

if TYPE_CHECKING:
    from reportkit.definitions.text import Language
    from reportkit.indicators.assess import Assessment
    from reportkit.settings.branch_settings import Settings
    from reportkit.summary.whatif import Change

Changed = Annotated[
    Path,
    typer.Option(
        "--settings", metavar="FILE",
        help=say("改过的设置副本", "改過的設定副本", "A changed copy of the settings"),
    ),
]  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
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


def whatif(
    folder: Folder, settings: Changed, week: Week = None, as_of: AsOf = None, lang: Lang = None, json: Json = False
) -> None:
    """Show whom a change of settings would affect."""
    from reportkit.cli.output import console, print_json, table
    from reportkit.indicators.assess import points
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
            say("团队", "團隊", "Team") if one is found.team else one.name,
            f"{points(one.before.score)} {one.before.grade or ''}",
            f"{points(one.after.score)} {one.after.grade or ''}",
            f"{one.points:+.1f}",
            "; ".join(
                f"{label.get(code, code)} {text}" for code in one.indicators if (text := _seen(one, code, language))
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
            code: {
                **_both(one, code, lambda each: each.attainment),
                "weight": _both(one, code, lambda each: each.weight),
                "target": _both(one, code, lambda each: each.target),
            }
            for code in one.indicators
        },
    }


def _both(one: Change, code: str, get: Callable[[Assessment], float | None]) -> dict[str, float | None]:
    """Return a figure of an indicator before and after; None where the settings do not count it."""
    sides = {"before": one.before.of(code), "after": one.after.of(code)}
    return {side: get(found) if found else None for side, found in sides.items()}


def _seen(one: Change, code: str, language: Language) -> str:
    """Return what of an indicator changes: attainment and weight, else target or value; empty where none can be seen."""
    from reportkit.definitions.figures import figure, percent

    before, after = one.before.of(code), one.after.of(code)
    reached = _both(one, code, lambda each: each.attainment).values()
    attained = next(
        (text for decimals in range(3) if (text := _arrow(percent(each, decimals) for each in reached))), ""
    )
    if before is None or after is None:
        return attained or say("启用或停用", "啟用或停用", "comes or goes")
    weight = _arrow(f"{each.weight:.3g}" for each in (before, after))
    target = _arrow(figure(each.target, each.indicator.unit, language) for each in (before, after))
    value = _arrow(figure(each.value, each.indicator.unit, language) for each in (before, after))
    effects = (attained, weight and say("权重 ", "權重 ", "weight ") + weight)
    causes = (target and say("目标 ", "目標 ", "target ") + target, value and say("数值 ", "數值 ", "value ") + value)
    return ", ".join(filter(None, effects)) or ", ".join(filter(None, causes))


def _arrow(texts: Iterable[str]) -> str:
    """Return two texts as from → to, empty where they are the same."""
    before, after = texts
    return "" if before == after else f"{before} → {after}"


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
