from __future__ import annotations

from importlib import metadata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy import InputError
from pminusy.blocks.dask.cluster import assign, client_in_effect

pytest.importorskip("distributed")


def test_partitions_stay_where_they_are() -> None:
    assert assign([["a"], ["b"], ["a"], ["b", "a"]], {"a": 1, "b": 1}) == ["a", "b", "a", "b"]


def test_no_worker_gets_more_than_its_share() -> None:
    assert assign([["a"]] * 6, {"a": 1, "b": 1, "c": 1}) == ["a", "a", "b", "c", "b", "c"]
    assert assign([["a"]] * 6, {"a": 2, "b": 1}) == ["a"] * 4 + ["b"] * 2
    assert assign([["gone"], []], {"a": 4}) == ["a", "a"]


@given(
    st.lists(st.sets(st.sampled_from("abcx")), max_size=30),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_every_partition_has_a_worker(holders: Any, n_threads: Any) -> None:
    found = assign(holders, dict(zip("abc", n_threads, strict=True)))
    assert len(found) == len(holders)
    assert set(found) <= set("abc")


def test_without_a_client_there_is_no_cluster() -> None:
    with pytest.raises(InputError, match=r"expected a Dask client in effect.*got none"):
        client_in_effect()


class Client:
    def __init__(self, versions: Any, status: str = "running", asynchronous: bool = False) -> None:
        self._versions, self.status, self.asynchronous = versions, status, asynchronous

    def run(self, work: Any, package: str, on_error: str) -> Any:
        return self._versions


@pytest.mark.parametrize(
    ("client", "message"),
    [
        (Client({"tcp://a:1": "0.0.9"}), r"pminusy .* on every worker, got 0.0.9 on tcp://a:1"),
        (Client({"tcp://a:1": metadata.PackageNotFoundError("pminusy")}), "got none on tcp://a:1"),
        (Client({}), "expected a cluster with workers, got none"),
        (Client({"tcp://a:1": ConnectionResetError()}), "expected a cluster with workers, got none"),
        (Client({}, status="closed"), "that is connected, got one that is closed"),
        (Client({}, asynchronous=True), "asynchronous=True"),
    ],
)
def test_a_cluster_that_cannot_do_the_work(
    monkeypatch: pytest.MonkeyPatch, client: Any, message: str
) -> None:
    monkeypatch.setattr("distributed.get_client", lambda: client)
    with pytest.raises(InputError, match=message):
        client_in_effect()
