r"""Readings in which a random quantity has the law that the page names for it given another.

After `X \mid N \sim \mathrm{Bin}(N, p)` and `N \sim \mathrm{Poisson}(\lambda)`, $E[X \mid N]$ is $Np$ and $E[X]$ is
$\lambda p$.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.law import Law
from pminusy.proofread.meaning.lines.laws import law_of
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.readings.laws import fractions_of
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.source.page import Page


def with_conditional_laws(view: View, page: Page) -> View | None:
    """The reading of a claim with laws given other quantities; None where the page names none, or they go round.

    All else that is random in the claim is given, or has a law itself, so that nothing is taken to be independent.
    """
    model = view.model
    trees = tuple(m.tree for m in view.claim.members if m.tree is not None)
    given = _laws(page.given_draws, model)
    plain = _laws(page.draws, model)
    laws = {
        family: law
        for family, law in {**plain, **given}.items()
        if family in reached_families(model, trees) | _parents(given, model)
    }
    if not given.keys() & laws.keys() or _goes_round(laws, model):
        return None
    random = laws.keys() | (_parents(given, model) & model.random)
    inside = reached_families(model, trees) & model.random
    if not inside <= random or any(model.rank(family) for family in laws):
        return None
    fractions = fractions_of(laws, model)
    changed = replace(model, laws=laws, random=frozenset(random), independent=True, fractions=fractions)
    said = " and ".join(sorted(given.keys() & laws.keys()))
    return replace(view, model=changed, choices=(*view.choices, f"{said} read with the law given the others"))


def _laws(draws: list[Draw], model: Model) -> dict[str, Law]:
    """The laws of numbers by their families, those said last first."""
    found: dict[str, Law] = {}
    for draw in reversed(draws):
        law = law_of(draw)
        others = {model.families.resolve(each)[0] for each in draw.given}
        used = frozenset[str]() if law is None else _parents({"": law}, model)
        if draw.variable is not None and law is not None and (not others or others & used):
            family, indices = model.families.resolve(draw.variable)
            if not indices and family not in model.definitions:
                found.setdefault(family, law)
    return found


def _parents(laws: Mapping[str, Law], model: Model) -> frozenset[str]:
    """What the parameters of some laws are made of."""
    return reached_families(model, tuple(node for law in laws.values() for node in law.parameters))


def _goes_round(laws: Mapping[str, Law], model: Model) -> bool:
    """Whether a quantity's law depends on itself, through those of others."""
    above = {family: set(_parents({family: law}, model)) for family, law in laws.items()}
    for _ in above:
        for mine in above.values():
            mine |= {more for each in tuple(mine) for more in above.get(each, ())}
    return any(family in mine for family, mine in above.items())
