"""Options and results as JSON, and back to what they were: tuples stay tuples, and numbers keep their dtype.

What JSON has no form for is an object of one name: {"tuple": […]}, {"class": "Dense", "options": …} and the like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

import numpy as np

from pminusy.errors import InputError
from pminusy.nn.registry import class_named, is_registered

_PLAIN = "biuf"  # kinds of dtype whose numbers JSON holds exactly


def encode(value: Any, name: str) -> Any:
    """A value that `json` can write.

    Parameters
    ----------
    value : None, bool, number, str, bytes, tuple, list, dict, ndarray, RandomState, or object of a registered class
    name : str
        What to call it in an error.

    Raises
    ------
    InputError
        It is something else.

    Examples
    --------
    >>> from pminusy.nn import Dense
    >>> encode((Dense(2), None), "layers")
    {'tuple': [{'class': 'Dense', 'options': {'units': 2, 'init': 'he_normal'}}, None]}
    """
    match value:
        case Enum() if is_registered(type(value)):
            return {"class": type(value).__name__, "options": {"value": value.value}}
        case np.generic() if value.dtype.kind in _PLAIN:
            return {"number": value.item(), "dtype": value.dtype.str}
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return {"bytes": value.decode("latin-1")}
        case list():
            return [encode(item, name) for item in value]
        case tuple():
            return {"tuple": [encode(item, name) for item in value]}
        case Mapping():
            return {"mapping": [[encode(key, name), encode(item, name)] for key, item in value.items()]}
        case np.ndarray() if value.dtype.kind in _PLAIN + "OUS":
            items = [encode(item, name) for item in value.ravel().tolist()]
            return {"array": items, "shape": list(value.shape), "dtype": value.dtype.str}
        case np.random.RandomState():
            return {"random_state": encode(value.get_state(legacy=False), name)}
    if not is_registered(type(value)):
        kind = type(value).__name__
        raise InputError(
            f"{name}: expected a value that can be saved, got {value!r}; register {kind} with pminusy.nn.register"
        )
    options = {option.name: getattr(value, option.name) for option in fields(value) if option.init}
    return {
        "class": type(value).__name__,
        "options": {option: encode(item, f"{name}: {option}") for option, item in options.items()},
    }


def decode(code: Any) -> Any:
    """The value that `encode` was given.

    Raises
    ------
    InputError
        It names a class that is not registered, or one refuses its options.
    KeyError, TypeError, ValueError
        It is nothing that `encode` gave.

    Examples
    --------
    >>> decode({"tuple": [1, {"class": "ReLU", "options": {}}]})
    (1, ReLU())
    """
    match code:
        case None | bool() | int() | float() | str():
            return code
        case list():
            return [decode(item) for item in code]
        case {"class": name, "options": options}:
            return class_named(name)(**{option: decode(item) for option, item in options.items()})
        case {"number": number, "dtype": dtype}:
            return np.dtype(dtype).type(number)
        case {"bytes": text}:
            return text.encode("latin-1")
        case {"tuple": items}:
            return tuple(decode(item) for item in items)
        case {"mapping": pairs}:
            return {decode(key): decode(item) for key, item in pairs}
        case {"array": items, "shape": shape, "dtype": dtype}:
            array = np.empty(len(items), dtype)
            array[:] = [decode(item) for item in items]
            return array.reshape(shape)
        case {"random_state": state}:
            return _random_state(decode(state))
    raise ValueError(f"expected an encoded value, got {code!r}")


def _random_state(state: dict[str, Any]) -> np.random.RandomState:
    random_state = np.random.RandomState()
    random_state.set_state(state)
    return random_state
