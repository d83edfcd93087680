"""Notation that can be read in two ways: indices, operators, examples, brackets, unknown macros."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.dependence import variable_of
from pminusy.proofread.proof import Step
from pminusy.proofread.readings.doubts import applied, indices, sums
from pminusy.proofread.readings.doubts.asked import Asked
from pminusy.proofread.readings.doubts.free import (
    bound,
    is_entry,
)
from pminusy.proofread.source.cues import IMPLICIT
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.parentheses import bare
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Call,
    Derivative,
    Differential,
    Divide,
    Group,
    Matrix,
    Multiply,
    Negative,
    Node,
    Number,
    Power,
    Span,
    Symbol,
    Transpose,
    is_literal,
    walk,
)

_PERIODIC = frozenset(["sin", "cos", "tan", "cot"])
_OPERATOR_LETTERS = frozenset(["D", r"\Delta", r"\mathcal{D}", "d", r"\delta", r"\mathcal{L}", r"\square"])


def questions(step: Step, left: Node, right: Node, view: View) -> Iterator[str]:
    """What to ask about the notation of a step that fails, if anything."""
    nodes, model = [node for side in (left, right) for node in walk(side)], view.model
    if step.warnings:
        yield "Is the summation index different from the index on the left side?"
    if all(any(isinstance(n, Matrix) for n in walk(s)) and _is_written_out(s) for s in (left, right)):
        yield "Are these two different examples?"
    yield from sums.questions(left, right, model)
    if not all(sums.continues_before(node, view) for node in nodes):
        yield "How do the terms go on that the dots stand for?"
    yield from indices.questions(left, right, model)
    if isinstance(left, Derivative) and isinstance(left.body, Symbol) and IMPLICIT.search(view.page.text):
        yield f"Is {to_latex(left.body)} given implicitly, by an equation?"
    if _is_lone_differential(left, right) or _is_lone_differential(right, left):
        yield "Is this a differential, and what is it applied to? Write it as a derivative."
    if letters := _bold_numbers(left, right, view):
        are = "Is" if len(letters) == 1 else "Are"
        yield Asked(f"{are} {' and '.join(letters)}, in bold, vectors or matrices?", tuple(letters))
    if body := _vanishing(left, view):
        yield f"What does {to_latex(body)} depend on? As it is read here, its derivative vanishes."
    if any(_is_of_number(node) for node in nodes):
        yield "Are both sides of an equation differentiated here, which holds for some values only?"
    if any(_is_maybe_mean(node, model) for node in nodes):
        yield "Is E an expectation? If it is something else, define it."
    if _has_unit_matrix(left, right, model):
        capitals = sorted(s.name for s in {*main_symbols(left), *main_symbols(right)} if s.name.isupper())
        yield Asked("Is I the unit matrix, and are the capital letters matrices?", tuple(capitals))
    if operator := _operator_letter(nodes, model):
        yield f"Is {operator} an operator? If so, define it."
    yield from applied.questions(left, right, model, view.page.settled.called)
    if any(not m.balanced for m in view.claim.members if m.span in (step.span, _before(step, view))):
        yield "Where should the unmatched bracket be opened or closed?"
    if letter := _bold_and_plain(step, view):
        yield f"Are bold {letter} and plain {letter} different quantities? If so, rename one of them."
    if macro := _guessed_macro(step, view):
        yield f"What does {macro} do to its argument?"
    if any(_goes_on_behind_slash(node) for node in nodes):
        yield "Does the slash divide by all factors that follow it?"
    if function := _with_letter_behind(nodes):
        yield f"Does the argument of {function} end with the bracket, or with the letter behind it?"
    if any(isinstance(n, Call) and n.function.name == "sinc" for n in nodes):
        yield r"Is \mathrm{sinc}(x) here \sin(x)/x or \sin(\pi x)/(\pi x)?"
    if _is_imaginary(left, right, view):
        yield "Is i the imaginary unit here, or an index?"
    if any(_is_of_order(node) for node in nodes):
        yield "Does this hold only up to higher-order terms?"
    if name := _squared_vector(nodes, model):
        yield f"Is {name}^2 the square of each entry, or the product of {name} and its transpose?"
    if name := _differentiated_by_nothing(nodes, model):
        yield f"What does {name} depend on?"
    if any(_is_gradient_of_an_expression(node) for node in nodes):
        yield "By what is the gradient taken? Write it below the sign."
    if name := _daggered(nodes):
        yield f"Is {name} the pseudoinverse or the conjugate transpose?"
    if any(_is_row_of_numbers(node, view) for node in nodes):
        yield "Is the transposed bracket a row of several numbers? If so, separate them with &."
    if taken := _taken_at(left, right) or _taken_at(right, left):
        yield f"Are both sides taken at {taken}, and all of them?"
    if _is_cross(left, right, view):
        yield r"Is \times the cross product? It is not evaluated."


def _taken_at(side: Node, other: Node) -> str:
    """The place that a bar behind one side names, where the other is about the same variable and names none."""
    last = side.terms[-1] if isinstance(side, Add) else side
    if not isinstance(last, Between) or last.low is not None or last.variable is None:
        return ""
    if last.variable not in main_symbols(other) or any(isinstance(n, Between) for n in walk(other)):
        return ""
    return f"{to_latex(last.variable)} = {to_latex(last.high)}"


def _is_lone_differential(side: Node, other: Node) -> bool:
    """Whether a side moves with the variables, as `df(x)` does, and the other one is no such thing, nor 0."""
    moves = [any(isinstance(n, Differential) for n in walk(each)) for each in (side, other)]
    return moves == [True, False] and other != Number("0")


def _bold_numbers(left: Node, right: Node, view: View) -> list[str]:
    """The capital letters of a step that are set bold, as those of matrices are, but were read as numbers."""
    bold = {t.text for member in view.claim.members for t in member.tokens if t.bold and len(t.text) == 1}
    symbols = {s for side in (left, right) for s in main_symbols(side) if s.name in bold and s.name.isupper()}
    families = view.model.families
    return sorted({s.name for s in symbols if not view.model.rank(families.resolve(s)[0])})


def _vanishing(left: Node, view: View) -> Node | None:
    """What a left side differentiates if that is 0 though it is made of the variable: then it was misread.

    Not so at a place that the page gives, where it may well vanish.
    """
    if not isinstance(left, Derivative) or is_literal(left.body):
        return None
    model = view.model.given(view.claim.given)
    if any(variable_of(v, model.families, model.definitions) in model.definitions for v in left.variables):
        return None
    zero = compare(model, left, Number("0"), view.claim.condition, (), view.layout, 1)
    return left.body if zero else None


def _is_of_number(node: Node) -> bool:
    """Whether a node is the derivative of a number, of which 0 also comes of a term that was left out."""
    return isinstance(node, Derivative) and is_literal(node.body) and bare(node.body) != Number("0")


def _has_unit_matrix(left: Node, right: Node, model: Model) -> bool:
    """Whether an I without definition, read as a number, is a term beside other capital letters."""
    terms = {t for side in (left, right) for n in walk(side) if isinstance(n, Add) for t in n.terms}
    capitals = {s.name for side in (left, right) for s in main_symbols(side) if s.name.isupper()}
    return Symbol("I") in terms and not model.rank("I") and "I" not in model.definitions and len(capitals) > 1


def _squared_vector(nodes: list[Node], model: Model) -> str:
    """A vector in a square beside covariances, or a matrix beside its transpose: maybe a product with that."""
    squared = [n.base for n in nodes if isinstance(n, Power) and n.exponent == Number("2") and model.random]
    whole = [base for base in squared if isinstance(base, Symbol) and not base.indices]
    transposed = [n.body for n in nodes if isinstance(n, Transpose)]
    found = [s for s in whole if model.rank(s.name) == 1 or (model.rank(s.name) == 2 and s in transposed)]
    return to_latex(found[0]) if found else ""


def _is_written_out(side: Node) -> bool:
    """Whether a side is made of numbers, or matrices of numbers."""
    return not any(isinstance(n, Symbol) and not is_literal(n) for n in walk(side))


def _is_maybe_mean(node: Node, model: Model) -> bool:
    """Whether an E that the page does not define is applied to a bracket or multiplies one."""
    if isinstance(node, Multiply):
        pairs = pairwise(node.factors)
        applied = any(one == Symbol("E") and isinstance(other, Group) for one, other in pairs)
    else:
        applied = isinstance(node, Call) and node.function == Symbol("E")
    return applied and model.families.resolve(Symbol("E"))[0] not in model.definitions


def _operator_letter(nodes: list[Node], model: Model) -> str:
    """A free D or Δ right before something else: it may act on it."""
    products = [node for node in nodes if isinstance(node, Multiply)]
    heads = [f for n in products for sign, f in zip(n.signs, n.factors, strict=False) if not sign]
    for letter in heads:
        if not isinstance(letter, Symbol) or letter.name not in _OPERATOR_LETTERS:
            continue
        if model.families.resolve(letter)[0] not in model.definitions:
            return to_latex(letter)
    return ""


def _before(step: Step, view: View) -> Span:
    """The place of the member before a step's."""
    spans = [member.span for member in view.claim.members]
    return spans[max(0, spans.index(step.span) - 1)] if step.span in spans else step.span


