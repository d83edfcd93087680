"""Names that are not said to be anything, or several things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pminusy.proofread.checking.compare import compare
from pminusy.proofread.checking.ladder import reached_families, with_definitions
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.introduced import introduced_between
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Step
from pminusy.proofread.readings.contexts import full_name, rivalled
from pminusy.proofread.readings.doubts.asked import Asked
from pminusy.proofread.readings.doubts.free import (
    KNOWN_WORDS,
    bound,
    entries,
    free_names,
    integrated_over,
    is_entry,
    symbols_in,
    undefined_functions,
    written,
)
from pminusy.proofread.readings.doubts.grounds import Grounds
from pminusy.proofread.readings.options import definition_key, names_key
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Add,
    Call,
    Derivative,
    Group,
    Integral,
    Node,
    Number,
    Symbol,
    has_derivative,
    transform,
    walk,
)

_REQUIREMENT = re.compile(r"\\(?:overset|stackrel|over)\s*\{\s*!\s*\}\s*\{\s*=\s*\}")
ONE_SIDED = "appears on one side only and is not defined"
_COUNTS = frozenset("nmNMKd")  # which words often say to be the number of something, or the sum of it


def questions(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> Iterator[str]:
    """What to ask about the names in a step that fails, if anything."""
    model = view.model
    line = grounds.page.line_of(view.claim.chain.members[0].span.start)[0]
    if name := _rivalled(step, left, right, view, grounds):
        question = f"The page defines {name} more than once: which definition applies here?"
        yield Asked(question, (definition_key(name, line),))
    if name := _introduced_elsewhere(left, right, view):
        yield f"What does {name} stand for here? Define it: {name} = …"
    if step.span in grounds.hold_alone:
        question = (
            "This holds if its names are new here, but not as they are defined elsewhere on the page: "
            "which is meant?"
        )
        yield Asked(question, (names_key(line),))
    whole = [s for s in (*main_symbols(left), *main_symbols(right)) if not is_entry(s, model)]
    if model.shapes.misfits > 1 and whole:
        names_here = tuple(sorted({symbol.name for symbol in whole}))
        yield Asked("Which names on the page are vectors, and which are matrices?", names_here)
    if _puts_in_numbers(left, right, model):
        yield "Were numbers substituted into the left side?"
    if entry := _own_entry(left, view):
        yield f"Is {entry} what the formula for all indices gives, or something of its own?"
    if word := _unknown_word(left, right, view, grounds):
        yield f"What is {word}? Define it: {word} = …"
    if name := _called_otherwise(left, right, model):
        yield f"What is {name}? Define it: {name}(…) = …"
    if name := _called_and_indexed(left, right, model):
        yield f"Is {name}(…) the {name} with indices that the page defines? Define it: {name}(…) = …"
    if name := _required(left, right, view):
        yield f"Which value does {name} have by what the page requires? Define it: {name} = …"
    if name := _tied(left, right, view, grounds):
        yield f"Does this rely on what the page says about {name} elsewhere?"
    if name := _one_sided(step, left, right, view, grounds):
        yield f"{name} {ONE_SIDED}: what is it? Define it: {name} = …"


def _own_entry(left: Node, view: View) -> str:
    """An entry at 0 that a line begins with, as a_0 beside `a_n = ...`, whose formula may begin at 1."""
    if not isinstance(left, Symbol) or Number("0") not in left.indices or view.claim.members[0].tree != left:
        return ""
    family = view.model.families.resolve(left)[0]
    meaning = view.model.definitions.get(family)
    if meaning is None or not meaning.parameters or family in view.model.recursive:
        return ""
    return to_latex(left)


def _unknown_word(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A word on one side, or a macro on any, that is neither a function, nor a loss, nor defined on the page."""
    words = [
        {s.name.rstrip("'"): view.model.families.resolve(s)[0] for s in symbols_in(side)}
        for side in (left, right)
    ]
    macros = {word for side in words for word in side if _is_macro(word, view)}
    for word in sorted((words[0].keys() ^ words[1].keys()) | macros):
        family = words[0].get(word) or words[1].get(word, "")
        known = word in KNOWN_WORDS or family in view.model.definitions or family in grounds.names
        plain = word.removeprefix("\\")
        if (len(plain) > 1 or word in macros) and plain.isalpha() and not known and plain not in names.GREEK:
            return word
    return ""


def _is_macro(word: str, view: View) -> bool:
    r"""Whether a page writes a name as a command that nobody defines, as `\p` for π."""
    return word.isalpha() and bool(re.search(rf"\\{word}(?![A-Za-z])", view.page.text))


