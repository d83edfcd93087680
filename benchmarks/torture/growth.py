"""Memory over two thousand calls: what a call takes, it gives back."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.torture.bench import Bench, Row

_N_CALLS = 2000
_N_FIRST = 400  # of them, after which memory may not grow: caches and pools are full
_GROWTH = 6 << 20  # bytes, less than 4 KiB a call

_SETUP = """
import gc, os, warnings
from pathlib import Path
import numpy as np
import pminusy
from pminusy import CrossEntropy, SoftmaxNetwork, SoftmaxRegression
from pminusy.datasets import load
from pminusy.runs.predict import predict
warnings.simplefilter("ignore")
X, y = np.random.default_rng(0).normal(size=(40, 4)), np.arange(40) % 3
loss, network = CrossEntropy(), SoftmaxNetwork(hidden=(3,), max_epochs=1, n_threads=1).fit(X, y)
"""
_CALLS = {
    "the loss and its gradient": "loss.value_and_gradient(X[:, :3], y)",
    "a fit of SoftmaxRegression": "SoftmaxRegression(max_iter=5, n_threads=1).fit(X, y).predict_proba(X)",
    "a fit of SoftmaxNetwork": "SoftmaxNetwork(hidden=(3,), max_epochs=1, n_threads=1).fit(X, y)",
    "a network saved and loaded": "network.save('grown.safetensors'); SoftmaxNetwork.load('grown.safetensors')",
    "a table read": "load('rows.csv')",
    "a table predicted": "predict(Path('new'), 'rows.csv', proba=True)",
}
_MEASURE = f"""
def resident():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
for number in range({_N_CALLS}):
    if number == {_N_FIRST}:
        before = resident()
    call()
print(resident() - before)
"""


def growth(bench: Bench) -> Iterator[Row]:
    """Each kind of call on its own, in a process of its own."""
    for name, call in _CALLS.items():
        folder = bench.fresh("growth", "new")
        code = f"{_SETUP}\ndef call():\n    {call}\n{_MEASURE}"
        ended = bench.commands.execute(code, folder)
        grown = int(ended.out) if ended.code == 0 else 0
        violations = [ended.err] * (ended.code != 0) + [f"grew by {grown >> 10} KiB"] * (grown > _GROWTH)
        yield Row("memory growth", f"{name}: {grown >> 10} KiB", 1, tuple(violations))
