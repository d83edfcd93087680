"""The names of values in an ONNX graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def name_inputs(graph: Any, names: Sequence[str]) -> None:
    """Name the inputs of a graph, in order; other values of these names get an underscore.

    skl2onnx would replace what is no letter or digit, so that the names of columns would not be found again.
    """
    old = {value.name: name for value, name in zip(graph.input, names, strict=True)}
    taken = {*names, *_all_names(graph)}
    for name in dict.fromkeys(_all_names(graph)):
        if name not in old:
            old[name] = _free(name, taken) if name in names else name
    for value in (*graph.input, *graph.output, *graph.initializer, *graph.value_info):
        value.name = old[value.name]
    for node in graph.node:
        for values in (node.input, node.output):
            values[:] = [old[name] for name in values]


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _all_names(graph: Any) -> Iterator[str]:
    for value in (*graph.input, *graph.output, *graph.initializer, *graph.value_info):
        yield value.name
    for node in graph.node:
        yield from node.input
        yield from node.output