def _rivalled(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A name on one side that the page says several times what it is, differently, and not just once nearby."""
    defined = view.model.definitions
    sides = [
        {full_name(s) for s in symbols_in(side) if view.model.families.resolve(s)[0] in defined}
        for side in (left, right)
    ]
    names_here = sides[0] ^ sides[1]
    return min(
        names_here & rivalled(grounds.page, step.span.start, grounds.together, grounds.proven), default=""
    ).split(",")[0]


def _introduced_elsewhere(left: Node, right: Node, view: View) -> str:
    r"""A name that a step may introduce, as u in `e^{3x} = e^u`, and that no line but the use in another chain defines.

    Substitutions are often called the same from one example to the next.
    """
    families, chain = view.model.families, view.claim.chain.span
    for introduced in introduced_between(left, right):
        name = introduced.name.function if isinstance(introduced.name, Call) else introduced.name
        family = families.resolve(name)[0]
        meaning = view.model.definitions.get(family)
        if meaning is None or family not in view.found.implied:
            continue
        if not chain.start <= meaning.body.span.start < chain.end:
            return to_latex(name)
    return ""


def _called_otherwise(left: Node, right: Node, model: Model) -> str:
    """A function without definition that one side has of something and the other of something else."""
    unknown = undefined_functions(left, model) & undefined_functions(right, model)
    calls = [
        {n for n in walk(side) if isinstance(n, Call) and n.opening and to_latex(n.function) in unknown}
        for side in (left, right)
    ]
    odd = (
        set[str]()
        if has_derivative(left, right)
        else {to_latex(call.function) for call in calls[0] ^ calls[1]}
    )
    return min(odd, default="")


def _called_and_indexed(left: Node, right: Node, model: Model) -> str:
    r"""A name that is called, as in `\sigma(z)`, where the page defines entries of it, as `\sigma_i`."""
    calls = [
        n for side in (left, right) for n in walk(side) if isinstance(n, Call) and not n.function.indices
    ]
    called = {call.function.name for call in calls}
    indexed = {name for name in called & model.definitions.keys() if model.definitions[name].parameters}
    return min((name for name in indexed if not model.definitions[name].arguments), default="")


def _tied(left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """An estimate or mean without definition that the page ties to other things by an equation."""
    free = free_names(left, view.model) | free_names(right, view.model)
    marked = {name for name in free if name.startswith((r"\hat{", r"\bar{", r"\tilde{")) or "^{*}" in name}
    written = {s.name for s in symbols_in(left, right)} - set(view.model.families.letters)
    return min((marked & grounds.tied) | (written & grounds.constrained), default="")


def _required(left: Node, right: Node, view: View) -> str:
    r"""A free name on one side only, on a page that requires something to be equal by `\overset{!}{=}`."""
    if not _REQUIREMENT.search(view.page.text):
        return ""
    ours, theirs = (free_names(side, view.model) for side in (left, right))
    return min(map(to_latex, map(Symbol, ours ^ theirs)), default="")


def _one_sided(step: Step, left: Node, right: Node, view: View, grounds: Grounds) -> str:
    """A free name that stands on one side only and is not used where the page says what something is.

    Names that differ on both sides may be tied by what the page says in words.
    """
    model = view.model
    if function := _one_sided_function(left, right, model):
        return function
    whole = written(left, model) | written(right, model)
    ours, theirs = (
        {_unprimed(name, whole) for name in _needed(side, model) | entries(side, model)}
        for side in (left, right)
    )
    bound_here = integrated_over(left, right)
    only_left, only_right = (
        {name for name in mine - others - _behind(other, model) - bound_here if _matters(name, side, view)}
        for mine, others, side, other in ((ours, theirs, left, right), (theirs, ours, right, left))
    )
    sizes = {s.name for s in main_symbols(right)} & model.sizes.keys() - {s.name for s in symbols_in(left)}
    for name in sorted(only_right | (sizes - reached_families(model, (left,))) if only_left else ()):
        return to_latex(Symbol(name))
    for name in sorted(only_right):
        if name in _COUNTS or not view.page.mentioned(name.split("_{")[0], step.span.start):
            return to_latex(Symbol(name))
    only_left, only_right = only_left & written(left, model), only_right & written(right, model)
    for name in sorted(only_left | only_right):
        if name not in grounds.names:
            return to_latex(Symbol(name))
    return ""


def _needed(side: Node, model: Model) -> frozenset[str]:
    r"""The free names of a side, without those that only define what it differentiates by, as b in `z = wx + b`."""
    plain = transform(side, lambda n: n.body if isinstance(n, Derivative) else n)
    return free_names(plain, model) | written(side, model)


def _behind(side: Node, model: Model) -> frozenset[str]:
    """The free names of what the quantities that a side differentiates, and the page does not define, depend on."""
    sinks = {sink for family in reached_families(model, (side,)) for sink in model.sinks.get(family, ())}
    bodies = [model.definitions[sink].body for sink in sinks & model.definitions.keys()]
    return frozenset[str]().union(*(free_names(body, model) for body in bodies))


def _matters(name: str, side: Node, view: View) -> bool:
    r"""Whether the value of a side depends on a name in it, as `\mathrm{Var}(aX + b)` does not on b."""
    symbol = Symbol(name)
    if view.model.rank(name) or symbol not in walk(side):
        return True

    def moved(node: Node) -> Node:
        return Group(Add((node, Number("0.375")))) if node == symbol else node

    claim = view.claim
    model = view.model.given(claim.given)
    return not compare(model, side, transform(side, moved), claim.condition, (), view.layout, 1)


def _unprimed(name: str, others: frozenset[str]) -> str:
    """A name without primes, if that stands in the step as well."""
    bare = name.rstrip("'")
    return bare if bare in others else name


def _one_sided_function(left: Node, right: Node, model: Model) -> str:
    functions = [undefined_functions(side, model) for side in (left, right)]
    return min(functions[0] ^ functions[1], default="")


def _limits(side: Node) -> set[str]:
    """The names that stand as limits of integrals."""
    found = [limit for n in walk(side) if isinstance(n, Integral) for limit in (n.low, n.high)]
    return {limit.name for limit in found if isinstance(limit, Symbol)}


def _puts_in_numbers(left: Node, right: Node, model: Model) -> bool:
    """Whether names of the left side vanish, and the right has numbers of several digits, or limits in their place."""
    within = with_definitions(model, (left,))
    lost = free_names(left, model) - free_names(right, model) - {n for tree in within for n in bound(tree)}
    known = {n.text for tree in within for n in walk(tree) if isinstance(n, Number)}
    fresh = {n.text for n in walk(right) if isinstance(n, Number)} - known
    if lost & _limits(left) and any(isinstance(n, Integral) for n in walk(right)):
        return True
    return bool(lost) and any(len(text) > 1 for text in fresh)
