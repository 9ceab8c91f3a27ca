"""What the guides name is there: buttons, sheets, columns and choices by their labels, commands with their options."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from reportkit.cli import application
from tests.test_wording import TEXTS

ROOT = Path(__file__).parents[1]
GUIDES = [*sorted((ROOT / "docs" / "guide").glob("*.md")), *sorted((ROOT / "docs").glob("faq.*.md"))]
PAGES = [*GUIDES, ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LABELS = {text for one in TEXTS for text in one[1:]}
# Names that are not ours: of Excel, LibreOffice and Windows, and what people type. One that no guide uses any more goes.
ELSEWHERE = {
    "zh-CN": {
        "是", "√", "否", "—", "未知", "列 是 值", "且", "作为批处理作业登录", "如果任务运行时间超过 3 天则停止", "启用长路径", "读到 = 计入 + 剔除", "只粘贴值", "解除锁定",
        "禁用并通知", "启用内容", "受保护的视图", "启用编辑", "保留当前格式（.xlsx）", "授权访问", "文稿", "选择性粘贴 → 数值", "文本",
        "上周五", "始终保留在此设备上", "补录", "附表3 产品需求", "确定", "取消",
    },
    "en": {
        "Table 3 Products", "Stop the task if it runs longer than", "Enable long paths", "Yes", "Unblock", "Disable with notification",
        "Enable content", "Enable Editing", "Keep current format (.xlsx)", "Documents", "Paste special → Values",
        "Always keep on this device", "unknown", "text", "and", "OK", "Cancel",
    },
}  # fmt: skip


def named(page: Path) -> tuple[str, set[str]]:
    """Return a guide's language and what it calls by name: “quoted” in Chinese, *slanted* in English."""
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    if page.name.endswith(".zh-CN.md"):
        return "zh-CN", set(re.findall(r"“([^”\n]+)”", text))
    return "en", set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text))


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_what_a_guide_names_exists(page: Path) -> None:
    language, names = named(page)
    assert names
    assert sorted(name for name in names if name not in LABELS | ELSEWHERE[language]) == []


def test_no_exception_is_left_over() -> None:
    said = {language: set[str]() for language in ELSEWHERE}
    for page in GUIDES:
        language, names = named(page)
        said[language] |= names
    assert {language: names - said[language] for language, names in ELSEWHERE.items()} == {"zh-CN": set(), "en": set()}


def commands(group: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], set[str]]:
    """Return each command, by its words → its options."""
    if not hasattr(group, "commands"):
        return {path: {option for one in group.params for option in one.opts} | {"-h", "--help"}}
    return {key: value for name, one in group.commands.items() for key, value in commands(one, (*path, name)).items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_of_the_docs_are_called_as_they_are(page: Path) -> None:
    known = commands(get_command(application()))
    code = re.findall(r"```.*?```|`[^`]+`", page.read_text(encoding="utf-8"), re.DOTALL)
    calls = re.findall(r"\breportkit ([a-z]+\b[^`\n|#>\"]*)", "\n".join(code))
    first = {path[0] for path in known}
    wrong = []
    for call in calls:
        words = tuple(call.split())
        path = next((words[:length] for length in (2, 1) if words[:length] in known), ())
        options = set(re.findall(r"(?<=\s)--?[a-z][a-z-]*", " " + call))
        if words[0] not in first or not options <= known.get(path, {"-h"}):
            wrong.append(call)
    assert wrong == []
