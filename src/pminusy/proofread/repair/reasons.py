r"""Why a repair is one: the slip told with the names of the line at hand.

Each rule of the table knows one mistaken application of a rule of calculus or algebra. It looks at what the repair puts
in place of what, and at the left side of the step, and says its sentence only if the slip leads from the right form to
the wrong one. What no rule of the table explains fits, but nobody can say why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

from pminusy.proofread.checking.compare import INTERNAL
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.repair import slips
from pminusy.proofread.repair.calculus import Calculus, NoRuleError
from pminusy.proofread.repair.places import Edit, Place, places
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.repair.scope import SIGMOIDS
from pminusy.proofread.repair.slips import Slip
from pminusy.proofread.repair.style import Style
from pminusy.proofread.rules.tidying import tidy
from pminusy.proofread.rules.tidying.numbers import factors_of
from pminusy.proofread.syntax.parentheses import bare, negated
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Divide,
    Fold,
    Integral,
    Negative,
    Node,
    Number,
    Power,
    Symbol,
    walk,
)

FITS = "It fits, but I can't say why."
# Kinds of changes that say what is different, but not which rule went wrong.
MERE: frozenset[Slip] = frozenset(
    (
        slips.FACTOR_LOST, slips.FACTOR_ADDED, slips.WRONG_FACTOR, slips.INNER_LOST, slips.NUMBER_LOST,
        slips.NUMBER_WRONG, slips.TERM_LOST, slips.TERM_ADDED, slips.FUNCTION, slips.FUNCTION_LOST,
        slips.FUNCTION_ADDED, slips.COUNTERPART,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """An edit of a step, with what surrounds it."""

    problem: Problem
    edit: Edit
    style: Style

    @property
    def old(self) -> Node:
        """What stands there."""
        return bare(self.edit.old)

    @cached_property
    def new(self) -> Node:
        """What should."""
        return bare(tidy(self.edit.new))

    @cached_property
    def place(self) -> Place:
        """Where it stands."""
        found = (place for place in places(self.problem.right) if place.node is self.edit.old)
        return next(found, Place(self.edit.old))

    @cached_property
    def variable(self) -> Node | None:
        """What the left side differentiates by; None where it does not."""
        for side in (self.problem.left, self.problem.start):
            for node in walk(side):
                if isinstance(node, Derivative):
                    return node.variables[0]
                if isinstance(node, Call) and node.primes and len(node.arguments) == 1:
                    return node.arguments[0]
        return None

    @cached_property
    def reached(self) -> tuple[Node, ...]:
        """Everything that is differentiated on the left side, through definitions."""
        problem = self.problem
        defined = (problem.model.definitions.get(name) for name in problem.families)
        trees = [problem.left, problem.start, *(meaning.body for meaning in defined if meaning is not None)]
        return tuple(node for tree in trees for node in walk(tree))

    @cached_property
    def factor(self) -> Node | None:
        """What the repair multiplies by, if it does."""
        quotient = tidy(Divide(self.new, self.old))
        return None if isinstance(quotient, Divide) and quotient.denominator == self.old else quotient

    def write(self, node: Node) -> str:
        """A part of the line in the author's style, as a formula."""
        return f"${self.style.latex(bare(node))}$"


def reason(problem: Problem, edit: Edit, style: Style) -> str | None:
    """The sentence about the slip that an edit mends; None where none is known that explains it."""
    if edit.fits:
        return None
    change = Change(problem, edit, style)
    for rule in RULES:
        try:
            said = next(rule(change), None)
        except (NoRuleError, *INTERNAL):
            continue
        if said is not None:
            return said
    return None if edit.slip in MERE else edit.slip.sentence


def _wrong_index(change: Change) -> Iterator[str]:
    """`p_k` for `p_i` under a sum over k."""
    old, new = change.old, change.new
    if (
        change.edit.slip is not slips.WRONG_INDEX
        or not isinstance(old, Symbol)
        or not isinstance(new, Symbol)
    ):
        return
    pairs = [(a, b) for a, b in zip(old.indices, new.indices, strict=True) if a != b]
    if len(pairs) != 1:
        return
    was, should = map(change.write, pairs[0])
    runs = isinstance(pairs[0][0], Symbol) and pairs[0][0].name in change.place.bound
    by = change.variable
    wanted = by is not None and pairs[0][1] in getattr(by, "indices", ())
    ought = change.write(new)
    if runs and wanted:
        yield f"In the sum, {was} is the index that runs and {should} the one you differentiate by, so it is {ought}."
    elif runs:
        yield f"In the sum, {was} is the index that runs; what is meant here is {ought}."
    elif wanted:
        yield f"You differentiate by {change.write(by)}, so the index is {should} here and not {was}."  # type: ignore[arg-type]


