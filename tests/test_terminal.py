"""What a terminal shows: the reader's language, whatever its code page; a sentence and a code for what goes wrong."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
from rich.cells import cell_len

from reportkit.__main__ import main
from reportkit.demo import write_demo

TODAY = date(2026, 11, 20)
# what may stand in Latin letters in a Chinese sentence: names of files, options, commands and programs
LATIN = re.compile(
    r"reportkit[ \w./-]*|--?\w[\w-]*|\S*\.\w+|[A-Z][A-Z_0-9]+|\[[^]]*\]|\bW\d+\b|Excel|Dask|[a-z_]+[:/]\S*|refresh"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("terminal")
    write_demo(root / "demo", advisors=2, weeks=1, seed=7, language="zh-CN", today=TODAY)
    (root / "roster.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (root / "broken" / "logs").mkdir(parents=True)
    (root / "broken" / "settings.xlsx").write_bytes(b"no workbook")
    return root


def started(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a terminal does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "reportkit", *arguments],
        cwd=folder, capture_output=True, check=False, env={**known(), "PYTHONUTF8": "1", **environment},
    )  # fmt: skip


def called(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command here: what it says does not depend on its process, and to start one costs a second."""
    out, error = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with ExitStack() as here:
        here.enter_context(chdir(folder))
        here.enter_context(redirect_stdout(out))
        here.enter_context(redirect_stderr(error))
        here.enter_context(patch.dict(os.environ, {**known(), **environment}, clear=True))
        here.enter_context(patch.multiple(sys, argv=["reportkit", *arguments], unraisablehook=sys.unraisablehook))
        code = here.enter_context(pytest.raises(SystemExit))
        main()
    return subprocess.CompletedProcess(arguments, code.value.code, out.buffer.getvalue(), error.buffer.getvalue())


def known() -> dict[str, str]:
    """Return what a process knows of the machine, but for languages and settings of its own."""
    return {
        key: value for key, value in os.environ.items() if not key.startswith(("REPORTKIT", "LC_", "LANG", "PYTHON"))
    }


WRONG_CALLS = (  # what is said of them is written when the commands are made
    ["nonsense"],
    ["refrsh"],
    ["kpi"],
    ["kpi", "--week"],
    ["kpi", "gone.xlsx"],
    ["kpi", "demo/settings.xlsx", "--week", "99"],
    ["due", "demo/settings.xlsx", "--on", "2026-13-40"],
    ["check", "gone"],
    ["demo", "new", "--advisors", "300"],
    ["demo", "new", "more"],
    ["refresh", "gone"],
    ["refresh", "demo", "--workers", "0"],
    ["init", "new", "--roster", "gone.csv"],
)
FAILURES = (
    ["kpi", "roster.csv"],
    ["demo", "broken"],
    ["refresh", "broken"],
    ["init", "new", "--roster", "roster.csv"],
    ["close", "demo", "--week", "2030-W01"],
    ["reopen", "demo", "--week", "2026-W40", "--why", "x"],
    ["send", "demo", "--week", "2026-W47"],
    ["outbox", "demo", "--retry", "3f2a"],
    ["handover", "demo", "--from", "A001", "--to", "Z999"],
    ["addin", "build", "--out", "/dev/null/x"],
)


@pytest.mark.parametrize("arguments", [*WRONG_CALLS, *FAILURES], ids=" ".join)
def test_what_fails_is_said_in_the_readers_language(folder: Path, arguments: list[str]) -> None:
    done = (started if arguments in WRONG_CALLS else called)(folder, *arguments, REPORTKIT_LANG="zh-CN")
    said = done.stderr.decode()
    assert done.returncode == 2
    assert done.stdout == b""
    assert re.search("[\u4e00-\u9fff]", said)
    assert "Traceback" not in said
    first = said.splitlines()[0]
    for argument in arguments:
        first = first.replace(argument, "")
    assert re.findall(r"[A-Za-z]{3,}", LATIN.sub("", first)) == []


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("command", [[], ["demo"], ["renew"], ["import"], ["erase"]], ids=" ".join)
def test_help_keeps_to_the_terminal_and_is_whole(folder: Path, command: list[str], language: str) -> None:
    said = started(folder, *command, "-h", REPORTKIT_LANG=language, COLUMNS="60").stdout.decode()
    assert [line for line in said.splitlines() if cell_len(line) > 60] == []
    assert "<=" not in said
    assert re.findall(r"(?<![A-Z\]])\.\.\.", said) == []  # [ARGS]... and LOG... stay


