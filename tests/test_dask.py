"""On a Dask cluster the bytes are those of one process."""

from pathlib import Path

import pytest

from reportkit.branch.refresh import refresh
from reportkit.branch.workers import workers_of
from reportkit.definitions.errors import TryLater
from tests.branches import ADVISORS, TODAY, WEEK, branch_in, cold_copy, reports


@pytest.mark.slow
def test_a_cluster_of_two_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    from distributed import LocalCluster

    branch = branch_in(tmp_path / "branch")
    cold = cold_copy(branch, tmp_path / "cold")
    refresh(cold, WEEK, TODAY)
    with (
        LocalCluster(  # type: ignore[no-untyped-call] # distributed has few types
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        workers_of(dask=cluster.scheduler_address) as executor,
    ):
        done = refresh(branch, WEEK, TODAY, executor=executor)
    assert done.read == ADVISORS
    assert reports(branch) == reports(cold)


@pytest.mark.slow
def test_a_cluster_that_does_not_answer_is_said() -> None:
    with pytest.raises(TryLater), workers_of(dask="tcp://127.0.0.1:9"):
        pass
