"""How workbooks spell texts: whatever is written is read back, and the XML is sound."""

from defusedxml.ElementTree import fromstring
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.read.spelling import as_read, as_run


@given(st.text())
@example("a\r\nb\x01 _x000D_ _x005F_x0041_ <r>&amp;</r> \ud83d \ufffe")
def test_a_text_comes_back(text: str) -> None:
    run = as_run(text)
    assert as_read(run.removeprefix('<t xml:space="preserve">').removesuffix("</t>")) == text
    assert fromstring(run).tag == "t"


def test_what_other_programs_write_is_read() -> None:
    assert as_read("&#20013;&#x6587;_x000d_&quot;_xZZZZ_") == '中文\r"_xZZZZ_'
