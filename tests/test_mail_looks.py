"""A message of a week without anything in it, and of names without end."""

from dataclasses import replace

import pytest

from reportkit.definitions.figures import BLANK
from reportkit.definitions.text import LANGUAGES, Language
from reportkit.mail import words
from reportkit.mail.compose import rendered
from reportkit.mail.view import Bar, View

pytest.importorskip("jinja2")
TEMPLATES = ("report.html.j2", "report.txt.j2")


def view(language: Language, *bars: Bar) -> View:
    return View(
        language, "周报", "2026-W47", "您好", "示例营业部", BLANK, BLANK, "#66758A", (("达标指标", "0"),), (), (), (), (), bars
    )  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_with_nothing_to_score_says_so(template: str, language: Language) -> None:
    scored = Bar("盘面观点", "1 / 1", "100%", 100, "#00795C")
    assert words.NOTHING_YET.to(language) in rendered(template, view(language), chart=None)
    assert words.NOTHING_YET.to(language) not in rendered(template, view(language, scored), chart=None)


def test_a_word_wider_than_a_phone_breaks() -> None:
    html = rendered("report.html.j2", view("en"), chart=None)
    card = html[html.index("max-width:600px") : html.index("<tr>", html.index("max-width:600px"))]
    assert "overflow-wrap:anywhere" in card


def test_a_percent_is_not_broken_on_a_phone() -> None:
    met = Bar("服务响应时间", "22.3 / 30 秒", "100%", 100, "#00795C")
    html = rendered("report.html.j2", view("zh-CN", met), chart=None)
    cell = html[html.rindex("<td", 0, html.index(">100%<")) : html.index(">100%<")]
    assert "white-space:nowrap" in cell


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "：82.0、85.1\n"), ("en", ": 82.0, 85.1\n")])
def test_scores_of_past_weeks_stand_apart_as_the_language_writes(language: Language, said: str) -> None:
    past = tuple(Bar(week, score, score, 80, "#00795C") for week, score in (("W46", "82.0"), ("W47", "85.1")))
    assert said in rendered("report.txt.j2", replace(view(language), trend=past), chart=None)
