r"""Index slots that a page fills with numbers: beside `\theta_0` and `\theta_1`, the j of `\theta_j` is 0 or 1."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.tree import Node, Number, Symbol

Slot = tuple[str, int]


def written_out(trees: Iterable[Node], families: Families) -> dict[Slot, frozenset[int]]:
    """The numbers in each slot that has two or more of them and that no sum runs over."""
    numbers: defaultdict[Slot, set[int]] = defaultdict(set)
    summed: set[Slot] = set()
    for tree in trees:
        for symbol in main_symbols(tree):
            family, indices = families.resolve(symbol)
            for position, index in enumerate(indices):
                if isinstance(index, Number) and index.text.isdigit() and len(index.text) < 3:
                    numbers[family, position].add(int(index.text))
                elif not isinstance(index, Symbol) or index.name in families.bound:
                    summed.add((family, position))
    return {
        slot: frozenset(found) for slot, found in numbers.items() if len(found) > 1 and slot not in summed
    }
