"""L-BFGS, by SciPy, over our own objective.

Source: D. C. Liu and J. Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical
Programming 45 (1989) 503-528; R. H. Byrd, P. Lu, J. Nocedal and C. Zhu, SIAM Journal on Scientific Computing 16 (1995).
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pminusy.solvers.objective import Objective
from pminusy.solvers.progress import tell
from pminusy.solvers.result import Reason, Record, Solution, SolverResult

# Steps remembered: more than SciPy's 10 saves passes over X, and costs little beside them until the parameters do.
_MOST_STEPS, _LEAST_STEPS, _REMEMBERED = 20, 5, 40_000_000


def minimize_lbfgs(objective: Objective, start: NDArray[Any], *, tol: float, max_iter: int) -> Solution:
    """Minimise from `start` until the gradient's largest component is at most `tol`.

    `tol` and `max_iter` alone end the search, unless no step lowers the objective in this precision any more.
    """
    return _Search(objective, tol, max_iter).run(start)


class _Search:
    def __init__(self, objective: Objective, tol: float, max_iter: int) -> None:
        self.objective, self.tol, self.max_iter = objective, tol, max_iter
        self.began = time.perf_counter()
        self.records: list[Record] = []
        self.latest: tuple[NDArray[Any], float, NDArray[Any]] | None = None

    def run(self, start: NDArray[Any]) -> Solution:
        value, gradient = self._evaluate(start)
        self._record(value, gradient)
        parameters, status, promise = start, 0, np.inf
        if self.max_iter > 0 and self.records[-1].gradient_norm > self.tol and np.isfinite(value):
            memory = min(_MOST_STEPS, max(_LEAST_STEPS, _REMEMBERED // start.size))
            options = {
                "maxiter": self.max_iter,
                "maxfun": 20 * self.max_iter + 100,
                "gtol": self.tol,
                "ftol": 0.0,
            }
            found = minimize(
                self._evaluate,
                start,
                method="L-BFGS-B",
                jac=True,
                callback=self._after_iteration,
                options={**options, "maxls": 50, "maxcor": memory},
            )
            parameters, status = found.x, found.status
            value, gradient = self._evaluate(parameters)
            stuck = status != 1 and np.abs(gradient).max(initial=0.0) > self.tol
            if stuck:  # what would a Newton step gain?
                promise = 0.5 * float(gradient @ (found.hess_inv @ gradient))
        return Solution(parameters, self._result(value, gradient, status, promise))

    def _evaluate(self, parameters: NDArray[Any]) -> tuple[float, NDArray[Any]]:
        """The objective, remembering the latest point: SciPy asks for a few of them twice."""
        if self.latest is None or not np.array_equal(self.latest[0], parameters):
            value, gradient = self.objective.value_and_gradient(parameters)
            self.latest = (parameters.copy(), value, gradient)
        return self.latest[1], self.latest[2].copy()

    def _after_iteration(self, parameters: NDArray[Any]) -> None:
        self._record(*self._evaluate(parameters))

    def _record(self, value: float, gradient: NDArray[Any]) -> None:
        self.records.append(
            Record(
                iteration=len(self.records),
                passes=self.objective.passes,
                objective=value * self.objective.total_scale,
                gradient_norm=float(np.abs(gradient).max(initial=0.0)),
                seconds=time.perf_counter() - self.began,
            )
        )
        tell(self.records[-1])

    def _result(self, value: float, gradient: NDArray[Any], status: int, promise: float) -> SolverResult:
        gradient_norm = float(np.abs(gradient).max(initial=0.0))
        n_iter = len(self.records) - 1
        return SolverResult(
            reason=self._reason(value, gradient_norm, n_iter, status, promise),
            objective=value * self.objective.total_scale,
            gradient_norm=gradient_norm,
            tolerance=self.tol,
            n_iter=n_iter,
            passes=self.objective.passes,
            seconds=time.perf_counter() - self.began,
            history=tuple(self.records),
        )

    def _reason(self, value: float, gradient_norm: float, n_iter: int, status: int, promise: float) -> Reason:
        if not (np.isfinite(value) and np.isfinite(gradient_norm)):
            return Reason.NOT_FINITE
        if gradient_norm <= self.tol:
            return Reason.GRADIENT_TOLERANCE
        if n_iter >= self.max_iter or status == 1:
            return Reason.MAX_ITERATIONS
        lost_in_rounding = promise <= 1e3 * self.objective.rounding * max(abs(value), 1e-300)
        return Reason.PRECISION if lost_in_rounding else Reason.LINE_SEARCH
