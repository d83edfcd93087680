r"""What kind of line a step is that does not hold: only claims can be wrong.

A line that says what a name stands for, sets something to zero, is to be solved, states a law or the next step of an
algorithm is none, and is set aside with that reason.
"""

from __future__ import annotations

import re

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.numbers import is_miscalculated
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import stated_by
from pminusy.proofread.meaning.lines.chance import distribution_letter
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols, relates_probabilities
from pminusy.proofread.proof import Step
from pminusy.proofread.readings.doubts.constants import CONSTANT
from pminusy.proofread.readings.doubts.free import free_names
from pminusy.proofread.readings.estimates import says_what_an_estimate_is
from pminusy.proofread.source.cues import ANEW, DIFFERENTIATING, LOCUS, SOLVING, SOUGHT
from pminusy.proofread.source.page import EIGENVECTOR, RECURSION, SET_TO_ZERO, TO_BE_SOLVED, Page
from pminusy.proofread.syntax.chances import PROBABILITIES, base_name, is_conditioned, written_out
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Delta,
    Derivative,
    Differential,
    Fold,
    Group,
    Integral,
    Limit,
    Multiply,
    Negative,
    Node,
    Norm,
    Number,
    Partial,
    Symbol,
    has_derivative,
    is_literal,
    walk,
)

_NEARBY = 200  # characters of the text before a line that may say what it is


def _says_dependence(left: Node, right: Node) -> bool:
    """Whether a line is like `x = x(t)`, also where the right side was read as a product."""
    if isinstance(right, Multiply) and len(right.factors) == 2:
        name, inner = right.factors
        return left == name and isinstance(inner, Group) and isinstance(inner.body, Symbol)
    if not isinstance(left, Symbol) or not isinstance(right, Call) or right.function != left:
        return False
    return all(isinstance(argument, Symbol) for argument in right.arguments)


def no_claim(step: Step, view: View, page: Page) -> str:
    """Why a step that does not hold is no claim; "" where it is one."""
    left, right = step.lhs_tree, step.rhs_tree
    if left is None or right is None or is_miscalculated(step, page.text):
        return ""
    if _is_maybe_derivative(step, left, right, page):
        return "it defines a name"
    if _says_dependence(left, right):
        return "it says what a name depends on"
    if _is_recursion(left) and not _is_given_explicitly(left, view):
        return RECURSION
    if _is_given_derivative(left, view):
        return "it states a given derivative"
    if _is_of_an_eigenvector(left, right):
        return EIGENVECTOR
    zeros = [m.tree == Number("0") for m in view.claim.members]
    if any(zeros) and ((zeros[0] and _is_solved(page)) or _sets_to_zero(left, page, step)):
        return SET_TO_ZERO
    if Number("0") in (left, right) and not _is_jacobian(left) and _is_solved(page):
        return SET_TO_ZERO
    if _says_antiderivative(left, right, view) or _says_antiderivative(right, left, view):
        return "it says what an antiderivative is"
    if _is_differential(left):
        return "a substitution in an integral"
    if _is_of_a_sample(left, right):
        return "it takes the entries of a sample to be independent"
    families, defined = view.model.families, view.model.definitions
    if any(relates_probabilities(a, b, families, defined) for a, b in ((left, right), (right, left))):
        return ""
    first = view.claim.members[0].tree
    opens = first is not None and step.lhs == _text(page, view.claim.members[0].span.start, step)
    if isinstance(_bare(left), Symbol) and is_literal(right) and not is_literal(left):
        return "a value in a special case"
    if right == Number("1") and _is_normalisation(left, view):
        return "a condition on the quantities in it"
    if (
        is_literal(right)
        and right != Number("0")
        and stated_by(left, right, view.model.families, frozenset())
    ):
        return "a condition on the quantities in it"
    if is_literal(right) and _fixes_a_constant(left, view):
        return "a condition on the quantities in it"
    if opens and _is_name(left) and not (_solves_itself(left, right) or _goes_round(left, right, view)):
        if not _is_defined(left, view):
            return "it defines a name"
        if is_literal(right) and len(view.claim.members) == 2 and _is_case(step, page):
            return "a value in a special case"
        if _says_anew(step, left, right, view, page):
            return "it redefines a name"
    if opens and says_what_an_estimate_is(left, right, view, page):
        return "it defines a name"
    if isinstance(right, Delta) and not isinstance(left, Derivative):
        return "it names the preceding expression"
    if _names_new(right, step, view, page):
        return "it names the preceding expression"
    if opens and len(view.claim.members) == 2 and _steps_on(left, right, view):
        return RECURSION
    if opens and len(view.claim.members) == 2 and _is_of_an_estimate(left, right, view):
        return TO_BE_SOLVED
    if opens and len(view.claim.members) == 2 and _was_worked_out(left, view, page):
        return ""
    if opens and len(view.claim.members) == 2 and _is_equation(left, right, view, page):
        return TO_BE_SOLVED
    return ""


