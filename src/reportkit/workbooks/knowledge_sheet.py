"""The sheet 培训与问答 of the team workbook: training against its target, and how often the answers were used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from reportkit.definitions import insight_words as say
from reportkit.definitions.text import Language, Text
from reportkit.indicators.training import PASS, Training
from reportkit.settings.branch_settings import Settings
from reportkit.settings.calendars import Span
from reportkit.summary.insight import TRAINING_HOURS, look_back, training_span
from reportkit.summary.summaries import AdvisorSummary
from reportkit.workbooks.blocks import LONG, Block, Figure, Value, add_block
from reportkit.workbooks.cells import BESIDE_BUTTON, Page
from reportkit.workbooks.paging import pages_of, table
from reportkit.workbooks.style import ROW_HEIGHT, set_up_print

WIDTHS: Final = (20, 12, 12, 12, 12, 12, 12, 12, 46)
FIRST: Final = 3
HEADINGS: Final[tuple[Text, ...]] = (
    say.ADVISOR, say.SESSIONS, say.HOURS, say.TARGET, say.ATTAINED, say.SCORED, say.MEAN_MARK, say.PASSED,
)  # fmt: skip


def add_knowledge(
    page: Page,
    members: Sequence[AdvisorSummary],
    trained: Mapping[str, Training],
    answers: Mapping[str, int],
    settings: Settings,
    span: Span,
    as_of: dt.date,
) -> None:
    """Fill the sheet; `trained` maps an advisor to the training, `answers` a question to its uses."""
    sheet, language = page.sheet, page.language
    page.columns(WIDTHS)
    sheet.set_default_row(ROW_HEIGHT)
    page.title(say.KNOWLEDGE.to(language), knowledge_line(settings, span, as_of, language))
    training = training_block([(one, trained[one.advisor_id]) for one in members])
    pages = pages_of(page, WIDTHS)
    if len(training.lines) < LONG:
        end = add_block(page, FIRST, training, WIDTHS, pages)
        pages.place(table(end + 1, _add_faq(page, end + 1, answers, settings)))
    else:
        end = _add_faq(page, FIRST, answers, settings)
        pages.place(table(FIRST, end))
        add_block(page, end + 1, training, WIDTHS, pages)
    pages.set_breaks(page)
    sheet.freeze_panes(2, 1)
    sheet.hide_gridlines(2)
    set_up_print(sheet, language)


def knowledge_line(settings: Settings, span: Span, as_of: dt.date, language: Language) -> str:
    """Return the days a report of a span counts training and uses of answers over, in words."""
    weeks, since = look_back(span), training_span(settings, span, as_of).until(as_of)
    words = {"since": since.start, "until": since.end, "least": PASS, "start": weeks.start, "end": weeks.end}
    return say.KNOWLEDGE_LINE.fill(language, **words)


def training_block(members: Sequence[tuple[AdvisorSummary, Training]]) -> Block:
    """Return the training, a line an advisor; hours against their target where the branch sets one."""
    lines: list[tuple[Value, ...]] = []
    for member, trained in members:
        hours = member.of(TRAINING_HOURS)
        lines.append(
            (
                member.name or member.advisor_id,
                Figure(float(trained.times)),
                Figure(trained.hours),
                Figure(hours.target if hours else None),
                Figure(hours.attainment if hours else None, "percent", (("num_format", "0%"),)),
                Figure(float(trained.scored)),
                Figure(trained.mean_score),
                trained.pass_rate,
            )
        )
    return Block(say.TRAINING, HEADINGS, tuple(range(len(HEADINGS) + 1)), lines, tuple(range(1, len(HEADINGS))))


def _add_faq(page: Page, row: int, answers: Mapping[str, int], settings: Settings) -> int:
    """Write the questions and answers, the most used first, over as many lines as they need; return the row after."""
    page.section(row, 0, len(WIDTHS) - 1, say.FAQ)
    page.say(row + 1, 0, say.FAQ_NOTE, "caption", indent=1)
    style = page.styles.of("heading", indent=1)
    page.typed(row + 2, 0, say.CATEGORY.to(page.language), "heading", indent=1)
    page.merged(row + 2, 1, 3, say.QUESTION.to(page.language), style)
    page.say(row + 2, 4, say.USED, "heading", **BESIDE_BUTTON)
    page.merged(row + 2, 5, 8, say.ANSWER.to(page.language), style)
    ordered = sorted(settings.faq, key=lambda entry: -answers.get(entry.question, 0))
    body = page.styles.of("body", "ruled", indent=1, text_wrap=True)
    for at, entry in enumerate(ordered, row + 3):
        page.tall(at, ((entry.question, sum(WIDTHS[1:4])), (entry.answer, sum(WIDTHS[5:9]))))
        page.text(at, 0, entry.category)
        page.merged(at, 1, 3, entry.question, body)
        page.figure(at, 4, float(answers.get(entry.question, 0)), "times", "body", "ruled", bold=True)
        page.merged(at, 5, 8, entry.answer, body)
    last = row + 2 + len(ordered)
    page.sheet.autofilter(row + 2, 0, max(last, row + 3), len(WIDTHS) - 1)
    return last + 1
