"""The functions of the LibreOffice extension: Calc asks here, a process of the user's Python answers.

Runs inside the office, with the office's own Python. The process is started at the first call and kept; it ends with
the office, and is started again where it ended before.
"""

# ruff: noqa: N802, N816, UP006, UP035, UP045 -- UNO names methods and the helper; the office's Python may be 3.8
# The office's base classes carry no types:
# mypy: disable-error-code="misc"

import json
import queue
import subprocess
import tempfile
import threading
import time
from typing import Any, Dict, List, Optional, Tuple

import unohelper
from com.sun.star.lang import XServiceInfo
from org.reportkit import XFunctions  # type: ignore[import-not-found] # from the type library
from reportkit_shared import (  # type: ignore[import-not-found] # found in the extension alone
    LONGEST_MESSAGE,
    python,
    sentence,
    surroundings,
)

NAME = "org.reportkit.Functions"
SECONDS = 120  # the longest the office waits for a figure
WAIT_AFTER_FAILURE = 5.0  # seconds in which a process that did not start is not started again
KEPT = 24  # tables the process remembers, so that many functions on one table send it once
DAY_ZERO = (1899, 12, 30)

Table = Tuple[Tuple[Any, ...], ...]


class CannotAnswer(Exception):
    """The process did not answer; holds the name of the sentence that says why, and what fills it."""


class Worker:
    """The process that computes, and the tables it was sent."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: Any = None
        self.answers: Any = None
        self.said: Any = None
        self.tables: Dict[Table, int] = {}
        self.failure: Optional[Tuple[float, CannotAnswer]] = None

    def ask(self, name: str, arguments: List[Any]) -> Any:
        """Return what a function answers. Raise `CannotAnswer` where it does not."""
        with self.lock:
            if self.failure and time.monotonic() - self.failure[0] < WAIT_AFTER_FAILURE:
                raise self.failure[1]
            self.failure = None
            try:
                answer = self.answer_to(name, arguments)
            except CannotAnswer as reason:
                self.failure = (time.monotonic(), reason)
                self.stop()
                raise
        if "failed" in answer:
            raise CannotAnswer("function_failed", {"reason": answer["failed"]})
        return answer["value"]

    def start(self) -> None:
        """Start the process."""
        interpreter = python()
        if not interpreter:
            raise CannotAnswer("no_python", {})
        self.stop()
        self.said = tempfile.TemporaryFile()  # noqa: SIM115 -- open as long as the process runs
        command = [interpreter, "-P", "-m", "reportkit_addin.calc_functions"]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, **surroundings()
            )
        except OSError as error:
            raise CannotAnswer("not_started", {"python": interpreter, "reason": error.strerror or error}) from error
        self.answers = queue.Queue()
        threading.Thread(target=self.listen, args=(self.process.stdout, self.answers), daemon=True).start()

    @staticmethod
    def listen(lines: Any, answers: Any) -> None:
        """Hand on each line of the process, None at its end."""
        for line in lines:
            answers.put(line)
        answers.put(None)

    def request(self, name: str, arguments: List[Any]) -> str:
        """Return a call as a line: tables by number, those the process does not know yet in full."""
        if len(self.tables) > KEPT:
            self.tables = {}
        new: Dict[int, Table] = {}
        given: List[Any] = []
        for argument in arguments:
            if isinstance(argument, tuple):
                if argument not in self.tables:
                    self.tables[argument] = len(self.tables)
                    new[self.tables[argument]] = argument
                given.append({"table": self.tables[argument]})
            else:
                given.append(argument)
        return json.dumps({"name": name, "arguments": given, "tables": new})

    def answer_to(self, name: str, arguments: List[Any]) -> Any:
        """Return the answer to a call; a process that died since it last answered is started again."""
        if self.process is not None:
            line = self.line_after(self.request(name, arguments))
            if line is not None:
                return json.loads(line)
        self.start()
        line = self.line_after(self.request(name, arguments))
        if line is None:
            raise CannotAnswer("not_started", {"python": self.process.args[0], "reason": self.last_words()})
        return json.loads(line)

    def line_after(self, request: str) -> Optional[bytes]:
        """Send a line and return the one that answers it, None where the process has ended."""
        try:
            self.process.stdin.write(request.encode() + b"\n")
            self.process.stdin.flush()
            line: Optional[bytes] = self.answers.get(timeout=SECONDS)
        except queue.Empty:
            raise CannotAnswer("no_answer", {"seconds": SECONDS}) from None
        except OSError:
            return None
        return line

    def last_words(self) -> str:
        """Return the end of what the process said of its end."""
        self.process.wait(SECONDS)
        self.said.seek(0)
        words = self.said.read().decode("utf-8", "replace").strip()[-LONGEST_MESSAGE:]
        return words.splitlines()[-1] if words else str(self.process.returncode)

    def stop(self) -> None:
        """End the process and forget what it knew."""
        self.tables = {}
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        if self.said is not None:
            self.said.close()
            self.said = None


_worker = Worker()  # one for the office, whoever asks


class Functions(unohelper.Base, XServiceInfo, XFunctions):
    """What Calc calls; its methods and their arguments are those of the interface in the type library."""

    def __init__(self, context: Any, *arguments: Any) -> None:
        self.context = context

    def getImplementationName(self) -> str:
        """Return the name the extension registers."""
        return NAME

    def supportsService(self, name: str) -> bool:
        """Tell whether this is a service of that kind."""
        return name == NAME

    def getSupportedServiceNames(self) -> Tuple[str, ...]:
        """Return the kinds of service this is."""
        return (NAME,)

    def kpi(self, document: Any, indicator: Any, first: Any, last: Any, table: Any, *tables: Any) -> Any:
        """`RK.KPI`."""
        return self.answer(document, "RK_KPI", indicator, first, last, cells(table), *tables)

    def target(self, document: Any, indicator: Any, first: Any, last: Any, advisor: Any, *tables: Any) -> Any:
        """`RK.TARGET`."""
        return self.answer(document, "RK_TARGET", indicator, first, last, advisor, *tables)

    def attainment(
        self, document: Any, indicator: Any, first: Any, last: Any, advisor: Any, table: Any, *tables: Any
    ) -> Any:
        """`RK.ATTAINMENT`."""
        return self.answer(document, "RK_ATTAINMENT", indicator, first, last, advisor, cells(table), *tables)

    def due(self, document: Any, on: Any, table: Any, *tables: Any) -> Any:
        """`RK.DUE`."""
        return self.rows(document, "RK_DUE", on, cells(table), *tables)

    def check(self, document: Any, today: Any, table: Any, *tables: Any) -> Any:
        """`RK.CHECK`."""
        return self.rows(document, "RK_CHECK", today, cells(table), *tables)

    def workdays(self, document: Any, first: Any, last: Any, *tables: Any) -> Any:
        """`RK.WORKDAYS`."""
        return self.answer(document, "RK_WORKDAYS", first, last, *tables)

    def week(self, document: Any, day: Any) -> Any:
        """`RK.WEEK`."""
        return self.answer(document, "RK_WEEK", day)

    def indicators(self, document: Any, *tables: Any) -> Any:
        """`RK.INDICATORS`."""
        return self.rows(document, "RK_INDICATORS", *tables)

    def faq(self, document: Any, asked: Any, *tables: Any) -> Any:
        """`RK.FAQ`; without a table that of the document itself."""
        given = tables if any(isinstance(one, tuple) for one in tables) else named(document, "faq")
        return self.rows(document, "RK_FAQ", asked, *given)

    def answer(self, document: Any, name: str, *arguments: Any) -> Any:
        """Return a function's figure or sentence."""
        zero = document.NullDate
        if (zero.Year, zero.Month, zero.Day) != DAY_ZERO:
            return sentence(self.context, "other_days")
        try:
            return _worker.ask(name, [without_empty_end(one) for one in arguments])
        except CannotAnswer as reason:
            name, places = reason.args
            return sentence(self.context, name).format(**places)

    def rows(self, document: Any, name: str, *arguments: Any) -> Table:
        """Return a function's rows, or its sentence as the only cell."""
        answer = self.answer(document, name, *arguments)
        return tuple(map(tuple, answer)) if isinstance(answer, list) else ((answer,),)


