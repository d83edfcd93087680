r"""The syntax tree of a formula: frozen, typed, every node with its place in the page.

Two trees that differ only in their places are equal. Conventions:

- `Symbol` is a letter or name with its indices: `\hat y_k^{(i)}` is `Symbol("\hat{y}", lower=(k,), upper=(i,))`.
  Powers are `Power`, transposes `Transpose`; what a superscript means is settled by the parser.
- A difference is `Add((a, Negative(b)))`.
- A product keeps the signs between its factors: `""` (implied), `"\cdot"`, `"*"`, `"\times"`, `"\odot"`.
- Parentheses that the writer set are `Group`, so that a tree can be shown as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any

from pminusy.proofread.syntax import names


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the page."""

    start: int
    end: int

    def __or__(self, other: Span) -> Span:
        return Span(min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span(-1, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have: a place, which equality ignores."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number, as written."""

    text: str

    @property
    def value(self) -> Fraction:
        """The exact value."""
        return Fraction(self.text)


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    r"""A name with indices. `indices` has the upper ones first: they number samples or layers.

    `applied` where the lower indices were written as arguments, `h(a)` with a sum over a on the page.
    """

    name: str
    lower: tuple[Node, ...] = ()
    upper: tuple[Node, ...] = ()
    applied: bool = field(default=False, compare=False, repr=False)

    @property
    def indices(self) -> tuple[Node, ...]:
        """All indices, the upper ones first."""
        return self.upper + self.lower


@dataclass(frozen=True, slots=True)
class Group(Node):
    r"""Parentheses, brackets or braces that were written: `opening` and `closing` without `\left`, `\right`."""

    body: Node
    opening: str = "("
    closing: str = ")"


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Minus something."""

    body: Node


@dataclass(frozen=True, slots=True)
class Add(Node):
    """A sum of two or more terms; a subtracted one is `Negative`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Multiply(Node):
    """A product of two or more factors; `signs[n]` stands between factors n and n + 1."""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Divide(Node):
    """A fraction; `slash` when written with `/`."""

    numerator: Node
    denominator: Node
    slash: bool = False


@dataclass(frozen=True, slots=True)
class Power(Node):
    """A power; of a square matrix with exponent −1, its inverse."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """A transpose; `mark` is the superscript as written."""

    body: Node
    mark: str = "T"


@dataclass(frozen=True, slots=True)
class Call(Node):
    r"""A function applied: `\log p_k`, `\sigma(z)`, `h_\theta(x)`, `f'(x)` (with `primes` = 1).

    `opening` is `""` where the argument stands without parentheses.
    """

    function: Symbol
    arguments: tuple[Node, ...]
    primes: int = 0
    opening: str = "("
    closing: str = ")"


@dataclass(frozen=True, slots=True)
class Component(Node):
    """An entry of something in parentheses: `(Wx)_i`, `[A B]_{ij}`."""

    body: Node
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binding(Node):
    r"""What a `\sum` binds: the index, and its limits where they are written."""

    index: Symbol
    low: Node | None = None
    high: Node | None = None


LISTS = ("column", "row")


@dataclass(frozen=True, slots=True)
class Fold(Node):
    r"""`\sum`, `\prod`, `\max` or `\min` over indices; `kind` is "sum", "prod", "max", "min".

    A `kind` of "column" or "row" is a vector with dots in it, of which the body is an entry.

    Without bindings (a bare `\sum`) the index is the one that the surroundings leave open.
    """

    kind: str
    bindings: tuple[Binding, ...]
    body: Node
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Integral(Node):
    r"""`\int_{low}^{high} body d variable`; without limits, an antiderivative."""

    variable: Symbol
    low: Node | None
    high: Node | None
    body: Node


@dataclass(frozen=True, slots=True)
class Limit(Node):
    r"""`\lim_{variable \to target} body`; `side` is "+" or "-" where it is from one side only."""

    variable: Symbol
    target: Node
    body: Node
    side: str = ""


@dataclass(frozen=True, slots=True)
class Between(Node):
    r"""`[F]_{low}^{high}`, the value at `high` less that at `low`; with `high` alone, `F|_{x = high}`.

    Without a variable it is the one that is integrated over.
    """

    body: Node
    variable: Symbol | None
    low: Node | None
    high: Node


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    r"""Derivative of `body` with respect to `variables` (several, or one repeated, for higher orders).

    `form` is how it was written: "fraction" `\frac{\partial L}{\partial o}`, "operator" `\frac{d}{dx} f`, "slash"
    `\partial L / \partial o`, "nabla" `\nabla_w L`, "subscript" `\partial_x f`, "differential" the g' in
    `\int f \, d(g(x))`. `mark` is `\partial` or `d`.
    """

    body: Node
    variables: tuple[Node, ...]
    form: str = "fraction"
    mark: str = r"\partial"


@dataclass(frozen=True, slots=True)
class Partial(Node):
    r"""A partial derivative at given arguments, `\frac{\partial f}{\partial x}(a, b)`, or the gradient there.

    `by` are the arguments, by their names in the definition of the function, that it is taken by; none for
    `\nabla f(a, b)`.
    """

    function: Symbol
    arguments: tuple[Node, ...]
    by: tuple[Symbol, ...] = ()
    mark: str = r"\partial"


@dataclass(frozen=True, slots=True)
class Differential(Node):
    """The differential `dL` of something: how it moves when the variables move."""

    body: Node


@dataclass(frozen=True, slots=True)
class Delta(Node):
    r"""Kronecker's `\delta_{ij}`."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    r"""1 where the condition holds, else 0: `1\{i = j\}`, `[i = j]`, `\mathbb{1}_{i=j}`; `mark` as written."""

    condition: Node
    mark: str = r"\mathbb{1}"


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """One row of cases; without a condition it is what holds otherwise."""

    value: Node
    condition: Node | None


@dataclass(frozen=True, slots=True)
class Cases(Node):
    """Values by cases."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Inner(Node):
    r"""The inner product `\langle u, v \rangle` of two vectors, or of two matrices entry by entry."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Norm(Node):
    r"""`\|x\|`, `\|x\|_1`, or `|x|`: of a vector its norm, of a number its magnitude; `bar` is `|` or `\|`."""

    body: Node
    order: Node | None = None
    bar: str = r"\|"


SET, TUPLE = "set", "tuple"
INTERVALS = frozenset(["[]", "[)", "(]", "()"])
BRACKETS = {SET: (r"\{", r"\}"), TUPLE: ("(", ")"), **{fence: (fence[0], fence[1]) for fence in INTERVALS}}


@dataclass(frozen=True, slots=True)
class Matrix(Node):
    r"""A matrix written out; `fence` is the environment, such as `pmatrix`.

    It is "set" for `\{0, 1\}`, its brackets for an interval such as `[0, 1)`, each with one row, and "tuple" for a
    column that is written as `(x, y)`.
    """

    rows: tuple[tuple[Node, ...], ...]
    fence: str = "pmatrix"


def is_pair(node: Matrix) -> bool:
    """Whether it is written as `(u, v)`: a column of two numbers, or the inner product of two vectors."""
    return node.fence == TUPLE and len(node.rows) == 2


@dataclass(frozen=True, slots=True)
class Relation(Node):
    r"""A condition: `operator` is `=`, `\ne`, `<`, `>`, `\le`, `\ge` or `\in`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Conjunction(Node):
    """Conditions that hold together."""

    parts: tuple[Node, ...]


def children(node: Node) -> Iterator[Node]:
    """The nodes directly under this one, in reading order of the fields."""
    for name in _child_fields(type(node)):
        yield from _nodes_in(getattr(node, name))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(list(children(top))))


def is_literal(node: Node) -> bool:
    """Whether an expression is made of numbers alone, with e, π, i and functions of them."""
    if isinstance(node, Symbol):
        return node.name in names.CONSTANTS and not node.indices
    below = node.arguments if isinstance(node, Call) else children(node)
    return all(is_literal(child) for child in below)


def has_derivative(*nodes: Node) -> bool:
    """Whether something is differentiated in some expressions, in whatever notation."""
    return any(
        isinstance(each, Derivative | Differential | Partial)
        or (isinstance(each, Call) and bool(each.primes))
        or (isinstance(each, Symbol) and each.name.endswith("'"))
        for node in nodes
        for each in walk(node)
    )


def map_children(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` applied to each of its children; itself where that changes nothing."""
    updates = {}
    for name in _child_fields(type(node)):
        old = getattr(node, name)
        new = _map_nodes(old, change)
        if new is not old:
            updates[name] = new
    return replace(node, **updates) if updates else node


def transform(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with `change` applied to every node, children first; untouched parts are shared."""
    return change(map_children(node, lambda child: transform(child, change)))


def substitute(node: Node, old: Node, new: Node) -> Node:
    """The tree with the one node that *is* `old` (the object, not an equal one) replaced."""
    return transform(node, lambda each: new if each is old else each)


_FIELDS: dict[type[Node], tuple[str, ...]] = {}
_PLAIN = {"span", "text", "name", "signs", "slash", "mark", "primes", "opening", "closing", "kind", "form"}
_PLAIN |= {"bar", "fence", "operator", "applied", "by"}


def _child_fields(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(f.name for f in fields(kind) if f.name not in _PLAIN)
    return _FIELDS[kind]


def _nodes_in(value: Any) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes_in(item)


def _map_nodes(value: Any, change: Callable[[Node], Node]) -> Any:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple):
        items = tuple(_map_nodes(item, change) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    return value
