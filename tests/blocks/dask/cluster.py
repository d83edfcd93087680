"""A small cluster of worker processes, and what is on them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def local_cluster(n_workers: int) -> Iterator[Any]:
    """Its client, which is the one in effect."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


def kill(client: Any, *numbers: int) -> None:
    """End workers as the kernel does when memory runs out."""
    processes = client.run(os.getpid)
    for number in numbers:
        os.kill(processes[sorted(processes)[number]], signal.SIGKILL)


def wait_for(client: Any, n_workers: int) -> None:
    """Until those that were killed have been started anew, or others in their place where that takes long."""
    try:
        client.wait_for_workers(n_workers, timeout=30)
    except TimeoutError:
        client.cluster.scale(len(client.cluster.worker_spec) + n_workers)
        client.wait_for_workers(n_workers, timeout=120)


def left_behind(client: Any) -> int:
    """How many tasks, actors and data there are on the workers, once they have heard of what was released."""
    from distributed import Event

    Event("heard", client=client).set()  # a message that the scheduler gets after those
    for _ in range(200):
        counts = client.run(_count)
        if not sum(counts.values()):
            break
    return sum(counts.values())


def _count(dask_worker: Any) -> int:
    state = dask_worker.state
    return len(dask_worker.data) + len(state.actors) + len(state.tasks)
