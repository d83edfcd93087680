r"""Readings in which random quantities have the distribution, or the mean and the variance, that the page gives them.

A statement about $E[f(X)]$ that does not hold for every distribution of X may hold for that one. What holds in such a
reading follows from what the page says; what does not may rest on something else that it says in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.chance import is_of_inequalities
from pminusy.proofread.meaning.lines.densities import stated_densities
from pminusy.proofread.meaning.lines.law import MOMENTS, STATED, Law
from pminusy.proofread.meaning.lines.laws import moments_of, named_laws
from pminusy.proofread.meaning.lines.randomness import averaged_alone
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import SQUARED, Meaning
from pminusy.proofread.readings.densities import Totals, stated_laws
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.chances import is_expectation, written_out
from pminusy.proofread.syntax.tree import Call, Node, Number, Power, Symbol, walk

_ENDLESS = Symbol(r"\infty")
_OF_SUCCESSES = frozenset(["bernoulli", "binomial", "geometric"])


def with_laws(view: View, page: Page, totals: Totals) -> Iterator[View]:
    """The reading of a claim in which its random quantities have the laws that the page names; then with moments.

    `totals` are the formulas of which it is known whether they add up to 1.
    """
    model = view.model
    trees = [m.tree for m in view.claim.members if m.tree is not None]
    inside = _random_in(trees, model)
    if not inside:
        return
    at = view.claim.chain.span.start
    averages = {
        family
        for family, meaning in model.definitions.items()
        if any(isinstance(n, Call) and is_expectation(n.function.name) for n in walk(meaning.body))
    }
    used = {
        n.name: model.families.resolve(n)[0] in averages
        for tree in model.trees
        for n in walk(tree)
        if isinstance(n, Symbol)
    }
    random = (model.random & inside) or model.random
    draws = [draw for draw in page.draws if not _is_of_another(draw, random, model)]
    named = named_laws(draws, random, used, model.families, at, model.independent or model.identical)
    named = {family: law for family, law in named.items() if family in inside}
    equations = [
        (chain.members[0].tree, chain.members[1].tree)
        for chain in page.chains
        if len(chain.members) == 2 and chain.span != view.claim.chain.span
    ]
    claimed = list(pairwise(trees))  # what says the same elsewhere gives no reason for it
    stated = [(a, b) for a, b in equations if a is not None and b is not None and (a, b) not in claimed]
    moments = moments_of(draws, stated, random - named.keys(), model.families)
    if not named and not moments:
        moments = _by_custom(random, model)
    for laws in (named, named | moments) if moments else (named,):
        if laws and (changed := _under(laws, model)) is not None:
            yield replace(view, model=changed, choices=(*view.choices, _said(laws)))
    stated_in_formulas = stated_laws(page, inside & random, model, view.claim.chain, totals)
    if stated_in_formulas and (changed := _under(named | stated_in_formulas, model)) is not None:
        yield replace(view, model=changed, choices=(*view.choices, _said(named | stated_in_formulas)))


def with_other_random(view: View) -> Iterator[View]:
    r"""The readings in which more, or fewer, names are random: what has a law, or an expectation of its own.

    Beside $E[\xi_i] = 0$, $a_i$ is no random quantity in $E[(\sum_i a_i \xi_i)^2]$, and $\varepsilon$ is one in
    $E[(f + \varepsilon - \hat f)^2]$ where its mean is known.
    """
    model = view.model
    alone = averaged_alone(model.trees, model.families)
    with_law = {draw.variable.name for draw in view.page.draws if draw.variable is not None}
    with_law |= {name for each in stated_densities(view.page.chains) for name in each.names}
    alone |= {family for family in model.shapes.ranks if family.split("_{")[0] in with_law}
    alone = (alone & model.shapes.ranks.keys()) - model.definitions.keys()
    fixed = {family for family in model.random - alone if not family[:1].isupper()}
    if alone & model.random and fixed:
        choice = f"{' and '.join(sorted(fixed))} read as not random"
        yield replace(
            view, model=replace(model, random=model.random - fixed), choices=(*view.choices, choice)
        )
    if more := alone - model.random:
        choice = f"{' and '.join(sorted(more))} read as random"
        yield replace(view, model=replace(model, random=model.random | more), choices=(*view.choices, choice))


def _is_of_another(draw: Draw, random: frozenset[str], model: Model) -> bool:
    """Whether a page says something of a random quantity that is not at hand."""
    return draw.variable is not None and model.families.resolve(draw.variable)[0] in model.random - random


def _by_custom(random: frozenset[str], model: Model) -> dict[str, Law]:
    """Mean μ and variance σ² of the only random quantity, where the page uses these names and defines neither.

    Beside a sample, what has no index is made of it.
    """
    free = model.shapes.ranks.keys() - model.definitions.keys() - random
    random = frozenset(family for family in random if model.own_entries(family)) or random
    if len(random) != 1 or r"\mu" not in free or model.rank(r"\mu"):
        return {}
    variance = (
        (Power(Symbol(r"\sigma"), Number("2")),) if r"\sigma" in free and not model.rank(r"\sigma") else ()
    )
    return dict.fromkeys(random, Law(MOMENTS, (Symbol(r"\mu"), *variance)))


def _random_in(trees: list[Node], model: Model) -> frozenset[str]:
    """The free families in expectations and events in some expressions, or in what these are made of."""
    reached = reached_families(model, tuple(trees))
    bodies = [*trees, *(model.definitions[name].body for name in reached if name in model.definitions)]
    calls = [node for tree in bodies for node in walk(tree) if isinstance(node, Call)]
    arguments = [a for call in calls if is_expectation(call.function.name) for a in call.arguments]
    for call in filter(is_of_inequalities, calls):
        arguments += [side for both in written_out(call.function.name, call.arguments) for side in both]
    return reached_families(model, tuple(arguments)) - model.definitions.keys()


def _under(laws: dict[str, Law], model: Model) -> Model | None:
    """The model in which numbers have these laws, and moments of vectors are what they are called."""
    known = {f: law for f, law in laws.items() if model.rank(f) <= len(model.own_entries(f))}
    meanings: dict[str, Meaning] = {}
    for family, law in laws.items():
        if family not in known and law.kind in (MOMENTS, "normal"):
            own = _moments(family, law, model)
            if len(own) == len(law.parameters):
                meanings |= own
            elif model.rank(family) == len(model.own_entries(family)) + 1:
                known[family] = law
    if not known and not meanings:
        return None
    random = model.random | laws.keys()
    integers = model.integers | {f for law in laws.values() for f in _integers(law, model)}
    random = frozenset(random - meanings.keys())
    changed = replace(model.given(meanings), laws=known, random=random, fractions=fractions_of(laws, model))
    positive = model.positive | {f for law in laws.values() for f in _scales(law, model)}
    return replace(changed, integers=frozenset(integers), positive=frozenset(positive))


def fractions_of(laws: Mapping[str, Law], model: Model) -> frozenset[str]:
    """The names of probabilities of success that are not random."""
    last = [law.parameters[-1] for law in laws.values() if law.kind in _OF_SUCCESSES]
    families = {model.families.resolve(each)[0] for each in last if isinstance(each, Symbol)}
    return frozenset(family for family in families - laws.keys() if not model.rank(family))


def _scales(law: Law, model: Model) -> Iterator[str]:
    """The names of numbers that a stated density has the square of: scales, which are positive."""
    if law.formula is None:
        return
    for node in walk(law.formula.density):
        if isinstance(node, Power) and node.exponent == Number("2") and isinstance(node.base, Symbol):
            family = model.families.resolve(node.base)[0]
            known = node.base == law.formula.variable or family in model.definitions
            if not known and not model.rank(family):
                yield family


def _integers(law: Law, model: Model) -> Iterator[str]:
    """The number of trials, where it has a name that the page gives no value."""
    last = law.parameters[0] if law.kind == "binomial" else None
    if law.formula is not None and law.formula.discrete:
        last = law.formula.high
    if isinstance(last, Symbol) and not last.indices and last != _ENDLESS and last.name not in model.sizes:
        yield last.name


def _moments(family: str, law: Law, model: Model) -> dict[str, Meaning]:
    r"""What μ and Σ are of a vector: its mean, and its covariance with itself."""
    letters = tuple(Symbol(name) for name in law.letters)
    if any(not letter.name for letter in letters):
        return {}
    whole = Symbol(family, letters)
    calls = (
        Call(Symbol(r"\mathbb{E}"), (whole,), opening="[", closing="]"),
        Call(Symbol("Cov"), (whole, whole), opening="(", closing=")"),
    )
    found: dict[str, Meaning] = {}
    for node, call in zip(law.parameters, calls, strict=False):
        square = isinstance(node, Power)
        name = node.base if isinstance(node, Power) else node
        if not isinstance(name, Symbol):
            continue
        parameter, indices = model.families.resolve(name)
        places = tuple(index.name for index in indices if isinstance(index, Symbol))
        if parameter not in model.definitions and len(places) == len(indices):
            parameter += SQUARED if square else ""
            found[parameter] = Meaning(parameter, places, (), call)
    return found


def _said(laws: dict[str, Law]) -> str:
    return "; ".join(
        f"{family.rstrip(chr(183))} read with {_described(law)}" for family, law in sorted(laws.items())
    )


def _described(law: Law) -> str:
    if law.kind == MOMENTS:
        return "the given mean and variance"
    if law.kind == STATED:
        return "the stated probabilities" if law.formula and law.formula.discrete else "the stated density"
    return f"{'an' if law.kind == 'exponential' else 'a'} {law.kind} distribution"