def test_a_week_not_published_is_said_before_a_server_that_is_missing(folder: Path) -> None:
    said = called(folder, "send", "demo", "--week", "2026-W47", REPORTKIT_LANG="en").stderr.decode()
    assert "reportkit close demo --week 2026-W47" in said
    assert "SMTP" not in said


@pytest.mark.parametrize(
    "code_page",
    [
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["gbk", "cp1252", "C"],
)
def test_no_code_page_stops_a_command(folder: Path, code_page: dict[str, str]) -> None:
    for arguments in (["-h"], ["check", "demo"], ["nonsense"]):
        done = started(folder, *arguments, **code_page)
        assert b"Traceback" not in done.stderr
        assert done.returncode == (2 if arguments == ["nonsense"] else done.returncode)
        assert done.stdout or done.stderr


def test_json_is_utf8_for_a_program_whatever_the_code_page(folder: Path) -> None:
    done = started(folder, "check", "demo", "--json", PYTHONIOENCODING="gbk")
    files = json.loads(done.stdout.decode("utf-8"))["files"]
    assert any(re.search("[\u4e00-\u9fff]", one["file"]) for one in files)


def test_names_in_brackets_are_shown_as_they_are(folder: Path) -> None:
    log = next((folder / "demo" / "logs").iterdir())
    copy = folder / "A001 [red]x [y].xlsx"
    copy.write_bytes(log.read_bytes())
    assert copy.name in called(folder, "check", copy.name).stdout.decode()


@pytest.mark.parametrize("arguments", [[], ["--lang", "en"], ["--lang=EN"]], ids=" ".join)
def test_without_a_command_it_helps_and_says_what_to_do_first(folder: Path, arguments: list[str]) -> None:
    said = started(folder, *arguments, REPORTKIT_LANG="zh-TW" if arguments else "en")
    assert (said.returncode, said.stderr) == (0, b"")
    assert "Try it first: reportkit demo demo" in said.stdout.decode()


def test_a_group_without_a_command_helps(folder: Path) -> None:
    said = started(folder, "--lang", "en", "addin")
    assert (said.returncode, said.stderr) == (0, b"")
    assert "Build reportkit.xlam" in said.stdout.decode()


def test_a_language_asked_before_a_command_is_that_of_the_command(folder: Path) -> None:
    said = called(folder, "--lang", "en", "check", "demo", REPORTKIT_LANG="zh-CN").stdout.decode()
    assert re.search(r"\d+ errors?, \d+ warnings? in all", said)


@pytest.mark.parametrize(
    "arguments", [["--json"], ["--week", "2026-W47", "kpi"], ["addin", "--out", "x"]], ids=" ".join
)
def test_an_option_before_its_command_is_told_where_it_goes(folder: Path, arguments: list[str]) -> None:
    said = started(folder, *arguments, REPORTKIT_LANG="en")
    option = next(one for one in arguments if one.startswith("--"))
    assert said.returncode == 2
    first, *rest = said.stderr.decode().splitlines()
    assert first.startswith(f"The option {option} goes behind a command: reportkit")
    assert "Commands:" in rest


@pytest.mark.parametrize(
    ("shell", "asked"),
    [
        ("bash", {"COMP_WORDS": "reportkit ref", "COMP_CWORD": "1"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "reportkit ref"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "reportkit ref", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
        ("powershell", {"_TYPER_COMPLETE_ARGS": "reportkit ref", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "ref"}),
    ],
    ids=["bash", "zsh", "fish", "powershell"],
)
def test_commands_are_completed(folder: Path, shell: str, asked: dict[str, str]) -> None:
    done = started(folder, _REPORTKIT_COMPLETE=f"complete_{shell}", **asked)
    assert "refresh" in done.stdout.decode()
    assert "close" not in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["kpi", "gone.xlsx", "--json"], "usage"),
        (["kpi", "demo/settings.xlsx", "--week", "2090-W01", "--json"], "usage"),
        (["refresh", "broken", "--json"], "mend_input"),
        (["kpi", "broken/settings.xlsx", "--json"], "mend_input"),
        (["addin", "build", "--out", "/dev/null/x", "--json"], "usage"),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_a_program_that_asks_for_json_is_told_what_failed_in_json(
    folder: Path, arguments: list[str], kind: str
) -> None:
    done = called(folder, *arguments, REPORTKIT_LANG="en")
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["kind"]) == (2, kind)
    assert error["message"] == done.stderr.decode().strip()


@pytest.mark.parametrize("command", ["service", "satisfaction", "customers", "effects", "signals", "advice"])
def test_a_branch_without_logs_is_told_how_to_get_some(folder: Path, command: str) -> None:
    empty = folder / "empty"
    called(folder, "init", "empty")
    done = called(folder, command, "empty", REPORTKIT_LANG="en")
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"run reportkit init {empty.name}" in done.stderr.decode()


@pytest.mark.parametrize("command", ["kpi", "due", "visits", "check"])
def test_no_figure_of_a_log_stands_beside_settings_that_cannot_be_read(folder: Path, command: str) -> None:
    log = folder / "broken" / "logs" / "A001.xlsx"
    log.write_bytes(next((folder / "demo" / "logs").iterdir()).read_bytes())
    done = called(folder, command, str(log), REPORTKIT_LANG="en")
    log.unlink()
    assert (done.returncode, done.stdout) == (2, b"")
    assert "The settings" in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["refresh", "demo"],
        ["service", "demo"],
        ["rollup", "demo"],
        ["whatif", "demo", "--settings", "demo/settings.xlsx"],
    ],
    ids=lambda one: one[0],
)
def test_a_week_to_come_is_refused_and_nothing_written(folder: Path, arguments: list[str]) -> None:
    done = called(folder, *arguments, "--week", "2026-W49", "--as-of", "2026-11-20", REPORTKIT_LANG="en")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "2026-W49 has not begun" in done.stderr.decode()
    assert not (folder / "demo" / "reports" / "2026-W49").exists()


