"""What doubt asks of a whole page: what its definitions are made of, which of its lines hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.integrals import antiderivatives
from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Step
from pminusy.proofread.readings.doubts.free import (
    free_names,
    is_entry,
    symbols_in,
)
from pminusy.proofread.source.page import Aside, Page
from pminusy.proofread.syntax.tree import (
    Derivative,
    Fold,
    Node,
    Number,
    Span,
    is_literal,
    walk,
)


@dataclass(frozen=True)
class Grounds:
    """What doubt asks of a page: the names that it uses where it says what something is, and more.

    `together` is whether the page was read in one model, `antiderivatives` whether it has integrals without limits,
    `vectors_hold` whether some step with a derivative by a vector holds. `tied` are the names in equations that the
    page takes to hold, `constrained` those in conditions such as Σ α_i = 1, and `constants` those that come with the
    evaluation of an integral without limits. `transposed` is whether several derivatives by matrices are right but for
    being transposed, and none is right as it is. `hold_alone` are the places of steps that hold if their names mean
    nothing else, `proven` those where lines begin whose first step holds.
    """

    page: Page
    together: bool
    names: frozenset[str]
    antiderivatives: bool = False
    tied: frozenset[str] = frozenset()
    constrained: frozenset[str] = frozenset()
    hold_alone: frozenset[Span] = frozenset()
    vectors_hold: bool = False
    constants: frozenset[str] = frozenset()
    proven: frozenset[int] = frozenset()
    transposed: bool = False


def grounds_of(
    page: Page,
    together: bool,
    pairs: Sequence[tuple[Step, View]],
    views: Sequence[View],
    equations: Sequence[tuple[Node, Node]],
    hold_alone: frozenset[Span],
    asides: Sequence[Aside],
) -> Grounds:
    """What the definitions of some views are made of, and what else doubt asks of a page."""
    found: set[str] = set()
    trees: list[Node] = []
    for view in views:
        bodies = (*(m.body for m in view.model.definitions.values()), *(r.body for r in view.model.rules))
        found |= {view.model.families.resolve(s)[0] for s in symbols_in(*bodies)}
        trees += bodies
    trees += [m.tree for view in views for m in view.claim.members if m.tree is not None]
    tied = {s.name for pair in equations for s in symbols_in(*pair)}
    conditions = [pair for pair in equations if any(is_literal(n) and n != Number("0") for n in pair)]
    constrained = {s.name for pair in conditions for s in symbols_in(*pair) if not is_literal(s)}
    constrained |= _sums_said(page, asides)
    return Grounds(
        page,
        together,
        frozenset(found),
        bool(antiderivatives(tuple(trees))),
        frozenset(tied),
        frozenset(constrained),
        hold_alone,
        any(_is_vector_derivative(step, view) for step, view in pairs),
        frozenset(name for view in views for name in _constants(view)),
        frozenset(
            view.claim.chain.members[0].span.start
            for step, view in pairs
            if step.holds
            and step.span == view.claim.members[1].span
            and view.claim.members[0].span == view.claim.chain.members[0].span
        ),
        _transposed(pairs),
    )


def _constants(view: View) -> frozenset[str]:
    r"""Names that stand in a chain with an integral without limits, but not in members with such an integral.

    What is integrated over is none: beside `\int \ln x \, dx` it is the x of an antiderivative.
    """
    trees = [m.tree for m in view.claim.chain.members if m.tree is not None]
    variables = {v.name for v in antiderivatives(with_definitions(view.model, tuple(trees)))}
    parts = [
        [free_names(tree, view.model) for tree in trees if _has_antiderivative(tree, view.model) is has]
        for has in (True, False)
    ]
    integrals, others = (frozenset[str]().union(*part) for part in parts)
    return others - integrals - variables if parts[0] else frozenset()


def _has_antiderivative(tree: Node, model: Model) -> bool:
    """Whether an integral without limits stands in an expression or in what it is made of."""
    return bool(antiderivatives(with_definitions(model, (tree,))))


def _sums_said(page: Page, asides: Sequence[Aside]) -> set[str]:
    r"""Names of which the running text says what their sum is, as in `\sum_i \alpha_i = 1`, where that was no claim."""
    places = {aside.span for aside in asides}
    found = set()
    for chain in page.chains:
        left, right = chain.members[0].tree, chain.members[-1].tree
        aside = len(chain.members) == 2 and (chain.span in places or chain.members[1].span in places)
        if aside and isinstance(left, Fold) and right is not None and is_literal(right):
            found |= {s.name for s in main_symbols(left.body)}
    return found


def _transposed(pairs: Sequence[tuple[Step, View]]) -> bool:
    """Whether two or more derivatives by matrices are right in numerator layout, and none in the usual one."""
    both = [(step, view) for step, view in pairs if _is_matrix_derivative(step, view)]
    if any(step.holds for step, _ in both):
        return False
    found = 0
    for step, view in both:
        model, layout = view.model.given(view.claim.given), replace(view.layout, matrix="numerator")
        assert step.lhs_tree is not None
        assert step.rhs_tree is not None
        found += bool(compare(model, step.lhs_tree, step.rhs_tree, view.claim.condition, (), layout, 1))
    return found > 1


def _is_matrix_derivative(step: Step, view: View) -> bool:
    """Whether a step is about the derivative of something by a whole matrix."""
    if not isinstance(step.lhs_tree, Derivative) or step.rhs_tree is None:
        return False
    symbols = [s for v in step.lhs_tree.variables for s in main_symbols(v)]
    return any(view.model.axis_count(view.model.families.resolve(s)[0]) - len(s.indices) > 1 for s in symbols)


def _is_vector_derivative(step: Step, view: View) -> bool:
    """Whether a step with the derivative of something by a vector holds."""
    if not step.holds or step.lhs_tree is None:
        return False
    derivatives = [node for node in walk(step.lhs_tree) if isinstance(node, Derivative)]
    symbols = [s for node in derivatives for v in node.variables for s in main_symbols(v)]
    return any(not is_entry(symbol, view.model) for symbol in symbols)
