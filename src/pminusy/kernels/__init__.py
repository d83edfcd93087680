"""The closed forms in one pass over memory: compiled loops over bare arrays, no checks.

Reading order: `compile.py` (how a kernel is declared and found), `machine/` (how it becomes machine code), `exp.py`,
`rows.py` and `tiles.py` (the two shapes of loop: along one long row, across many short rows), then the kernels,
`cross_entropy.py`, `cross_entropy_tiles.py` and `softmax.py`, and `parallel.py`, which runs them on several threads.
"""
