"""Frozen dataclasses to plain JSON values and back, strictly.

JSON has no infinity: a float that is not finite is written as null, and null in place of a float is read
back as infinity, the only such value that a report holds on purpose (the log loss of a probability of 0).
"""

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pminusy.errors import ModelDirectoryError

T = TypeVar("T")

_JSON_NAMES = {str: "a string", bool: "true or false", int: "an integer", float: "a number"}


def to_plain(value: Any) -> Any:
    """Return `value` as dictionaries, lists, strings, numbers and None.

    Parameters
    ----------
    value : frozen dataclass, tuple, str, bool, int, float or None
        Nested as deeply as wanted.

    Returns
    -------
    dict, list, str, bool, int, float or None

    Examples
    --------
    >>> to_plain((1, float("inf"), "a"))
    [1, None, 'a']
    """
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def from_plain(kind: type[T], value: Any, where: str) -> T:
    """Rebuild what `to_plain` took apart.

    Parameters
    ----------
    kind : type
        A dataclass, `tuple[X, ...]`, `X | None`, str, bool, int or float.
    value : object
        As `json.loads` returns it.
    where : str
        The value's place, for messages.

    Returns
    -------
    kind

    Raises
    ------
    ModelDirectoryError
        A key that has no default is missing, or one is unknown, or a value is of another type; the message says
        where.

    Examples
    --------
    >>> from_plain(tuple[float, ...], [1, None], "numbers")
    (1.0, inf)
    """
    return cast("T", _read(kind, value, where))


def _read(kind: Any, value: Any, where: str) -> Any:
    if is_dataclass(kind):
        return _read_dataclass(cast("type[Any]", kind), value, where)
    if get_origin(kind) is tuple:
        return _read_tuple(get_args(kind)[0], value, where)
    if get_origin(kind) is UnionType:
        return None if value is None else _read(_other_than_none(kind), value, where)
    if kind is float and value is None:
        return math.inf
    if type(value) is kind or (kind is float and type(value) is int):
        return kind(value)
    raise ModelDirectoryError(f"{where}: expected {_JSON_NAMES[kind]}, got {value!r:.60}")


def _read_dataclass(kind: type[Any], value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise ModelDirectoryError(f"{where}: expected an object, got {value!r:.60}")
    types = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    optional = [field.name for field in fields(kind) if field.default is not MISSING]
    if missing := [name for name in names if name not in value and name not in optional]:
        raise ModelDirectoryError(f"{where}: expected the key {missing[0]!r}, found only {', '.join(value)}")
    if unknown := [name for name in value if name not in names]:
        raise ModelDirectoryError(
            f"{where}: expected the keys {', '.join(names)}, got {unknown[0]!r} as well"
        )
    present = [name for name in names if name in value]
    return kind(**{name: _read(types[name], value[name], f"{where}.{name}") for name in present})


def _read_tuple(item: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ModelDirectoryError(f"{where}: expected a list, got {value!r:.60}")
    return tuple(_read(item, entry, f"{where}[{i}]") for i, entry in enumerate(value))


def _other_than_none(union: Any) -> Any:
    (kind,) = (argument for argument in get_args(union) if argument is not NoneType)
    return kind
