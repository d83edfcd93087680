"""From checked parts to a problem."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.blocks.parts import Parts
from pminusy.classifier.features import compute_dtype
from pminusy.classifier.targets import class_weights
from pminusy.errors import InputError
from pminusy.linear.parts.part import LinearPart, TargetOptions, pose, settle
from pminusy.linear.parts.problem import PartedProblem, PartedX
from pminusy.linear.parts.reading import PartSummary, as_targets
from pminusy.linear.problem import mean_penalty

Array = NDArray[Any]


def first_rows(summaries: Sequence[PartSummary]) -> Array:
    """The number of each part's first row, and how many rows there are: (parts + 1,)."""
    return np.cumsum([0, *(each.shape[0] for each in summaries)])


def pose_parts(model: Any, parts: Parts, summaries: Sequence[PartSummary], classes: Array) -> PartedProblem:
    """`pose_problem` for rows in parts, that are alike.

    Raises
    ------
    InputError
        As there.
    """
    first = summaries[0]
    mass = parts.total(_class_mass, classes) if isinstance(model.class_weight, str) else None
    weight = class_weights(model.class_weight, as_targets(classes), mass)
    options = TargetOptions(classes, weight, float(model.label_smoothing))
    total_weight, n_with_mass = parts.total(settle, options)
    if not n_with_mass:
        raise InputError(
            "sample_weight, class_weight: expected at least one row with positive weight, got all zeros"
        )
    penalty = mean_penalty(model.C, total_weight)
    fit_intercept = bool(model.fit_intercept)
    parts.leave("targets", pose, options, total_weight, fit_intercept)
    return PartedProblem(
        X=PartedX(parts, first_rows(summaries), first.shape[1]),
        n_classes=len(classes),
        penalty=penalty,
        fit_intercept=fit_intercept,
        dtype=compute_dtype(first),
        sparse=first.sparse,
        n_numbers=sum(each.n_numbers for each in summaries),
        total_weight=total_weight,
    )


def _class_mass(part: LinearPart, classes: Array) -> Array:
    """What the rows of each class weigh: (K,)."""
    y, weights = part.rows.y, part.rows.weights
    weights = np.ones(len(y)) if weights is None else weights
    if y.ndim == 2:
        mass: Array = weights @ y
        return mass
    return np.bincount(TargetOptions(classes, None, 0.0).encode(y), weights, len(classes))
