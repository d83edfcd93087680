"""Probabilities without a formula: what they are of, and the joint distributions that they speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pminusy.proofread.meaning.lines.classes import counted, numbered
from pminusy.proofread.meaning.lines.laws import density_of
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.chances import (
    ENTROPY,
    PROBABILITIES,
    base_name,
    compares_values,
    events_of,
    is_conditioned,
    is_expectation,
    with_arguments,
)
from pminusy.proofread.syntax.tree import (
    Call,
    Fold,
    Integral,
    Negative,
    Node,
    Symbol,
    walk,
)

_ENDLESS = Symbol(r"\infty")
_DENSITIES = frozenset(["f", "g"])
_PARAMETERS = frozenset([r"\theta", r"\lambda", r"\mu", r"\alpha", r"\beta", r"\phi"])


@dataclass
class Distribution:
    r"""The joint distribution that calls of one letter speak of, of which the page gives no formula.

    Attributes
    ----------
    variables : set of str
        What is random: names that stand before a bar, or in a call without one.
    values : dict of str to set of int
        The numbers that a variable is compared with, as in `P(y = 1)`.
    letters : dict of str to str
        The letter that a variable is compared with, as in `p(z_i = k)`.
    parameters : set of str
        What only stands behind a bar.
    capitals : dict of str to str
        Random quantities by the capitals that expectations have for them: X for x, of which the values are.
    numbered : set of str
        What stands for classes or events of which one happens, and is summed over, as C in `\sum_k p(x, C_k)`.
    """

    variables: set[str] = field(default_factory=set)
    values: dict[str, set[int]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    parameters: set[str] = field(default_factory=set)
    capitals: dict[str, str] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)

    def variable_of(self, name: str) -> str:
        """The variable that a name is, or has the values of; "" for none."""
        variable = self.capitals.get(name, name)
        return variable if variable in self.variables else ""


def distribution_letter(name: str) -> str:
    """The letter that tells one distribution of a page from another: p, P and Pr are one."""
    base = base_name(name)
    return "p" if base in PROBABILITIES - {"q", "Q"} else base.lower() if base == "Q" else base


def distributions(
    trees: Iterable[Node], families: Families, defined: Collection[str]
) -> dict[str, Distribution]:
    """The distributions of a page by their letters."""
    trees = list(trees)
    calls = [node for tree in trees for node in walk(tree) if isinstance(node, Call)]
    free = [
        c
        for c in calls
        if not is_expectation(c.function.name)
        and families.resolve(c.function)[0] not in defined
        and density_of(c) is None
    ]
    letters = {distribution_letter(c.function.name) for c in free if is_conditional(c)}
    several = {len(c.arguments) for c in free if base_name(c.function.name) in PROBABILITIES}
    if len(several) > 1 or letters:
        letters |= {distribution_letter(c.function.name) for c in free if c.function.name in PROBABILITIES}
    elif any(base_name(c.function.name) == ENTROPY for c in free):
        plain = [c.function.name for c in free if c.function.name in PROBABILITIES and not c.function.lower]
        letters |= set(map(distribution_letter, plain))
    parametric = _with_parameters(trees, calls, free)
    letters |= _below_expectations(calls) | _densities(calls, free) | _integrated(trees, free) | parametric
    letters -= {ENTROPY} if letters & PROBABILITIES else set()
    found = {letter: Distribution() for letter in letters}
    for node in free:
        if (letter := distribution_letter(node.function.name)) in parametric:
            variable, *others = (a.name for a in node.arguments if isinstance(a, Symbol))
            found[letter].variables.add(variable)
            found[letter].parameters.update(others)
        elif letter in found:
            _note(node, found[letter])
    averaged = {
        symbol.name
        for call in calls
        if is_expectation(call.function.name) or base_name(call.function.name) == ENTROPY
        for argument in call.arguments
        for symbol in main_symbols(argument)
    }
    for each in found.values():
        for variable, index in numbered(trees):
            if variable in each.variables:
                each.numbered.add(variable)
                each.letters.setdefault(variable, index)
        for variable, count in counted(trees):
            if variable in each.variables - each.numbered:
                each.numbered.add(variable)
                each.values[variable] = set(range(1, count + 1))
    for each in found.values():
        each.parameters -= each.variables
        _join_capitals(each, averaged)
    return {letter: each for letter, each in found.items() if 0 < len(each.variables) <= 4}


def _below_expectations(calls: list[Call]) -> set[str]:
    r"""The letters of distributions that expectations are taken under, as in `E_{x \sim Q}`, of what they are calls."""
    under = {
        distribution_letter(each.function.name)
        for call in calls
        if is_expectation(call.function.name)
        for each in call.function.lower
        if isinstance(each, Call) and base_name(each.function.name) in PROBABILITIES
    }
    called = [c for c in calls if c.arguments and base_name(c.function.name) in PROBABILITIES]
    counts = Counter(distribution_letter(c.function.name) for c in called)
    below = Counter(
        distribution_letter(each.function.name)
        for call in calls
        for each in call.function.lower
        if isinstance(each, Call)
    )
    return under if any(counts[letter] > below[letter] for letter in under) else set()


def _integrated(trees: list[Node], free: list[Call]) -> set[str]:
    r"""The letters of probabilities that are integrated over all values of what they are of, `\int p(x) dx`."""
    known = {id(call) for call in free if call.function.name in PROBABILITIES}
    return {
        distribution_letter(call.function.name)
        for tree in trees
        for node in walk(tree)
        if isinstance(node, Integral) and is_over_everything(node)
        for call in walk(node.body)
        if isinstance(call, Call) and id(call) in known and call.arguments == (node.variable,)
    }


def is_over_everything(node: Integral) -> bool:
    """Whether an integral has no limits, or is over the whole line or a set that is named."""
    if isinstance(node.low, Symbol) and node.low.name.startswith(r"\inf "):
        return True
    return node.low in (None, Negative(_ENDLESS)) and node.high in (None, _ENDLESS)


def _densities(calls: list[Call], free: list[Call]) -> set[str]:
    r"""The letter f of a density without formula: it is integrated over its argument, and $E[X]$ is on the page."""
    if any(base_name(c.function.name) in PROBABILITIES for c in calls):
        return set()
    averaged = [a for c in calls if is_expectation(c.function.name) for a in c.arguments]
    names = {symbol.name.lower() for a in averaged for symbol in main_symbols(a) if len(symbol.name) == 1}
    inside = {n.function.name for a in averaged for n in walk(a) if isinstance(n, Call)}
    return {
        c.function.name
        for c in free
        if c.function.name in _DENSITIES - inside
        and len(c.arguments) == 1
        and isinstance(c.arguments[0], Symbol)
        and c.arguments[0].name in names
    }


def _with_parameters(trees: list[Node], calls: list[Call], free: list[Call]) -> set[str]:
    r"""The letter f of a density $f(x; \theta)$, which is of the first of its arguments, whose mean is taken.

    In expectations it is only in logarithms, as in a score; a loss $f(x; \theta)$ is not.
    """
    averaged = [a for c in calls if is_expectation(c.function.name) for a in c.arguments]
    names = {symbol.name.lower() for a in averaged for symbol in main_symbols(a) if len(symbol.name) == 1}
    bound = {n.variable.name for tree in trees for n in walk(tree) if isinstance(n, Integral)}
    found: dict[str, bool] = {}
    for call in free:
        letter, symbols = call.function.name, [a for a in call.arguments if isinstance(a, Symbol)]
        fits = len(symbols) == len(call.arguments) > 1 and symbols[0].name.lower() in names
        fits = fits and not any(s.name in bound or s.name.lower() in names - _PARAMETERS for s in symbols[1:])
        if letter in _DENSITIES:
            found[letter] = found.get(letter, True) and fits
    logs = [n for a in averaged for n in walk(a) if isinstance(n, Call) and n.function.name in ("log", "ln")]
    inside = {id(n) for each in logs for n in walk(each)}
    plain = {
        n.function.name for a in averaged for n in walk(a) if isinstance(n, Call) and id(n) not in inside
    }
    scored = {n.function.name for each in logs for n in walk(each) if isinstance(n, Call)}
    return {letter for letter, fits in found.items() if fits and letter in scored - plain}


def _join_capitals(found: Distribution, averaged: set[str]) -> None:
    """Let capitals in expectations have the values of the small letters that the distribution is of."""
    for name in sorted(averaged):
        if len(name) == 1 and name.isupper() and name.lower() in found.variables:
            found.capitals[name] = name.lower()
            found.variables.discard(name)
            found.parameters.discard(name)


def joint_letter(names: Iterable[str], found: Mapping[str, Distribution]) -> str:
    """The letter of the distribution that is of all these random quantities; "" where there is none."""
    wanted = set(names)
    fitting = [
        letter for letter, each in found.items() if wanted and all(each.variable_of(n) for n in wanted)
    ]
    return "p" if "p" in fitting else fitting[0] if len(fitting) == 1 else ""


def is_conditional(node: Call) -> bool:
    """Whether a call is that of a probability: every comparison in it is that of a name with a value."""
    name = node.function.name
    if not is_conditioned(name) or not compares_values(name):
        return False
    return not any(event.name == "·" and event.operator for side in events_of(name) for event in side)


def is_of_inequalities(node: Call) -> bool:
    r"""Whether a call is the probability that something lies between limits, as in `P(X \le x)`."""
    name = node.function.name
    if not is_conditioned(name) or base_name(name) not in PROBABILITIES:
        return False
    operators = {event.operator for side in events_of(name) for event in side}
    return bool(operators & {"<", ">", r"\le", r"\ge"}) and operators <= {"<", ">", r"\le", r"\ge"}


def _note(node: Call, found: Distribution) -> None:
    name = node.function.name
    found.parameters |= {parameter.name for parameter in parameters_below(node)}
    if not is_conditioned(name):
        found.variables |= {a.name for a in node.arguments if isinstance(a, Symbol) and a.name}
        return
    if not is_conditional(node):
        return
    before, behind = events_of(name)
    for n, (event, own) in enumerate(with_arguments((*before, *behind), node.arguments)):
        variable = variable_name(event.name, bool(event.operator))
        if variable != "·":
            (found.variables if n < len(before) else found.parameters).add(variable)
            if event.number.isdigit():
                found.values.setdefault(variable, set()).add(int(event.number))
            last = own[-1] if own else None
            if event.operator and not event.number and isinstance(last, Symbol) and not last.indices:
                found.letters.setdefault(variable, last.name)


def parameters_below(node: Call) -> list[Symbol]:
    r"""The parameters below the letter, as in `p_\theta(x)`, but not what it is of, as in `p_X(x)`."""
    return [
        s for s in node.function.lower if isinstance(s, Symbol) and not s.indices and not s.name.isupper()
    ]


def variables_of(family: str, arguments: Sequence[Symbol]) -> list[str]:
    """What a probability that the page has a formula for is of."""
    if is_conditioned(family):
        return [event.name for event in events_of(family)[0]]
    return [argument.name for argument in arguments]


def variable_name(name: str, compared: bool) -> str:
    """The variable that an event is about: that of `X = x` is called x."""
    return name.lower() if compared and len(name) == 1 else name


def is_summed_out(node: Fold | Integral, variable: str, found: dict[str, Distribution]) -> bool:
    """Whether something is summed or integrated over a random quantity of a distribution that stands in it."""
    return any(
        isinstance(call, Call)
        and (own := found.get(distribution_letter(call.function.name))) is not None
        and variable in own.variables
        for call in walk(node.body)
    )
