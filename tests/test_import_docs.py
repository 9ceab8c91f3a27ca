"""docs/import.*.md against the map's language: every block is a map, every word is told, and slips are answered."""

import re
import tomllib
from pathlib import Path

import pytest

from reportkit.definitions.errors import MendInput
from reportkit.definitions.forms import FORMS
from reportkit.importing.load import read_map
from reportkit.importing.maps import Choice, Condition, Group, Map, Source, Split, Unfold

PAGES = {
    language: (Path(__file__).parents[1] / "docs" / f"import.{language}.md").read_text(encoding="utf-8")
    for language in ("zh-CN", "en")
}


def blocks(language: str) -> list[str]:
    return re.findall(r"^```toml\n(.*?)^```", PAGES[language], re.MULTILINE | re.DOTALL)


def test_both_pages_show_the_same_maps() -> None:
    words = [[re.findall(r"^(\[+\w+|\w+ =)", block, re.MULTILINE) for block in blocks(one)] for one in PAGES]
    assert words[0] == words[1]


@pytest.mark.parametrize("block", [*blocks("zh-CN"), *blocks("en")])
def test_every_block_of_the_page_is_a_map(block: str) -> None:
    written = tomllib.loads(block)
    form = FORMS[written.get("form", "cases")]
    whole = block if "columns" in written else f'{block}\n[columns.{form.columns[0].code}]\nfrom = "x"\n'
    assert read_map(whole, form, "block").columns


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_word_of_the_language_is_on_the_page(page: str) -> None:
    words = {
        field.alias or name
        for part in (Map, Source, Unfold, Split, Condition, Choice, Group)
        for name, field in part.model_fields.items()
    }
    outside = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"\b[a-z_]+\b", " ".join(re.findall(r"`([^`]+)`", outside)))) | {
        "columns",
        "logs",
        "name",
        "value",
    }
    assert words - named == set()


PLAIN = '[columns.case_id]\nfrom = "a"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('headerrow = 3\n' + PLAIN, ["headerrow", "header_row"]),
        ('[columns.case_id]\nform = "a"\n', ["[columns.case_id]", "form", "from"]),
        ('[columns.case_id]\nfrom = "a"\nconstant = "b"\n', ["[columns.case_id]", "from", "constant"]),
        ('[columns.statuss]\nfrom = "a"\n', ["statuss", "status"]),
        ('[columns.status]\nfrom = "a"\nvalues = { x = "resolvd" }\n', ["[columns.status]", "resolvd", "resolved", "unresolved"]),
        ('[columns.opened_at]\nfrom = "a"\ndates = "european"\n', ["[columns.opened_at] dates", "european", "day first"]),
        ('[columns.responded_at]\nstart = "opened_at"\nplus = "b"\nunit = "hour"\n', ["unit", "hour", "hours"]),
        ('[columns.responded_at]\nstart = "opened_at"\nplus = "b"\n', ["First response at", "start"]),
        ('[columns.opened_at]\nstart = "resolved_at"\nminus = "b"\n[columns.resolved_at]\nstart = "opened_at"\nplus = "b"\n', ["start"]),
        ('[columns.status]\nfrom = "a"\nrules = [{ contain = "x", to = "open" }]\n', ["rules", "contain", "contains"]),
        ('zone = "Peking"\n' + PLAIN, ["zone", "Peking", "Asia/Shanghai"]),
        ('[columns.owner]\nfrom = "a"\nlookup = "name"\n', ["[columns.owner]", "lookup"]),
        ('[columns.status]\nfrom = "a"\n[columns.status.values]\n来电 = "open"\n', ["line 4", '"phone"']),
        ('[columns.case_id]\nfrom = "a"\nextract = "("\n', ["[columns.case_id] extract", "'('"]),
        ("form = 'cases'\n", ["[columns."]),
        ('[columns]\ncase_id = "No"\n', ["[columns.case_id]", 'case_id = { from = "No" }']),
        ('[unfold]\nname = "d"\n' + PLAIN, ["unfold", "matches"]),
        ('delimiter = ";"\n[fixed]\nno = "1-8"\n' + PLAIN, ["fixed", "delimiter"]),
        ("wide = 2\n" + PLAIN, ["wide", "fixed"]),
        ('[fixed]\nno = "8-1"\n' + PLAIN, ["fixed no", "8-1", "9-24"]),
        ('beside = ["B:D"]\n' + PLAIN, ["beside", "two or more"]),
        ('beside = ["B:D", "E:F"]\n' + PLAIN, ["beside", "as wide"]),
        ('beside = ["B:D", "D:F"]\n' + PLAIN, ["beside", "apart"]),
        ('beside = ["2-4", "E:F"]\n' + PLAIN, ["beside", "2-4", "B:D"]),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_its_place_and_what_to_write(text: str, told: list[str]) -> None:
    with pytest.raises(MendInput) as caught:
        read_map(text, FORMS["cases"], "map.toml")
    message = caught.value.message("en")
    assert "map.toml" in message
    assert [part for part in told if part not in message] == []


def test_all_slips_are_told_at_once() -> None:
    with pytest.raises(MendInput) as caught:
        read_map(
            '[columns.case_id]\nform = "a"\n[columns.status]\nfrom = "s"\nunit = "day"\n', FORMS["cases"], "map.toml"
        )
    assert "[columns.case_id]" in caught.value.message("en")
    assert "[columns.status] unit" in caught.value.message("en")