def _logarithm(change: Change) -> Iterator[str]:
    r"""`d log p = dp / p` without the 1/p."""
    for node in change.reached:
        if (
            isinstance(node, Call)
            and node.function.name.lstrip("\\") in ("log", "ln")
            and change.factor is not None
        ):
            inner = bare(node.arguments[0])
            if change.factor == Divide(Number("1"), inner):
                yield (
                    f"The derivative of {change.write(node)} is that of {change.write(inner)} divided by "
                    f"{change.write(inner)}: the factor {change.write(change.factor)} is missing."
                )


def _is_logarithm(node: Node) -> TypeGuard[Call]:
    return isinstance(node, Call) and node.function.name.lstrip("\\") in ("log", "ln")


def _inner(change: Change) -> Iterator[str]:
    """The chain rule without the derivative of the inner function."""
    variable = change.variable
    if change.factor is None or not isinstance(variable, Symbol):
        return
    calculus = Calculus(change.problem.model)
    for node in change.reached:
        inner = _inner_function(node)
        if inner is None or isinstance(inner, Symbol | Number):
            continue
        slope = tidy(calculus.derivative(inner, variable))
        signed = (slope, negated(slope))
        if change.factor in signed and slope not in (Number("1"), Number("0")):
            yield (
                f"The chain rule: {change.write(inner)} stands inside of {change.write(node)}, and its derivative "
                f"{change.write(slope)} is missing as a factor."
            )


def _inner_function(node: Node) -> Node | None:
    if isinstance(node, Call) and len(node.arguments) == 1:
        return bare(node.arguments[0])
    if isinstance(node, Power):
        return bare(node.exponent if node.base == Symbol("e") else node.base)
    return None


def _square(change: Change) -> Iterator[str]:
    """The factor 2 of a square, and the n of a power."""
    for node in change.reached:
        if not isinstance(node, Power) or not isinstance(node.exponent, Number) or change.variable is None:
            continue
        if change.factor == node.exponent:
            yield (
                f"Differentiating {change.write(node)} brings its exponent down: the factor "
                f"{change.write(node.exponent)} is missing."
            )


def _power_rule(change: Change) -> Iterator[str]:
    """The exponent that is one lower after differentiating."""
    old, new = change.old, change.new
    base = bare(new.base) if isinstance(new, Power) else new
    if change.edit.slip is not slips.POWER or change.variable is None:
        return
    for node in change.reached:
        if isinstance(node, Power) and bare(node.base) == base and node == old:
            yield f"Differentiating lowers the exponent by one: of {change.write(node)}, {change.write(new)} is left."


def _minus_of_a_function(change: Change) -> Iterator[str]:
    """Signs that come from the derivative of a cosine, of 1 - p, or from the minus before the whole."""
    if change.edit.slip is not slips.SIGN or change.variable is None:
        return
    names = {node.function.name.lstrip("\\") for node in change.reached if isinstance(node, Call)}
    own = {n.function.name.lstrip("\\") for n in walk(change.edit.new) if isinstance(n, Call)}
    if "cos" in names and "sin" in own and isinstance(change.new, Negative):
        yield "The derivative of the cosine is minus the sine: the minus was lost."
    if "sin" in names and "cos" in own and not isinstance(change.new, Negative) and "cos" not in names:
        yield "The derivative of the sine is the cosine, without a minus."
    below = [bare(n.denominator) for n in walk(change.edit.new) if isinstance(n, Divide)]
    below += [bare(n.denominator) for n in walk(change.edit.old) if isinstance(n, Divide)]
    logarithms = {bare(n.arguments[0]) for n in change.reached if _is_logarithm(n)}
    for inner in below:
        falls = isinstance(inner, Add) and isinstance(inner.terms[-1], Negative)
        if falls and inner in logarithms:
            yield (
                f"Inside of the logarithm stands {change.write(inner)}, whose derivative brings a minus: "
                "the sign was lost."
            )


