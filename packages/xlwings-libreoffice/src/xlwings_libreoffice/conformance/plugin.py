"""The pytest plugin of the conformance run: installs the engine and compares outcomes with the expected ones."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
import xlwings

import xlwings_libreoffice

EXPECTED = Path(__file__).with_name("expected.txt")
OUTCOMES = ("failed", "skipped", "hollow")  # hollow: passes, though what it asks for is not there


def read_expected() -> dict[str, str]:
    """Outcome by test id.

    A line is ``outcome test-id [condition] # reason``; conditions are ``package>=major`` and ``!package``.
    """
    expected = {}
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        found = re.fullmatch(r"(\w+) (\S+)(?: \[(?:(\w+)>=(\d+)|!(\w+))\])? # \S.*", line)
        if found and found[1] in OUTCOMES:
            package, major, missing = found[3], found[4], found[5]
            if (missing is None and (package is None or _major(package) >= int(major))) or (
                missing and _major(missing) < 0
            ):
                expected[found[2]] = found[1]
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{EXPECTED.name}: {line!r} is not: outcome test-id # reason")
    return expected


def _major(package: str) -> int:
    """Major version of what is installed, -1 if it is not."""
    try:
        return int(version(package).split(".")[0])
    except PackageNotFoundError:
        return -1


class Outcomes:
    """Collects what every test came to."""

    def __init__(self) -> None:
        self.by_test: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the worst of a test's phases."""
        test = report.nodeid.partition("tests/")[2]
        if report.outcome != "passed" or report.when == "call":
            worst = max(report.outcome, self.by_test.get(test, "passed"), key=("passed", "skipped", "failed").index)
            self.by_test[test] = worst

    def surprises(self) -> list[str]:
        """Tests that came to something else than expected."""
        expected = {test: outcome for test, outcome in read_expected().items() if test in self.by_test}
        found = []
        for test, outcome in sorted(self.by_test.items()):
            wanted = expected.get(test, "passed")
            if outcome != ("passed" if wanted == "hollow" else wanted):
                found.append(f"{test}: {outcome}, expected {wanted}")
        return found

    def pytest_sessionfinish(self, session: Any) -> None:
        """The run succeeds if all is as expected."""
        session.exitstatus = 1 if self.surprises() or not self.by_test else 0

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was not expected, and how many honest passes there are."""
        outcomes = list(self.by_test.values())
        expected = read_expected()
        hollow = sum(expected.get(test) == "hollow" for test, outcome in self.by_test.items() if outcome == "passed")
        passed = outcomes.count("passed") - hollow
        terminalreporter.section("conformance")
        for surprise in self.surprises():
            terminalreporter.write_line(surprise)
        terminalreporter.write_line(
            f"xlwings {xlwings.__version__}: {passed} of {len(outcomes)} pass, {hollow} more are hollow, "
            f"{outcomes.count('failed')} fail, {outcomes.count('skipped')} are skipped"
        )


def pytest_configure(config: Any) -> None:
    """Make LibreOffice the engine of the tests."""
    xlwings.engines.add(xlwings_libreoffice.engine)
    xlwings.engines["libreoffice"].activate()
    xlwings_libreoffice.allow_macros()
    config.pluginmanager.register(Outcomes())
