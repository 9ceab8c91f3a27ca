"""A few hundred inputs nobody thought of, the same ones each time; `make fuzz` tries others for as long as one likes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from soak.fuzz import conditions, files, reads_any_condition, reads_any_file, written_out

from reportkit.settings.conditions import Condition

short = settings(max_examples=300, derandomize=True, deadline=None, database=None, suppress_health_check=[*HealthCheck])


def test_any_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path: Path = tmp_path_factory.mktemp("fuzz") / "A001.xlsx"

    @short
    @given(files)
    def check(content: bytes) -> None:
        reads_any_file(path, content)

    check()


@short
@given(conditions)
def test_any_condition(written: str) -> None:
    reads_any_condition(written)


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        (Condition("kind", "is", ("fund_talk", "other")), 'kind is "fund_talk" or "other"'),
        (Condition("customer.assets", "at_least", (500_000.0,)), "customer.assets at least 500000.0"),
        (Condition("summary", "not_blank"), "summary is not blank"),
    ],
)
def test_a_condition_written_out(condition: Condition, written: str) -> None:
    assert written_out(condition) == written
