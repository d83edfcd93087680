r"""Classes and events of which one happens, as C in `\sum_k p(x \mid C_k) p(C_k)`: told apart by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.syntax.chances import PROBABILITIES, base_name
from pminusy.proofread.syntax.tree import Add, Call, Fold, Multiply, Node, Number, Symbol, walk


def counted(trees: list[Node]) -> Iterator[tuple[str, int]]:
    r"""Capitals as in `p(x \mid C_1) p(C_1) + p(x \mid C_2) p(C_2)`, and how many classes there are of each."""
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Add):
                places = [_places_in(term) for term in node.terms]
                for name in set[str]().union(*places):
                    numbers = [own.get(name, set()) for own in places]
                    if len(numbers) > 1 and numbers == [{n} for n in range(1, len(numbers) + 1)]:
                        yield name, len(numbers)


def _places_in(term: Node) -> dict[str, set[int]]:
    """The numbers of the classes that the probabilities in a term are of, by the letter of these."""
    found: dict[str, set[int]] = {}
    for call in walk(term):
        if isinstance(call, Call) and base_name(call.function.name) in PROBABILITIES:
            for a in call.arguments:
                index = a.indices[0] if isinstance(a, Symbol) and len(a.indices) == 1 else None
                if isinstance(a, Symbol) and isinstance(index, Number) and _is_capital(a.name):
                    found.setdefault(a.name, set()).add(int(float(index.text)))
    return found


def numbered(trees: list[Node]) -> Iterator[tuple[str, str]]:
    r"""Capitals that probabilities are of and whose index is summed over: C and k in `\sum_k p(x, C_k)`."""
    for tree in trees:
        for node in walk(tree):
            if not isinstance(node, Fold) or node.kind != "sum" or len(node.bindings) != 1:
                continue
            index = node.bindings[0].index
            factors = node.body.factors if isinstance(node.body, Multiply) else (node.body,)
            for call in (f for f in factors if isinstance(f, Call)):
                if base_name(call.function.name) not in PROBABILITIES:
                    continue
                for a in call.arguments:
                    if isinstance(a, Symbol) and a.indices == (index,) and _is_capital(a.name):
                        yield a.name, index.name


def _is_capital(name: str) -> bool:
    r"""Whether a name is a capital letter, `\mathcal{C}` or the ω of pattern recognition."""
    return (len(name) == 1 and name.isupper()) or name.startswith(r"\mathcal{") or name == r"\omega"