def cells(given: Any) -> Table:
    """Return the cells of a range, down to the last row that is used; a failed formula is its text, such as `#REF!`."""
    sheet, at = given.getSpreadsheet(), given.getRangeAddress()
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.getRangeAddress()
    row, column = max(at.StartRow, min(at.EndRow, end.EndRow)), max(at.StartColumn, min(at.EndColumn, end.EndColumn))
    used = sheet.getCellRangeByPosition(at.StartColumn, at.StartRow, column, row)
    rows: Table = used.getDataArray()
    if not any(None in each for each in rows):
        return rows
    return tuple(
        tuple(failed(used.getCellByPosition(x, y)) if cell is None else cell for x, cell in enumerate(each))
        for y, each in enumerate(rows)
    )


def named(document: Any, name: str) -> Tuple[Table, ...]:
    """Return the cells of a named range of a document; nothing where it has none."""
    found = document.NamedRanges.getByName(name).getReferredCells() if document.NamedRanges.hasByName(name) else None
    return (cells(found),) if found is not None else ()


def failed(cell: Any) -> str:
    """Return what a cell shows whose formula failed; the office's own numbers are no name of an error."""
    shown: str = cell.getString()
    return shown if shown.startswith("#") else "#VALUE!"


def without_empty_end(argument: Any) -> Any:
    """Return a table without the blank rows below it: whole columns are a million rows long."""
    if not isinstance(argument, tuple):
        return argument
    end = len(argument)
    while end > 1 and not any(cell != "" for cell in argument[end - 1]):
        end -= 1
    return argument[:end]


g_ImplementationHelper = unohelper.ImplementationHelper()  # the name the office's loader looks for
g_ImplementationHelper.addImplementation(Functions, NAME, (NAME,))
