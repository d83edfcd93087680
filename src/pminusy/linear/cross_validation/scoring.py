"""Scores on held-out rows, by any scikit-learn scorer, for labels and for target mass."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from inspect import Parameter, signature
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import check_scoring
from sklearn.utils import _safe_indexing

from pminusy.errors import InputError

Array = NDArray[Any]
Scorer = Callable[..., float]


@dataclass(frozen=True)
class HeldOutScore:
    """score(model, X, y, weights); weights are passed on to the scorer only where there are any.

    A row of target mass counts like a row of each label that has mass in it, weighted by that mass: what a row of
    counts stands for.
    """

    scorer: Scorer

    def __call__(self, model: Any, X: Any, y: Array, weights: Array | None) -> float:
        """The score; an InputError where it is no finite number, as none could then be called the best."""
        if y.ndim == 2 and y.shape[1] > 1:
            rows, numbers = np.nonzero(y)
            mass = y[rows, numbers]
            weights = mass if weights is None else weights[rows] * mass
            X, y = _safe_indexing(X, rows), model.classes_[numbers]
        score = self._score(model, X, y, weights)
        if not (isinstance(score, Real) and np.isfinite(score)):
            present = np.unique(y)
            only = f" on held-out rows of one class, {present.tolist()}" if len(present) == 1 else ""
            raise InputError(f"scoring: expected a finite number, got {score!r}{only}")
        return float(score)

    def _score(self, model: Any, X: Any, y: Array, weights: Array | None) -> float:
        if weights is None:
            return self.scorer(model, X, y)
        if not _takes_weights(self.scorer):
            raise InputError(f"scoring: expected a callable that accepts sample_weight, got {self.scorer!r}")
        return self.scorer(model, X, y, sample_weight=weights)


def held_out_score(scoring: str | Scorer | None, model: Any, classes: Array) -> HeldOutScore:
    """The scorer of this name, or this callable; accuracy for None.

    Raises
    ------
    InputError
        No such name, or neither a name nor a scorer.
    """
    try:
        if not (scoring is None or isinstance(scoring, str) or callable(scoring)):
            raise TypeError("neither a name nor a callable")
        scorer = check_scoring(model, scoring="accuracy" if scoring is None else scoring)
    except (ValueError, TypeError) as error:
        raise InputError(
            f"scoring: expected the name of a scikit-learn scorer, a scorer or None, got {scoring!r}"
        ) from error
    return HeldOutScore(_told_the_classes(scorer, classes))


def _told_the_classes(scorer: Scorer, classes: Array) -> Scorer:
    """The scorer, with `labels` and `pos_label` set where its metric has them.

    Held-out rows need not hold every class, and of two classes the second is the positive one whatever it is called.
    """
    metric = getattr(scorer, "_score_func", None)
    takes = () if metric is None else signature(metric).parameters
    known: dict[str, Any] = {}
    if "labels" in takes:
        known["labels"] = classes
    if "pos_label" in takes and len(classes) == 2:
        known["pos_label"] = classes[1]
    if not known:
        return scorer
    told: Any = copy(scorer)
    told._kwargs = {**known, **told._kwargs}
    return told


def _takes_weights(scorer: Scorer) -> bool:
    parameters = signature(scorer).parameters
    return "sample_weight" in parameters or any(p.kind is Parameter.VAR_KEYWORD for p in parameters.values())
