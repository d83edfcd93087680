"""The loop over epochs.

Whatever is random in an epoch follows from the seed and the epoch's number alone, so that training that was broken off
goes on from the end of an epoch to the same bits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.nn.draws import Draws
from pminusy.nn.layers.chain import Chain
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.panels import Panels
from pminusy.nn.program import Array, Program
from pminusy.nn.schedules.schedule import Schedule
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.evaluation import evaluate
from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult
from pminusy.nn.training.loss import batch_scales
from pminusy.nn.training.not_finite import first_not_finite, is_finite
from pminusy.nn.training.pace import Pace
from pminusy.nn.training.progress import Progress
from pminusy.nn.training.snapshot import Snapshot, copies, put_back
from pminusy.nn.training.step import Samples, TrainingSet, record_step


@dataclass(frozen=True)
class ValidationSet:
    """Samples and targets (labels or mass) that training does not see, and the loss to measure on them."""

    samples: Samples
    targets: Array
    weights: Array | None  # of the rows
    right: Array  # (N,) the class that counts as right
    loss: CrossEntropy


@dataclass(frozen=True)
class TrainingOptions:
    """How long to train, and on what.

    Attributes
    ----------
    batch_size, max_epochs, patience, seed : int
    early_stopping : bool
        Whether to stop after `patience` epochs without a lower validation loss, and keep the best epoch's weights.
    max_gradient_norm : float
        Larger gradients are scaled down to it.
    planned_epochs : int
        How many epochs the schedule is spread over.
    n_averaged : int
        At the end the network gets the mean of its numbers after so many last epochs, if that has the lower training
        loss, and if it has not stopped early.
    """

    batch_size: int
    max_epochs: int
    planned_epochs: int
    patience: int
    seed: int
    early_stopping: bool
    max_gradient_norm: float
    n_averaged: int = 1

    def one_more(self, n_epochs: int) -> TrainingOptions:
        """To do one epoch after so many, whatever its validation loss."""
        return replace(self, max_epochs=n_epochs + 1, early_stopping=False, n_averaged=1)


@dataclass
class TrainingState:
    """What training goes on from, besides the network's, the optimiser's and the schedule's own numbers."""

    history: list[EpochRecord] = field(default_factory=list)
    n_updates: int = 0
    best: Snapshot | None = None
    best_loss: float = np.inf
    best_epoch: int = 0
    mean: Snapshot | None = None  # of the last epochs
    last: Snapshot | None = None  # the last epoch's numbers, where the network was given others

    @property
    def n_epochs(self) -> int:
        """Epochs done."""
        return len(self.history)


