"""What is timed: code of a fresh process that prints the seconds it took, beside scikit-learn's for the same."""

from __future__ import annotations

from typing import NamedTuple

_TIMED = """
import time, warnings
warnings.simplefilter("ignore")
{before}
start = time.perf_counter()
{timed}
print(time.perf_counter() - start)
"""
_IRIS = "from sklearn.datasets import load_iris\nX, y = load_iris(return_X_y=True)\n"
_LOGITS = (
    "import numpy as np\nZ, y = np.random.default_rng(0).standard_normal((64, 10)), np.arange(64) % 10\n"
)


class Task(NamedTuple):
    """One row of the table."""

    name: str
    target: str
    ours: str
    peer: str | None  # scikit-learn's
    warm: bool = False  # whether an earlier process may have left something on disk


def _timed(before: str, timed: str) -> str:
    return _TIMED.format(before=before, timed=timed)


def _first_fit(ours: str, peer_module: str, peer: str) -> tuple[str, str]:
    return (
        _timed(f"{_IRIS}from pminusy import {ours}", f"{ours}().fit(X, y)"),
        _timed(f"{_IRIS}from sklearn.{peer_module} import {peer}", f"{peer}().fit(X, y)"),
    )


_LINEAR = _first_fit("SoftmaxRegression", "linear_model", "LogisticRegression")
_NETWORK = _first_fit("SoftmaxNetwork", "neural_network", "MLPClassifier")
_LOSS = (
    _timed(_LOGITS, "import pminusy\npminusy.CrossEntropy().value_and_gradient(Z, y)"),
    _timed(_LOGITS, "from sklearn.metrics import log_loss\nlog_loss(y, np.full((64, 10), 0.1))"),
)

TASKS = (
    Task("first `SoftmaxRegression().fit(iris)` ever, after import", "0.10 s", *_LINEAR),
    Task("first `SoftmaxNetwork().fit(iris)` ever, after import", "0.3 s", *_NETWORK),
    Task("the same in a second process", "0.3 s", *_NETWORK, warm=True),
    Task("`import pminusy` and first `CrossEntropy().value_and_gradient`", "0.25 s", *_LOSS),
)
