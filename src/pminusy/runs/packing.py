"""Long lists of names inside a fitted pipeline as one string each.

skops describes every item of a list by some hundred bytes of JSON, and checks the type of each when it reads them. So
20,000 names of columns, which a pipeline holds six times over, would take longer to load than the rows to predict.
"""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.base import BaseEstimator

_LEAST_ITEMS = 100
_KEY = "packed"


def pack(value: Any) -> Any:
    """The same with its long lists, arrays and dictionaries of strings or integers packed.

    Parameters
    ----------
    value : estimator, list, tuple, dict or any leaf of these
        Is not changed: containers and estimators are copied.

    Examples
    --------
    >>> columns = [f"x{i}" for i in range(500)]
    >>> unpack(pack({"columns": columns, "scale": 2.0})) == {"columns": columns, "scale": 2.0}
    True
    """
    kind = _kind_of(value)
    if kind is None:
        return _rebuilt(value, pack)
    return {_KEY: kind, "items": json.dumps(value.tolist() if kind == "array" else value)}


def unpack(value: Any) -> Any:
    """The same with all that `pack` packed as it was."""
    if not (isinstance(value, dict) and _KEY in value):
        return _rebuilt(value, unpack)
    items = json.loads(value["items"])
    return np.array(items, dtype=object) if value[_KEY] == "array" else items


def _kind_of(value: Any) -> str | None:
    """Whether to pack a value, and as what."""
    if isinstance(value, np.ndarray):
        packable = value.dtype == object and value.ndim == 1 and len(value) >= _LEAST_ITEMS
        return "array" if packable and _are_all((str,), value.tolist()) else None
    if type(value) is list and len(value) >= _LEAST_ITEMS:
        return "list" if _are_all((str, int), value) else None
    if type(value) is dict and len(value) >= _LEAST_ITEMS:
        return "dict" if _are_all((str,), value) and _are_all((str, int), value.values()) else None
    return None


def _are_all(kinds: tuple[type, ...], items: Any) -> bool:
    return all(type(item) in kinds for item in items)


def _rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, BaseEstimator):
        new = object.__new__(type(value))
        new.__dict__.update({name: change(part) for name, part in vars(value).items()})
        return new
    if type(value) is dict:
        return {key: change(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map(change, value))
    return value
