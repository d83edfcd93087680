"""The record that every solver keeps of its iterations, and the result made of it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from pminusy.solvers.progress import tell
from pminusy.solvers.result import Reason, Record, SolverResult


class Measured(Protocol):
    """What an objective tells of itself while it is minimised."""

    @property
    def passes(self) -> int:
        """Over X, so far."""

    @property
    def total_scale(self) -> float:
        """What turns the mean objective into the one that is reported."""


class Log:
    """Iterations of one run, and where its time went."""

    def __init__(self, objective: Measured, method: str, tol: float) -> None:
        self._objective, self._method, self._tol = objective, method, tol
        self._began, self._passes = time.perf_counter(), objective.passes
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._records: list[Record] = []

    @property
    def n_iter(self) -> int:
        """Iterations done."""
        return len(self._records) - 1

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Time spent inside counts for this phase."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._seconds[name] += time.perf_counter() - began

    def record(self, value: float, gradient_norm: float) -> None:
        """Note an iterate, and tell it to whoever listens."""
        self._records.append(
            Record(
                iteration=len(self._records),
                passes=self._objective.passes - self._passes,
                objective=value * self._objective.total_scale,
                gradient_norm=gradient_norm,
                seconds=time.perf_counter() - self._began,
            )
        )
        tell(self._records[-1])

    def result(self, reason: Reason) -> SolverResult:
        """The outcome, with the last record as its end."""
        last, seconds = self._records[-1], time.perf_counter() - self._began
        phases = dict(self._seconds)
        phases["other"] = max(0.0, seconds - sum(phases.values()))
        return SolverResult(
            reason=reason,
            method=self._method,
            objective=last.objective,
            gradient_norm=last.gradient_norm,
            tolerance=self._tol,
            n_iter=self.n_iter,
            passes=self._objective.passes - self._passes,
            seconds=seconds,
            phases=phases,
            history=tuple(self._records),
        )