def _says_antiderivative(integral: Node, other: Node, view: View) -> bool:
    r"""Whether a line says of an F that is not defined what `\int_a^b f(x) dx = F(b) - F(a)` does."""
    if not isinstance(integral, Integral) or integral.low is None or integral.high is None:
        return False
    if isinstance(other, Between):
        own = _bare(other.body)
        same = (other.low, other.high) == (integral.low, integral.high)
    elif isinstance(other, Add) and len(other.terms) == 2 and isinstance(other.terms[1], Negative):
        own, below = _bare(other.terms[0]), _bare(other.terms[1].body)
        ends = [node.arguments for node in (own, below) if isinstance(node, Call)]
        same = ends == [(integral.high,), (integral.low,)] and _head(own) == _head(below)
    else:
        return False
    named = isinstance(own, Call) and own.function.name not in FUNCTIONS and not own.primes
    return same and named and view.model.families.resolve(_head(own))[0] not in view.model.definitions


def _is_normalisation(left: Node, view: View) -> bool:
    r"""Whether an integral with limits has a free factor, which setting it to 1 fixes, as c in `\int_0^1 c x^2 dx`."""
    if not isinstance(left, Integral) or left.low is None or left.high is None:
        return False
    body = _bare(left.body)
    if isinstance(body, Call):
        meaning = view.model.definitions.get(view.model.families.resolve(body.function)[0])
        body = body if meaning is None else _bare(meaning.body)
    factors = [f for f in body.factors if isinstance(f, Symbol)] if isinstance(body, Multiply) else []
    free = {s for s in factors if view.model.families.resolve(s)[0] in free_names(left, view.model)}
    return bool(free - {left.variable})


def _fixes_a_constant(left: Node, view: View) -> bool:
    """Whether a function that is known up to a constant gets a value at a place, as `y(0) = 1` for `y(x) = C e^x`."""
    if not isinstance(left, Call) or not all(is_literal(argument) for argument in left.arguments):
        return False
    family = view.model.families.resolve(left.function)[0]
    free = free_names(left, view.model) - {family}
    return family in view.model.definitions and any(CONSTANT.fullmatch(name) for name in free)


def _solves_itself(left: Node, right: Node) -> bool:
    r"""Whether a name stands on both sides as in `x = f(x)`, but not as in the update `w = w - \eta g`."""
    terms = right.terms if isinstance(right, Add) else ()
    return any(node == left for node in walk(right)) and left not in terms


def _is_of_a_sample(left: Node, right: Node) -> bool:
    r"""Whether the probability of a whole sample is the product of those of its entries, `p(X) = \prod_i p(x_i)`."""
    if not isinstance(left, Call) or not isinstance(right, Fold) or right.kind != "prod":
        return False
    body = right.body
    if not isinstance(body, Call) or len(right.bindings) != 1:
        return False
    letters = {distribution_letter(call.function.name) for call in (left, body)}
    if len(letters) > 1 or base_name(left.function.name) not in PROBABILITIES:
        return False
    whole, entry = _sides(left), _sides(body)
    index = right.bindings[0].index
    own = [s for node in entry[0] for s in walk(node) if isinstance(s, Symbol) and index in s.indices]
    given = [[node for node in sides[1] if index not in walk(node)] for sides in (whole, entry)]
    return (
        bool(own)
        and index not in {s for node in whole[0] for s in walk(node)}
        and given[1] == whole[1][: len(given[1])]
    )


def _sides(call: Call) -> tuple[list[Node], list[Node]]:
    """What a probability is of, and what is given."""
    name = call.function.name
    return written_out(name, call.arguments) if is_conditioned(name) else (list(call.arguments), [])


def _goes_round(left: Node, right: Node, view: View) -> bool:
    r"""Whether what stands on the right is itself made of the name: after `a = 2m`, `m = a / 2` is a claim."""
    named = {view.model.families.resolve(n)[0] for n in walk(right) if isinstance(n, Symbol)}
    own = view.model.families.resolve(_head(left))[0]
    return not _is_defined(left, view) and own not in named and own in reached_families(view.model, (right,))


