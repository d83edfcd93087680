r"""Which free symbols are numbers, vectors or matrices: the cheapest choice that the page's formulas agree with."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.definitions import Meaning
from pminusy.proofread.meaning.families import Families
from pminusy.proofread.meaning.shapes import Scope, Shapes
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Inner,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Symbol,
    Transpose,
    walk,
)

MOST_TRIES = 250


@dataclass(frozen=True)
class Evidence:
    r"""What is known of the free families before any formula is looked at.

    `used` are the index counts with which each occurs, `bold` the names set as vectors, `declared` the axes of those
    whose space is named (`x \in \mathbb{R}^n`), `sizes` the names of their lengths.
    """

    used: dict[str, frozenset[int]]
    bold: frozenset[str]
    declared: dict[str, int]
    vectors_occur: bool
    sizes: dict[str, tuple[str, ...]]
    beside_vectors: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def settle(
    families: Families,
    definitions: dict[str, Meaning],
    chains: Sequence[Sequence[Node]],
    evidence: Evidence,
) -> Shapes:
    """The shapes for the best choice of ranks."""
    names = sorted(evidence.used)
    options = [_options(name, evidence) for name in names]
    best: tuple[float, Shapes] | None = None
    for tries, (cost, choice) in enumerate(_by_cost(options)):
        if tries >= MOST_TRIES or (best is not None and cost >= best[0]):
            break
        ranks = {name: options[n][k] for n, (name, k) in enumerate(zip(names, choice, strict=True))}
        shapes = Shapes(families, definitions, ranks, evidence.numbers)
        _declare(shapes, evidence)
        total = cost + _faults(shapes, definitions, chains)
        if best is None or total < best[0]:
            best = total, shapes
    assert best is not None
    return best[1]


def _declare(shapes: Shapes, evidence: Evidence) -> None:
    """Lengths that the text names are equal where the names are, and different where they are not."""
    named: dict[str, int] = {}
    for family, lengths in evidence.sizes.items():
        first = shapes.ranks.get(family, 0) - len(lengths)
        for position, name in enumerate(lengths):
            if first >= 0:
                slot = shapes.slot(family, first + position)
                shapes.lengths.join(named.setdefault(name, slot), slot)
    shapes.limits.update(named)
    apart = list(named.values())
    for n, length in enumerate(apart):
        for other in apart[n + 1 :]:
            shapes.lengths.keep_apart(length, other)


def _options(name: str, evidence: Evidence) -> list[int]:
    """Total ranks to try, the likeliest first."""
    used = evidence.used[name]
    most = max(used)
    if name in evidence.declared:
        return [max(most, min(used) + evidence.declared[name])]
    if len(used) > 1 and min(used) < most and (most <= 2 or not evidence.vectors_occur):
        return [most]
    if not evidence.vectors_occur:
        return [most]
    letter = name.rstrip("'").split("_{")[0].split("^{")[0]
    if letter.startswith((r"\hat{", r"\bar{", r"\tilde{")):
        letter = letter[letter.index("{") + 1 : -1]
    bold = letter in evidence.bold or name in evidence.bold
    if most >= 1:
        if bold:
            return [most + 1, most, most + 2]
        return [most, most + 1] if name in evidence.beside_vectors else [most]
    if (len(letter) == 1 and letter.isupper()) or letter in (r"\Sigma", r"\Lambda", r"\Theta", r"\Phi"):
        return [2, 0, 1]
    # A small letter is rarely a matrix: its place in the list, and so its cost, is one further.
    return [1, 0, 0, 2] if bold else [0, 1, 1, 2]


def _by_cost(options: list[list[int]]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Choices of one option each, by the sum of their places in the lists."""
    first = (0,) * len(options)
    heap, seen = [(0, first)], {first}
    while heap:
        cost, choice = heapq.heappop(heap)
        yield cost, choice
        for n, k in enumerate(choice):
            if k + 1 < len(options[n]):
                following = (*choice[:n], k + 1, *choice[n + 1 :])
                if following not in seen:
                    seen.add(following)
                    heapq.heappush(heap, (cost + 1, following))


def _faults(shapes: Shapes, definitions: dict[str, Meaning], chains: Sequence[Sequence[Node]]) -> float:
    """How badly the formulas fit: a definition that cannot be counts most, then a member of a chain, then strain."""
    faults = 0.0
    for family in definitions:
        state = shapes.lengths.snapshot()
        try:
            shapes.value_of(family)
        except ShapeError:
            shapes.lengths.restore(state)
            faults += 100
    for chain in chains:
        if chain:
            _quietly(shapes, chain[0])
    shapes.note_squares()
    for chain in chains:
        scope = Scope({}, {}, dict(shapes.dynamic))
        first = None
        for node in chain:
            state = shapes.lengths.snapshot()
            try:
                shape = shapes.of(node, scope)
                if first is None:
                    first = shape
                else:
                    _compare(shapes, first, shape, node)
            except ShapeError:
                shapes.lengths.restore(state)
                shapes.misfits += 1
                faults += 20
    return faults + 4 * shapes.strain


def _quietly(shapes: Shapes, node: Node) -> None:
    """Take in what the left side of a chain says of lengths."""
    state, strain = shapes.lengths.snapshot(), shapes.strain
    try:
        shapes.of(node, Scope({}, {}, dict(shapes.dynamic)))
    except ShapeError:
        shapes.lengths.restore(state)
    shapes.strain = strain


def _compare(shapes: Shapes, first: tuple[int, int], shape: tuple[int, int], node: Node) -> None:
    if node == Number("0"):
        return
    if shapes.is_scalar(first) != shapes.is_scalar(shape):
        raise ShapeError("a vector on one side, a number on the other")
    shapes.join(first, shape)


def vectors_occur(trees: Sequence[Node], bold: frozenset[str]) -> bool:
    """Whether a page has vectors or matrices at all."""
    return bool(bold) or any(_is_vectorial(node) for tree in trees for node in walk(tree))


def beside_vectors(trees: Sequence[Node], families: Families) -> frozenset[str]:
    r"""Families that stand where vectors stand: transposed, in norms, in products with what is, under `\nabla`."""
    found: set[str] = set()
    for tree in trees:
        for node in walk(tree):
            near = isinstance(node, Transpose | Norm | Inner)
            if isinstance(node, Multiply):
                near = any(isinstance(f, Transpose) or _is_whole_matrix(f) for f in node.factors)
                near = near or bool({r"\odot", r"\otimes", r"\cdot"} & set(node.signs))
            if isinstance(node, Derivative):
                near = node.form == "nabla"
            if near:
                found |= {families.resolve(n)[0] for n in walk(node) if isinstance(n, Symbol)}
    return frozenset(found)


def _is_whole_matrix(node: Node) -> bool:
    return isinstance(node, Symbol) and not node.lower and node.name.isupper() and len(node.name) == 1


def _is_vectorial(node: Node) -> bool:
    if isinstance(node, Transpose):
        return True
    if isinstance(node, Norm | Inner):
        return True
    if isinstance(node, Multiply):
        return r"\odot" in node.signs or r"\otimes" in node.signs
    if isinstance(node, Derivative):
        return node.form == "nabla" or any(
            isinstance(v, Symbol) and v.name.isupper() and not v.indices for v in node.variables
        )
    if isinstance(node, Call):
        return node.function.name in ("tr", "det", "diag", "softmax", "logsumexp")
    if isinstance(node, Power):
        return (
            node.exponent == Negative(Number("1"))
            and isinstance(node.base, Symbol)
            and node.base.name.isupper()
        )
    return isinstance(node, Symbol) and node.name in (r"\mathbf{1}", ":")
