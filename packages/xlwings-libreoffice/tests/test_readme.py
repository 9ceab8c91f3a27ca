"""The examples of the README run as printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def test_the_examples_run_as_printed(tmp_path: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert len(examples) == 2
    program = subprocess.run(
        [sys.executable, "-c", "\n".join(examples)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (program.returncode, program.stdout) == (0, "5.0\n"), program.stderr
    assert (tmp_path / "orders.xlsx").stat().st_size > 0
