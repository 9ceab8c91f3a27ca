"""How grave a finding is, and what that is called."""

from __future__ import annotations

from typing import Final, Literal

from reportkit.definitions.text import Text

Severity = Literal["error", "warning", "info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
SEVERITY_LABEL: Final[dict[Severity, Text]] = {
    "error": Text("错误", "錯誤", "Error"),
    "warning": Text("提醒", "提醒", "Warning"),
    "info": Text("信息", "資訊", "Info"),
}
