"""Doubt: a step that fails is wrong only if everything in it is grounded; otherwise there is a question to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.checking.calls import SIGMOIDS
from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.functions import elementwise
from pminusy.proofread.checking.integrals import antiderivatives
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.chance import EXPECTATIONS
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.contexts import full_name, rivalled
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Between,
    Binding,
    Call,
    Derivative,
    Fold,
    Group,
    Integral,
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
    children,
    is_literal,
    walk,
)

EVERY_LAYOUT = tuple(
    Layout(gradient, jacobian) for gradient in ("column", "row") for jacobian in ("numerator", "denominator")
)
_OPERATOR_LETTERS = frozenset(["D", r"\Delta", r"\mathcal{D}", "d", r"\delta", r"\mathcal{L}", r"\square"])
_OPERATORS = frozenset([r"\mathbb{E}", "E", "P", r"\mathbb{P}", "Pr", "Var", "Cov", r"\mathbb{V}"])
_KNOWN_WORDS = names.LOSS_NAMES | frozenset(names.FUNCTIONS) | FUNCTIONS


@dataclass(frozen=True)
class Grounds:
    """What doubt asks of a page: the names that it uses where it says what something is, and more.

    `together` is whether the page was read in one model.

    `antiderivatives` is whether the page has integrals without limits, `tied` the names in equations that it takes to
    hold, `constrained` those in conditions such as Σ α_i = 1, and `hold_alone` the places of steps that hold if their names mean nothing else. `vectors_hold` is whether some step with
    a derivative by a vector holds, `constants` the names that come with the evaluation of an integral without limits,
    `proven` where the lines begin whose first step holds.
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


def grounds_of(
    page: Page,
    together: bool,
    pairs: Sequence[tuple[Step, View]],
    views: Sequence[View],
    equations: Sequence[tuple[Node, Node]],
    hold_alone: frozenset[Span],
) -> Grounds:
    """What the definitions of some views are made of, and what else doubt asks of a page."""
    found: set[str] = set()
    for view in views:
        bodies = (*(m.body for m in view.model.definitions.values()), *(r.body for r in view.model.rules))
        found |= {view.model.families.resolve(s)[0] for s in _symbols(*bodies)}
    trees = [m.tree for view in views for m in view.claim.members if m.tree is not None]
    tied = {s.name for pair in equations for s in _symbols(*pair)}
    conditions = [pair for pair in equations if any(is_literal(n) and n != Number("0") for n in pair)]
    constrained = {s.name for pair in conditions for s in _symbols(*pair) if not is_literal(s)}
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
            if step.verdict in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF)
            and step.span == view.claim.members[1].span
            and view.claim.members[0].span == view.claim.chain.members[0].span
        ),
    )


def _constants(view: View) -> frozenset[str]:
    """Names that stand in a chain with an integral without limits, but not in members with such an integral."""
    trees = [m.tree for m in view.claim.chain.members if m.tree is not None]
    parts = [
        [free_names(tree, view.model) for tree in trees if bool(antiderivatives((tree,))) is has]
        for has in (True, False)
    ]
    integrals, others = (frozenset[str]().union(*part) for part in parts)
    return others - integrals if parts[0] else frozenset()


def _is_vector_derivative(step: Step, view: View) -> bool:
    """Whether a step with the derivative of something by a vector holds."""
    if step.verdict not in (StepVerdict.HOLDS, StepVerdict.HOLDS_IF) or step.lhs_tree is None:
        return False
    derivatives = [node for node in walk(step.lhs_tree) if isinstance(node, Derivative)]
    symbols = [s for node in derivatives for v in node.variables for s in main_symbols(v)]
    return any(not _is_entry(symbol, view.model) for symbol in symbols)


def doubted(step: Step, view: View, grounds: Grounds) -> Step:
    """The step; undecided with a question where it fails on grounds that are not sure."""
    if step.verdict is not StepVerdict.FAILS or step.lhs_tree is None or step.rhs_tree is None:
        return step
    if step.confidence is not None:  # an equation that its solution does not solve
        return step
    question = _question(step, step.lhs_tree, step.rhs_tree, view, grounds)
    if not question:
        sure = _is_plain(step.lhs_tree, step.rhs_tree, view, grounds)
        return replace(step, confidence="sure" if sure else "likely")
    reason = "the two sides differ as they were read, but that reading is not sure"
    return replace(step, verdict=StepVerdict.UNDECIDED, reason=reason, question=question)


