"""What the docs say is what the code says; every link leads somewhere."""

import json
import os
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import resolve_name
from types import ModuleType

import pytest

from reportkit.cli import command_line
from reportkit.definitions.finding_kinds import KINDS
from reportkit.definitions.forms import FORMS
from reportkit.settings.branch_settings import default_settings

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "reportkit"
EVERYWHERE = {"--help", "--install-completion", "--show-completion"}  # what the library below every command gives
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("packages/*/*.md")])
WRITTEN = [page for page in PAGES if page.parent.name != "reference"]  # by people


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
    text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8").split("## 8. Findings")[1]
    families = {code.partition(".")[0] for code in KINDS}
    codes = set(re.findall(rf"\b(?:{'|'.join(families)})\.[a-z_]+", text))
    assert len(codes) > 20
    assert codes <= set(KINDS)


def test_the_domain_names_every_column_choice_and_indicator_as_the_definitions_do() -> None:
    text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    columns = [column for form in FORMS.values() for column in form.columns]
    said = [(column.code, column.label) for column in columns]
    said += [pair for column in columns if column.choices for pair in column.choices.labels.items()]
    assert [code for code, label in said if code not in text or label.zh_cn not in text] == []
    indicators = default_settings("zh-CN").indicators
    assert [one.code for one in indicators if f"| {one.code} | {one.label.zh_cn} |" not in text] == []


def code_of(page: Path) -> list[str]:
    """Return what a page shows as code: between backticks, or a line of a block."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```[^\n]*\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [*re.findall(r"`([^`]+)`", prose), *(line for block in blocks for line in block.splitlines())]


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_of_the_docs_exist(page: Path) -> None:
    program = command_line()
    wrong = []
    for code in code_of(page):
        for call in re.findall(r"(?:^|[\s/])reportkit ((?:[^#|;&>]|>=)*)", code.removeprefix("python -m ")):
            command, words = program, call.split()
            while words and re.fullmatch(r"[a-z]+", words[0]) and words[0] in getattr(command, "commands", {}):
                command = command.commands[words.pop(0)]
            if command is program and words and re.fullmatch(r"[a-z]+", words[0]):  # no command is called that
                wrong.append(call)
            known = {name for one in (program, command) for option in one.params for name in option.opts}
            wrong += [f"{word} in {call}" for word in words if word.startswith("--") and word not in known | EVERYWHERE]
    assert wrong == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_of_the_docs_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {name for code in code_of(page) for name in re.findall(r"^make ([a-z-]+)", code)} - targets == set()


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md", "docs/decisions.md", "docs/scale.md"])
def test_modules_and_names_of_the_docs_exist(page: str) -> None:
    """A dotted name begins with a package, `settings.calendars.Span`; so do some codes of findings."""
    named = re.compile(rf"(?:reportkit\.)?((?:{'|'.join(stages())})(?:\.(?!xlsx)\w+)+)(?:\(.*\))?")
    names = [found[1] for code in code_of(ROOT / page) if (found := named.fullmatch(code)) and found[1] not in KINDS]
    assert [name for name in names if not exists(name)] == []


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md", "docs/excel-checklist.md"])
def test_files_of_the_docs_exist(page: str) -> None:
    named = re.compile(r"(?:addin|docs|packages|src|tests)/[\w./*-]+")
    assert [code for code in code_of(ROOT / page) if named.fullmatch(code) and not list(ROOT.glob(code))] == []


def exists(name: str) -> bool:
    try:
        resolve_name(f"reportkit.{name}")
    except (ImportError, AttributeError):
        return False
    return True


def test_every_command_stands_in_the_readme_or_a_guide() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs" / "guide").glob("*.en.md"), *(ROOT / "docs").glob("*.md")]
    said = "\n".join(code for page in pages for code in code_of(page))
    program = command_line()
    names = [name for name in program.commands if not re.search(rf"\breportkit {name}\b", said)]
    assert names == []


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
