"""What the components of the extension share: their sentences, and how the user's Python is found and started.

Runs inside the office, with the office's own Python.
"""

# ruff: noqa: UP006, UP035, UP045 -- the office's Python may be 3.8

import os
import sys
from pathlib import Path
from typing import Any, Dict, Optional

import reportkit_interpreter  # type: ignore[import-not-found] # under this name in the extension alone
from com.sun.star.beans import PropertyValue

CREATE_NO_WINDOW = 0x08000000  # Windows: no console flashes up
LONGEST_MESSAGE = 1500  # characters; the end of what a child said

SENTENCES = {
    "title": {"zh-CN": "客户服务", "zh-TW": "客戶服務", "en": "Service desk"},
    "no_python": {
        "zh-CN": "尚未设置 Python。请在终端运行 reportkit addin install，然后再试。",
        "zh-TW": "尚未設定 Python。請在終端機執行 reportkit addin install，然後再試。",
        "en": "No Python is set. Run reportkit addin install in a terminal, then try again.",
    },
    "not_started": {
        "zh-CN": "无法启动 {python}：{reason}。请在终端运行 reportkit addin install。",
        "zh-TW": "無法啟動 {python}：{reason}。請在終端機執行 reportkit addin install。",
        "en": "{python} could not be started: {reason}. Run reportkit addin install in a terminal.",
    },
    "at_work": {
        "zh-CN": "正在处理…",
        "zh-TW": "正在處理…",
        "en": "At work…",
    },
    "busy": {
        "zh-CN": "上一个操作还在进行，请等它完成。",
        "zh-TW": "上一個操作還在進行，請等它完成。",
        "en": "The last button is still at work. Wait until it is done.",
    },
    "failed": {
        "zh-CN": "操作没有完成（代码 {code}）。",
        "zh-TW": "操作沒有完成（代碼 {code}）。",
        "en": "The button did not finish its work (code {code}).",
    },
    "no_answer": {
        "zh-CN": "等了 {seconds} 秒没有结果。请缩小区域，再按 Ctrl+Shift+F9。",
        "zh-TW": "等了 {seconds} 秒沒有結果。請縮小區域，再按 Ctrl+Shift+F9。",
        "en": "No result after {seconds} seconds. Give smaller ranges, then press Ctrl+Shift+F9.",
    },
    "function_failed": {
        "zh-CN": "没有算出来：{reason}",
        "zh-TW": "沒有算出來：{reason}",
        "en": "Not computed: {reason}",
    },
    "other_days": {
        "zh-CN": "这个文档的日期不从 1899-12-30 数起。请在 工具 → 选项 → Calc → 计算 中改回默认日期。",
        "zh-TW": "這個文件的日期不從 1899-12-30 數起。請在 工具 → 選項 → Calc → 計算 中改回預設日期。",
        "en": "This document does not count days from 1899-12-30. Set Tools → Options → Calc → Calculate → Date to it.",
    },
}


def python() -> Optional[str]:
    """Return the user's Python, or None where none was ever written down."""
    found: Optional[str] = reportkit_interpreter.interpreter(sys.platform, os.environ, Path.home())
    return found


def surroundings() -> Dict[str, Any]:
    """Return what a child is started with: none of the office's own variables, the home folder, no window."""
    return {
        "env": reportkit_interpreter.child_environment(os.environ),
        "cwd": str(Path.home()),
        "creationflags": CREATE_NO_WINDOW if sys.platform == "win32" else 0,
    }


def sentence(context: Any, name: str) -> str:
    """Return a sentence in the language of the office."""
    provider = create(context, "com.sun.star.configuration.ConfigurationProvider")
    node = PropertyValue()
    node.Name, node.Value = "nodepath", "/org.openoffice.Setup/L10N"
    service = "com.sun.star.configuration.ConfigurationAccess"
    locale = provider.createInstanceWithArguments(service, (node,)).getByName("ooLocale")
    return SENTENCES[name][locale if locale in ("zh-CN", "zh-TW") else "en"]


def create(context: Any, service: str) -> Any:
    """Return a new service of the office."""
    return context.ServiceManager.createInstanceWithContext(service, context)
