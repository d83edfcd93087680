"""A classifier at one C after another, each fit started from the last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol, final

import numpy as np
from numpy.typing import NDArray

from pminusy.linear.fit import LinearSolution, fit_linear
from pminusy.linear.options import make_generator
from pminusy.linear.problem import LinearProblem
from pminusy.linear.sparse.data import Data
from pminusy.linear.sparse.fit import SparseFit
from pminusy.linear.sparse.null import first_ridge_strength
from pminusy.linear.sparse.options import NetOptions
from pminusy.linear.sparse.solve import METHOD, describe
from pminusy.solvers.log import Log

Array = NDArray[Any]


class Walk(Protocol):
    """A problem whose penalty is that of C = 1, and where it stands."""

    def first_C(self) -> float:
        """Where to begin; infinite where no penalised column tells classes apart."""

    def go_to(self, C: float) -> LinearSolution:
        """The solution at this C."""


def walk(problem: LinearProblem, net: NetOptions, *, tol: float, max_iter: int, seed: Any) -> Walk:
    """The walk for a penalty of this shape, with so many iterations at most for each C."""
    if net.is_ridge:
        return RidgeWalk(problem, tol, max_iter, make_generator(seed))
    return NetWalk(problem, net, tol, max_iter)


@final
class RidgeWalk:
    """With a penalty of ½‖W‖²; it begins where hardly anything is explained."""

    def __init__(
        self, problem: LinearProblem, tol: float, max_iter: int, random: np.random.Generator
    ) -> None:
        self._problem, self._tol, self._max_iter, self._random = problem, tol, max_iter, random
        self._start: tuple[Array, Array] | None = None

    def first_C(self) -> float:
        """The C at which the gradient at 0 promises a hundredth of the loss."""
        strength = first_ridge_strength(Data(self._problem))
        return self._problem.penalty / strength if strength > 0 else np.inf

    def go_to(self, C: float) -> LinearSolution:
        """The solution at this C."""
        problem = replace(self._problem, penalty=self._problem.penalty / C)
        solution = fit_linear(
            problem, "auto", self._start, tol=self._tol, max_iter=self._max_iter, random=self._random
        )
        self._start = solution.coefficients, solution.intercepts
        return solution


@final
class NetWalk:
    """With an elastic net; it begins at the C from which on downwards all penalised weights are 0."""

    def __init__(self, problem: LinearProblem, net: NetOptions, tol: float, max_iter: int) -> None:
        data = Data(problem)
        self._problem, self._tol, self._max_iter = problem, tol, max_iter
        self._log = Log(data, METHOD, tol)
        self._fit = SparseFit(data, net, self._log)
        self._largest = self._fit.largest_strength(tol * self._fit.null_loss)

    def first_C(self) -> float:
        """The C at which the first weight is about to leave 0."""
        tells = self._fit.tells_classes_apart and np.isfinite(self._largest)
        return self._problem.penalty / self._largest if tells else np.inf

    @np.errstate(over="ignore", invalid="ignore")  # the result says where numbers overflow
    def go_to(self, C: float) -> LinearSolution:
        """The solution at this C."""
        fit = self._fit
        ending = fit.go_to(self._problem.penalty / C, self._tol * fit.null_loss, self._max_iter)
        W, b = fit.parameters()
        return LinearSolution(W.T, b, describe(ending, self._log, fit, C * self._problem.total_scale))
