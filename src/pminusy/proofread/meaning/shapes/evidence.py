r"""What is known of names before any formula is looked at, and the ranks that each may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.meaning.names.definitions import ONES
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.shapes.options import Option, ranked
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

ROW_COST = 1.5  # of a row vector beyond that of a column


@dataclass(frozen=True)
class Evidence:
    r"""What is known of the free families before any formula is looked at.

    `averaged` are those that stand alone in expectations or have a law: a capital is a random vector there rather than
    a matrix. `used` are the index counts with which each occurs, `bold` the names set as vectors, `declared` the axes
    of those whose space is named (`x \in \mathbb{R}^n`), `sizes` the names of their lengths, `square` the matrices that
    the text calls symmetric or orthogonal, `rows` the vectors said to be rows (`x \in \mathbb{R}^{1 \times n}`).
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
    rows: frozenset[str] = frozenset()


def options_of(name: str, evidence: Evidence) -> list[Option]:
    """Total ranks to try, the likeliest first."""
    used = evidence.used[name]
    most = max(used)
    if name in evidence.declared:
        return ranked(max(most, min(used) + evidence.declared[name]))
    if len(used) > 1 and min(used) < most and (most <= 2 or not evidence.vectors_occur):
        return ranked(most)
    if not evidence.vectors_occur:
        return ranked(most)
    letter = name.rstrip("'").split("_{")[0].split("^{")[0]
    if letter.startswith((r"\hat{", r"\bar{", r"\tilde{", r"\mathbb{")):
        letter = letter[letter.index("{") + 1 : -1]
    bold = letter in evidence.bold or name in evidence.bold
    if name == ONES and not most:
        return [Option(1, 0), Option(2, 6), Option(0, 12)]
    capital = (len(letter) == 1 and letter.isupper()) or letter in (r"\Sigma", r"\Lambda", r"\Theta", r"\Phi")
    if most >= 1:
        if bold:
            return ranked(most + 1, most, most + 2)
        if name not in evidence.beside_vectors:
            return ranked(most)
        return ranked(most, most + 2, most + 1) if capital and most == 1 else ranked(most, most + 1)
    if name in evidence.averaged & evidence.beside_vectors:
        return ranked(1, 0, 2)
    if capital:
        return ranked(2, 0, 1)
    # A small letter is rarely a matrix.
    return [Option(1, 0), Option(0, 1), Option(2, 3)] if bold else [Option(0, 0), Option(1, 1), Option(2, 3)]


def with_row(options: list[Option], used: frozenset[int]) -> list[Option]:
    """The options, and behind them that of a row vector where that of a column is among them."""
    columns = [option for option in options if option.rank - 1 in used]
    return [*options, *(replace(option, cost=option.cost + ROW_COST, is_row=True) for option in columns[:1])]


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
                near = any(isinstance(f, Transpose) or _is_whole_matrix(f, families) for f in node.factors)
                near = near or bool({r"\odot", r"\otimes", r"\cdot"} & set(node.signs))
            if isinstance(node, Derivative):
                near = node.form == "nabla"
            if near:
                found |= {families.resolve(n)[0] for n in walk(node) if isinstance(n, Symbol)}
    return frozenset(found)


def _is_whole_matrix(node: Node, families: Families) -> bool:
    """Whether a factor is called as matrices are, and has no index, but maybe a label, as `W_h`."""
    if not isinstance(node, Symbol) or len(node.name) != 1 or not node.name.isupper():
        return False
    return not families.resolve(node)[1] and all(_is_label(index) for index in node.lower)


def _is_label(index: Node) -> bool:
    return isinstance(index, Symbol | Number) and not (isinstance(index, Symbol) and index.name in "ijklmnt")


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
