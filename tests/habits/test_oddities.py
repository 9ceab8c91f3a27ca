"""What no office at hand writes, but Excel and WPS do."""

import re
from pathlib import Path

from reportkit.definitions.forms import FORMS
from reportkit.read.workbook import read_book
from tests.hostile.files import pack, parts
from tests.text_tables import cells, write

ACTIVITIES = (
    "日期 | 服务类型 | 内容摘要\n2026-11-19 | 盘面观点 | 一\n2026-11-19 | 个股观点 | 二\n2026-11-19 | 其他 | 三"
)


def log(folder: Path) -> Path:
    return write(folder / "A001 张伟.xlsx", {"每日记录": cells(ACTIVITIES)})


def test_a_formula_of_today_filled_down_is_found_in_every_cell(tmp_path: Path) -> None:
    path = log(tmp_path)
    shared = {b"A2": b'<f t="shared" ref="A2:A3" si="0">TODAY()</f>', b"A3": b'<f t="shared" si="0"/>'}

    def fill_down(xml: bytes) -> bytes:
        for cell, formula in shared.items():
            xml, done = re.subn(rb'(<c r="%s"[^>]*>)<v>' % cell, rb"\1" + formula + b"<v>", xml)
            assert done == 1
        return xml

    content = parts(path)
    sheet = "xl/worksheets/sheet1.xml"
    book = read_book(pack(path, {**content, sheet: fill_down(content[sheet])}), FORMS)
    found = {(one.place.cell, one.severity) for one in book.findings if one.code == "value.volatile"}
    assert found == {("A2", "warning"), ("A3", "warning")}
    assert book.sheets["activities"].rows == [2, 3, 4]


def test_a_log_that_lost_its_owner_is_told_by_its_name(tmp_path: Path) -> None:
    path = log(tmp_path)
    book = read_book(path, FORMS)
    assert (book.identity.advisor_id, book.identity.advisor_name) == ("A001", "张伟")
    assert [one.severity for one in book.findings if one.code == "advisor.from_name"] == ["warning"]
    nameless = read_book(path.rename(tmp_path / "日志 副本.xlsx"), FORMS)
    assert nameless.identity.advisor_id == ""
    assert not [one for one in nameless.findings if one.code == "advisor.from_name"]
