"""The tests of what is for PyTorch run where it is installed."""

import sys
from importlib.util import find_spec

import pytest

collect_ignore_glob = [] if find_spec("torch") else ["test_*.py"]


@pytest.fixture
def kernels_for_any_size(monkeypatch):
    """Small inputs, too, are computed by this package and not by PyTorch."""
    import pminusy.torch  # noqa: F401

    monkeypatch.setattr(sys.modules["pminusy.torch.cross_entropy"], "_SMALL", 0)