def _is_of_an_estimate(left: Node, right: Node, view: View) -> bool:
    r"""Whether an estimate such as `\hat\theta` without definition stands on both sides where it is sought."""
    names = [{symbol.name for symbol in main_symbols(side)} for side in (left, right)]
    estimates = any(name.startswith((r"\hat{", r"\tilde{")) for name in names[0])
    free = all(view.model.families.resolve(s)[0] not in view.model.definitions for s in main_symbols(left))
    start = view.claim.members[0].span.start
    sought = bool(SOLVING.search(view.page.text[max(0, start - 2 * _NEARBY) : start]))
    return names[0] == names[1] and estimates and free and sought


def _is_of_an_eigenvector(left: Node, right: Node) -> bool:
    r"""`A v = \lambda v`: a product with a vector at its end that is a number, which is new, times that vector."""
    if not isinstance(left, Multiply) or not isinstance(right, Multiply) or len(right.factors) != 2:
        return False
    number, vector = right.factors
    new = isinstance(number, Symbol) and all(number != node for node in walk(left))
    return new and isinstance(vector, Symbol) and left.factors[-1] == vector


def _is_maybe_derivative(step: Step, left: Node, right: Node, page: Page) -> bool:
    """Whether a name with a prime or a dot need not be a derivative: no word says so, or it is made of its base."""
    mark = step.lhs.strip()
    if not isinstance(left, Derivative) or left.form != "fraction" or "frac" in mark or "/" in mark:
        return False
    own = left.body.function if isinstance(left.body, Call) else left.body
    said = r"\dot" in mark or DIFFERENTIATING.search(page.text)
    return any(own == symbol for symbol in main_symbols(right)) or not said


def _is_given_derivative(left: Node, view: View) -> bool:
    """Whether a side is the derivative at some arguments of a function that the page does not define."""
    left = _bare(left)
    primed = isinstance(left, Partial) or (isinstance(left, Call) and left.primes)
    if not primed or not isinstance(left, Call | Partial) or left.function.name in FUNCTIONS:
        return False
    return view.model.families.resolve(left.function)[0] not in view.model.definitions


def _sets_to_zero(left: Node, page: Page, step: Step) -> bool:
    """Whether the text says around a line with a derivative or an estimate in it that something is set to zero."""
    text, start = page.text, step.span.start
    near = text[max(0, start - 2 * _NEARBY) : start] + text[step.span.end : step.span.end + _NEARBY]
    hats = any(isinstance(n, Symbol) and n.name.startswith(r"\hat") for n in walk(left))
    derived = hats or has_derivative(left)
    return step.rhs_tree == Number("0") and derived and bool(SOLVING.search(near))


_CASE = re.compile(
    r"\b(otherwise|if|when|where|else|for|sonst|falls|wenn|si|sinon|caso|se)\b|\\(?:ge|le|geq|leq|in)\b|[<>≥≤]|否则|当",
    re.I,
)


def _is_case(step: Step, page: Page) -> bool:
    """Whether words or an inequality near a line make it one case of several."""
    text = page.text
    return bool(
        _CASE.search(text[max(0, step.span.start - 80) : step.span.start] + text[step.span.end :][:80])
    )


def _is_solved(page: Page) -> bool:
    """Whether a page looks for where something vanishes: it says so, or has estimates or consequences."""
    return bool(
        SOLVING.search(page.text) or re.search(r"\\hat\b|\\implies|\\(?:Long)?[Rr]ightarrow|⇒|→", page.text)
    )


def _is_jacobian(left: Node) -> bool:
    """Whether a side is the derivative of one entry of something by another, which may well be zero."""
    left = _bare(left)
    return isinstance(left, Derivative) and isinstance(left.body, Symbol) and bool(left.body.indices)


def _is_differential(left: Node) -> bool:
    """Whether a side is a differential alone, such as `du`."""
    left = _bare(left)
    if isinstance(left, Multiply) and len(left.factors) == 2:
        return left.factors[0] == Symbol("d") and isinstance(left.factors[1], Symbol)
    return isinstance(left, Differential) or (
        isinstance(left, Symbol) and len(left.name) == 2 and left.name[0] == "d"
    )


def _text(page: Page, start: int, step: Step) -> str:
    return page.text[start : start + len(step.lhs)]


def _bare(node: Node) -> Node:
    while isinstance(node, Group | Norm):
        node = node.body
    return node


def _is_name(node: Node) -> bool:
    """Whether a side is a name alone, with indices or with arguments that are names."""
    node = _bare(node)
    if isinstance(node, Symbol):
        return True
    if isinstance(node, Multiply) and len(node.factors) == 2 and isinstance(node.factors[1], Group):
        return all(isinstance(_bare(f), Symbol) for f in node.factors)  # a call, read as a product
    plain = isinstance(node, Call) and not node.primes and node.function.name not in FUNCTIONS
    return plain and isinstance(node, Call) and all(isinstance(_bare(a), Symbol) for a in node.arguments)


