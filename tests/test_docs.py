"""What the docs say is what the code says; every link leads somewhere."""

import json
import os
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from reportkit.definitions.finding_kinds import KINDS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "reportkit"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _generator() -> ModuleType:
    spec = spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _flow() -> ModuleType:
    _generator()  # which makes it known
    return sys.modules["flow_picture"]


def generated() -> dict[str, str]:
    pages: dict[str, str] = _generator().pages()
    return pages


def test_the_reference_is_what_the_definitions_say() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").iterdir()}
    assert committed == generated(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_command_has_an_example() -> None:
    page = generated()["commands.en.md"]
    commands = re.findall(r"^## (reportkit .+)$", page, re.MULTILINE)
    assert "reportkit refresh" in commands
    assert [name for name in commands if not re.search(rf"^Example:.*`{name} ?", page, re.MULTILINE)] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    made = subprocess.run(
        [sys.executable, ROOT / "docs" / "site" / "build.py", folder],
        capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_site_fetches_nothing(site: Path, language: str) -> None:
    pages = list((site / language).rglob("*.html"))
    assert len(pages) > 15
    loading = re.compile(
        r"""<(?:script|img|iframe|source|video)[^>]*\ssrc=["']?(?:https?:)?//|"""
        r"""<link[^>]*\shref=["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import ["'](?:https?:)?//"""
    )
    files = [*pages, *(site / language).rglob("*.css")]
    assert [str(one) for one in files if loading.search(one.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_links_of_the_site_lead_somewhere(site: Path, language: str) -> None:
    missing = []
    for page in (site / language).rglob("*.html"):
        for link in re.findall(r"""(?:href|src)=["']([^"'#?]+)""", page.read_text(encoding="utf-8")):
            if not re.match(r"\w+:", link) and not (page.parent / link).exists():
                missing.append((page.name, link))
    assert missing == []


@pytest.mark.parametrize(("language", "search"), [("zh-CN", "搜索"), ("en", "Search")])
def test_the_site_speaks_one_language(site: Path, language: str, search: str) -> None:
    page = (site / language / "docs" / f"index.{language}.html").read_text(encoding="utf-8")
    assert f'placeholder="{search}"' in page
    assert re.search(rf'<html[^>]* lang="{language}"', page)


def test_the_site_is_searched_in_chinese_by_pairs(site: Path) -> None:
    index = (site / "zh-CN" / "searchindex.js").read_text(encoding="utf-8")
    terms = json.loads(index.removeprefix("Search.setIndex(").removesuffix(")"))["terms"]
    assert {"待办", "首次", "次响", "响应"} <= set(terms)
    assert "splitQuery" in (site / "zh-CN" / "_static" / "language_data.js").read_text(encoding="utf-8")


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


def stages() -> dict[str, int]:
    """Return module → the number of its stage."""
    named = [(name, at) for at, modules in enumerate(_generator().STAGES) for name in modules]
    assert len(named) == len(dict(named)), "a package stands in two stages"
    return dict(named)


def test_every_module_has_its_stage() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert modules - {"__init__"} == set(stages())


def test_imports_point_one_way_along_the_flow() -> None:
    stage = stages()
    backwards = [
        (importer, name)
        for importer, names in _flow().imports().items()
        for name in names
        if stage[name] > stage[importer]
    ]
    assert backwards == []


def test_no_package_stands_on_itself() -> None:
    flow = _flow()
    assert flow.circles(flow.imports()) == set()
    assert flow.circles({"a": {"b"}, "b": {"a"}, "c": {"a"}}) == {"a", "b"}


def test_the_picture_of_the_flow_shows_every_package_and_the_lines_nothing_else_implies() -> None:
    flow = _flow()
    assert flow.needed({"c": {"a", "b"}, "b": {"a"}, "a": set()}) == {"c": {"b"}, "b": {"a"}, "a": set()}
    drawn = re.findall(r'font-weight="600"[^>]*>(\w+)<', flow.picture())
    assert sorted(drawn) == sorted(stages())
    lines = sum(len(one) for one in flow.needed(flow.imports()).values())
    assert flow.picture().count("<path ") == lines
