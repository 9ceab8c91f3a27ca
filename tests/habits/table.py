"""The habits: what is done to a log, and what must become of it. docs/habits is written from this table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import xlwings_libreoffice as lo
from reportkit.definitions.forms import ACTIVITIES, CUSTOMERS, WORKTIME
from reportkit.definitions.text import Text
from tests.habits.person import FIRST, FRIDAY, LAST, Person, cell

NEXT: Final = LAST + 1  # the row right below the last one
TALK: Final = {"date": FRIDAY, "kind": "新客户沟通", "customer_id": "C3", "effective": "是", "summary": "补一条"}
MESSAGE: Final = {"date": FRIDAY, "kind": "个股观点", "summary": "补一条观点"}
Doing = Callable[[Person], None]


@dataclass(frozen=True)
class Habit:
    """Something people do, and what must become of it.

    `finds`: code and cell (or sheet) of every new finding; `typed` rows more (or fewer) than before are found, and of all
    rows `excluded` are left out. `alters` says that the habit changes what rows say: else those that count are as before.
    """

    group: Text
    what: Text
    do: Doing
    finds: frozenset[tuple[str, str]] = frozenset()
    typed: int = 0
    excluded: int = 0
    alters: bool = False
    note: Text | None = None

    @property
    def name(self) -> str:
        """The name of the function that does it."""
        return self.do.__name__


HABITS: Final[list[Habit]] = []
PASTE: Final = Text("从别处粘贴", "從別處貼上", "Paste from elsewhere")
SORT: Final = Text("排序和筛选", "排序和篩選", "Sort and filter")
ROWS: Final = Text("插入、删除行", "插入、刪除列", "Insert and delete rows")
COLUMNS: Final = Text("插入、删除、移动列", "插入、刪除、移動欄", "Insert, delete and move columns")
SHEETS: Final = Text("工作表", "工作表", "Sheets")
FILL: Final = Text("填充和公式", "填滿和公式", "Fill and formulas")
MERGE: Final = Text("合并单元格", "合併儲存格", "Merge cells")
BESIDE: Final = Text("表格旁边和下面", "表格旁邊和下面", "Beside and below the table")
LOOKS: Final = Text("格式", "格式", "Formats")


def habit(
    group: Text,
    chinese: str,
    english: str,
    *finds: tuple[str, str],
    typed: int = 0,
    excluded: int = 0,
    alters: bool = False,
    note: tuple[str, str] | None = None,
) -> Callable[[Doing], Doing]:
    """Enter what a function does into the table."""

    def enter(do: Doing) -> Doing:
        said = Text(note[0], note[0], note[1]) if note else None
        what = Text(chinese, chinese, english)
        HABITS.append(Habit(group, what, do, frozenset(finds), typed, excluded, alters, said))
        return do

    return enter


# --- Paste ---------------------------------------------------------------------------------------------------------

OTHER_SYSTEM: Final = [
    [dt.datetime(2026, 11, 19), None, "客户回访", "C1", "电话", "是", 15, None, "系统甲"],
    [dt.datetime(2026, 11, 20), None, "客户回访", "C2", "微信", "否", 5, None, "系统乙"],
]


@habit(PASTE, "只粘贴值（别处的日期格式不同）", "Paste values (dates shown in another format)", typed=2)
def paste_values(person: Person) -> None:
    theirs = person.foreign(OTHER_SYSTEM, "mm/dd/yy")
    person.copy(theirs, "A1:I2")
    person.paste(f"A{NEXT}", "SVD")
    person.drop()


@habit(PASTE, "连格式一起粘贴", "Paste with formats", typed=2)
def paste_with_formats(person: Person) -> None:
    theirs = person.foreign(OTHER_SYSTEM, "dd.mm.yy")
    person.copy(theirs, "A1:I2")
    person.paste(f"A{NEXT}")
    person.drop()


@habit(PASTE, "日期是文字：2026/11/19、2026年11月19日、20261119", "Dates as text: 2026/11/19, 20261119 …", typed=3)
def paste_dates_as_text(person: Person) -> None:
    for row, written in enumerate(("2026/11/19", "2026年11月19日", "20261119"), NEXT):
        person.row(row, {**MESSAGE, "summary": written})
        person.put_text(f"A{row}", written)


@habit(
    PASTE, "日期是文字，美式写法：11/19/2026", "Dates as American text: 11/19/2026", ("value.type", f"A{NEXT}"),
    typed=1, excluded=1,
)  # fmt: skip
def paste_american_dates(person: Person) -> None:
    person.row(NEXT, MESSAGE)
    person.put_text(f"A{NEXT}", "11/19/2026")


@habit(
    PASTE, "把别处的整列粘贴到必填列上（标题也被换掉）", "Paste a whole foreign column over a required one",
    ("column.missing", "1"), excluded=12,
)  # fmt: skip
def paste_a_whole_column(person: Person) -> None:
    theirs = person.foreign([["时间戳"], *([dt.datetime(2026, 11, 19)] for _ in range(12))])
    person.copy(theirs, "A:A")
    person.paste("A:A")
    person.drop()


@habit(PASTE, "从有隐藏列的表里复制（隐藏列一起来了）", "Copy from a list with hidden columns", typed=2)
def paste_from_hidden_columns(person: Person) -> None:
    theirs = person.foreign(OTHER_SYSTEM)
    person.select(theirs, "G:H")
    person.press("HideColumn")
    person.copy(theirs, "A1:I2")
    person.paste(f"A{NEXT}", "SVD")
    person.drop()


@habit(
    PASTE, "把日期列的格式刷到数字列上", "Paint the format of a date over a number", ("value.type", cell("minutes", 2)),
    alters=True, note=("Excel 里显示成 1900 年的日期；把格式改回常规", "Excel shows a day of 1900: set the format back"),
)  # fmt: skip
def paint_a_date_format(person: Person) -> None:
    person.copy(person.log, "A3")
    person.paste(cell("minutes", 2), "T")


HEADINGS_AS_ROW: Final = [
    *(("value.type", cell(code, NEXT)) for code in ("date", "time", "minutes", "attendees", "satisfaction", "next_on")),
    *(("value.choice", cell(code, NEXT)) for code in ("kind", "channel", "effective")),
    ("id.unknown", cell("customer_id", NEXT)),
]


@habit(PASTE, "连标题行一起粘贴到下面", "Paste the headings along",
       *HEADINGS_AS_ROW, typed=2, excluded=1)  # fmt: skip
def paste_the_headings_along(person: Person) -> None:
    person.copy(person.log, "A1:L1")
    person.paste(f"A{NEXT}", "SVD")
    person.row(NEXT + 1, MESSAGE)


@habit(LOOKS, "数字存成文字、全角数字", "Numbers kept as text, full-width digits")
def numbers_as_text(person: Person) -> None:
    person.put_text(cell("minutes", 2), "３０")
    person.put_text(cell("minutes", 3), " 12.5 ")


@habit(LOOKS, "手机号存成数字", "Phone numbers kept as numbers")
def phones_as_numbers(person: Person) -> None:
    phones = person.sheet(CUSTOMERS).range(cell("mobile", 3, CUSTOMERS))
    phones.number_format = "0.00E+00"
    phones.value = 13800130001


# --- Sort and filter -----------------------------------------------------------------------------------------------


@habit(SORT, "按几列排序", "Sort by several columns")
def sort_by_columns(person: Person) -> None:
    person.sort(f"A1:L{LAST}", ((2, True), (0, False)))


@habit(SORT, "排序时把标题也排了进去", "Sort with the headings among the rows")
def sort_the_headings_too(person: Person) -> None:
    person.sort(f"A1:L{LAST}", ((0, True),), headings=False)


@habit(SORT, "筛选后保存", "Save while filtered")
def filter_rows(person: Person) -> None:
    person.show_only(2, "新客户沟通")


@habit(SORT, "再加一层自动筛选", "Add an autofilter of one's own")
def autofilter(person: Person) -> None:
    person.select(person.log, f"A1:L{LAST}")
    person.press("DataFilterAutoFilter")


# --- Rows ----------------------------------------------------------------------------------------------------------


@habit(ROWS, "在中间插入空行", "Insert blank rows among the others")
def insert_blank_rows(person: Person) -> None:
    person.select(person.log, "5:6")
    person.press("InsertRowsBefore")


@habit(ROWS, "在标题下面插入一行再填", "Insert a row right below the headings", typed=1)
def insert_below_the_headings(person: Person) -> None:
    person.select(person.log, "2:2")
    person.press("InsertRowsBefore")
    person.row(FIRST, MESSAGE)


@habit(ROWS, "在标题上面加表头说明", "Put a title above the headings")
def title_above(person: Person) -> None:
    person.select(person.log, "1:3")
    person.press("InsertRowsBefore")
    person.put("A1", [["11月每日记录"], ["制表：张伟，2026-11-20"]])
    person.merge("A1:L1")


@habit(ROWS, "在标题上面加了十几行", "Put a dozen rows above the headings")
def dozen_rows_above(person: Person) -> None:
    person.select(person.log, "1:12")
    person.press("InsertRowsBefore")
    person.put("A1", [[f"说明 {n}"] for n in range(12)])


@habit(ROWS, "填在标题上面", "Type a row above the headings", typed=1)
def type_above_the_headings(person: Person) -> None:
    person.select(person.log, "1:1")
    person.press("InsertRowsBefore")
    person.row(1, MESSAGE)


GONE: Final = ("少一行；已关闭的周会列为补录", "one row fewer; of a closed week it is listed as late")


@habit(ROWS, "删掉一行", "Delete a row", typed=-1, note=GONE)
def delete_a_row(person: Person) -> None:
    person.select(person.log, "5:5")
    person.press("DeleteRows")


@habit(ROWS, "清空一行，行还在", "Clear a row and leave it there", typed=-1, note=GONE)
def clear_a_row(person: Person) -> None:
    person.select(person.log, "A5:L5")
    person.press("ClearContents")


# --- Columns -------------------------------------------------------------------------------------------------------


@habit(COLUMNS, "在中间插入自己的列", "Insert a column of one's own")
def insert_a_column(person: Person) -> None:
    person.select(person.log, "D:D")
    person.press("InsertColumnsBefore")
    person.put("D1", [["我的标记"], ["重要"], [3]])


@habit(COLUMNS, "在最左边插入序号列", "Insert a column of numbers at the left")
def number_the_rows(person: Person) -> None:
    person.select(person.log, "A:A")
    person.press("InsertColumnsBefore")
    person.put("A1", [["序号"], *([n] for n in range(1, 13))])


@habit(COLUMNS, "移动列", "Move a column")
def move_a_column(person: Person) -> None:
    person.select(person.log, "A:A")
    person.press("InsertColumnsBefore")
    person.select(person.log, "G:G")
    person.press("Cut")
    person.paste("A:A")


BLANK: Final = ("行照计，这一列按空白计", "its rows count, its cells as blank")


@habit(COLUMNS, "删掉选填列", "Delete an optional column", ("column.missing", "1"), alters=True, note=BLANK)
def delete_an_optional_column(person: Person) -> None:
    person.select(person.log, "G:G")
    person.press("DeleteColumns")


@habit(COLUMNS, "删掉必填列", "Delete a required column", ("column.missing", "1"), excluded=12)
def delete_a_required_column(person: Person) -> None:
    person.select(person.log, "A:A")
    person.press("DeleteColumns")


@habit(COLUMNS, "复制一份选填列", "Copy an optional column", ("column.duplicate", "1"), alters=True, note=BLANK)
def duplicate_an_optional_column(person: Person) -> None:
    person.copy(person.log, "F:F")
    person.paste("N:N")


@habit(COLUMNS, "复制一份必填列", "Copy a required column", ("column.duplicate", "1"), excluded=12)
def duplicate_a_required_column(person: Person) -> None:
    person.copy(person.log, "A:A")
    person.paste("N:N")


@habit(COLUMNS, "标题改成另一种语言", "Write the headings in another language")
def translate_the_headings(person: Person) -> None:
    person.put("A1", [column.label.en for column in ACTIVITIES.columns])


@habit(COLUMNS, "标题里加空格、换行、星号", "Spaces, line breaks and stars in headings")
def decorate_the_headings(person: Person) -> None:
    person.put("A1", " 日 期 *")
    person.put("C1", "服务\n类型")


@habit(COLUMNS, "把标题改成别的名字", "Give a heading another name", ("column.missing", "1"), excluded=12)
def rename_a_heading(person: Person) -> None:
    person.put("C1", "服务种类")


# --- Sheets --------------------------------------------------------------------------------------------------------


@habit(SHEETS, "隐藏行、列、工作表，折叠分组", "Hide rows, columns and sheets, collapse groups")
def hide_things(person: Person) -> None:
    person.select(person.log, "4:6")
    person.press("HideRow")
    person.select(person.log, "D:E")
    person.press("HideColumn")
    person.select(person.log, "8:9")
    person.press("Group", RowOrCol="R")
    person.press("HideDetail")
    person.sheet(CUSTOMERS).visible = False


@habit(SHEETS, "工作表改成英文名", "Give a sheet its English name")
def rename_to_english(person: Person) -> None:
    person.log.name = ACTIVITIES.label.en


@habit(SHEETS, "工作表改成别的名字", "Give a sheet another name", ("sheet.missing", "每日记录"),
       ("sheet.unread", "11月"), typed=-12,
       note=("整张表没有读取，改回名字就好", "none of it is read until it has its name back"))  # fmt: skip
def rename_a_sheet(person: Person) -> None:
    person.log.name = "11月"


@habit(SHEETS, "复制一份工作表，在副本里填", "Copy a sheet and go on in the copy", ("sheet.unread", "每日记录_2"))
def go_on_in_a_copy(person: Person) -> None:
    person.book.sheets[ACTIVITIES.label.zh_cn].copy(after=person.log, name="每日记录_2")
    person.put(f"A{NEXT}", [[dt.datetime(2026, 11, 20), None, "个股观点"]], person.book.sheets["每日记录_2"])


@habit(SHEETS, "删掉一张表", "Delete a sheet", ("sheet.missing", "工时与请假"))
def delete_a_sheet(person: Person) -> None:
    person.sheet(WORKTIME).delete()


@habit(SHEETS, "调整工作表顺序，加自己的表和透视表", "Move sheets, add sheets of one's own")
def sheets_of_ones_own(person: Person) -> None:
    person.book.api.getSheets().moveByName(ACTIVITIES.label.zh_cn, 0)
    person.foreign([["日期", "服务类型", "次数"], [dt.datetime(2026, 11, 19), "客户回访", 2]])


# --- Fill and formulas ---------------------------------------------------------------------------------------------


@habit(FILL, "向下填充（Ctrl+D）", "Fill down (Ctrl+D)", ("row.duplicate", "14"), ("row.duplicate", "15"), typed=2)
def fill_down(person: Person) -> None:
    person.select(person.log, f"A{LAST}:L{LAST + 2}")
    person.press("FillDown")


@habit(FILL, "拖动填充柄，日期一天天往后", "Drag the fill handle: dates run into the future",
       ("date.future", "A14"), ("date.future", "A15"), typed=2, excluded=2)  # fmt: skip
def drag_the_handle(person: Person) -> None:
    handle = lo.Enum("com.sun.star.sheet.FillDirection", "TO_BOTTOM")
    person.log.api.getCellRangeByName(f"A{LAST}:A{LAST + 2}").fillAuto(handle, 1)
    person.put(f"C{NEXT}", [["盘中提示"], ["盘中提示"]])


@habit(FILL, "用公式引用上一行", "Refer to the row above")
def formulas_for_values(person: Person) -> None:
    person.log.range("A3").formula = "=A2"
    person.log.range("D3").formula = '="C"&2'


@habit(FILL, "日期写成 =TODAY()", "Write =TODAY() for a date", ("value.volatile", f"A{NEXT}"), typed=1)
def date_as_today(person: Person) -> None:
    person.row(NEXT, MESSAGE)
    person.log.range(f"A{NEXT}").formula = "=MIN(TODAY(),DATE(2026,11,20))"


@habit(FILL, "公式出错", "A formula that fails", ("value.formula_error", "A4"), excluded=1)
def failing_formula(person: Person) -> None:
    person.log.range("A4").formula = "=1/0"


# --- Merge ---------------------------------------------------------------------------------------------------------


@habit(MERGE, "合并同一天的日期", "Merge the dates of a day", ("value.required", "A3"), ("value.required", "A4"),
       ("cell.merged", "A2"), excluded=2)  # fmt: skip
def merge_dates(person: Person) -> None:
    person.merge("A2:A4")


@habit(MERGE, "合并选填列的几行", "Merge rows of an optional column", ("cell.merged", "F2"), alters=True)
def merge_answers(person: Person) -> None:
    person.merge("F2:F3")


@habit(MERGE, "合并标题", "Merge headings", ("column.missing", "1"), alters=True)
def merge_headings(person: Person) -> None:
    person.merge("A1:B1")


# --- Beside and below ----------------------------------------------------------------------------------------------


@habit(BESIDE, "隔几行再填", "Leave rows blank, then go on", typed=2)
def leave_a_gap(person: Person) -> None:
    person.row(NEXT, MESSAGE)
    person.row(NEXT + 20, TALK)


@habit(BESIDE, "在下面加合计行", "A totals row below", ("value.type", f"A{NEXT}"), ("value.required", f"C{NEXT}"),
       typed=1, excluded=1, note=("合计行不计入；放到表格右边就没有提示", "Totals never count; beside the table nobody minds them"))  # fmt: skip
def totals_row(person: Person) -> None:
    person.put(f"A{NEXT}", "合计")
    person.log.range(cell("minutes", NEXT)).formula = f"=SUM(G2:G{LAST})"


@habit(BESIDE, "下面再画一张小表", "A second table below",
       *((code, f"{letter}{row}") for row in range(NEXT + 2, NEXT + 4)
         for code, letter in (("value.type", "A"), ("value.type", "B"), ("value.required", "C"))), typed=2, excluded=2)  # fmt: skip
def second_table_below(person: Person) -> None:
    person.put(f"A{NEXT + 2}", [["类型", "次数"], ["回访", 2]])


@habit(BESIDE, "右边再画一张小表、加备注列", "A second table and notes at the right")
def second_table_beside(person: Person) -> None:
    person.put("O1", [["我的备注", "类型", "次数"], ["重点", "回访", 2]])
    person.put("O30", "只是一句话")


@habit(LOOKS, "冻结、换行、颜色、批注、删除线", "Freeze, wrap, colours, comments, strike-through",
       note=("删除线不算删除：这一行照样计入", "Struck-through rows count: delete them"))  # fmt: skip
def change_the_looks(person: Person) -> None:
    person.select(person.log, "A1:L13")
    for command in ("WrapText", "Bold", "Strikeout"):
        person.press(command)
    person.log.range("A5:L5").color = (255, 255, 0)
    person.select(person.log, "C5")
    person.press("InsertAnnotation", Text="问过经理")
    person.press("FreezePanes")


# What others of the table show nearly as well waits for the long run.
SLOW: Final = frozenset({
    "paste_with_formats", "paste_from_hidden_columns", "phones_as_numbers", "autofilter", "insert_blank_rows",
    "delete_a_row", "clear_a_row", "number_the_rows", "delete_an_optional_column", "duplicate_a_required_column",
    "translate_the_headings", "decorate_the_headings", "rename_a_heading", "rename_to_english", "delete_a_sheet",
    "sheets_of_ones_own", "drag_the_handle", "formulas_for_values", "failing_formula", "merge_headings", "leave_a_gap",
    "second_table_beside", "second_table_below", "numbers_as_text", "paste_american_dates", "dozen_rows_above",
    "as_et", "as_csv", "as_ods", "as_ods_and_back", "as_xlsm",
})  # fmt: skip
