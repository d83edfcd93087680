import pytest

from pminusy.datasets.readers import limits
from pminusy.datasets.readers.limits import check_layer_memory, check_memory, machine_memory
from pminusy.errors import DataError


def test_what_memory_holds_passes_and_more_is_refused_with_its_size(monkeypatch):
    monkeypatch.setattr(limits, "machine_memory", lambda: 2**30)
    check_memory(2**30, "a.npz: array 'X'")
    with pytest.raises(DataError, match=r"a\.npz: array 'X' needs 2.0 GiB of memory, more than the 1.0 GiB"):
        check_memory(2**31, "a.npz: array 'X'")


def test_columns_count_with_their_outputs(monkeypatch):
    monkeypatch.setattr(limits, "machine_memory", lambda: 2**30)
    check_layer_memory(1000, 10)
    with pytest.raises(DataError, match=r"X: training on 1,000,000 columns with 100 outputs"):
        check_layer_memory(1_000_000, 100)


def test_this_machine_has_some_memory():
    assert machine_memory() > 2**26
