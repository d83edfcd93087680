"""The softmax and its logarithm, also where the page defines them itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.rules.build import ONE, add, mul, neg, without_groups
from pminusy.proofread.rules.families.exponentials import exponent_of
from pminusy.proofread.rules.families.logarithms import LOGARITHMS
from pminusy.proofread.rules.families.operator import wrapped
from pminusy.proofread.rules.letters import put_in
from pminusy.proofread.rules.rule import Example, Move, Rule
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.tree import Call, Delta, Derivative, Divide, Fold, Node, Symbol


def softmax_of(node: Node, setting: Setting) -> tuple[Symbol, Node] | None:
    """For an entry p_k of a softmax of the page, the logit z_k and k."""
    if not isinstance(node, Symbol):
        return None
    meaning = setting.model.definitions.get(setting.family(node))
    indices = setting.indices(node)
    if meaning is None or not indices:
        return None
    body = without_groups(meaning.body)
    if (
        isinstance(body, Call)
        and body.function.name == "softmax"
        and not meaning.parameters
        and len(indices) == 1
    ):
        logits = body.arguments[0]
        if not isinstance(logits, Symbol) or setting.is_number(logits):
            return None
        return replace(logits, lower=(*logits.lower, indices[0])), indices[0]
    if len(meaning.parameters) != len(indices):
        return None
    if not isinstance(body, Divide) or not isinstance(body.denominator, Fold):
        return None
    above, below = exponent_of(body.numerator), exponent_of(body.denominator.body)
    bindings = body.denominator.bindings
    if not isinstance(above, Symbol) or below is None or len(bindings) != 1 or body.denominator.condition:
        return None
    runs = bindings[0].index.name
    for parameter, index in zip(meaning.parameters, indices, strict=True):
        if put_in(below, {runs: Symbol(parameter)}, setting) == above:
            values = dict(zip(meaning.parameters, indices, strict=True))
            logit = put_in(above, {k: v for k, v in values.items() if v != Symbol(k)}, setting)
            if isinstance(logit, Symbol):
                return logit, index
    return None


def _derivative(node: Node, setting: Setting) -> Iterator[Move]:
    if not isinstance(node, Derivative) or not isinstance(node.variables[-1], Symbol):
        return
    body, variable = node.body, node.variables[-1]
    logarithm = isinstance(body, Call) and body.function.name in LOGARITHMS and not body.primes
    entry = body.arguments[0] if isinstance(body, Call) and logarithm else body
    found = softmax_of(entry, setting)
    if found is None or not isinstance(entry, Symbol):
        return
    logit, index = found
    if setting.family(logit) != setting.family(variable):
        return
    ours, theirs = setting.indices(logit), setting.indices(variable)
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) > 1 or (differing and differing[0][0] != index):
        return
    other = differing[0][1] if differing else index
    slots = setting.indices(entry)
    second = _with_index(entry, slots.index(index), other, setting)
    delta = ONE if other == index else Delta(index, other)
    bracket = add([delta, neg(second)])
    name = f"${entry.name}$"
    if logarithm:
        yield Move(
            wrapped(bracket, node),
            "The derivative of the log-softmax by a logit is delta minus the probability",
        )
    else:
        about = f"The derivative of the softmax {name} by a logit"
        yield Move(wrapped(mul([entry, bracket]), node), about)


def _with_index(entry: Symbol, place: int, index: Node, setting: Setting) -> Symbol:
    """The entry with another index in one place."""
    old = setting.indices(entry)[place]
    upper, lower = (
        tuple(index if node == old else node for node in side) for side in (entry.upper, entry.lower)
    )
    return replace(entry, lower=lower, upper=upper)


def _sum_to_one(node: Node, setting: Setting) -> Iterator[Move]:
    if isinstance(node, Fold) and node.kind == "sum" and len(node.bindings) == 1 and node.condition is None:
        found = softmax_of(node.body, setting)
        if found is not None and found[1] == node.bindings[0].index:
            yield Move(ONE, "The entries of a softmax sum to one")


_SOFTMAX = r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}"
DERIVATIVE = Rule(
    "derivative of the softmax",
    "derivative of the softmax recognised",
    _derivative,
    Example(r"\frac{\partial p_k}{\partial z_i}", r"p_k (\delta_{ki} - p_i)", (_SOFTMAX,)),
    "softmax",
)
RULES = (
    DERIVATIVE,
    Rule(
        "softmax sums to one",
        "one as the sum of a softmax",
        _sum_to_one,
        Example(r"\sum_k p_k", "1", (_SOFTMAX,)),
        "softmax",
    ),
)