class Trainer:
    """Trains a network on a set."""

    def __init__(
        self,
        network: Chain,
        data: TrainingSet,
        validation: ValidationSet | None,
        optimizer: Optimizer,
        schedule: Schedule,
        options: TrainingOptions,
        state: TrainingState,
    ) -> None:
        self._network, self._data, self._validation = network, data, validation
        self._optimizer, self._schedule = optimizer, schedule
        self._options, self._state = options, state
        self._rows = np.flatnonzero(data.weights)  # a row of weight 0 is as if it were not there
        n_rows = len(self._rows)
        self._epoch = Epoch.of(n_rows, options.batch_size, len(network.parameters))
        self._epoch.scales[...] = batch_scales(data.targets, data.weights[self._rows], self._epoch.starts)
        self._panels = Panels()
        with self._panels.recorded():
            self._programs = list(self._record(n_rows))
        self._paces = [Pace() for _ in self._programs]

    def run(
        self, on_batches: Callable[[Progress], None], on_epoch: Callable[[EpochRecord], bool]
    ) -> TrainingResult:
        """Train until the epochs are done or something ends it; `on_epoch` may, by True."""
        state = self._state
        if state.last is not None:
            state.last.restore(self._network)
            state.last = None
        while (ending := self._due()) is None:
            before, moments = Snapshot.of(self._network), copies(self._optimizer.state)
            begin = time.perf_counter()
            self._begin_epoch()
            with self._panels.packed():
                stopped = self._do_steps(on_batches)
            broken = stopped or self._overflown()
            if broken is not None:
                place = self._place(*broken)
                before.restore(self._network)
                put_back(self._optimizer.state, moments)
                return replace(self._ended(Ending.NOT_FINITE), **place)
            if on_epoch(self._end_epoch(begin)):
                return self._ended(Ending.CALLBACK)
        return self._ended(ending)

    def _due(self) -> Ending | None:
        """Why there is to be no further epoch."""
        state, options = self._state, self._options
        if options.early_stopping and state.n_epochs - state.best_epoch >= options.patience:
            return Ending.EARLY_STOPPING
        return Ending.MAX_EPOCHS if state.n_epochs >= options.max_epochs else None

    def _ended(self, ending: Ending) -> TrainingResult:
        state = self._state
        if self._options.early_stopping and state.best:
            state.last = Snapshot.of(self._network)
            state.best.restore(self._network)
            return TrainingResult(ending, state.n_epochs, state.best_epoch)
        taken = ending is Ending.MAX_EPOCHS and state.mean is not None and self._take_mean(state.mean)
        n_averaged = self._options.n_averaged if taken else 1
        return TrainingResult(ending, state.n_epochs, state.n_epochs, n_averaged)

    def _take_mean(self, mean: Snapshot) -> bool:
        """Give the network the mean of the last epochs' numbers, unless it fits the training data less well."""
        last, loss_of_last = Snapshot.of(self._network), self._training_loss()
        mean.restore(self._network)
        better = self._training_loss() <= loss_of_last
        if better:
            self._state.last = last
        else:
            last.restore(self._network)
        return better

    def _training_loss(self) -> float:
        """The sum over all rows, as they are now."""
        Z = evaluate(self._network, self._data.samples, self._network.parameters[0].value.dtype)
        losses = self._data.targets.fused_pass(Z, 0.0, 1.0, np.empty((0, Z.shape[1]), Z.dtype))
        return float(losses.sum())

    def _overflown(self) -> tuple[int, int] | None:
        """The last step and its batch's size, where its update left numbers that are not finite."""
        if is_finite(self._network):
            return None
        _, n_rows, _, stop = self._programs[-1]
        return stop - 1, n_rows

    def _place(self, step: int, n_rows: int) -> dict[str, Any]:
        layer = first_not_finite(self._network, self._data.samples, self._epoch, step, n_rows)
        return {"epoch": self._state.n_epochs + 1, "step": step + 1, "layer": layer}

    def _record(self, n_rows: int) -> Iterator[tuple[Program, int, int, int]]:
        """The programs, and for each its rows a batch, and its steps' range."""
        size = self._options.batch_size
        n_whole, rest = divmod(n_rows, size)
        for n, first, last in ((size, 0, n_whole), (rest, n_whole, n_whole + 1)):
            if n and last > first:
                how = (self._optimizer, self._epoch, n, self._options.max_gradient_norm)
                yield record_step(self._network, self._data, *how), n, first, last

    def _begin_epoch(self) -> None:
        epoch, state = self._epoch, self._state
        random = np.random.default_rng((self._options.seed, state.n_epochs))
        epoch.order[...] = random.permutation(self._rows)
        total_steps = self._options.planned_epochs * epoch.n_steps
        first = min(state.n_updates, total_steps - epoch.n_steps)
        epoch.rates[...] = self._optimizer.learning_rate * self._schedule.factors(
            first, epoch.n_steps, total_steps
        )
        epoch.count[0] = state.n_updates
        for kept in self._network.state.values():
            if isinstance(kept, Draws):
                kept.renew()

    def _do_steps(self, on_batches: Callable[[Progress], None]) -> tuple[int, int] | None:
        """All steps; where one stopped them, its number and its batch's size."""
        begin = time.perf_counter()
        for (program, n_rows, first, last), pace in zip(self._programs, self._paces, strict=True):
            step = first
            while step < last:
                step, going = pace.run(program.run, step, last)
                if not going:
                    return program.stopped_at(), n_rows
                on_batches(self._progress(step, time.perf_counter() - begin))
        self._seconds = time.perf_counter() - begin
        return None

    def _progress(self, step: int, seconds: float) -> Progress:
        epoch = self._epoch
        stops = [*epoch.starts[1:].tolist(), len(epoch.order)]
        n_rows = stops[step - 1]
        return Progress(
            epoch=self._state.n_epochs + 1,
            n_epochs=self._options.max_epochs,
            step=step,
            n_steps=epoch.n_steps,
            loss=self._mean_loss(step, n_rows),
            accuracy=float(epoch.hits[:step].sum() / n_rows),
            rows_per_second=n_rows / seconds,
            seconds_left=seconds / step * (epoch.n_steps - step),
        )

    def _mean_loss(self, n_steps: int, n_rows: int) -> float:
        weight = self._data.weights[self._epoch.order[:n_rows]].sum()
        return float(self._epoch.losses[:n_steps].sum() / weight) if weight > 0 else 0.0

    def _end_epoch(self, begin: float) -> EpochRecord:
        epoch, state = self._epoch, self._state
        n_rows = len(epoch.order)
        state.n_updates += epoch.n_steps
        validation = self._validate()
        record = EpochRecord(
            epoch=state.n_epochs + 1,
            loss=self._mean_loss(epoch.n_steps, n_rows),
            accuracy=float(epoch.hits.sum() / n_rows),
            gradient_norm=float(np.sqrt((epoch.norms**2).sum(axis=1)).mean()),
            layer_norms=tuple(epoch.norms.mean(axis=0).tolist()),
            learning_rate=float(epoch.rates[-1]),
            seconds=time.perf_counter() - begin,
            rows_per_second=n_rows / self._seconds,
            validation_loss=validation and validation[0],
            validation_accuracy=validation and validation[1],
        )
        state.history.append(record)
        monitored = record.loss if record.validation_loss is None else record.validation_loss
        self._schedule.observe(monitored)
        if self._options.early_stopping and monitored < state.best_loss:
            state.best, state.best_loss = Snapshot.of(self._network), monitored
            state.best_epoch = record.epoch
        self._average(record.epoch)
        return record

    def _average(self, epoch: int) -> None:
        """Take the epoch's numbers into the mean of the last ones."""
        state, options = self._state, self._options
        n = epoch - (options.max_epochs - options.n_averaged)
        if options.early_stopping or options.n_averaged < 2 or n < 1:
            return
        now = Snapshot.of(self._network)
        state.mean = now if n == 1 or state.mean is None else state.mean.mixed(now, 1 / n)

    def _validate(self) -> tuple[float, float] | None:
        if self._validation is None:
            return None
        part = self._validation
        Z = evaluate(self._network, part.samples, self._network.parameters[0].value.dtype)
        return float(part.loss.value(Z, part.targets, part.weights)), float(
            (Z.argmax(axis=1) == part.right).mean()
        )
