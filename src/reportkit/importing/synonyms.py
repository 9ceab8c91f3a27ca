"""What other systems call the columns and choices of the forms: only proposals use it, an import never guesses."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.columns import Choices, Column, fold
from reportkit.importing.heading_words import HEADINGS, PASSED, TALK
from reportkit.importing.value_words import NOT, SCALE, VALUES

# Traditional characters of headings and values, and the simplified ones they are compared by.
SIMPLIFIED: Final = str.maketrans(
    "單號碼時間類別狀態優順處辦結關來電話帳戶開覆應長滿評價級緊組員責備註說內東資產總"
    "額險測專職業愛親訪劃計預約階實際請況課績問題終點團隊務傭費訴議轉錄達與從個聯繫歸"
    "檔導離聽線撥會無對視頻郵現場櫃機構擔項據營銷聲報簽調動數遞擬進複雙確認變",
    "单号码时间类别状态优顺处办结关来电话账户开复应长满评价级紧组员责备注说内东资产总"
    "额险测专职业爱亲访划计预约阶实际请况课绩问题终点团队务佣费诉议转录达与从个联系归"
    "档导离听线拨会无对视频邮现场柜机构担项据营销声报签调动数递拟进复双确认变",
)


def plain(text: str) -> str:
    """Return a text folded, in simplified characters."""
    return fold(text).translate(SIMPLIFIED)


def headings_of(form: str, column: Column) -> tuple[str, ...]:
    """Return the headings other systems give a column, folded, the most telling first."""
    written = HEADINGS.get(f"{form}.{column.code}", HEADINGS.get(column.code, ""))
    return tuple(plain(one) for one in written.split("|") if one)


def passed_headings(code: str) -> tuple[str, ...]:
    """Return the headings of how long after the opening a moment was, folded."""
    every = f"{PASSED.get(code, '')}|{TALK if code == 'resolved_at' else ''}"
    return tuple(plain(one) for one in every.split("|") if one)


def talk_headings() -> tuple[str, ...]:
    """Return the headings of how long a call lasted after it was answered, folded."""
    return tuple(plain(one) for one in TALK.split("|"))


def meaning(choices: Choices | None, text: str) -> tuple[str, bool] | None:
    """Return the code a value of another system may mean ('' for a blank), and whether every word of it was known.

    `choices` is None for the five steps of satisfaction.
    """
    words = SCALE if choices is None else VALUES.get(choices.code, {})
    known = {plain(one): code for code, written in words.items() for one in written.split("|")}
    known |= {plain(one): code for one, code in choices.by_label.items()} if choices is not None else {}
    if plain(text) in known:
        return known[plain(text)], True
    within = [one for one in known if one in plain(text) and (len(one) > 2 or not one.isascii())]
    if plain(text).startswith(NOT) and not any(one.startswith(NOT) for one in within):
        return None
    return (known[max(within, key=len)], False) if within else None