def _guessed_macro(step: Step, view: View) -> str:
    """An unknown macro on one side only, which was taken to set letters bold."""
    sides = [
        {t.guessed for m in view.claim.members if m.span == span for t in m.tokens if t.guessed}
        for span in (_before(step, view), step.span)
    ]
    return min(sides[0] ^ sides[1], default="")


def _bold_and_plain(step: Step, view: View) -> str:
    """A letter that a step has both in bold and, without indices, plain."""
    members = [m for m in view.claim.members if m.span in (step.span, _before(step, view))]
    tokens = [(t, after) for m in members for t, after in zip(m.tokens, (*m.tokens[1:], None), strict=True)]
    bold = {t.text for t, _ in tokens if t.bold and not t.guessed}
    plain = {
        t.text for t, after in tokens if t.kind == "name" and not t.bold and (not after or after.text != "_")
    }
    return min(bold & plain, default="")


def _goes_on_behind_slash(node: Node) -> bool:
    r"""Whether a factor follows right behind a slash and a root or letter, as in `y/\sqrt{2}\sigma`."""
    if not isinstance(node, Multiply):
        return False
    divided = [n for n, f in enumerate(node.factors[:-1]) if isinstance(f, Divide) and f.slash]
    plain = [n for n in divided if isinstance(node.factors[n].denominator, Symbol | Call)]  # type: ignore[attr-defined]
    return any(node.signs[n] == "" and isinstance(node.factors[n + 1], Symbol) for n in plain)


