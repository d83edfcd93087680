"""What to ask about the sums in a step that fails."""

from __future__ import annotations

from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.readings.doubts.free import bound
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.series import COUNTER
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Delta,
    Fold,
    Group,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Relation,
    Symbol,
    is_literal,
    transform,
    walk,
)


def questions(left: Node, right: Node, model: Model) -> Iterator[str]:
    """What to ask about the sums in a step that fails, if anything."""
    nodes = [node for side in (left, right) for node in walk(side)]
    if not writes_sums(model) and (letter := repeated_index(left, right)):
        yield f"Is a sum over {letter} implied? If so, write it out."
    within = [n for tree in with_definitions(model, (left, right)) for n in walk(tree)]
    if letter := _idle_sum(nodes) or _idle_sum(within, limited=True):
        yield f"Does the summand depend on {letter}?"
    if _is_first_term(left, right) or _is_first_term(right, left):
        yield "Does the sum have one term only?"
    if _counts_a_set(nodes):
        yield "Which elements are in the set that the sum runs over, and how many?"
    if name := _whole_in_a_limit(nodes, model):
        yield f"Which whole numbers does {name} stand for? The sum ends, or begins, with it."
    if name := _summed_as_a_whole(nodes):
        yield f"Which values of {name} does the sum run over?"


def _whole_in_a_limit(nodes: list[Node], model: Model) -> str:
    """A name in the limit of a sum that is not the number of something, and so would have to be a whole number."""
    limits = [e for n in nodes if isinstance(n, Binding) for e in (n.low, n.high) if e is not None]
    names_there = {s.name for limit in limits if not isinstance(limit, Symbol) for s in main_symbols(limit)}
    free = names_there - model.sizes.keys() - model.definitions.keys() - model.integers - FUNCTIONS
    return min(
        (name for name in free if not model.is_letter(name) and not is_literal(Symbol(name))), default=""
    )


def continues_before(node: Node, view: View) -> bool:
    """Whether, of a series with dots, the last but two terms are as the others say; of anything else it is true."""
    if not isinstance(node, Add) or not isinstance(rest := node.terms[-1], Fold):
        return True
    if not rest.bindings or rest.bindings[0].index != COUNTER:
        return True
    if len(node.terms) < 4:
        return False
    place = Group(Negative(Number("2")))
    earlier = transform(rest.body, lambda each: place if each == COUNTER else each)
    claim = view.claim
    model = view.model.given(claim.given)
    return bool(compare(model, node.terms[-4], earlier, claim.condition, (), view.layout, 1))


def writes_sums(model: Model) -> bool:
    """Whether some sum is written on the page, so that none is understood where an index stands twice."""
    return any(isinstance(n, Fold) and n.kind == "sum" for tree in model.trees for n in walk(tree))


def repeated_index(left: Node, right: Node) -> str:
    """An index that a product has twice without a sum over it, and the other side not at all."""
    for side, other in ((left, right), (right, left)):
        summed = bound(side)
        elsewhere = {n.name for n in walk(other) if isinstance(n, Symbol)}
        for product in (n for n in walk(side) if isinstance(n, Multiply)):
            letters = [i.name for factor in product.factors for i in _indices_of(factor)]
            for letter in letters:
                if letters.count(letter) > 1 and letter not in summed | elsewhere:
                    return letter
    return ""


def _indices_of(factor: Node) -> Iterator[Symbol]:
    """The letters that stand as indices in a factor."""
    for node in walk(factor):
        found = node.indices if isinstance(node, Symbol) else ()
        found = (node.left, node.right) if isinstance(node, Delta) else found
        yield from (index for index in found if isinstance(index, Symbol))


def _idle_sum(nodes: list[Node], limited: bool = False) -> str:
    """The index of a sum whose body does not have it, though it is no number; `limited` if it may have limits."""
    for node in nodes:
        if isinstance(node, Fold) and node.kind == "sum" and not is_literal(node.body):
            below = {n.name for n in walk(node.body) if isinstance(n, Symbol)}
            running = [b.index.name for b in node.bindings if limited or b.high is None]
            idle = [name for name in running if name not in below]
            if idle:
                return idle[0]
    return ""


def _counts_a_set(nodes: list[Node]) -> bool:
    r"""Whether the size of a set is used that a sum runs over, as in `\frac{1}{|C|} \sum_{i \in C}`."""
    sets = {n.right for n in nodes if isinstance(n, Relation) and n.operator in (r"\in", r"\notin")}
    return any(isinstance(n, Norm) and n.body in sets for n in nodes)


def _summed_as_a_whole(nodes: list[Node]) -> str:
    r"""What a sum runs over though it has entries in the body, as θ in `\sum_\theta \prod_i \theta_i`."""
    for node in nodes:
        if isinstance(node, Fold):
            indexed = {s.name for s in main_symbols(node.body) if s.indices}
            for binding in node.bindings:
                if binding.index.name in indexed:
                    return to_latex(binding.index)
    return ""


def _is_first_term(whole: Node, term: Node) -> bool:
    r"""Whether a sum is said to be its first term, as in `\sum_{i=1}^n A_{ii} = A_{11}` of a 1 × 1 matrix."""
    if not isinstance(whole, Fold) or whole.kind != "sum" or len(whole.bindings) != 1:
        return False
    index, low = whole.bindings[0].index, whole.bindings[0].low or Number("1")
    return transform(whole.body, lambda node: low if node == index else node) == term