def _function(change: Change) -> Iterator[str]:
    """A function left as it was, or put in place of its derivative."""
    old, new = change.old, change.new
    if change.edit.slip is slips.FUNCTION and isinstance(old, Call) and isinstance(new, Call):
        slope = _SLOPES.get(old.function.name.lstrip("\\"))
        if slope is not None and change.variable is not None and new.function.name.lstrip("\\") in slope:
            yield f"Differentiating {change.write(old)} gives {slope}, but it stands here as it was."


_SLOPES = {
    "sin": "the cosine: cos", "cos": "minus the sine: -sin", "sinh": "the hyperbolic cosine: cosh",
    "cosh": "the hyperbolic sine: sinh",
}  # fmt: skip


def _sign_of_the_whole(change: Change) -> Iterator[str]:
    """The minus with which the left side, or its definition, begins."""
    if change.edit.slip is not slips.SIGN or change.edit.old is not change.problem.right:
        return
    left = bare(change.problem.left)
    if isinstance(left, Negative) and isinstance(change.new, Negative):
        yield "The left side begins with a minus, which was lost."
        return
    body = bare(left.body) if isinstance(left, Derivative) else left
    meaning = Calculus(change.problem.model).meaning_of(body)
    if meaning is not None and isinstance(bare(meaning), Negative) and isinstance(change.new, Negative):
        yield f"{change.write(body)} is minus what follows it in its definition; that minus was lost."


def _complement(change: Change) -> Iterator[str]:
    if change.edit.slip is not slips.COMPLEMENT:
        return
    sigmoid = next((n for n in (change.old, *walk(change.old)) if isinstance(n, Call)), None)
    if sigmoid is not None and sigmoid.function.name in SIGMOIDS:
        name = change.style.latex(sigmoid.function)
        yield f"${name}(-u) = 1 - {name}(u)$: the minus was lost, so {change.write(change.new)} stands here."


def _copied(change: Change) -> Iterator[str]:
    """Something that the left side has, written as something else."""
    problem = change.problem
    left, right = (Counter(bare(n) for n in walk(side)) for side in (problem.left, problem.right))
    telling = change.edit.slip in (MERE | {slips.POWER, slips.SIGN}) - {slips.TERM_LOST, slips.TERM_ADDED}
    alike = isinstance(change.new, type(change.old))
    if telling and alike and left[change.new] > right[change.new] and right[change.old] > left[change.old]:
        yield f"The left side has {change.write(change.new)} where {change.write(change.old)} stands here."


def _lost_term(change: Change) -> Iterator[str]:
    """A term of the left side that does not come up again."""
    if change.edit.slip is not slips.TERM_LOST or not isinstance(change.new, Add):
        return
    terms = change.old.terms if isinstance(change.old, Add) else (change.old,)
    more = [term for term in change.new.terms if bare(term) not in {bare(each) for each in terms}]
    of_left = {bare(term) for n in walk(change.problem.left) if isinstance(n, Add) for term in n.terms}
    if len(more) == 1 and bare(more[0]) in of_left:
        yield f"The term {change.write(more[0])} of the left side was left out."


def _lost_factor(change: Change) -> Iterator[str]:
    """A factor of the left side that does not come up again."""
    factor = change.factor
    if change.edit.slip not in MERE or factor is None:
        return
    of_left = {bare(each) for node in walk(change.problem.left) for each in factors_of(node)}
    if bare(factor) in of_left and bare(factor) not in {bare(each) for each in factors_of(change.old)}:
        yield f"The factor {change.write(factor)} of the left side was left out."


def _limits(change: Change) -> Iterator[str]:
    new = change.new
    if change.edit.slip is slips.LIMITS_SWAPPED and isinstance(new, Integral) and new.low and new.high:
        yield (
            f"The integral runs from {change.write(new.low)} to {change.write(new.high)}; "
            "the other way round, its sign turns."
        )


def _exclusion(change: Change) -> Iterator[str]:
    new = change.edit.new
    if change.edit.slip is slips.EXCLUSION_LOST and isinstance(new, Fold) and new.condition is not None:
        index = new.bindings[0].index
        others = free_letters(new.condition, change.problem.model.families) - {index.name}
        if len(others) == 1:
            equal = f"${index.name} = {next(iter(others))}$"
            yield f"The term with {equal} is counted elsewhere, so this sum leaves it out."


RULES: tuple[Callable[[Change], Iterator[str]], ...] = (
    _wrong_index, _logarithm, _complement, _limits, _exclusion, _sign_of_the_whole, _minus_of_a_function, _function,
    _power_rule,    _copied, _lost_term, _lost_factor, _square, _inner,
)  # fmt: skip
