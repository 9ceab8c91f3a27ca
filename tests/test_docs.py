"""What the docs say is what the code says; every link leads somewhere."""

import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from reportkit.findings import KINDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def generated() -> dict[str, str]:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[str, str] = module.pages()
    return pages


def test_the_reference_is_what_the_definitions_say() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("*.md")}
    assert committed == generated(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_code_of_the_domain_has_a_kind() -> None:
    text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    codes = set(
        re.findall(
            r"\b(?:file|advisor|sheet|column|value|date|id|row|rows|kind|day|target|calendar)\.[a-z_]+",
            text.split("Codes:")[1],
        )
    )
    assert codes <= set(KINDS)


def test_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^reportkit (\w+)", readme, re.MULTILINE))
    for command in commands:
        done = subprocess.run([sys.executable, "-m", "reportkit", command, "--help"], capture_output=True, check=False)
        assert done.returncode == 0, command


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\S+)", readme, re.MULTILINE))
    assert targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_modules_of_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)/?`", row.split("|")[1])}
    assert named
    package = ROOT / "src" / "reportkit"
    assert [
        name for name in sorted(named) if not ((package / f"{name}.py").exists() or (package / name).is_dir())
    ] == []
