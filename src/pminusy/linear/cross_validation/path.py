"""One fold's path: fits at points of the grid, each starting from the one before, and their scores on held-out rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone

from pminusy.classifier.examples import Examples
from pminusy.errors import InputError
from pminusy.linear.cross_validation.folds import Fold
from pminusy.linear.cross_validation.linear_model import fit_to_numbers, parameters_of, with_parameters
from pminusy.linear.cross_validation.scoring import HeldOutScore
from pminusy.linear.regression import SoftmaxRegression
from pminusy.solvers.result import SolverResult

Array = NDArray[Any]

Points = list[tuple[float, float]]  # (l1_ratio, C)
OnFit = Callable[[Fold, float, float, int], None]  # of a fold, C, the score and the iterations; in any thread

_LOWEST_LOGIT = -1e30


@dataclass(frozen=True)
class FoldPath:
    """What each point gave on one fold."""

    parameters: Array  # (n_points, F, D + 1)
    scores: Array  # (n_points,)
    results: list[SolverResult]


def fold_path(
    model: SoftmaxRegression, points: Points, fold: Fold, rows: Examples, score: HeldOutScore, on_fit: OnFit
) -> FoldPath:
    """Fit a copy of `model`, which starts where it stands, to the fold's training rows at each point in turn.

    `on_fit` is told of each. Where C falls, as it does when the penalty's shape changes, a fit starts afresh.
    """
    model = clone(model).set_params(C=points[0][1])
    train, held_out = rows.take(fold.train), rows.take(fold.held_out)
    y = held_out.labels_or_mass()
    parameters, scores, results = [], [], []
    for l1_ratio, C in points:
        model = clone(model) if C < model.C else model
        fit_to_numbers(model.set_params(C=C, l1_ratio=l1_ratio), train)
        at_C = parameters_of(model)
        _rule_out(ruled_out(model, fold), at_C)
        # Scorers take finite logits only; this one is as good as −∞ to softmax, and ranks last.
        scored = with_parameters(model, np.maximum(at_C, _LOWEST_LOGIT), rows.targets.classes)
        parameters.append(at_C)
        scores.append(score(scored, held_out.X, y, held_out.weights))
        results.append(model.result_)
        on_fit(fold, C, scores[-1], model.n_iter_)
    return FoldPath(np.stack(parameters), np.array(scores), results)


def ruled_out(model: SoftmaxRegression, fold: Fold) -> Array:
    """The classes with probability 0 at the fold's optimum: no weight, no smoothing, and a free intercept."""
    bounded = not model.fit_intercept or model.label_smoothing
    return np.flatnonzero(fold.absent & (not bounded))


def _rule_out(classes: Array, parameters: Array) -> None:
    """Put the intercepts of these classes at −∞, where the optimum has them; the others sum to 0 again, as all did.

    Left where the solver stops, these classes' probabilities would tell of `tol`, not of the data.
    """
    if classes.size:
        intercepts = parameters[:, -1]
        intercepts[classes] = -np.inf
        kept = np.isfinite(intercepts)
        intercepts[kept] -= intercepts[kept].mean()


def check_finite_mean(model: SoftmaxRegression, folds: list[Fold], rows: Examples) -> None:
    """An InputError where a fold rules a class out: a mean over folds would rule it out in all."""
    for fold in folds:
        missing = rows.targets.classes[ruled_out(model, fold)].tolist()
        if missing:
            raise InputError(
                f"refit: expected True, since fold {fold.number} has no training row of class {missing[0]!r} with "
                "positive weight, so that the mean of its intercepts is not finite"
            )
