"""Measure the products of `products.py` on one core, beside its peak; print the tables and write benchmarks/BLAS.md.

    python -m benchmarks.blas [ROUNDS]

Rounds go through all competitors in turn, so that a drift of the machine's speed meets all alike. Rates are medians
over rounds, ratios are medians of the ratios within a round.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from benchmarks.blas.peak import CHAINS, fma_rate, vector_widths
from benchmarks.blas.products import PRODUCTS, Product, competitors
from benchmarks.machine import describe_machine
from pminusy.kernels.blas import load

RESULTS = Path(__file__).parent.parent / "BLAS.md"
_SHORTEST = 0.01  # seconds of one measurement


def main(rounds: int) -> None:
    load()  # a limit reaches only what is loaded already
    with threadpool_limits(1, user_api="blas"):
        tables = [_table(np.dtype(name), rounds) for name in ("float32", "float64")]
    meaning = "Where both vector widths reach the same peak, wider-vector kernels have nothing to gain."
    text = "\n\n".join([*tables, meaning, _libraries(), f"{describe_machine()}; one core, one thread."])
    print(text)
    RESULTS.write_text(f"# Matrix products on one core\n\n`python -m benchmarks.blas`\n\n{text}\n")


def _table(dtype: np.dtype, rounds: int) -> str:
    rates = _peak(dtype, rounds)
    peak = max(rates.values())
    header = [
        f"{dtype.name}, GFLOP/s",
        "compiled call",
        "NumPy's matmul",
        "compiled call / peak",
        "compiled call / NumPy",
    ]
    rows = [_row(product, dtype, rounds, peak) for product in PRODUCTS]
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] * len(header), *rows)]
    chains = "; ".join(
        f"{bits}-bit vectors: " + ", ".join(f"{rates[bits, n]:.0f} with {n}" for n in CHAINS)
        for bits in vector_widths()
    )
    note = (
        f"Peak {peak:.0f} GFLOP/s in {dtype.name}: register-only fused multiply-adds in n independent chains."
    )
    return "\n".join([*lines, "", f"{note} {chains}."])


def _peak(dtype: np.dtype, rounds: int) -> dict[tuple[int, int], float]:
    """GFLOP/s for each width of vectors and number of chains."""
    kinds = [(bits, n_chains) for bits in vector_widths() for n_chains in CHAINS]
    for kind in kinds:
        fma_rate(dtype, *kind)  # compiles
    measured = [[fma_rate(dtype, *kind) for kind in kinds] for _ in range(rounds)]
    return dict(zip(kinds, map(statistics.median, zip(*measured, strict=True)), strict=True))


def _row(product: Product, dtype: np.dtype, rounds: int, peak: float) -> list[str]:
    runs = competitors(product, dtype)
    measured = [[product.operations / _seconds(run) / 1e9 for run in runs] for _ in range(rounds)]
    rates = [statistics.median(column) for column in zip(*measured, strict=True)]
    ratio = statistics.median(ours / numpy for ours, numpy in measured)
    return [product.name, *(f"{rate:.1f}" for rate in rates), f"{rates[0] / peak:.0%}", f"**{ratio:.2f}**"]


def _seconds(run: Callable[[], object]) -> float:
    """Of one call, among as many as take some time together."""
    calls, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < _SHORTEST:
        run()
        calls += 1
    return elapsed / calls


def _libraries() -> str:
    """Which libraries answered, with which kernels."""
    libraries = "; ".join(
        f"{'/'.join(Path(pool['filepath']).parts[-3:-1])} {pool['version']}, {pool.get('architecture', 'unknown')}"
        for pool in threadpool_info()
        if pool["user_api"] == "blas"
    )
    return f"BLAS libraries in the process and their kernels: {libraries}."


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
