"""The threads and the seed that every classifier's parameters share."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils import check_random_state

from pminusy.errors import InputError
from pminusy.options import is_integer


def check_threads(n_threads: Any) -> None:
    """An InputError for anything but an integer ≥ 1 or None."""
    if n_threads is not None and not (is_integer(n_threads) and n_threads >= 1):
        raise InputError(f"n_threads: expected an integer ≥ 1 or None, got {n_threads!r}")


def seed_of(random_state: Any) -> int:
    """A seed that is the same for the same random state; None stands for a fixed one."""
    if random_state is None:
        return 0
    return int(check_random_state(random_state).randint(np.iinfo(np.int32).max))
