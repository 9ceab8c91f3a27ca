"""On a Dask cluster the bytes are those of one process, also where a machine dies on the way."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reportkit.branch.folder import Branch
from reportkit.branch.refresh import refresh
from reportkit.branch.workers import ABSENCE, FORSAKEN, LOST, NO_WORKERS, workers_of
from reportkit.definitions.errors import TryLater
from reportkit.definitions.identity import TEMPLATE_VERSION
from reportkit.read.book import Identity
from tests.branches import ADVISORS, TODAY, WEEK, branch_in, cold_copy, reports, rewrite, rows_of_advisor


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers, started as docs/scale.md says; without nannies, so that none comes back."""

    address: str
    workers: "list[subprocess.Popen[bytes]]"


@contextmanager
def cluster_of(count: int, folder: Path) -> Iterator[Cluster]:
    from distributed import Client

    about = folder / "scheduler.json"
    serve = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about)]
    with ExitStack() as running:

        def start(*arguments: str) -> "subprocess.Popen[bytes]":
            command = [sys.executable, "-m", "dask", *arguments]
            process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            running.callback(process.wait)
            running.callback(process.kill)
            return process

        start(*serve)
        while not (about.is_file() and about.read_bytes().endswith(b"}")):
            time.sleep(0.1)
        address = json.loads(about.read_bytes())["address"]
        workers = [start("worker", address, "--nthreads", "1", "--no-nanny") for _ in range(count)]
        with Client(address) as client:
            if count:
                client.wait_for_workers(count, timeout=60)
        yield Cluster(address, workers)


def with_more_logs(branch: Branch, count: int) -> None:
    """Give a branch as many logs as that, each an advisor's own."""
    _, rows = rows_of_advisor(1)
    for number in range(ADVISORS, count):
        rewrite(branch, Identity(f"B{number:03}", "某人", "", TEMPLATE_VERSION, "zh-CN"), rows)


@pytest.mark.slow
@pytest.mark.parametrize("killed", [0, 1])
def test_a_cluster_gives_the_same_bytes_though_a_worker_dies_halfway(tmp_path: Path, killed: int) -> None:
    logs = 8
    branch = branch_in(tmp_path / "branch")
    with_more_logs(branch, logs)
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    seen: list[str] = []
    with cluster_of(2, tmp_path) as cluster, workers_of(dask=cluster.address) as executor:

        def progress(at: int, of: int, name: str) -> None:
            if not seen:
                for worker in cluster.workers[:killed]:
                    worker.kill()
            seen.append(name)

        done = refresh(branch, WEEK, TODAY, workers=executor, progress=progress)
        assert [worker.poll() is not None for worker in cluster.workers] == [bool(killed), False]
    assert sorted(seen) == [path.name for path in branch.logs()]
    assert done.read == logs
    assert reports(branch) == reports(cold)
    assert {path.name for path in (branch.root / "history").rglob("*.*")} == {
        path.name for path in (cold.root / "history").rglob("*.*")
    }


@pytest.mark.slow
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address", "host"])
def test_a_cluster_that_does_not_answer_is_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import Client

    monkeypatch.setattr(Client, "__init__", lambda *_, **__: pytest.fail("a client that cannot start lingers"))
    with pytest.raises(TryLater), workers_of(dask=address):
        pass


@pytest.mark.slow
def test_a_cluster_without_workers_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportkit.branch.workers.PATIENCE", 0.5)
    with cluster_of(0, tmp_path) as cluster, pytest.raises(TryLater) as refused, workers_of(dask=cluster.address):
        pass
    assert refused.value.text is NO_WORKERS


@pytest.mark.slow
def test_work_that_takes_one_worker_after_another_with_it_is_said(tmp_path: Path) -> None:
    with (
        cluster_of(4, tmp_path) as cluster,
        pytest.raises(TryLater) as refused,
        workers_of(dask=cluster.address) as workers,
    ):
        assert isinstance(workers, Executor)
        workers.submit(os._exit, 1).result()
    assert refused.value.text is LOST


@pytest.mark.slow
def test_a_cluster_whose_workers_have_all_stopped_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportkit.branch.workers.ABSENCE", 2.0)
    branch = branch_in(tmp_path / "branch")
    with_more_logs(branch, 8)
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    with cluster_of(2, tmp_path) as cluster:

        def end_all(at: int, of: int, name: str) -> None:
            for worker in cluster.workers:
                worker.kill()

        with pytest.raises(TryLater) as refused, workers_of(dask=cluster.address) as executor:
            refresh(branch, WEEK, TODAY, workers=executor, progress=end_all)
    assert refused.value.text is FORSAKEN
    assert f"{ABSENCE:.0f} seconds" in (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    done = refresh(branch, WEEK, TODAY)  # what was done on the cluster may be kept: the result is that of one process
    assert done.read + done.cached == 8
    assert reports(branch) == reports(cold)


@dataclass
class Deadly(Executor):
    """A cluster on which work on one log ends the worker, as a file that crashes its parser does."""

    cluster: Executor
    file: str

    def submit(self, work: Any, task: Any, /, *more: Any, **named: Any) -> Any:
        return self.cluster.submit(os._exit, 1) if task.file == self.file else self.cluster.submit(work, task)


@pytest.mark.slow
def test_a_log_that_takes_one_worker_after_another_with_it_costs_itself(tmp_path: Path) -> None:
    branch = branch_in(tmp_path / "branch")
    deadly, other = (path.name for path in branch.logs())
    with cluster_of(6, tmp_path) as cluster, workers_of(dask=cluster.address) as executor:
        assert isinstance(executor, Executor)
        done = refresh(branch, WEEK, TODAY, workers=Deadly(executor, deadly))
    assert [(one.place.file, one.code) for one in done.failed] == [(deadly, "file.unreadable")]
    assert set(reports(branch)) == {"A002.xlsx", "team.xlsx"}
    assert other.startswith("A002")
    assert refresh(branch, WEEK, TODAY).read == 1  # and is tried again
