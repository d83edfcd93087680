"""The classifier that a path is of, checked."""

from __future__ import annotations

from typing import Any

from pminusy.errors import InputError
from pminusy.linear.options import check_parameters, read_net
from pminusy.linear.regression import SoftmaxRegression
from pminusy.linear.sparse.options import NetOptions


def checked_model(**options: Any) -> tuple[SoftmaxRegression, NetOptions]:
    """A SoftmaxRegression with these options and the shape of its penalty; an InputError for one out of range."""
    model = SoftmaxRegression(**options)
    check_parameters(model)
    return model, read_net(model)


def refuse_unless_told_apart(tells_classes_apart: bool) -> None:
    """An InputError where no path leads away from coefficients of 0."""
    if not tells_classes_apart:
        raise InputError("X: expected a penalised column that helps to tell classes apart, got none")
