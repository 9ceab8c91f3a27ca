"""Each way to save of the table, read afterwards."""

from pathlib import Path

import pytest
import xlwings as xw

from tests.habits.reading import Reading, read
from tests.habits.saving import PASSWORD, SAVED, Saved, with_password
from tests.habits.table import SLOW

pytestmark = pytest.mark.office


@pytest.mark.parametrize(
    "saved", [pytest.param(one, id=one.name, marks=[pytest.mark.slow] if one.name in SLOW else []) for one in SAVED]
)
def test_a_saved_log_is_read_or_named(office: xw.App, log: Path, before: Reading, tmp_path: Path, saved: Saved) -> None:
    path = saved.save(office, log, tmp_path)
    after = read(path)
    assert sorted(code for code, _ in (after.findings - before.findings).elements()) == sorted(saved.finds)
    if saved.read:
        assert (after.rows, after.figures, after.count) == (before.rows, before.figures, before.count)
        assert (after.identity.advisor_id, after.identity.advisor_name) == ("A001", "张伟")
    else:
        assert after.count.read == 0


def test_a_protected_log_is_read_with_its_password(office: xw.App, log: Path, before: Reading, tmp_path: Path) -> None:
    after = read(with_password(office, log, tmp_path), PASSWORD)
    assert (after.rows, after.figures, after.findings) == (before.rows, before.figures, before.findings)
