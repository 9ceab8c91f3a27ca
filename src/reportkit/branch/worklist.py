"""The work on all logs of a run: here, in processes, or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed

from reportkit.branch.logwork import Done, Task, lost_log, make_ready, work_on
from reportkit.branch.workers import Processes, Workers, took_workers_along
from reportkit.read.parsing import DIED, Lost, in_children

Step = Callable[[int, int, str], None]  # how many are done, of how many, the name at hand


def work_on_all(tasks: Sequence[Task], workers: Workers | None, progress: Step) -> Iterator[Done]:
    """Yield what became of each log, here one after another, or elsewhere as they come."""
    if workers is None:
        for at, task in enumerate(tasks):
            progress(at, len(tasks), task.file)
            yield work_on(task)
    elif isinstance(workers, Processes):
        if tasks:
            make_ready()
        for task, done in in_children(work_on, tasks, workers=workers.for_logs(len(tasks))):
            yield lost_log(task, done) if isinstance(done, Lost) else done
    else:
        task_of = {workers.submit(work_on, task): task for task in tasks}
        for future in as_completed(task_of):
            error = future.exception()
            yield lost_log(task_of[future], Lost(DIED)) if took_workers_along(error) else future.result()
