"""What people read: each language in its own characters, words and quotation marks; the same places in all three."""

import ast
import re
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from reportkit.definitions.text import Text, counted, filled

ROOT = Path(__file__).parents[1]
HAN = re.compile(r"[\u4e00-\u9fff]")
# What mainland China says where Taiwan says something else.
MAINLAND = (
    "信息 網絡 軟件 硬件 默認 數據 文件 屏幕 短信 打印 菜單 鏈接 用戶 登錄 搜索 激活 添加 粘貼 刷新 運行 導入 導出 郵箱 錄入 識別",
    "模板 網盤 卸載 服務器 端口 單元格 工作簿 文件夾 響應 聯繫 質量 反饋 命令行 環境變量 加載 插件 鼠標 光標 窗口 圖標 拷貝 剪切",
    "優化 紀錄 進程 內存 硬盤 磁盤 這行 兩行 行數 刪行",
)


NO_NOUNS = re.compile(
    r"\b(has|was|does|takes|offers|holds|needs|fits|gives|knows|finds|goes|"
    r"this|passes|less|its|three|stands|lacks|declares)\b"
)


class Said(NamedTuple):
    """A text in three languages and where it stands."""

    place: str
    zh_cn: str
    zh_tw: str
    en: str


def _texts() -> list[Said]:
    """Return every text the sources hold in three languages: calls of three texts, the second of them Chinese."""
    found: list[Said] = []
    for path in sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "addin").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 3:
                written = [_written(one) for one in node.args[:3]]
                if all(written) and HAN.search(written[1]):
                    found.append(Said(f"{path.relative_to(ROOT)}:{node.lineno}", *written))
    return found


def _written(node: ast.expr) -> str:
    """Return the text of a literal, `{}` for what an f-string fills in; nothing of anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


TEXTS = _texts()


def strange(text: str, encoding: str) -> str:
    """Return the Chinese characters of a text that an encoding does not have."""
    return "".join(one for one in HAN.findall(text) if not one.encode(encoding, "ignore"))


def test_there_are_texts_to_judge() -> None:
    assert len(TEXTS) > 1000


def test_simplified_and_traditional_characters_are_not_mixed() -> None:
    mixed = {one.place: strange(one.zh_cn, "gb2312") + strange(one.zh_tw, "big5") for one in TEXTS}
    assert {place: characters for place, characters in mixed.items() if characters} == {}


@pytest.mark.parametrize("word", " ".join(MAINLAND).split())
def test_traditional_chinese_uses_taiwan_s_words(word: str) -> None:
    assert [one.place for one in TEXTS if word in one.zh_tw] == []


def test_each_language_has_its_own_quotation_marks() -> None:
    assert [one.place for one in TEXTS if re.search("[「」]", one.zh_cn + one.en) or re.search("[“”]", one.zh_tw)] == []


def test_english_holds_no_chinese() -> None:
    assert [one.place for one in TEXTS if HAN.search(one.en) and "/demo/" not in one.place] == []


def test_every_language_fills_the_same_places() -> None:
    places = [(one.place, {frozenset(re.findall(r"\{(\w*)[^}]*\}", text)) for text in one[1:]}) for one in TEXTS]
    assert [place for place, sets in places if len(sets) > 1] == []


def with_ones(text: str) -> str:
    """Return an English text with every place filled with 1."""
    named = re.sub(r"\{\d*\}", "1", text)
    return filled(named, {name: 1 for _, name, _, _ in Formatter().parse(named) if name})


def test_english_speaks_of_one_row_not_of_1_rows() -> None:
    said = [(one.place, with_ones(one.en)) for one in TEXTS if "{" in one.en]
    many = re.compile(r"\b1 (?:[a-z-]+ )?([a-z]{3,}s)\b")
    wrong = [(place, found[0]) for place, text in said for found in many.finditer(text)]
    assert [(place, words) for place, words in wrong if not NO_NOUNS.search(words)] == []


def test_a_count_is_said_with_the_word_that_goes_with_it() -> None:
    text = Text("{rows} 行", "{rows} 列", "{rows:,|row|rows} of {files:file|files}, {share:.1f}")
    assert text.fill("en", rows=1, files=1, share=0.25) == "1 row of 1 file, 0.2"
    assert text.fill("en", rows=1200, files=0, share=1) == "1,200 rows of 0 files, 1.0"
    assert text.fill("zh-CN", rows=1, files=2, share=3) == "1 行"
    assert counted("1", "log was", "logs were") == "1 log was"