def _with_letter_behind(nodes: list[Node]) -> str:
    r"""A function of a sum in brackets with a letter right behind, as in `\cos(p + q)x`."""
    for node in nodes:
        for n, (before, after) in enumerate(pairwise(node.factors)) if isinstance(node, Multiply) else ():
            called = (
                isinstance(before, Call) and before.function.name in _PERIODIC and len(before.arguments) == 1
            )
            if called and isinstance(node, Multiply) and node.signs[n] == "" and isinstance(after, Symbol):
                assert isinstance(before, Call)
                if isinstance(before.arguments[0], Add):
                    return before.function.name
    return ""


def _is_imaginary(left: Node, right: Node, view: View) -> bool:
    r"""Whether a free i or j multiplies something in an exponent or beside a sine: `e^{ix} = \cos x + i \sin x`."""
    letters = {"i", "j", r"\imath"} - view.model.definitions.keys() - bound(left) - bound(right)
    letters -= view.model.families.bound
    within = [n for tree in with_definitions(view.model, (left, right)) for n in walk(tree)]
    if any(Symbol(letter) in _operands(node) for node in within for letter in letters):
        return True
    nodes = [node for side in (left, right) for node in walk(side)]
    factors = [
        n for n in nodes if isinstance(n, Multiply) and any(Symbol(letter) in n.factors for letter in letters)
    ]
    waves = any(isinstance(n, Call) and n.function.name in ("exp", "cos", "sin") for n in nodes)
    powers = [n.exponent for n in nodes if isinstance(n, Power)]
    return bool(factors) and (waves or any(n in factors for power in powers for n in walk(power)))


def _differentiated_by_nothing(nodes: list[Node], model: Model) -> str:
    """A name that the page does not define, with a prime on one side and within a derivative on the other."""
    primed = {n.name.rstrip("'") for n in nodes if isinstance(n, Symbol) and n.name.endswith("'")}
    bodies = [n.body for n in nodes if isinstance(n, Derivative)]
    inside = {s.name for body in bodies for s in main_symbols(body)}
    return min((primed & inside) - model.definitions.keys(), default="")


def _is_gradient_of_an_expression(node: Node) -> bool:
    unsaid = isinstance(node, Derivative) and node.form == "nabla" and node.variables[0] == Symbol("")
    return unsaid and isinstance(node, Derivative) and not isinstance(node.body, Symbol | Call)


def _is_of_order(node: Node) -> bool:
    r"""Whether an o or O of something stands there, as in `1 + x + o(x)`."""
    letters = ("o", "O", r"\mathcal{O}", r"\mathcal{o}")
    if isinstance(node, Call):
        return node.function.name in letters
    pairs = pairwise(node.factors) if isinstance(node, Multiply) else ()
    return any(isinstance(a, Symbol) and a.name in letters and isinstance(b, Group) for a, b in pairs)


def _daggered(nodes: list[Node]) -> str:
    r"""A name with `\dagger` above."""
    marked = (n for n in nodes if isinstance(n, Symbol) and r"\dagger" in n.name)
    return min(map(to_latex, marked), default="")


def _is_row_of_numbers(node: Node, view: View) -> bool:
    """Whether a product of several numbers in square brackets is transposed."""
    if not isinstance(node, Transpose) or not isinstance(node.body, Group) or node.body.opening != "[":
        return False
    symbols = [s for s in walk(node.body) if isinstance(s, Symbol)]
    return all(is_entry(s, view.model) for s in symbols) and not any(
        isinstance(n, Matrix) for n in walk(node)
    )


def _operands(node: Node) -> tuple[Node, ...]:
    """What a sum or product is made of, or what is raised to a power."""
    if isinstance(node, Multiply):
        return node.factors
    if isinstance(node, Add):
        return tuple(term.body if isinstance(term, Negative) else term for term in node.terms)
    return (node.base,) if isinstance(node, Power) else ()


def _is_cross(left: Node, right: Node, view: View) -> bool:
    """Whether vectors are multiplied by a cross."""
    products = [
        n for side in (left, right) for n in walk(side) if isinstance(n, Multiply) and r"\times" in n.signs
    ]
    factors = [s for n in products for f in n.factors for s in walk(f) if isinstance(s, Symbol)]
    return any(view.model.rank(view.model.families.resolve(s)[0]) > 0 for s in factors)
