"""A network's numbers at one moment, to come back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from pminusy.nn.layer import Layer
from pminusy.nn.program import Array


def copies(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """A copy of each array."""
    return {name: array.copy() for name, array in arrays.items()}


def put_back(arrays: Mapping[str, Array], copied: Mapping[str, Array]) -> None:
    """Make the arrays again what they were when they were copied; they stay the same ones."""
    for name, array in arrays.items():
        array[...] = copied[name]


def numbers(network: Layer) -> dict[str, Array]:
    """Every parameter's value and what the layers keep besides: "parameter.0", …, "state.0.running_mean", …"""
    values = {f"parameter.{i}": parameter.value for i, parameter in enumerate(network.parameters)}
    return values | {f"state.{name}": kept for name, kept in network.state.items()}


@dataclass(frozen=True)
class Snapshot:
    """Copies of all `numbers` of a network, by name."""

    arrays: dict[str, Array]

    @classmethod
    def of(cls, network: Layer) -> Self:
        """The network as it is now."""
        return cls(copies(numbers(network)))

    def restore(self, network: Layer) -> None:
        """Make the network again what it was; its arrays stay the same ones."""
        put_back(numbers(network), self.arrays)

    def mixed(self, other: Snapshot, share: float) -> Snapshot:
        """(1 − share)·self + share·other; integers are the other's."""
        pairs = {name: (array, other.arrays[name]) for name, array in self.arrays.items()}
        return Snapshot(
            {name: a + share * (b - a) if b.dtype.kind == "f" else b.copy() for name, (a, b) in pairs.items()}
        )
