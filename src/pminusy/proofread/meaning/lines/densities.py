r"""Densities and probabilities that a page states: $f_X(x) = \dots$, $P(X = k) = \dots$, $E[X^2] = \int x^2 \dots dx$.

The last says what the density is if the page does so nowhere else: what is left of the integrand without $x^2$.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pminusy.proofread.meaning.lines.integrands import integrated, limits_of, quotient
from pminusy.proofread.meaning.lines.law import Law
from pminusy.proofread.meaning.lines.laws import law_named, with_indices
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import (
    PROBABILITIES,
    Event,
    base_name,
    events_of,
    is_conditioned,
    is_expectation,
    with_arguments,
)
from pminusy.proofread.syntax.tree import (
    Add,
    Branch,
    Call,
    Cases,
    Conjunction,
    Group,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    transform,
    walk,
)

VARIABLE = Symbol("·x")  # that of every stated density
_LETTERS = PROBABILITIES | {"f", "g", "h"}
_DISCRETE = frozenset(["k", "n", "m", "j", "i", "r"])  # letters of integers
_ENDLESS = Symbol(r"\infty")
_ORDERS = frozenset(["<", ">", r"\le", r"\ge", r"\leq", r"\geq"])


@dataclass(frozen=True)
class Stated:
    """What a line says of the distribution of a quantity.

    Attributes
    ----------
    names : tuple of str
        What the quantity may be called, the likeliest first.
    density : Node
        A density, or the probabilities of values, with `VARIABLE` for the value.
    discrete : bool
    limits : tuple of (Node, Node)
        The limits that the line gives.
    letters : tuple of str
        The indices of the quantity.
    at : int
        The character where the line begins.
    derived : bool
        Whether it is what remains of the integrand of a mean.
    """

    names: tuple[str, ...]
    density: Node
    discrete: bool
    limits: tuple[tuple[Node, Node], ...]
    letters: tuple[str, ...]
    at: int
    derived: bool = False


def stated_densities(chains: Iterable[Chain]) -> list[Stated]:
    """What the lines of a page say of distributions."""
    chains = list(chains)
    found = [stated for chain in chains for stated in (*_by_formula(chain), *_by_mean(chain))]
    return [*_by_values(chains), *found]


def limits_on(chains: Iterable[Chain]) -> list[tuple[Node, Node]]:
    """The limits of the integrals and sums on a page, each pair once."""
    found: dict[tuple[Node, Node], None] = {}
    for chain in chains:
        for tree in _trees(chain):
            for node in walk(tree):
                low, high = limits_of(node)
                if low is not None and high is not None:
                    found[low, high] = None
    return list(found)


def _trees(chain: Chain) -> list[Node]:
    return [member.tree for member in chain.members if member.tree is not None]


def _by_formula(chain: Chain) -> Iterator[Stated]:
    """What a line such as `f_X(x) = …` states."""
    trees = _trees(chain)
    left = trees[0] if trees else None
    body = next((tree for tree in trees[1:] if not _is_probability(tree)), None)
    if body is None or not isinstance(left, Call) or (found := subject_of(left)) is None:
        return
    names, variable, discrete = found
    value, conditions = _without_cases(body)
    if _is_applied(value, left):
        return
    density = transform(value, lambda node: VARIABLE if node == variable else node)
    letters = tuple(index.name for index in variable.indices if isinstance(index, Symbol))
    limits = tuple(_between([*conditions, *chain.conditions], variable))
    at = chain.members[0].span.start
    yield Stated(names, density, discrete or _counts(value, variable), limits, letters, at)


def _by_values(chains: Sequence[Chain]) -> Iterator[Stated]:
    """What lines such as `P(X = 1) = p` and `P(X = 0) = 1 - p` state together."""
    values: dict[str, dict[int, Node]] = {}
    at: dict[str, int] = {}
    for chain in chains:
        trees = _trees(chain)
        alike = list(itertools.takewhile(_is_probability, trees))
        body = trees[len(alike)] if len(alike) < len(trees) else None
        for event in map(_value_of, alike):
            if event is not None and body is not None:
                name, value = event
                values.setdefault(name, {}).setdefault(value, body)
                at.setdefault(name, chain.members[0].span.start)
    for name, own in values.items():
        if len(own) > 1:
            branches = [Branch(body, Relation("=", VARIABLE, _integer(n))) for n, body in own.items()]
            density = Cases((*branches, Branch(Number("0"), None)))
            limits = (_integer(min(own)), _integer(max(own)))
            yield Stated((name,), density, True, (limits,), (), at[name])


def _value_of(left: Node) -> tuple[str, int] | None:
    """The quantity and the number in `P(X = 2)` or `P(X = -1)`."""
    if not isinstance(left, Call) or not is_conditioned(left.function.name):
        return None
    before, behind = events_of(left.function.name)
    if base_name(left.function.name) not in PROBABILITIES or len(before) != 1 or behind:
        return None
    event = before[0]
    if event.operator != "=":
        return None
    value = left.arguments[-1] if left.arguments and not event.number else None
    if isinstance(value, Negative) and isinstance(value.body, Number) and value.body.text.isdigit():
        return event.name, -int(value.body.text)
    return (event.name, int(event.number)) if event.number.isdigit() else None


def _integer(value: int) -> Node:
    return Number(str(value)) if value >= 0 else Negative(Number(str(-value)))


def _is_applied(body: Node, left: Call) -> bool:
    """Whether the function itself stands in what it is said to be."""
    return any(isinstance(n, Call) and n.function.name == left.function.name for n in walk(body))


def _is_probability(node: Node) -> bool:
    return isinstance(node, Call) and (base_name(node.function.name) in _LETTERS)


def subject_of(left: Call) -> tuple[tuple[str, ...], Symbol, bool] | None:
    r"""Names of what `f_X(x)`, `p(x \mid \theta)` or `P(X = k)` are of, the value, and whether it is discrete."""
    name = left.function.name
    if is_expectation(name) or base_name(name) not in _LETTERS or left.primes or not left.arguments:
        return None
    if is_conditioned(name):
        before, behind = events_of(name)
        parts = list(with_arguments((*before, *behind), left.arguments))
        if len(before) != 1 or any(event.operator for event in behind):
            return None
        return _of_event(*parts[0])
    variable = left.arguments[0]
    if not isinstance(variable, Symbol) or not _is_entry(variable):
        return None
    below = [s.name for s in left.function.lower if isinstance(s, Symbol) and s.name[:1].isupper()]
    names = tuple(below) or (variable.name.upper(), variable.name)
    return names, variable, False


def place_of(call: Call) -> tuple[tuple[str, ...], Node] | None:
    """Names of what a density or a probability is of, and where it is taken: of `P(X = n - k)`, X and n − k."""
    if is_conditioned(call.function.name) and base_name(call.function.name) in _LETTERS:
        before, behind = events_of(call.function.name)
        parts = list(with_arguments((*before, *behind), call.arguments))
        event = before[0] if len(before) == 1 else None
        if event is not None and event.operator == "=" and not any(each.operator for each in behind):
            place = Number(event.number) if event.number else parts[0][1][-1]
            return (event.name,), place
    found = subject_of(call)
    return None if found is None else (found[0], found[1])


def _of_event(event: Event, own: Sequence[Node]) -> tuple[tuple[str, ...], Symbol, bool] | None:
    variable = own[-1] if own else None
    if event.number or not isinstance(variable, Symbol) or not _is_entry(variable):
        return None
    if event.operator == "=":
        return (event.name,), variable, True
    return None if event.operator else ((variable.name.upper(), variable.name), variable, False)


def _is_entry(symbol: Symbol) -> bool:
    return all(isinstance(index, Symbol) and not index.indices for index in symbol.indices)


def _counts(body: Node, variable: Symbol) -> bool:
    """Whether probabilities are of integers: a factorial or a binomial coefficient has the value."""
    return variable.name in _DISCRETE or any(
        isinstance(node, Call)
        and node.function.name in ("!", "factorial", "binom")
        and variable in walk(node)
        for node in walk(body)
    )


def _without_cases(body: Node) -> tuple[Node, list[Node]]:
    """The only case that is not 0, with its condition."""
    if not isinstance(body, Cases):
        return body, []
    kept = [branch for branch in body.branches if branch.value != Number("0")]
    if len(kept) != 1:
        return body, []
    return kept[0].value, [] if kept[0].condition is None else [kept[0].condition]


def _between(conditions: Sequence[Node], variable: Symbol) -> Iterator[tuple[Node, Node]]:
    r"""The limits that conditions such as $0 \le x \le b$ or $x > 0$ set."""
    low: Node = Negative(_ENDLESS)
    high: Node = _ENDLESS
    relations = [
        part
        for condition in conditions
        for part in (condition.parts if isinstance(condition, Conjunction) else (condition,))
        if isinstance(part, Relation) and part.operator in _ORDERS
    ]
    found = False
    for relation in relations:
        if relation.left == variable:
            found = True
            if relation.operator.startswith(("<", r"\l")):
                high = relation.right
            else:
                low = relation.right
        elif relation.right == variable:
            found = True
            if relation.operator.startswith(("<", r"\l")):
                low = relation.left
            else:
                high = relation.left
    if found:
        yield low, high


def _by_mean(chain: Chain) -> Iterator[Stated]:
    r"""What a line such as $E[X^2] = \int x^2 \dots dx$ or $E[X] = \sum_k k \dots$ states."""
    for left, right in pairwise(_trees(chain)):
        if not isinstance(left, Call) or left.function.name != r"\mathbb{E}" or len(left.arguments) != 1:
            continue
        if (parts := integrated(right)) is None:
            continue
        variable, low, high, body, discrete = parts
        function = left.arguments[0]
        symbols = [s for s in main_symbols(function) if len(s.name) == 1 or not s.name.startswith("\\")]
        for symbol in dict.fromkeys(symbols):
            if not _is_entry(symbol) or symbol.name.lower() == symbol.name != variable.name:
                continue
            density = quotient(body, _at(function, symbol), variable, VARIABLE)
            letters = tuple(index.name for index in symbol.indices if isinstance(index, Symbol))
            limits = ((low, high),) if low is not None and high is not None else ()
            at = chain.members[0].span.start
            yield Stated((symbol.name,), density, discrete, limits, letters, at, derived=True)


def _at(function: Node, symbol: Symbol) -> Node:
    return transform(function, lambda node: VARIABLE if node == symbol else node)


def known_law(page: Page, names: Collection[str], indices: tuple[Node, ...]) -> Law | None:
    """The law of a quantity that the page names, or that it has since it is made of noise with a law."""
    return law_named(page.draws, names, indices) or _moved_law(page, names, indices)


def _moved_law(page: Page, names: Collection[str], indices: tuple[Node, ...]) -> Law | None:
    r"""The law of $y_i$ where the page says $y_i = f(x_i) + \varepsilon_i$ and that the noise is normal."""
    for chain in page.chains:
        left, right = (chain.members[n].tree if n < len(chain.members) else None for n in (0, 1))
        if not isinstance(left, Symbol) or left.name not in names or not isinstance(right, Add):
            continue
        for noise in (term for term in right.terms if isinstance(term, Symbol)):
            law = law_named([d for d in page.draws if d.variable is not None], [noise.name], noise.indices)
            if law is not None and law.kind == "normal":
                rest = tuple(term for term in right.terms if term is not noise)
                parameters = (Group(Add((*rest, law.parameters[0]))), law.parameters[1])
                places = dict(zip(left.indices, indices, strict=False))
                return Law("normal", tuple(with_indices(p, places) for p in parameters))
    return None