def _is_plain(left: Node, right: Node, view: View, grounds: Grounds) -> bool:
    """Whether nothing in a step can well be read otherwise: numbers and defined functions of them, every name grounded."""
    model = view.model
    reached = reached_families(model, (left, right))
    whole = not all(_is_entry(s, model) for s in (*main_symbols(left), *main_symbols(right)))
    if reached & model.opaque or (whole and not (grounds.vectors_hold and model.shapes.misfits <= 1)):
        return False
    if _undefined_functions(left, model) != _undefined_functions(right, model):
        return False
    if _chances(left, view) or _chances(right, view):
        return False
    written = _written(left, model) | _written(right, model)
    both = _written(left, model) & _written(right, model)
    defined = (
        not any(isinstance(n, Derivative) for side in (left, right) for n in walk(side))
        or bool(reached & model.definitions.keys())
        or not written ^ both
    )
    return defined and written - both <= grounds.names


def _is_entry(symbol: Symbol, model: Model) -> bool:
    """Whether a symbol stands with all its indices, so that it is a number."""
    family, indices = model.families.resolve(symbol)
    return len(indices) >= model.axis_count(family) and Symbol(":") not in indices


def _question(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> str:
    nodes = [node for side in (left, right) for node in walk(side)]
    if step.warnings:
        return "Is the index that is summed over another one than that on the left side?"
    if all(
        any(isinstance(n, Matrix) for n in walk(side)) and _is_written_out(side) for side in (left, right)
    ):
        return "Are these two different examples?"
    if letter := _repeated_index(left, right):
        return f"Is a sum over {letter} meant? Then write it."
    if name := _rivalled(step, left, right, view, grounds):
        return f"The page says several times what {name} is: which is meant here?"
    if _holds_by_itself(step, view, grounds):
        return "It holds if its names are new here, and not if they are what the page says elsewhere: which is meant?"
    if letter := _idle_sum(nodes):
        return f"Does what is summed depend on {letter}?"
    if name := _index_and_argument(nodes, view.model):
        return f"Is {name} in the definition an index or the argument?"
    whole = [s for s in (*main_symbols(left), *main_symbols(right)) if not _is_entry(s, view.model)]
    if view.model.shapes.misfits > 1 and whole:
        return "Which of the names on the page are vectors, and which matrices?"
    if _has_chances(nodes):
        return "Is something said in words of how the random quantities are distributed, or that they are independent?"
    if _counts_a_set(nodes):
        return "What is in the set that the sum runs over, and how many?"
    if function := _inverse_function(nodes):
        return f"Is {function} the inverse function, or one over the function?"
    if operator := _operator_letter(nodes, view.model):
        return f"Is {operator} an operator? Then say --define what it does."
    if _puts_in_numbers(left, right, view.model):
        return "Were numbers put in for what stands on the left?"
    if any(not m.balanced for m in view.claim.members if m.span in (step.span, _before(step, view))):
        return "Where does the bracket end that is not closed, or begin that is not opened?"
    if word := _unknown_word(left, right, view, grounds):
        return f"What is {word}? Say --define '{word} = …'."
    if operator := _operator(left, right, view):
        return f"{operator} is not evaluated here; what is it of?"
    if variable := _without_range(left, right):
        return f"Over what range of {variable} is the integral?"
    if constant := _constant_of_integration(left, right, view, grounds):
        return f"Is {constant} a constant of integration? Two of them need not be equal."
    if _is_other_layout(step, left, right, view):
        return "Is the derivative by a vector laid out as a row or as a column here?"
    if _is_imaginary(left, right, view):
        return (
            "Is i the imaginary unit? Complex numbers are not evaluated; say --define 'i = …' if it is not."
        )
    if _is_cross(left, right, view):
        return r"Is \times the cross product? It is not evaluated."
    if name := _tied(left, right, view, grounds):
        return f"Does this rest on what the page says of {name} elsewhere?"
    if name := _one_sided(step, left, right, view, grounds):
        return f"{name} stands on one side only and is not said to be anything: what is it? Say --define '{name} = …'."
    return ""


def _before(step: Step, view: View) -> Span:
    """The place of the member before a step's."""
    spans = [member.span for member in view.claim.members]
    return spans[max(0, spans.index(step.span) - 1)] if step.span in spans else step.span


def _symbols(*sides: Node) -> list[Symbol]:
    return [node for side in sides for node in walk(side) if isinstance(node, Symbol)]


def bound(node: Node) -> frozenset[str]:
    """The names that integrals, sums and the like inside an expression run over."""
    found = {n.variable.name for n in walk(node) if isinstance(n, Integral)}
    found |= {n.variable.name for n in walk(node) if isinstance(n, Between) and n.variable is not None}
    found |= {n.order.name for n in walk(node) if isinstance(n, Norm) and isinstance(n.order, Symbol)}
    return frozenset(found | {n.index.name for n in walk(node) if isinstance(n, Binding)})


def _unknown_word(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A word on one side that is neither a function, nor a loss, nor defined on the page."""
    words = [
        {s.name.rstrip("'"): view.model.families.resolve(s)[0] for s in _symbols(side)}
        for side in (left, right)
    ]
    for word in sorted(words[0].keys() ^ words[1].keys()):
        family = words[0].get(word) or words[1].get(word, "")
        known = word in _KNOWN_WORDS or family in view.model.definitions or family in grounds.names
        if len(word) > 1 and word.isalpha() and not known:
            return word
    return ""


def _operator(left: Node, right: Node, view: View) -> str:
    """An expectation or a probability that stands on one side only: its distribution may be said in words."""
    calls = [_chances(side, view) for side in (left, right)]
    if all(calls) or not any(calls):
        return ""
    return to_latex((calls[0] or calls[1])[0])


def _chances(side: Node, view: View) -> list[Node]:
    found: list[Node] = []
    for node in walk(side):
        name = node.function if isinstance(node, Call) else node
        plain = isinstance(node, Call) or (isinstance(name, Symbol) and name.name.startswith(r"\mathbb"))
        if (
            plain
            and isinstance(name, Symbol)
            and name.name.removesuffix("|") in _OPERATORS
            and not name.upper
        ):
            if view.model.families.resolve(name)[0] not in view.model.definitions:
                found.append(node)
    return found


def _is_written_out(side: Node) -> bool:
    """Whether a side is made of numbers, or matrices of numbers."""
    return not any(isinstance(n, Symbol) and not is_literal(n) for n in walk(side))


def _repeated_index(left: Node, right: Node) -> str:
    """An index that a product has twice without a sum over it, and the other side not at all."""
    for side, other in ((left, right), (right, left)):
        summed = bound(side)
        elsewhere = {n.name for n in walk(other) if isinstance(n, Symbol)}
        for product in (n for n in walk(side) if isinstance(n, Multiply)):
            letters = [
                i.name
                for f in product.factors
                if isinstance(f, Symbol)
                for i in f.indices
                if isinstance(i, Symbol)
            ]
            for letter in letters:
                if letters.count(letter) > 1 and letter not in summed | elsewhere:
                    return letter
    return ""


def _rivalled(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A name that the page says several times what it is, differently, and not just once in the step's own section."""
    defined = view.model.definitions
    names_here = {full_name(s) for s in _symbols(left, right) if view.model.families.resolve(s)[0] in defined}
    return min(
        names_here & rivalled(grounds.page, step.span.start, grounds.together, grounds.proven), default=""
    ).split(",")[0]


def _holds_by_itself(step: Step, view: View, grounds: Grounds) -> bool:
    """Whether a step with derivatives holds where its names mean nothing but what they are differentiated by."""
    return step.span in grounds.hold_alone


def _counts_a_set(nodes: list[Node]) -> bool:
    r"""Whether the size of a set is used that a sum runs over, as in `\frac{1}{|C|} \sum_{i \in C}`."""
    sets = {n.right for n in nodes if isinstance(n, Relation) and n.operator in (r"\in", r"\notin")}
    return any(isinstance(n, Norm) and n.body in sets for n in nodes)


def _idle_sum(nodes: list[Node]) -> str:
    """The index of a sum whose body does not have it, though it is no number."""
    for node in nodes:
        if isinstance(node, Fold) and node.kind == "sum" and not is_literal(node.body):
            below = {n.name for n in walk(node.body) if isinstance(n, Symbol)}
            idle = [b.index.name for b in node.bindings if b.index.name not in below and b.high is None]
            if idle:
                return idle[0]
    return ""


def _index_and_argument(nodes: list[Node], model: Model) -> str:
    """An argument of a function that stands as an index in its definition, as x in `A_x(x, y) = a_{xx} x + a_{xy} y`."""
    for node in nodes:
        if isinstance(node, Call):
            meaning = model.definitions.get(model.families.resolve(node.function)[0])
            if meaning is not None:
                arguments = {a.name for a in meaning.arguments}
                indices = {
                    i.name for s in main_symbols(meaning.body) for i in s.indices if isinstance(i, Symbol)
                }
                if arguments & indices:
                    return min(arguments & indices)
    return ""


def _has_chances(nodes: list[Node]) -> bool:
    """Whether expectations, or probabilities under conditions, occur."""
    names_called = {n.function.name for n in nodes if isinstance(n, Call)}
    symbols = {n.name for n in nodes if isinstance(n, Symbol)}
    return bool(names_called & EXPECTATIONS) or any(name.endswith("|") for name in names_called | symbols)


def _inverse_function(nodes: list[Node]) -> str:
    """A function of the writer's own to the power −1."""
    for node in nodes:
        if isinstance(node, Power) and node.exponent == Negative(Number("1")) and isinstance(node.base, Call):
            if node.base.function.name not in FUNCTIONS and node.base.opening:
                return to_latex(node.base.function) + "^{-1}"
    return ""


def _operator_letter(nodes: list[Node], model: Model) -> str:
    """A free D or Δ right before something else: it may act on it."""
    for node in nodes:
        if isinstance(node, Multiply):
            for sign, letter in zip(node.signs, node.factors, strict=False):
                if not sign and isinstance(letter, Symbol) and letter.name in _OPERATOR_LETTERS:
                    if model.families.resolve(letter)[0] not in model.definitions:
                        return to_latex(letter)
    return ""


def _puts_in_numbers(left: Node, right: Node, model: Model) -> bool:
    """Whether names vanish from the left side and numbers of several digits that it does not have stand on the right."""
    lost = free_names(left, model) - free_names(right, model)
    bodies = [model.definitions[f].body for f in reached_families(model, (left,)) if f in model.definitions]
    known = {n.text for tree in (left, *bodies) for n in walk(tree) if isinstance(n, Number)}
    fresh = {n.text for n in walk(right) if isinstance(n, Number)} - known
    return bool(lost) and any(len(text) > 1 for text in fresh)


def _is_other_layout(step: Step, left: Node, right: Node, view: View) -> bool:
    """Whether a derivative by a vector or matrix would be right in another layout than the one of the page."""
    model = view.model
    if not any(
        isinstance(n, Derivative) or (isinstance(n, Call) and n.primes) for n in (*walk(left), *walk(right))
    ):
        return False
    if not any(model.rank(name) for name in reached_families(model, (left, right))):
        return False
    model = model.given(view.claim.given)
    return any(
        compare(model, left, right, view.claim.condition, (), layout, 1)
        for layout in EVERY_LAYOUT
        if layout != view.layout
    )


def _without_range(left: Node, right: Node) -> str:
    """The variable of an integral without limits where nothing else depends on it, so that limits were left out."""
    variables = antiderivatives((left, right))
    outside = {s for side in (left, right) for s in _outside_integrals(side)}
    return min((to_latex(v) for v in variables - outside), default="")


def _outside_integrals(node: Node) -> Iterator[Node]:
    if isinstance(node, Symbol):
        yield node
    if not isinstance(node, Integral):
        for child in children(node):
            yield from _outside_integrals(child)


def _constant_of_integration(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A free name on one side only, on a page with antiderivatives; or an antiderivative in the middle of a side."""
    if not grounds.antiderivatives:
        return ""
    ours, theirs = (free_names(side, view.model) for side in (left, right))
    if ours ^ theirs or (ours & grounds.constants):
        return min(ours ^ theirs or ours & grounds.constants)
    for side in (left, right):
        terms = side.terms if isinstance(side, Add) else (side,)
        if any(antiderivatives((term,)) and not _is_antiderivative(term) for term in terms):
            return "the constant of the integral"
    return ""


def _is_antiderivative(term: Node) -> bool:
    """Whether a term is an antiderivative, but for its sign and a number."""
    while isinstance(term, Negative | Group):
        term = term.body
    if isinstance(term, Multiply):
        rest = [factor for factor in term.factors if not isinstance(factor, Integral)]
        return len(rest) == len(term.factors) - 1 and all(is_literal(factor) for factor in rest)
    return isinstance(term, Integral)


def _is_imaginary(left: Node, right: Node, view: View) -> bool:
    r"""Whether a free i or j multiplies something in an exponent, or beside a sine or cosine: `e^{ix} = \cos x + i \sin x`."""
    letters = {"i", "j", r"\imath"} - view.model.definitions.keys() - bound(left) - bound(right)
    nodes = [node for side in (left, right) for node in walk(side)]
    factors = [
        n for n in nodes if isinstance(n, Multiply) and any(Symbol(letter) in n.factors for letter in letters)
    ]
    waves = any(isinstance(n, Call) and n.function.name in ("exp", "cos", "sin") for n in nodes)
    powers = [n.exponent for n in nodes if isinstance(n, Power)]
    return bool(factors) and (waves or any(n in factors for power in powers for n in walk(power)))


def _is_cross(left: Node, right: Node, view: View) -> bool:
    """Whether vectors are multiplied by a cross."""
    products = [
        n for side in (left, right) for n in walk(side) if isinstance(n, Multiply) and r"\times" in n.signs
    ]
    factors = [s for n in products for f in n.factors for s in walk(f) if isinstance(s, Symbol)]
    return any(view.model.rank(view.model.families.resolve(s)[0]) > 0 for s in factors)


def free_names(node: Node, model: Model) -> frozenset[str]:
    """The names that an expression is made of and the page leaves free."""
    return frozenset(
        family
        for family in reached_families(model, (node,))
        if family not in model.definitions
        and not family.endswith("²")
        and family not in FUNCTIONS
        and not model.is_letter(family)
        and family + "²" not in model.definitions
        and family not in model.sizes
        and family not in ("", ":", "e", r"\pi", r"\infty")
        and family not in bound(node)
    )


def _tied(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """An estimate or mean without definition that the page ties to other things by an equation."""
    free = free_names(left, view.model) | free_names(right, view.model)
    marked = {name for name in free if name.startswith((r"\hat{", r"\bar{", r"\tilde{")) or "^{*}" in name}
    written = {s.name for s in _symbols(left, right)} - set(view.model.families.letters)
    return min((marked & grounds.tied) | (written & grounds.constrained), default="")


def _one_sided(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A free name that stands on one side only and is not used where the page says what something is.

    Names that differ on both sides may be tied by what the page says in words.
    """
    model = view.model
    if function := _one_sided_function(left, right, model):
        return function
    ours, theirs = (
        {name.rstrip("'") for name in free_names(side, model) | _entries(side, model)}
        for side in (left, right)
    )
    only_left, only_right = ours - theirs, theirs - ours
    sizes = {s.name for s in main_symbols(right)} & model.sizes.keys() - {s.name for s in _symbols(left)}
    for name in sorted(only_right | (sizes - reached_families(model, (left,))) if only_left else ()):
        return to_latex(Symbol(name))
    for name in sorted(only_right):
        if not view.page.mentioned(name.split("_{")[0], step.span.start):
            return to_latex(Symbol(name))
    only_left, only_right = only_left & _written(left, model), only_right & _written(right, model)
    for name in sorted(only_left | only_right):
        if name not in grounds.names:
            return to_latex(Symbol(name))
    return ""


def _one_sided_function(left: Node, right: Node, model: Model) -> str:
    functions = [_undefined_functions(side, model) for side in (left, right)]
    return min(functions[0] ^ functions[1], default="")


def _entries(node: Node, model: Model) -> frozenset[str]:
    """Entries at a number, such as y_0, of quantities that the page leaves free or defines step by step."""
    found = set()
    for symbol in main_symbols(node):
        family, indices = model.families.resolve(symbol)
        if any(isinstance(i, Number | Negative) for i in indices):
            meaning = model.definitions.get(family)
            if meaning is None or not meaning.parameters or family in model.recursive:
                found.add(to_latex(symbol))
    return frozenset(found)


def _written(node: Node, model: Model) -> frozenset[str]:
    """The free names that are written in an expression, those of its definitions left out."""
    written = {model.families.resolve(symbol)[0] for symbol in main_symbols(node)}
    called = {model.families.resolve(n.function)[0] for n in walk(node) if isinstance(n, Call)}
    return free_names(node, model) & (written - called)


def _undefined_functions(node: Node, model: Model) -> frozenset[str]:
    """Functions in an expression and its definitions that are neither known nor defined on the page."""
    bodies = [
        model.definitions[name].body for name in reached_families(model, (node,)) if name in model.definitions
    ]
    return frozenset(
        to_latex(Symbol(n.function.name))
        for tree in (node, *bodies)
        for n in walk(tree)
        if isinstance(n, Call)
        and n.function.name not in FUNCTIONS | _KNOWN_WORDS | EXPECTATIONS
        and elementwise(model.known_as(n.function.name)) is None
        and n.function.name not in SIGMOIDS
        and not _takes(model, n)
    )


def _takes(model: Model, node: Call) -> bool:
    """Whether the page defines a function of so many arguments."""
    meaning = model.definitions.get(model.families.resolve(node.function)[0])
    return (
        meaning is not None
        and len(meaning.arguments) in (0, len(node.arguments))
        and (bool(meaning.arguments) or not meaning.parameters)
    )
