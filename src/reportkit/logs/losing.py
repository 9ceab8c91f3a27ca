"""What of a filled log cannot come along into a new one: it is named before anything is written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final

from reportkit.definitions.columns import fold
from reportkit.definitions.text import Text
from reportkit.logs.carrying import Filling, headings_at
from reportkit.logs.moving import Moved
from reportkit.read.preflight import Package

LOST: Final[dict[str, Text]] = {
    r"/charts/chart[^/]*\.xml$": Text("图表", "圖表", "charts"),
    r"/media/": Text("图片", "圖片", "pictures"),
    r"/pivotTables/": Text("数据透视表", "樞紐分析表", "pivot tables"),
    r"/slicers/": Text("切片器", "交叉分析篩選器", "slicers"),
    r"/externalLinks/[^/]*\.xml$": Text("到别的工作簿的链接", "到別的活頁簿的連結", "links to other workbooks"),
    r"/embeddings/": Text("嵌入的文件", "嵌入的檔案", "embedded files"),
    r"/(ctrlProps|activeX)/": Text("窗体控件", "表單控制項", "form controls"),
    r"vbaProject\.bin$": Text("宏", "巨集", "macros"),
}
SPARKLINES: Final = Text("迷你图", "走勢圖", "sparklines")
LOOKS: Final = Text(
    "工作表“{sheet}”的表格、条件格式或数据有效性",
    "工作表「{sheet}」的表格、條件格式或資料驗證",
    "tables, conditional formats or checks of sheet “{sheet}”",
)
ABOVE: Final = Text(
    "工作表“{sheet}”标题和标题上方的文字、批注",
    "工作表「{sheet}」標題和標題上方的文字、批註",
    "texts above the headings of sheet “{sheet}”, and notes there",
)


def lost(filling: Filling, fresh: Package) -> list[Text]:
    """Return what cannot be carried over; `fresh` is the log that was made of it."""
    old, new = _names(filling.log.package), _names(fresh)
    found = [said for pattern, said in LOST.items() if _count(pattern, old) > _count(pattern, new)]
    if _sparklines(filling.log.package.parts) > _sparklines(fresh.parts):
        found.append(SPARKLINES)
    for name in filling.own_sheets:
        sheet = filling.book[name]
        if sheet.tables or sheet.conditional_formatting or sheet.data_validations.dataValidation:
            found.append(LOOKS.filled(sheet=name))
    return [*found, *(ABOVE.filled(sheet=one.name) for one in filling.forms.values() if any(_above(filling, one)))]


def _above(filling: Filling, moved: Moved) -> Iterator[str]:
    """Yield what somebody wrote above a form's headings, and the notes down to them; rows typed there come along."""
    sheet = filling.log.raw.sheets[moved.form.code]
    headings = headings_at(sheet, filling.shown[moved.name])
    bands = {fold(text) for group in moved.form.groups for text in group.label.all()}
    for number, row in enumerate(filling.book[moved.name].iter_rows(max_row=headings + 1), 1):
        for cell in row:
            if cell.comment is not None:
                yield cell.comment.text
            typed = cell.value is not None and fold(str(cell.value)) not in bands
            if typed and number <= headings and number not in sheet.rows:
                yield str(cell.value)


def _names(package: Package) -> list[str]:
    """Return the names of all parts, pictures and programs included."""
    with zipfile.ZipFile(BytesIO(package.content)) as archive:
        return archive.namelist()


def _count(pattern: str, names: list[str]) -> int:
    return sum(1 for name in names if re.search(pattern, name))


def _sparklines(parts: Mapping[str, bytes]) -> int:
    return sum(xml.count(b"<x14:sparkline>") for name, xml in parts.items() if "/worksheets/" in name)
