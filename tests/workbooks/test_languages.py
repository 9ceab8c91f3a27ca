"""One language a workbook: no letters of another script in what a person sees, and none of the program's own codes."""

import re
from collections.abc import Iterator
from pathlib import Path

from reportkit.definitions.settings_forms import BRANCH, INDICATORS, LEVELS, SEGMENTS, TIERS
from reportkit.definitions.text import Language
from tests.workbooks.conftest import opened

HAN = re.compile(r"[\u3400-\u9fff]")
# character sets of one script each: a letter of the other has no place in them
SCRIPT: dict[Language, str] = {"zh-CN": "gb2312", "zh-TW": "big5", "en": "ascii"}
CODE = re.compile(r"\b[a-z]+[_.][a-z_]+\b(?![@/])")  # like new_contacts or worktime.service_hours
FILES_AND_ADDRESSES = re.compile(r"\S+@\S+|\S+\.(?:xlsx|ics|toml)\b|demo_\w+")


def strangers(text: str, language: Language) -> str:
    """Return the Chinese characters of a text that the language's script does not have."""
    return "".join(one for one in HAN.findall(text) if not one.encode(SCRIPT[language], "ignore"))


def seen(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield sheet, heading and text of every cell a person sees; the heading is the last text above in bold."""
    for sheet in opened(path).worksheets:
        if sheet.sheet_state != "visible":
            continue
        heads: dict[int, str] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    if cell.font.b:
                        heads[cell.column] = cell.value
                    yield sheet.title, heads.get(cell.column, ""), cell.value
        yield sheet.title, "", f"{sheet.oddFooter.left.text} {sheet.oddFooter.right.text}"
        for rule in sheet.data_validations.dataValidation:
            yield sheet.title, "", f"{rule.promptTitle or ''} {rule.prompt or ''} {rule.error or ''}"


def test_what_a_person_sees_is_in_the_branchs_script(workbooks: tuple[Language, list[Path]]) -> None:
    language, paths = workbooks
    names = {INDICATORS.column[code].label.to(language) for code in ("label", "label_tw", "label_en")}
    names |= {
        form.column[code].label.to(language) for form in (TIERS, SEGMENTS) for code in ("name_tw", "name_en", "name")
    }
    found = [
        (path.name, sheet, text)
        for path in paths
        for sheet, heading, text in seen(path)
        if heading not in names and strangers(text, language)
    ]
    assert found == []


def test_no_cell_shows_a_code_of_the_program(workbooks: tuple[Language, list[Path]]) -> None:
    language, paths = workbooks
    coded = {form.column["code"].label.to(language) for form in (INDICATORS, LEVELS, TIERS, SEGMENTS)}
    zone = BRANCH.column["time_zone"].label.to(language)
    found = [
        (path.name, sheet, text)
        for path in paths
        for sheet, heading, text in seen(path)
        if heading not in (*coded, zone) and CODE.search(FILES_AND_ADDRESSES.sub("", text))
    ]
    assert found == []
