r"""Which free symbols are numbers, vectors or matrices: the cheapest choice that the page's formulas agree with."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pminusy.errors import ShapeError
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.shape import Scope
from pminusy.proofread.meaning.shapes.shapes import Shapes
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

MOST_TRIES, FEW_TRIES, MOST_MENDING = 250, 40, 60
# Nodes whose shapes are found for a page, and how many choices of ranks are tried at least, for a page and in brief.
MOST_WORK, FEW_FITS, FEWEST_FITS = 60_000, 12, 6
FEW = 6  # names with a choice of ranks that are few enough to try all together
Choice: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Evidence:
    r"""What is known of the free families before any formula is looked at.

    `averaged` are those that stand alone in expectations, where a capital is a random vector rather than a matrix;
    `used` are the index counts with which each occurs, `bold` the names set as vectors, `declared` the axes of those
    whose space is named (`x \in \mathbb{R}^n`), `sizes` the names of their lengths, `square` the matrices that the text
    calls symmetric or orthogonal.
    """

    used: dict[str, frozenset[int]]
    bold: frozenset[str]
    declared: dict[str, int]
    vectors_occur: bool
    sizes: dict[str, tuple[str, ...]]
    square: frozenset[str] = frozenset()
    beside_vectors: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    averaged: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fit:
    """A choice of ranks: what it costs, the shapes that follow, and the formulas that do not fit."""

    total: float
    choice: Choice
    shapes: Shapes
    misfits: list[Sequence[Node]]


def settle(
    families: Families,
    definitions: dict[str, Meaning],
    chains: Sequence[Sequence[Node]],
    evidence: Evidence,
    effort: float = 1.0,
) -> Shapes:
    """The shapes for the best choice of ranks: of all choices by cost, and then where the formulas do not fit.

    `effort` is how much of the usual work may go into it.
    """
    names = sorted(evidence.used)
    options = [_options(name, evidence) for name in names]

    def fitted(choice: Choice) -> Fit:
        ranks = {name: options[n][k] for n, (name, k) in enumerate(zip(names, choice, strict=True))}
        shapes = Shapes(families, definitions, ranks, evidence.numbers)
        _declare(shapes, evidence)
        faults, misfits = _faults(shapes, definitions, chains)
        return Fit(sum(choice) + faults, choice, shapes, misfits)

    work = 1 + sum(1 for chain in chains for node in chain for _ in walk(node))
    room = max(FEW_FITS if effort == 1 else FEWEST_FITS, int(effort * MOST_WORK) // work)
    best = fitted((0,) * len(names))
    open_names = sum(len(each) > 1 for each in options)
    for cost, choice in itertools.islice(
        _by_cost(options), 1, min(room, MOST_TRIES if open_names <= FEW else FEW_TRIES)
    ):
        if cost >= best.total:
            break
        best = min(best, fitted(choice), key=_total)
    return _mended(best, names, options, families, fitted, room).shapes


def _mended(
    best: Fit,
    names: list[str],
    options: list[list[int]],
    families: Families,
    fitted: Callable[[Choice], Fit],
    room: int,
) -> Fit:
    """Other ranks for the names of the formulas that do not fit, one formula after the other, while that helps."""
    places = {name: n for n, name in enumerate(names) if len(options[n]) > 1}
    tried = set[tuple[int, ...]]()
    while fresh := [own for own in _in_misfits(best, places, families) if own not in tried]:
        own = fresh[0]
        tried.add(own)
        start = best
        for _, part in itertools.islice(_by_cost([options[n] for n in own]), min(room, MOST_MENDING)):
            if not room:
                return best
            room -= 1
            choice = list(start.choice)
            for n, k in zip(own, part, strict=True):
                choice[n] = k
            best = min(best, fitted(tuple(choice)), key=_total)
    return best


def _in_misfits(fit: Fit, places: dict[str, int], families: Families) -> Iterator[tuple[int, ...]]:
    """For each formula that does not fit, the places of the names in it that leave a choice."""
    for nodes in fit.misfits:
        found = {families.resolve(s)[0] for node in nodes for s in walk(node) if isinstance(s, Symbol)}
        own = tuple(sorted(places[name] for name in found & places.keys()))
        if 0 < len(own) <= FEW:
            yield own


def _total(fit: Fit) -> float:
    return fit.total


def _declare(shapes: Shapes, evidence: Evidence) -> None:
    """Lengths that the text names are equal where the names are, and different where they are not."""
    for family in evidence.square & shapes.ranks.keys():
        if shapes.ranks[family] == 2:
            shapes.lengths.join(shapes.slot(family, 0), shapes.slot(family, 1))
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
    if letter.startswith((r"\hat{", r"\bar{", r"\tilde{", r"\mathbb{")):
        letter = letter[letter.index("{") + 1 : -1]
    bold = letter in evidence.bold or name in evidence.bold
    if most >= 1:
        if bold:
            return [most + 1, most, most + 2]
        return [most, most + 1] if name in evidence.beside_vectors else [most]
    if name in evidence.averaged & evidence.beside_vectors:
        return [1, 0, 2]
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


def _faults(
    shapes: Shapes, definitions: dict[str, Meaning], chains: Sequence[Sequence[Node]]
) -> tuple[float, list[Sequence[Node]]]:
    """How badly the formulas fit, and those that do not.

    A definition that cannot be counts most, then a member of a chain, then strain.
    """
    faults, misfits = 0.0, list[Sequence[Node]]()
    for family, meaning in definitions.items():
        state = shapes.lengths.snapshot()
        try:
            shapes.value_of(family)
        except ShapeError:
            shapes.lengths.restore(state)
            faults += 100
            misfits.append((meaning.body,))
    for chain in chains:
        if chain:
            _quietly(shapes, chain[0])
    shapes.note_squares()
    for chain in chains:
        scope = Scope({}, {}, dict(shapes.dynamic))
        first, before = None, (shapes.strain, shapes.misfits)
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
        if (shapes.strain, shapes.misfits) != before:
            misfits.append(chain)
    return faults + 4 * shapes.strain, misfits


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
        return node.function.name in ("tr", "det", "diag", "softmax", "logsumexp", "vec")
    if isinstance(node, Power):
        return (
            node.exponent == Negative(Number("1"))
            and isinstance(node.base, Symbol)
            and node.base.name.isupper()
        )
    return isinstance(node, Symbol) and node.name in (r"\mathbf{1}", ":")