def _is_recursion(left: Node) -> bool:
    r"""Whether a side is a name at the next index, as `\\theta_{t+1}`."""
    node = _bare(left)
    return isinstance(node, Symbol) and any(
        isinstance(index, Add) and isinstance(index.terms[0], Symbol) for index in node.indices
    )


def _is_given_explicitly(left: Node, view: View) -> bool:
    r"""Whether the page says what an entry is without the ones before it, as of `I_n = \int_0^1 x^n e^x dx`."""
    name = view.model.families.resolve(_head(left))[0]
    return name in view.model.definitions and name not in view.model.recursive


def _steps_on(left: Node, right: Node, view: View) -> bool:
    r"""Whether a line gives a name at one index by itself at another, as `D x_k = L x_{k-1} + b`, and no other line."""
    families = view.model.families
    ours, theirs = (
        {(families.resolve(s)[0], families.resolve(s)[1]) for s in main_symbols(side) if s.indices}
        for side in (left, right)
    )
    names = {name for name, _ in ours}
    stepped = {
        name
        for name, indices in theirs
        if name in names and (name, indices) not in ours and any(isinstance(i, Add) for i in indices)
    }
    return any(
        name not in view.model.definitions or name in view.model.recursive for name in stepped
    ) and not has_derivative(left, right)


def _is_defined(left: Node, view: View) -> bool:
    """Whether the page says elsewhere what a name stands for."""
    symbol = _head(left)
    return view.model.families.resolve(symbol)[0] in view.model.definitions


def _head(node: Node) -> Symbol:
    node = _bare(node)
    if isinstance(node, Call):
        return node.function
    if isinstance(node, Multiply):
        return _head(node.factors[0])
    assert isinstance(node, Symbol)
    return node


def _says_anew(step: Step, left: Node, right: Node, view: View, page: Page) -> bool:
    """Whether a name that was defined gets a new meaning here: by a heading or words, or from quantities new to it."""
    family = view.model.families.resolve(_head(left))[0]
    meaning = view.model.definitions[family]
    at = step.span.start
    if 0 <= meaning.body.span.start < at and not _same_section(page, meaning.body.span.start, at):
        return True
    start = view.claim.members[0].span.start
    before = page.text[max(0, start - _NEARBY) : start].rstrip("$ \n")
    if ANEW.search(before.rsplit("$", 1)[-1]):
        return True
    known = reached_families(view.model, (meaning.body,)) | {family} | {a.name for a in meaning.arguments}
    return bool(free_names(right, view.model) - known)


def _same_section(page: Page, one: int, other: int) -> bool:
    return page.section(one) == page.section(other)


def _names_new(right: Node, step: Step, view: View, page: Page) -> bool:
    """Whether a side is a name alone that did not occur before: then it is a name for what it equals."""
    if not _is_name(right) or is_literal(right):
        return False
    symbol = _head(right)
    if view.model.families.resolve(symbol)[0] in view.model.definitions:
        return False
    return not page.mentioned(symbol.name, step.span.start)


def _was_worked_out(left: Node, view: View, page: Page) -> bool:
    """Whether an earlier display begins with the left side, which is more than a name: then this is its result."""
    if isinstance(_bare(left), Symbol):
        return False
    start = view.claim.chain.span.start
    return any(
        chain.display and chain.span.end <= start and len(chain.members) > 2 and chain.members[0].tree == left
        for chain in page.chains
    )


def _is_equation(left: Node, right: Node, view: View, page: Page) -> bool:
    """Whether a line that says nothing of derivatives or integrals ties quantities that the page leaves free."""
    sides = (left, right)
    if any(
        isinstance(n, Derivative | Differential | Integral | Fold | Limit)
        for side in sides
        for n in walk(side)
    ):
        return False
    ours, theirs = (free_names(side, view.model) for side in sides)
    defined = any(f in view.model.definitions for f in reached_families(view.model, sides))
    start = view.claim.members[0].span.start
    before = page.text[max(0, start - _NEARBY) : start]
    said = bool(SOUGHT.search(before))
    if LOCUS.search(before):
        return True
    if is_literal(right) and is_literal(left):
        return False
    if is_literal(right) or is_literal(left):
        return not defined or said
    return (not defined and bool(theirs - ours) and bool(ours - theirs)) or (said and bool(theirs ^ ours))
