"""A recorded list of operations, run over and over by several threads inside one compiled call.

Conventions
-----------
operations (n, 2)  address of the machine code, address of its table of arguments
tasks (T, 5)       operations from the first to before the last number, one after another on the same range of items,
                   from first to before last; and where in its operation the range begins, in 1/PLACES of the whole
stages (S + 1,)    the first task of every stage, and the number of tasks
claims (T,)        how many steps of this run a thread has taken the task for
done (threads, L)  how many tasks a thread has finished, each on cache lines of its own
stop (1,)          the step at which to stop

A stage begins when all tasks of the one before are done. Its tasks don't depend on each other: a thread first does
those whose place is its own, so that it meets again what it has written in the stage before, and then whatever nobody
has begun. Who does what is left to chance; what is computed is not, since the tasks are cut the same way whatever the
number of threads.
"""

from __future__ import annotations

import ctypes
import os

import numpy as np

from pminusy.kernels import plain
from pminusy.kernels.compile import helper, kernel
from pminusy.kernels.kinds import Index, IntegerMatrix, Integers
from pminusy.kernels.machine.compiler import binding, cgutils, ir, types
from pminusy.kernels.plain import primitive

PLACES = 1 << 20
LINE = 16  # 64-bit words: two cache lines, since processors fetch them in pairs
NEVER = np.iinfo(np.int64).max
_SPINS = 1000  # before the processor is offered to others


@primitive(plain.call)
def _call(typingctx, address, arguments, step, first, last):
    """Run an operation."""

    def build(context, builder, signature, values):
        integer = ir.IntType(64)
        function = ir.FunctionType(ir.VoidType(), [integer] * 4)
        builder.call(builder.inttoptr(values[0], function.as_pointer()), values[1:])
        return context.get_dummy_value()

    return types.void(address, arguments, step, first, last), build


def _word(context, builder, array_type, array, position):
    parts = context.make_array(array_type)(context, builder, array)
    return builder.gep(parts.data, [position])


@primitive(plain.claim)
def _claim(typingctx, words, position, before):
    """Whether words[position] was `before`, and then is before + 1: true for one thread only."""

    def build(context, builder, signature, values):
        word = _word(context, builder, words, *values[:2])
        after = builder.add(values[2], ir.Constant(values[2].type, 1))
        return builder.extract_value(builder.cmpxchg(word, values[2], after, "acq_rel", "acquire"), 1)

    return types.boolean(words, position, before), build


@primitive(plain.read)
def _read(typingctx, words, position):
    """words[position] as the other threads last wrote it, with all that they wrote before."""

    def build(context, builder, signature, values):
        return builder.load_atomic(_word(context, builder, words, *values), "acquire", 8)

    return types.int64(words, position), build


@primitive(plain.write)
def _write(typingctx, words, position, value):
    """words[position] = value, for other threads to see with all that was written before."""

    def build(context, builder, signature, values):
        builder.store_atomic(values[2], _word(context, builder, words, *values[:2]), "release", 8)
        return context.get_dummy_value()

    return types.void(words, position, value), build


@primitive(plain.least)
def _least(typingctx, words, value):
    def build(context, builder, signature, values):
        word = _word(context, builder, words, values[0], ir.Constant(ir.IntType(64), 0))
        builder.atomic_rmw("min", word, values[1], "acq_rel")
        return context.get_dummy_value()

    return types.void(words, value), build


@helper
def stop_at(stop, step):
    """Stop at this step, unless at an earlier one."""
    _least(stop, step)


@primitive(plain.wait)
def _pause(typingctx):
    """Tell the processor that this is a loop that waits."""

    def build(context, builder, signature, values):
        if binding.get_process_triple().startswith(("x86", "i")):
            pause = ir.FunctionType(ir.VoidType(), [])
            builder.call(cgutils.get_or_insert_function(builder.module, pause, "llvm.x86.sse2.pause"), [])
        return context.get_dummy_value()

    return types.void(), build


@primitive(plain.wait)
def _offer(typingctx, address):
    """Let other threads have the processor, by the system's function at this address; 0 is none."""

    def build(context, builder, signature, values):
        function = ir.FunctionType(ir.IntType(32), [])
        with builder.if_then(builder.icmp_signed("!=", values[0], ir.Constant(ir.IntType(64), 0))):
            builder.call(builder.inttoptr(values[0], function.as_pointer()), [])
        return context.get_dummy_value()

    return types.void(address), build


def yield_address() -> int:
    """Where the system's function that offers the processor to others is; 0 if unknown."""
    function = None if os.name == "nt" else getattr(ctypes.CDLL(None), "sched_yield", None)
    return ctypes.cast(function, ctypes.c_void_p).value or 0 if function else 0


@helper
def _n_done(done):
    total = 0
    for thread in range(done.shape[0]):
        total += _read(done[thread], 0)
    return total


@helper
def _wait(done, n, offer):
    """Until n tasks are done."""
    spins = 0
    while _n_done(done) < n:
        spins += 1
        if spins % _SPINS == 0:
            _offer(offer)
        _pause()


@helper
def _take(operations, task, claims, number, turn, stop, step):
    """Do the task unless it is taken, or the program has been stopped; 1 if it was taken here."""
    if _read(claims, number) != turn or not _claim(claims, number, turn):
        return 0
    if _read(stop, 0) > step:
        for operation in range(task[0], task[1]):
            _call(operations[operation, 0], operations[operation, 1], step, task[2], task[3])
    return 1


@kernel
def replay(
    operations: IntegerMatrix,
    tasks: IntegerMatrix,
    stages: Integers,
    claims: Integers,
    done: IntegerMatrix,
    stop: Integers,
    thread: Index,
    first_step: Index,
    n_steps: Index,
    offer: Index,
):
    """Take part, as this thread, in running every task of steps first_step to before first_step + n_steps."""
    n_tasks, n_threads = tasks.shape[0], done.shape[0]
    for turn in range(n_steps):
        step = first_step + turn
        for stage in range(stages.size - 1):
            first, last = stages[stage], stages[stage + 1]
            _wait(done, turn * n_tasks + first, offer)
            n_taken = 0
            for number in range(first, last):
                if tasks[number, 4] * n_threads // PLACES == thread:
                    n_taken += _take(operations, tasks[number], claims, number, turn, stop, step)
            for number in range(first, last):
                n_taken += _take(operations, tasks[number], claims, number, turn, stop, step)
            _write(done[thread], 0, done[thread, 0] + n_taken)
