"""Assumptions on free quantities: their names, and the forms in which pages state them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pminusy.errors import InputError
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    SET,
    Fold,
    Inner,
    Matrix,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Power,
    Relation,
    Span,
    Symbol,
    Transpose,
)


@dataclass(frozen=True)
class Assumption:
    """A property of one family.

    `kind` is "sum" (its entries sum to `values[0]`), "nonnegative", "one-hot", "values" (one of `values`), "diagonal",
    "symmetric", "idempotent", "orthogonal", "orthonormal" (in its columns), "unit" (of norm 1) or "equal".
    """

    kind: str
    family: str
    values: tuple[float, ...] = ()

    def __str__(self) -> str:
        if self.kind == "values" and sorted(self.values) in ([-1.0, 1.0], [0.0, 1.0]):
            return f"{self.family}^2={1 if -1.0 in self.values else self.family}"
        numbers = ", ".join(f"{value:g}" for value in self.values)
        name = self.family
        return {
            "sum": f"sum({name})={numbers}",
            "nonnegative": f"{name}>=0",
            "one-hot": f"one-hot({name})",
            "values": f"{name} in {{{numbers}}}",
            "diagonal": f"diagonal({name})",
            "symmetric": f"symmetric({name})",
            "idempotent": f"idempotent({name})",
            "orthogonal": f"orthogonal({name})",
            "orthonormal": f"{name}^T {name}=I",
            "unit": f"norm({name})=1",
            "equal": f"{name}={numbers}",
        }[self.kind]


@dataclass(frozen=True)
class Stated:
    """An assumption that a page states, and the part of it where it counts: all, if that is None."""

    assumption: Assumption
    where: Span | None = None


def counting(stated: Iterable[Stated], at: int) -> tuple[Assumption, ...]:
    """The assumptions that count at a character."""
    return tuple(s.assumption for s in stated if s.where is None or s.where.start <= at < s.where.end)


def stated_by(left: Node, right: Node, families: Families, definable: frozenset[str]) -> Assumption | None:
    """The assumption that an equation is by its form: `Σ_k y_k = 1`, `A = A^T`, `‖x‖ = 1`."""
    left, right = bare(left), bare(right)
    found: Assumption | None = None
    if isinstance(left, Fold) and left.kind == "sum" and isinstance(right, Number) and left.condition is None:
        body = bare(left.body)
        if isinstance(body, Symbol) and body.indices:
            found = Assumption("sum", families.resolve(body)[0], (float(right.value),))
    elif isinstance(left, Symbol) and right == Transpose(left, getattr(right, "mark", "T")):
        found = Assumption("symmetric", families.resolve(left)[0])
    elif isinstance(right, Symbol) and left == Transpose(right, getattr(left, "mark", "T")):
        found = Assumption("symmetric", families.resolve(right)[0])
    elif (
        isinstance(left, Multiply)
        and right in (Symbol("I"), Symbol("\\mathbf{I}"))
        and len(left.factors) == 2
    ):
        names = [_untransposed(factor) for factor in left.factors]
        if names[0] is not None and names[0] == names[1] and isinstance(left.factors[0], Transpose):
            found = Assumption("orthonormal", families.resolve(names[0])[0])
    elif (
        isinstance(left, Power | Transpose)
        and isinstance(right, Power | Transpose)
        and type(left) is not type(right)
    ):
        names = [
            _untransposed(side) if isinstance(side, Transpose) else _inverted(side) for side in (left, right)
        ]
        if names[0] is not None and names[0] == names[1]:
            found = Assumption("orthogonal", families.resolve(names[0])[0])
    elif isinstance(left, Power) and left.exponent == Number("2") and isinstance(left.base, Symbol):
        if right == Number("1"):
            found = Assumption("values", families.resolve(left.base)[0], (-1.0, 1.0))
        elif right == left.base:
            found = Assumption("values", families.resolve(left.base)[0], (0.0, 1.0))
    elif right == Number("1") and (vector := _squared_length(left)) is not None:
        found = Assumption("unit", families.resolve(vector)[0])
    elif isinstance(left, Norm | Power) and right == Number("1"):
        inside = left.base if isinstance(left, Power) else left
        if isinstance(inside, Norm) and isinstance(inside.body, Symbol):
            found = Assumption("unit", families.resolve(inside.body)[0])
    return None if found is None or found.family in definable else found


def _squared_length(node: Node) -> Symbol | None:
    r"""The x of `x^T x`, `x \cdot x` or `\langle x, x \rangle`."""
    if isinstance(node, Inner):
        sides: tuple[Node, ...] = (node.left, node.right)
    elif isinstance(node, Multiply) and len(node.factors) == 2:
        first, second = node.factors
        sides = (first.body if isinstance(first, Transpose) else first, second)
        if not isinstance(first, Transpose) and node.signs != (r"\cdot",):
            return None
    else:
        return None
    return sides[0] if sides[0] == sides[1] and isinstance(sides[0], Symbol) else None


def _untransposed(node: Node) -> Symbol | None:
    node = node.body if isinstance(node, Transpose) else node
    return node if isinstance(node, Symbol) else None


def _inverted(node: Node) -> Symbol | None:
    if isinstance(node, Power) and node.exponent == Negative(Number("1")) and isinstance(node.base, Symbol):
        return node.base
    return None


def stated_membership(relation: Relation, families: Families) -> Assumption | None:
    r"""`y_i \in \{0, 1\}` as an assumption."""
    if not isinstance(relation.left, Symbol) or not isinstance(relation.right, Matrix):
        return None
    if relation.right.fence != SET:
        return None
    values = []
    for entry in relation.right.rows[0]:
        inner, sign = (entry.body, -1.0) if isinstance(entry, Negative) else (entry, 1.0)
        if not isinstance(inner, Number):
            return None
        values.append(sign * float(inner.value))
    return Assumption("values", families.resolve(relation.left)[0], tuple(values))


_NAMED = r"\$\s*(?:\\(?:mathbf|boldsymbol|bm)\s*\{?)?\s*(\\?[A-Za-z]+)\s*\}?\s*\$"
_SYMMETRIC = (
    r"(?:symmetri(?:c|cal|sche[nrms]?|sch)|symétriques?|sim[eé]tric[oa]s?|simmetric[oaih]+|symetryczn\w+|symmetrisk\w*"
    r"|симметричн\w*|对称|對稱|対称|대칭)(?:矩阵|矩陣|行列|행렬)?"
)
_AND = r"(?:and|und|et|y|e|i|и|と|和)"
_PROPERTIES = (
    (
        "orthogonal",
        rf"(?:orthogonal|orthonormal)\s+(?:\w+\s+)?{_NAMED}|{_NAMED}\s+(?:is|be)\s+(?:an?\s+)?ortho(?:gonal|normal)",
    ),
    (
        "symmetric",
        rf"{_SYMMETRIC}\s*(?:\w+\s+)?{_NAMED}(?:\s*(?:,|{_AND})\s*{_NAMED})?(?:\s*(?:,|{_AND})\s*{_NAMED})?"
        rf"|{_NAMED}\s*(?:(?!(?:not|pas|non|no|nie|не)\b)\w{{1,4}}\s+){{0,2}}{_SYMMETRIC}",
    ),
    ("one-hot", rf"one[- ]hot\s+(?:\w+\s+)?{_NAMED}|{_NAMED}\s+(?:is|be|are)\s+(?:an?\s+)?one[- ]hot"),
    ("unit", rf"unit\s+(?:vector|norm|length)\s+{_NAMED}|{_NAMED}\s+(?:is|be|has)\s+(?:an?\s+|of\s+)?unit"),
    (
        "bits",
        rf"{_NAMED}\s+(?:is|are)\s+(?:either\s+)?\$?0\$?\s+(?:or|and)\s+\$?1\b|binary\s+(?:\w+\s+)?{_NAMED}",
    ),
)


def in_words(text: str) -> tuple[Assumption, ...]:
    """What a page says of symbols in words: "an orthogonal matrix $Q$", "$A$ symmetric", "one-hot $y$"."""
    found = []
    for kind, pattern in _PROPERTIES:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            for family in filter(None, match.groups()):
                values = _SQUARES.get(kind)
                found.append(Assumption("values", family, values) if values else Assumption(kind, family))
    return tuple(dict.fromkeys(found))


_SQUARES = {"signs": (-1.0, 1.0), "bits": (0.0, 1.0)}
_WRITTEN = (
    ("sum", r"sum\((.+?)\)\s*=\s*([-\d.]+)"),
    ("nonnegative", r"(.+?)\s*>=\s*0"),
    ("one-hot", r"one-?hot\((.+?)\)"),
    ("symmetric", r"symmetric\((.+?)\)"),
    ("orthogonal", r"orthogonal\((.+?)\)"),
    ("orthonormal", r"(.+?)\^T\s*\1\s*=\s*I"),
    ("unit", r"norm\((.+?)\)\s*=\s*1"),
    ("values", r"(.+?)\s+in\s+\{(.+)\}"),
    ("signs", r"(.+?)\^2\s*=\s*1"),
    ("bits", r"(.+?)\^2\s*=\s*\1"),
    ("equal", r"(\\?\w+)\s*=\s*([-\d.]+)"),
)


def read_assumption(text: str) -> Assumption:
    """The assumption that a text such as `sum(y)=1`, `one-hot(y)` or `y in {0, 1}` names.

    Raises
    ------
    InputError
        Where it is none of the forms known.
    """
    for kind, pattern in _WRITTEN:
        if match := re.fullmatch(pattern, text.strip()):
            family = match.group(1).strip()
            if kind in _SQUARES:
                return Assumption("values", family, _SQUARES[kind])
            rest = match.group(2) if match.lastindex == 2 else ""
            try:
                return Assumption(
                    kind, family, tuple(float(value) for value in rest.split(",") if value.strip())
                )
            except ValueError:
                break
    raise InputError(
        "assume: expected sum(y)=1, y>=0, one-hot(y), y in {0, 1}, symmetric(A), orthogonal(A), norm(x)=1 or T=1, "
        f"got {text}"
    )
