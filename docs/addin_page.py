"""The reference page of the add-in, from its buttons and functions."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Final

from reportkit.definitions.text import Language, Text
from reportkit_addin.build.functions_calc import shown
from reportkit_addin.buttons import BUTTONS, GROUPS, TAB
from reportkit_addin.functions import FUNCTIONS, TELLS
from reportkit_addin.sentences import PARAMETER_HINTS, PARAMETERS

TITLE: Final = Text("按钮和函数", "按鈕和函數", "Buttons and functions")
BUTTONS_TITLE: Final = Text("按钮", "按鈕", "Buttons")
WHERE: Final = Text(
    "`reportkit addin install` 把它们装进 Excel 的“{tab}”选项卡，或 LibreOffice 的工具栏和菜单。",
    "`reportkit addin install` 把它們裝進 Excel 的「{tab}」索引標籤，或 LibreOffice 的工具列和功能表。",
    "`reportkit addin install` puts them into Excel's tab *{tab}*, or LibreOffice's toolbar and menu.",
)
BUTTON_HEAD: Final = Text("按钮|做什么|要知道的", "按鈕|做什麼|要知道的", "Button|Does|Good to know")
FUNCTIONS_TITLE: Final = Text("函数", "函數", "Functions")
USE: Final = Text(
    "Windows 版 Excel 中名字带下划线（VBA 的名字里不能有点），LibreOffice 中带点。表要连标题行一起给，列认标题，不认位置；"
    "后面可以再给别的表，设置里的表也行；标题行是哪种语言，就用哪种语言回答。在 LibreOffice 里不要给表名："
    "它不会随着下面新填的行变长，也不认 `[#All]`。第一张表给整列，后面的表给留有余行的区域（如 A1:Z5000）："
    "后面的表若给整列，每填一格都要等半分钟。LibreOffice 只接受本工作簿里的区域，否则显示 Err:504；后面的表里有出错的公式时，直接显示那个错误。"
    "指标用到的表要给全，缺了哪张会写明；只算目标不用给。"
    "`RK_FAQ` 不给表时查公式所在的工作簿；那张表改了以后按 Ctrl+Alt+F9（LibreOffice 里 Ctrl+Shift+F9）重算。算不出来时，单元格里写明原因。返回一片结果的函数，在 LibreOffice 和旧版 Excel 中"
    "先选中一片区域，再按 Ctrl+Shift+Enter。",
    "Windows 版 Excel 中名稱帶底線（VBA 的名稱裡不能有點），LibreOffice 中帶點。表要連標題列一起給，欄認標題，不認位置；"
    "後面可以再給別的表，設定裡的表也行；標題列是哪種語言，就用哪種語言回答。在 LibreOffice 裡不要給表名："
    "它不會隨著下面新填的列變長，也不認 `[#All]`。第一張表給整欄，後面的表給留有餘列的區域（如 A1:Z5000）："
    "後面的表若給整欄，每填一格都要等半分鐘。LibreOffice 只接受本活頁簿裡的區域，否則顯示 Err:504；後面的表裡有出錯的公式時，直接顯示那個錯誤。"
    "指標用到的表要給全，缺了哪張會寫明；只算目標不用給。"
    "`RK_FAQ` 不給表時查公式所在的活頁簿；那張表改了以後按 Ctrl+Alt+F9（LibreOffice 裡 Ctrl+Shift+F9）重算。算不出來時，儲存格裡寫明原因。傳回一片結果的函數，在 LibreOffice 和舊版 Excel 中"
    "先選取一片區域，再按 Ctrl+Shift+Enter。",
    "In Excel on Windows a name has an underscore, for VBA takes no dot in one; in LibreOffice it has a dot. Give tables with "
    "their header rows: columns are found by heading, not by place. More tables may follow, those of the settings too; "
    "the answer is in the language of the headings. In "
    "LibreOffice do not name tables: a name there does not grow with the rows typed below it, and `[#All]` is not known. "
    "Give the first table by whole columns and further ones with rows to spare (A1:Z5000): whole columns of those would "
    "take half a minute at every entry. LibreOffice takes ranges of the same workbook only, else it shows Err:504, and a "
    "failed formula in a further table is its answer. An indicator needs every table it is counted in, and says which is "
    "missing; a target alone needs none. "
    "Without a table `RK_FAQ` searches the formula's own workbook; when that sheet changed, press Ctrl+Alt+F9 (in LibreOffice "
    "Ctrl+Shift+F9). What "
    "cannot be computed says why in its cell. For those that return several rows, select an area in LibreOffice or an older "
    "Excel first and press Ctrl+Shift+Enter.",
)
EXAMPLES: Final = (
    "=RK_KPI(\"new_contacts\",DATE(2026,11,23),DATE(2026,11,29),activities[#All],customers[#All])",
    "=RK_FAQ(\"佣金\")",
    "=RK.KPI(\"new_contacts\";DATE(2026;11;23);DATE(2026;11;29);$'每日记录'.A:L;$'客户档案'.A1:Z5000)",
    "=RK.FAQ(\"佣金\")",
)  # fmt: skip
FUNCTION_HEAD: Final = Text("函数|参数|做什么", "函數|參數|做什麼", "Function|Arguments|Does")
ARGUMENTS_TITLE: Final = Text("参数", "參數", "Arguments")
ARGUMENT_HEAD: Final = Text("参数|填什么", "參數|填什麼", "Argument|What to give")

Table = Callable[[list[str], list[tuple[str, ...]]], str]


def addin_page(language: Language, table: Table) -> str:
    """Return the page without its title."""
    buttons = [
        (f"**{one.label.to(language)}**", one.tip.to(language), one.help.to(language))
        for group in GROUPS
        for one in BUTTONS
        if one.group == group
    ]
    functions = [
        (f"`{name}` `{shown(name)}`", _arguments(called, language), TELLS[name].to(language))
        for name, called in FUNCTIONS.items()
    ]
    arguments = {
        PARAMETERS[name].to(language): PARAMETER_HINTS[name].to(language)
        for called in FUNCTIONS.values()
        for name in inspect.signature(called).parameters
    }
    parts = [
        f"## {BUTTONS_TITLE.to(language)}",
        WHERE.fill(language, tab=TAB.to(language)),
        table(BUTTON_HEAD.to(language).split("|"), buttons),
        f"## {FUNCTIONS_TITLE.to(language)}",
        USE.to(language),
        "```text\n" + "\n".join(EXAMPLES) + "\n```",
        table(FUNCTION_HEAD.to(language).split("|"), functions),
        f"## {ARGUMENTS_TITLE.to(language)}",
        table(ARGUMENT_HEAD.to(language).split("|"), list(arguments.items())),
    ]
    return "\n\n".join(parts) + "\n"


def _arguments(called: Callable[..., Any], language: Language) -> str:
    """Return a function's arguments in order; any number of tables is shown by dots."""
    named = (
        "…" if one.kind is one.VAR_POSITIONAL else PARAMETERS[one.name].to(language)
        for one in inspect.signature(called).parameters.values()
    )
    return ("，" if language != "en" else ", ").join(named)
