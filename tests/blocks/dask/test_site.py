from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pminusy.blocks.dask.site import Failure, Site

pytest.importorskip("distributed")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    worker = SimpleNamespace(state=SimpleNamespace(nthreads=3))
    monkeypatch.setattr("distributed.get_worker", lambda: worker)

    def make(number: int, rows: str, n_threads: int) -> Any:
        return SimpleNamespace(do=lambda work, *arguments: work(f"{rows}{number}{n_threads}", *arguments))

    return Site(make, [0, 1, 3], "a", "b", "c")


def test_branches_are_put_together_as_far_as_they_go(site: Site) -> None:
    assert site.run(str.__add__, ("!",), 4) == {(1, 0): "a03!b13!", (0, 3): "c33!"}
    assert site.run(str.upper, (), 0) == {(0, 0): "A03", (0, 1): "B13", (0, 3): "C33"}


def test_what_work_raises_is_handed_back(site: Site) -> None:
    failure = site.run(int, (), 0)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, ValueError)
