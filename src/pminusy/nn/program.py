"""What layers do to arrays: at once, or recorded as one step that compiled code repeats.

A layer calls `empty` for arrays, and `each_row` and its like for the operations on them. By default these act at once.
Inside `recording()` they are noted down instead, arrays and all: a recorded step allocates nothing when it is repeated,
and takes no detour through Python.

each_row     row i of the result depends on row i of the batch alone (and on whole parameters). A run of such operations
             is done block by block: a block of rows goes through all of them while it is in cache.
each_part    a part of the result may depend on every row: it waits for all that came before.
afterwards   the same, for what nothing in the backward pass reads, the parameters' gradients: they wait for its end,
             and are then done side by side. Of those that share an array, one of which writes it, and have as many
             parts, part k may depend on part k of the ones before: each part goes through all of them while in cache.
beforehand   for what depends on parameters alone: done at the step's beginning, side by side.

The last array of an operation is the one that it writes, and its dtype is the operation's. No result depends on how the
blocks are cut: the number of threads changes no bit.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

import numpy as np

from pminusy.kernels.operations import Operation, run_at
from pminusy.kernels.parallel import n_threads, together
from pminusy.kernels.replay import LINE, NEVER, PLACES, replay, yield_address

Array = np.ndarray[Any, Any]

_TASKS = 8  # that an operation is cut into: enough for the threads to take turns
_TASK_BYTES = 1 << 17  # of what a task writes: with what it reads besides, it stays near the processor
_CACHE = 1 << 20  # bytes of a block's rows that stay near the processor
_ALIGNMENT = 64  # bytes of a cache line


class _Call(NamedTuple):
    code: int
    arguments: Array  # the table that the code reads
    n_items: int
    arrays: tuple[Array, ...]  # kept alive with it
    n_shared: int = 0  # bytes that every block of rows reads

    def touches(self, other: _Call) -> bool:
        """Whether one of the two writes what the other reads or writes."""
        read, read_by_other = ({array.ctypes.data for array in call.arrays} for call in (self, other))
        return self.arrays[-1].ctypes.data in read_by_other or other.arrays[-1].ctypes.data in read


class _Run(NamedTuple):
    """Calls that a range of items goes through, one after the other."""

    calls: list[_Call]
    by_rows: bool

    @property
    def n_items(self) -> int:
        return self.calls[0].n_items

    def tasks(self, number: int, n_threads: int) -> Iterator[tuple[int, ...]]:
        """As `kernels.replay` reads them; `number` is that of the first call."""
        n_tasks = -(-self.n_items // self._block(n_threads)) if self.by_rows else self._n_tasks()
        for i in range(n_tasks):
            first, last = self.n_items * i // n_tasks, self.n_items * (i + 1) // n_tasks
            yield number, number + len(self.calls), first, last, i * PLACES // n_tasks

    def _n_tasks(self) -> int:
        """How many ranges the parts are cut into."""
        n_bytes = max(call.arrays[-1].nbytes for call in self.calls)
        return min(max(_TASKS, n_bytes // _TASK_BYTES), self.n_items)

    def _block(self, n_threads: int) -> int:
        """How many rows go through the calls together.

        As many as stay in cache; or a thread's whole share, where smaller blocks would have to read more of what all
        share than they save in reading and writing their own.
        """
        n_rows = self.n_items
        arrays = {id(array): array for call in self.calls for array in call.arrays}.values()
        row_bytes = sum(array.nbytes // n_rows for array in arrays if array.ndim and len(array) == n_rows)
        in_cache = max(1, _CACHE // max(row_bytes, 1))
        n_shared = sum(call.n_shared for call in self.calls)
        if n_shared > 2 * row_bytes * in_cache:
            return -(-n_rows // n_threads)
        return min(in_cache, -(-n_rows // (2 * n_threads)))


_Stage = list[_Run]  # done side by side


class Program:
    """A recorded step."""

    def __init__(self) -> None:
        self.stop = _apart(1)  # the step at which an operation has stopped the program
        self.stop[0] = NEVER
        self._stages: list[_Stage] = []
        self._beforehand: list[_Call] = []
        self._waiting: list[_Call] = []
        self._tables: dict[int, tuple[Array, Array, Array]] = {}  # by number of threads

    def add(self, call: _Call, *, by_rows: bool) -> None:
        """Note a call down, within the run of row-wise calls before it where it belongs to one."""
        last = self._stages[-1][-1] if self._stages else None
        if by_rows and last and last.by_rows and last.n_items == call.n_items:
            last.calls.append(call)
        else:
            self._stages.append([_Run([call], by_rows)])

    def add_beforehand(self, call: _Call) -> None:
        """Note a call down for the step's beginning."""
        self._beforehand.append(call)

    def add_afterwards(self, call: _Call) -> None:
        """Note a call down for the end of the backward pass."""
        self._waiting.append(call)

    def side_by_side(self) -> None:
        """Put the waiting calls here. Those that share an array which one of them writes keep their order."""
        while self._waiting:
            stage, later = _side_by_side(self._waiting)
            self._stages.append(stage)
            self._waiting = later

    def run(self, first_step: int, n_steps: int) -> bool:
        """Do steps first_step to before first_step + n_steps; False if an operation stopped them."""
        n = n_threads()
        if n not in self._tables:
            self._tables[n] = self._compiled(n)
        operations, tasks, stages = self._tables[n]
        claims, done = _apart(len(tasks)), _apart(n * LINE).reshape(n, LINE)
        code, offer, numbers = replay(np.dtype(np.float64)), yield_address(), itertools.count()

        def work() -> None:
            thread = next(numbers)  # indivisible
            code(operations, tasks, stages, claims, done, self.stop, thread, first_step, n_steps, offer)

        together(work, n)
        return bool(self.stop[0] == NEVER)

    def stopped_at(self) -> int:
        """The step at which an operation stopped the program."""
        return int(self.stop[0])

    def _compiled(self, n_threads: int) -> tuple[Array, Array, Array]:
        operations: list[tuple[int, int]] = []
        tasks: list[tuple[int, ...]] = []
        stages = [0]
        for stage in [[_Run([call], by_rows=False) for call in self._beforehand], *self._stages]:
            for run in stage:
                tasks.extend(run.tasks(len(operations), n_threads))
                operations.extend((call.code, call.arguments.ctypes.data) for call in run.calls)
            stages.append(len(tasks))
        tables = np.array(operations, np.int64).reshape(-1, 2), np.array(tasks, np.int64).reshape(-1, 5)
        return *tables, np.array(stages, np.int64)