def test_what_of_a_branch_is_not_counted_is_said(folder: Path) -> None:
    logs = folder / "demo" / "logs"
    broken, twice = logs / "A009 坏.xlsx", logs / "A001 副本.xlsx"
    broken.write_bytes(b"no workbook")
    twice.write_bytes(min(logs.glob("A001*")).read_bytes())
    done = called(folder, "service", "demo", "--as-of", "2026-11-20", REPORTKIT_LANG="en")
    broken.unlink()
    twice.unlink()
    assert done.returncode == 0
    assert [line.split(":")[0] for line in done.stderr.decode().splitlines()] == ["A001 副本.xlsx", "A009 坏.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "demo/logs"], "is not the branch folder"),
        (["refresh", "roster.csv"], "roster.csv is a file"),
        (["erase", "roster.csv", "C1"], "roster.csv is a file"),
        (["handover", "roster.csv", "--from", "A001", "--to", "A002"], "roster.csv is a file"),
        (["upgrade", "."], "has no settings.xlsx"),
        (["check", "."], "has no settings.xlsx"),
        (["whatif", "demo", "--settings", "roster.xlsx"], "has no indicator that is active"),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_another_file_or_folder_than_the_one_meant_is_told(folder: Path, arguments: list[str], said: str) -> None:
    if "roster.xlsx" in arguments:
        (folder / "roster.xlsx").write_bytes(next((folder / "demo" / "logs").iterdir()).read_bytes())
    done = called(folder, *arguments, REPORTKIT_LANG="en")
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches a process otherwise there")
@pytest.mark.parametrize("seconds", [0.2, 1.5])
def test_ctrl_c_ends_a_command_with_a_word_and_leaves_nothing_half_written(folder: Path, seconds: float) -> None:
    begun = (
        "import os, runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler);"  # a shell's & ignores it
        "os.write(2, b'begun'); runpy.run_module('reportkit', run_name='__main__')"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", begun, "demo", "stopped", "--advisors", "100"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "REPORTKIT_LANG": "en"},
        start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.read(5) == b"begun"  # before, Ctrl-C is Python's
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert said.decode().strip() in ("", "Stopped")
    assert list(folder.rglob("*.part")) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is looked for")
def test_output_that_does_not_fit_is_said(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportkit", "check", "demo", "--json"],
            cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False, env={**os.environ, "REPORTKIT_LANG": "en"},
        )  # fmt: skip
    assert done.returncode == 2
    assert "The disk is full: the output was not written" in done.stderr.decode()
