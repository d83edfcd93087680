"""The loop over epochs.

Whatever is random in an epoch follows from the seed and the epoch's number alone, so that training that was broken off
goes on from the end of an epoch to the same bits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pminusy.losses.cross_entropy import CrossEntropy
from pminusy.losses.targets import Targets
from pminusy.nn.draws import Draws
from pminusy.nn.layers.chain import Chain
from pminusy.nn.optimizers.optimizer import Optimizer
from pminusy.nn.panels import Panels
from pminusy.nn.program import Program
from pminusy.nn.schedules.schedule import Schedule
from pminusy.nn.training.epoch import Epoch
from pminusy.nn.training.evaluation import measure
from pminusy.nn.training.history import Ending, EpochRecord, TrainingResult, is_still_falling
from pminusy.nn.training.loss import batch_scales
from pminusy.nn.training.not_finite import first_not_finite, is_finite
from pminusy.nn.training.options import TrainingOptions
from pminusy.nn.training.pace import Pace
from pminusy.nn.training.progress import Progress
from pminusy.nn.training.snapshot import Snapshot, copies, put_back
from pminusy.nn.training.state import TrainingState
from pminusy.nn.training.step import Samples, TrainingSet, record_step


@dataclass(frozen=True)
class ValidationSet:
    """Samples and settled targets that training does not see, and the loss to measure on them."""

    samples: Samples
    targets: Targets
    loss: CrossEntropy


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
        self._epoch = Epoch.of(
            n_rows, options.batch_size, len(network.parameters), all_at_hand=data.samples.all_at_hand
        )
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
        complete = state.n_over >= options.max_epochs
        if complete and (options.open_ended or not state.n_skipped):
            return Ending.MAX_EPOCHS
        if complete or (self._has_stalled() and not self._lowers_rate()):
            return Ending.EARLY_STOPPING if options.early_stopping else Ending.CONVERGED
        return None

    def _has_stalled(self) -> bool:
        return self._state.n_stalled >= self._options.n_iter_no_change and not self._options.open_ended

    def _lowers_rate(self) -> bool:
        """Whether the schedule ends at a lower learning rate than that of the next step."""
        next_step, _, n_steps = self._place_in_schedule()
        now, last = (self._schedule.factors(step, 1, n_steps)[0] for step in (next_step, n_steps - 1))
        return bool(last < now)

    def _skip(self) -> None:
        """Where the loss has stalled, what still helps of a schedule that lowers the rate is its end."""
        state, options = self._state, self._options
        n_left = options.max_epochs - state.n_over
        if self._has_stalled() and n_left > options.n_iter_no_change and self._lowers_rate():
            state.n_skipped += n_left - options.n_iter_no_change

    def _place_in_schedule(self) -> tuple[int, int, int]:
        """The first step of the next epoch, and how many steps there are in it and in all."""
        n_steps, state = self._epoch.n_steps, self._state
        n_in_all = self._options.planned_epochs * n_steps
        first = state.n_updates + state.n_skipped * n_steps
        return min(first, n_in_all - n_steps), n_steps, n_in_all

    def _ended(self, ending: Ending) -> TrainingResult:
        state = self._state
        complete = ending is Ending.MAX_EPOCHS and not self._options.open_ended
        falling = complete and self._is_still_falling()
        if self._options.early_stopping and state.best:
            state.last = Snapshot.of(self._network)
            state.best.restore(self._network)
            return TrainingResult(ending, state.n_epochs, state.best_epoch, still_falling=falling)
        done = ending in (Ending.MAX_EPOCHS, Ending.CONVERGED)
        taken = done and state.mean is not None and self._take_mean(state.mean)
        n_averaged = state.n_mean if taken else 1
        return TrainingResult(ending, state.n_epochs, state.n_epochs, n_averaged, still_falling=falling)

    def _is_still_falling(self) -> bool:
        """Whether the loss that is watched was, at the end of the last epochs."""
        history = self._state.history
        accuracy = history[-1].validation_accuracy
        if self._options.early_stopping and accuracy is not None:
            losses = [record.validation_loss for record in history if record.validation_loss is not None]
            return is_still_falling(losses, accuracy)
        return is_still_falling([record.loss for record in history], history[-1].accuracy)

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
        dtype = self._network.parameters[0].value.dtype
        return measure(self._network, self._data.samples, self._data.targets, dtype)[0]

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
        self._data.samples.shuffle(epoch, self._rows, random)
        factors = self._schedule.factors(*self._place_in_schedule())
        epoch.rates[...] = self._optimizer.learning_rate * factors
        epoch.count[0] = state.n_updates
        decay_factor = 1 + self._options.decay_by_loss * self._latest_loss()
        for parameter in self._network.parameters:
            parameter.decay_factor[0] = decay_factor
        for kept in self._network.state.values():
            if isinstance(kept, Draws):
                kept.renew()

    def _latest_loss(self) -> float:
        """Of the epoch before, but at most that of equal probabilities."""
        history = self._state.history
        n_classes = self._network.parameters[-1].value.shape[-1]
        return min(float(np.log(n_classes)), history[-1].loss if history else np.inf)

    def _do_steps(self, on_batches: Callable[[Progress], None]) -> tuple[int, int] | None:
        """All steps; where one stopped them, its number and its batch's size."""
        begin = time.perf_counter()
        for (program, n_rows, first, last), pace in zip(self._programs, self._paces, strict=True):
            step = first
            while step < last:
                at_hand = min(last, self._data.samples.bring(self._epoch, step))
                while step < at_hand:
                    step, going = pace.run(program.run, step, at_hand)
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
            n_epochs=self._options.max_epochs - self._state.n_skipped,
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
        state.watch(monitored if self._options.early_stopping else record.loss, self._options.tol)
        self._average()
        self._skip()
        return record

    def _average(self) -> None:
        """Take the epoch's numbers into the mean of the last ones, or of those in which the loss did not fall."""
        state, options = self._state, self._options
        if options.early_stopping or options.n_averaged < 2:
            return
        n_late = state.n_over - (options.max_epochs - options.n_averaged)
        if n_late <= 1 and not state.n_stalled:
            state.mean, state.n_mean = None, 0
        if n_late < 1 and not state.n_stalled:
            return
        now = Snapshot.of(self._network)
        state.n_mean += 1
        state.mean = now if state.mean is None else state.mean.mixed(now, 1 / state.n_mean)

    def _validate(self) -> tuple[float, float] | None:
        if self._validation is None:
            return None
        part = self._validation
        dtype = self._network.parameters[0].value.dtype
        loss, n_right = measure(self._network, part.samples, part.targets, dtype)
        return part.loss.scale(part.targets) * loss, n_right / len(part.samples)
