"""How many floating-point operations a core can do: chains of fused multiply-adds that touch no memory.

One chain waits for each result before it takes the next step, which shows how long an FMA takes. More chains run side
by side until the units are full; from there on the rate stays, however many there are. That rate is the peak.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import numpy as np
from llvmlite import binding, ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

CHAINS = (1, 8, 12)  # with the two operands, 12 still fit the 16 registers of AVX2
_ROUNDS = 1_000_000


def vector_widths() -> list[int]:
    """Bits of the vectors that the processor has registers for, from AVX's on; 128 where there is no such."""
    features = binding.get_host_cpu_features()
    return [bits for bits, name in ((256, "avx"), (512, "avx512f")) if features.get(name)] or [128]


def fma_rate(dtype: np.dtype, bits: int, n_chains: int) -> float:
    """GFLOP/s now."""
    run = _compiled(dtype.name, bits, n_chains)
    start = time.perf_counter()
    run(_ROUNDS)
    return 2 * _ROUNDS * n_chains * bits / 8 / dtype.itemsize / (time.perf_counter() - start) / 1e9


@cache
def _compiled(dtype_name: str, bits: int, n_chains: int) -> Callable[[int], float]:
    chains = _chains(getattr(types, dtype_name), bits, n_chains)
    run = njit(lambda rounds: chains(rounds))
    run(1)
    return run


def _chains(real, bits, n_chains):
    """An intrinsic: v ← v/2 + 1 on `n_chains` vectors, `rounds` times, and then the sum of their first lanes.

    All tend to 2, so no number overflows or becomes subnormal. They begin apart, and beyond 2: of equal chains the
    compiler keeps one, and of one that begins at 2 none.
    """

    @intrinsic
    def chains(typingctx, rounds):
        def build(context, builder, signature, arguments):
            scalar = context.get_value_type(real)
            lanes = bits // real.bitwidth
            half, one, *starts = (
                ir.Constant(ir.VectorType(scalar, lanes), [ir.Constant(scalar, number)] * lanes)
                for number in (0.5, 1.0, *range(3, 3 + n_chains))
            )
            slots = [cgutils.alloca_once_value(builder, start) for start in starts]
            with cgutils.for_range(builder, arguments[0]):
                for slot in slots:
                    product = builder.fmul(builder.load(slot), half, flags=("contract",))
                    builder.store(builder.fadd(product, one, flags=("contract",)), slot)
            total = ir.Constant(scalar, 0.0)
            for slot in slots:
                first = builder.extract_element(builder.load(slot), ir.Constant(ir.IntType(32), 0))
                total = builder.fadd(total, first)
            return total

        return real(types.intp), build

    return chains
