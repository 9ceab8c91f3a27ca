"""`python -m reportkit.workbooks DIR` writes the blank templates."""

from __future__ import annotations

import sys
from pathlib import Path

from reportkit.workbooks import write_templates

if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for path in write_templates(target):
        print(path)
