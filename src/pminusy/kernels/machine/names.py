"""The names of kernels and operations in a library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from pminusy.kernels.kinds import is_real, kinds_of

DTYPES = (np.dtype(np.float32), np.dtype(np.float64))
_PACKAGE = "pminusy."


def real_of(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The real dtype of a call whose arrays have this one: float64 unless they are float32."""
    return DTYPES[0] if dtype == DTYPES[0] else DTYPES[1]


def name_of(function: Callable[..., None], dtype: np.dtype[Any]) -> str | None:
    """Its name, such as `kernels_softmax_softmax_rows_float32`; None for a function from outside the package.

    One whose kinds don't depend on the dtype has one name for all.
    """
    if not function.__module__.startswith(_PACKAGE):
        return None
    place = function.__module__.removeprefix(_PACKAGE).split(".")
    real = [real_of(dtype).name] if any(map(is_real, kinds_of(function).values())) else []
    return "_".join([*place, function.__name__.lstrip("_"), *real])
