"""Excel opens every workbook written, without repairing it: Office's schemas, and Excel's own limits beside them."""

import email
import email.policy
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openxml_audit import FileFormat, OpenXmlValidator

from reportkit.branch.closing import close
from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.cli import run
from reportkit.mail.send import write_drafts
from reportkit_addin.build.xlam import build_xlam
from tests.branches import LAST_WEEK, TODAY, WEEK, branch_in, double_targets
from tests.excel_limits import faults_of
from tests.injected import branch_with_all_of_it

TEMPLATES = Path(__file__).parents[1] / "workbook_templates"


def schema_faults(path: Path) -> list[str]:
    """Return what Office's schemas do not allow in a workbook."""
    found = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=20).validate(path)
    return [str(error) for error in found.errors]


def lived_in(branch: Branch) -> list[Path]:
    """Return all workbooks of a branch, some of them attached to mail, after all that is ever written there."""
    close(branch, LAST_WEEK, TODAY)
    refresh(branch, WEEK, TODAY)
    write_drafts(branch, LAST_WEEK, TODAY)
    double_targets(branch)
    root, logs = str(branch.root), [path.name.split()[0] for path in branch.logs()]
    day = TODAY.isoformat()
    assert run(["upgrade", root]) == 0
    assert run(["handover", root, "--from", logs[0], "--to", logs[1], "--as-of", day]) == 0
    assert run(["renew", root, "--before", "2026-11-16", "--as-of", day, "--force"]) == 0
    assert run(["refresh", root, "--week", WEEK, "--as-of", day]) in (0, 1)
    assert run(["rollup", root, "--week", WEEK, "--as-of", day, "--out", str(branch.root / "all.xlsx")]) in (0, 1)
    for draft in branch.root.rglob("*.eml"):
        mail = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
        for at, part in enumerate(mail.iter_attachments()):
            draft.with_suffix(f".{at}.xlsx").write_bytes(part.get_content())
    found = list(branch.root.rglob("*.xlsx"))
    assert {path.relative_to(branch.root).parts[0] for path in found} > {
        "logs",
        "archive",
        "backup",
        "reports",
        "outbox",
    }
    return found


@pytest.mark.slow
@pytest.mark.parametrize("make", [branch_in, branch_with_all_of_it])
def test_all_workbooks_of_a_branch(tmp_path: Path, make: Callable[[Path], Branch]) -> None:
    faults = {
        path.name: [*faults_of(path.read_bytes()), *schema_faults(path)] for path in lived_in(make(tmp_path / "branch"))
    }
    assert not {name: found for name, found in faults.items() if found}


@pytest.mark.slow
def test_templates_and_the_ribbon(tmp_path: Path) -> None:
    for path in (*TEMPLATES.glob("*.xlsx"), build_xlam(tmp_path / "reportkit.xlam")):
        assert [*faults_of(path.read_bytes()), *schema_faults(path)] == [], path.name


def saved(change: Callable[[Workbook], object]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    change(book)
    book.save(content)
    return content.getvalue()


def table(book: Workbook, area: str, name: str) -> None:
    for at, heading in enumerate(("a", "b"), 1):
        book.active.cell(1, at, heading)
    book.active.add_table(Table(ref=area, displayName=name))


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("name a1", lambda book: book.defined_names.add(DefinedName("A1", attr_text="Sheet!$A$1"))),
        ("merged across", lambda book: (book.active.merge_cells("A1:B2"), book.active.merge_cells("B2:C3"))),
        ("rules across", lambda book: [book.active.add_data_validation(DataValidation(sqref="A1:A9")) for _ in "12"]),
        (
            "rule too long",
            lambda book: book.active.add_data_validation(DataValidation(formula1="1+" * 130 + "1", sqref="A1")),
        ),
        ("error too long", lambda book: book.active.add_data_validation(DataValidation(error="x" * 256, sqref="A1"))),
        ("no formula", lambda book: book.active.cell(1, 1, "==A2")),
        ("formula too deep", lambda book: book.active.cell(1, 1, "=" + "N(" * 65 + "1" + ")" * 65)),
        ("text too long in formula", lambda book: book.active.cell(1, 1, f'="{"x" * 256}"')),
        ("link to", lambda book: setattr(book.active["A1"], "hyperlink", Hyperlink("A1", location="'gone'!A1"))),
        ("table", lambda book: table(book, "A1:B1", "rows")),
        ("table named", lambda book: table(book, "A1:B3", "R1C1")),
        ("merged in table", lambda book: (table(book, "A1:B3", "rows"), book.active.merge_cells("A2:B2"))),
    ],
)
def test_faults_are_found(fault: str, change: Callable[[Workbook], object]) -> None:
    assert any(fault.removeprefix("name ") in found.lower() for found in faults_of(saved(change)))
    assert faults_of(saved(lambda _: None)) == []