_recorded: ContextVar[Program | None] = ContextVar("pminusy_recorded", default=None)


@contextmanager
def recording() -> Iterator[Program]:
    """Note down, in the program given, what would otherwise be done at once."""
    program = Program()
    token = _recorded.set(program)
    try:
        yield program
    finally:
        _recorded.reset(token)


def is_recording() -> bool:
    """Whether operations are being noted down here, not done."""
    return _recorded.get() is not None


def empty(shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
    """An array that begins with a cache line, not filled."""
    n_bytes = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    memory = np.empty(n_bytes + _ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start : start + n_bytes].view(dtype).reshape(shape)


def numbers(*values: float) -> tuple[Array, ...]:
    """What operations read as numbers (`kinds.Double`): an array of one for each."""
    return tuple(np.array([value], np.float64) for value in values)


def each_row(operation: Operation, n_rows: int, *arrays: Array, shared: Array | None = None) -> None:
    """Do an operation whose items are the rows of a batch; `shared` is what it reads whole for any block of them."""
    call = _call(operation, n_rows, arrays)._replace(n_shared=0 if shared is None else shared.nbytes)
    _act(call) if (program := _recorded.get()) is None else program.add(call, by_rows=True)


def each_part(operation: Operation, n_parts: int, *arrays: Array) -> None:
    """Do an operation whose items each may depend on all that was done before."""
    call = _call(operation, n_parts, arrays)
    _act(call) if (program := _recorded.get()) is None else program.add(call, by_rows=False)


def beforehand(operation: Operation, n_parts: int, *arrays: Array) -> None:
    """Do an operation that reads nothing but parameters."""
    call = _call(operation, n_parts, arrays)
    _act(call) if (program := _recorded.get()) is None else program.add_beforehand(call)


def afterwards(operation: Operation, n_parts: int, *arrays: Array) -> None:
    """Do an operation whose result nothing in the backward pass reads."""
    call = _call(operation, n_parts, arrays)
    _act(call) if (program := _recorded.get()) is None else program.add_afterwards(call)


def _apart(n_words: int) -> Array:
    """Zeros that share no cache line with anything else: threads watch them while others write."""
    lines = -(-n_words // LINE) + 2
    words = empty((lines, LINE), np.dtype(np.int64)).reshape(-1)
    words[...] = 0
    return words[LINE : LINE + n_words]


def _call(operation: Operation, n_items: int, arrays: tuple[Array, ...]) -> _Call:
    return _Call(operation.address(arrays[-1].dtype), operation.table(arrays), n_items, arrays)


def _act(call: _Call) -> None:
    run_at(call.code, call.arguments, call.n_items)


def _side_by_side(calls: list[_Call]) -> tuple[_Stage, list[_Call]]:
    """A stage of as many of the calls as can be done at once, and the rest."""
    stage: _Stage = []
    later: list[_Call] = []
    for call in calls:
        before = [run for run in stage if any(call.touches(other) for other in run.calls)]
        if any(call.touches(other) for other in later):
            later.append(call)
        elif not before:
            stage.append(_Run([call], by_rows=False))
        elif len(before) == 1 and before[0].n_items == call.n_items:
            before[0].calls.append(call)
        else:
            later.append(call)
    return stage, later
