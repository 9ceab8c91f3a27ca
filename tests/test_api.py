"""The stable interface: its names, its docs, its example."""

import re
from datetime import date
from pathlib import Path

import pytest

import reportkit
from reportkit.demo import write_demo

API = Path(__file__).parents[1] / "docs" / "api.md"


@pytest.mark.parametrize("name", reportkit.__all__)
def test_every_name_can_be_imported_and_is_documented(name: str) -> None:
    assert getattr(reportkit, name) is not None
    assert name == "__version__" or f"`{name}" in API.read_text(encoding="utf-8")


def test_other_names_are_refused() -> None:
    with pytest.raises(AttributeError):
        _ = reportkit.nonsense


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write_demo(tmp_path / "branch", advisors=1, weeks=1, seed=7, language="en", today=date(2026, 11, 20))
    log = next((tmp_path / "branch" / "logs").iterdir())
    log.rename(log.with_name("A001.xlsx"))
    monkeypatch.chdir(tmp_path)
    found = re.search(r"```python\n(.*?)```", API.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    exec(compile(found[1], str(API), "exec"), {})  # noqa: S102 # the page's own example
    assert "new_contacts" in capsys.readouterr().out
