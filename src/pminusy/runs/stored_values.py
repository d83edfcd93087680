"""Values as JSON with numbered arrays beside it, and back; what is read may only name classes that it is told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pminusy.array_file import joined, parted

Array = NDArray[Any]

_NUMBERS = "biuf"  # kinds of dtype


def encode(value: Any, place: str, arrays: dict[str, Array]) -> Any:
    """A value that `json` can write.

    Parameters
    ----------
    value : None, bool, number, str, tuple, list, mapping, array of numbers or strings, Enum or dataclass of such
        Lists are read back as tuples.
    place : str
        Where it stands, from which the arrays in it have their names.
    arrays : dict
        Takes the arrays of numbers.

    Examples
    --------
    >>> arrays = {}
    >>> encode({"mean": np.zeros(2), "columns": ("a", "b")}, "numbers", arrays)
    {'mapping': [['mean', {'array': 'numbers.mean'}], ['columns', ['a', 'b']]]}
    """
    match value:
        case Enum():
            return {"class": type(value).__name__, "value": value.value}
        case np.generic():
            return encode(value.item(), place, arrays)
        case None | bool() | int() | float() | str():
            return value
        case np.ndarray() if value.dtype.kind in _NUMBERS:
            arrays[place] = value
            return {"array": place}
        case np.ndarray() if all(type(item) is str for item in value.tolist()):
            # In the JSON, a vocabulary of millions would exceed what the header of a file may hold.
            arrays[f"{place}.bytes"], arrays[f"{place}.lengths"] = joined(value.tolist())
            return {"strings": place, "dtype": "str" if value.dtype.kind == "U" else "object"}
        case list() | tuple():
            return [encode(item, f"{place}.{i}", arrays) for i, item in enumerate(value)]
        case Mapping():
            pairs = [[key, encode(item, f"{place}.{key}", arrays)] for key, item in value.items()]
            return {"mapping": pairs}
    if not is_dataclass(value):
        raise TypeError(f"{place}: expected a value that can be saved, got {value!r:.60}")
    parts = {field.name: getattr(value, field.name) for field in fields(value)}
    codes = {name: encode(part, f"{place}.{name}", arrays) for name, part in parts.items()}
    return {"class": type(value).__name__, "fields": codes}


def decode(code: Any, arrays: Mapping[str, Array], kinds: Mapping[str, type]) -> Any:
    """The value that `encode` was given.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is nothing that `encode` gave, or names a class that is not one of these kinds.
    """
    match code:
        case None | bool() | int() | float() | str():
            return code
        case list():
            return tuple(decode(item, arrays, kinds) for item in code)
        case {"array": name}:
            return arrays[name]
        case {"strings": str() as place, "dtype": "str" | "object" as dtype}:
            items = parted(arrays[f"{place}.bytes"], arrays[f"{place}.lengths"])
            return np.array(items, dtype={"str": np.str_, "object": object}[dtype])
        case {"mapping": list() as pairs}:
            return {key: decode(item, arrays, kinds) for key, item in pairs}
        case {"class": name, "value": value}:
            return _kind(name, kinds)(value)
        case {"class": name, "fields": dict() as codes}:
            return _kind(name, kinds)(**{key: decode(item, arrays, kinds) for key, item in codes.items()})
    raise ValueError(f"expected an encoded value, got {code!r:.60}")


def _kind(name: Any, kinds: Mapping[str, type]) -> type:
    if name not in kinds:
        raise ValueError(f"refers to {name!r:.60}, which no pminusy model uses")
    return kinds[name]
