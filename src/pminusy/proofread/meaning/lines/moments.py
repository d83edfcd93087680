"""Laws of which the text gives the name and the moments, or the parameters by custom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pminusy.proofread.meaning.lines.law import KINDS, Law
from pminusy.proofread.source.draws import Draw
from pminusy.proofread.syntax.tree import Divide, Group, Node, Number, Power, Symbol

# Names that parameters have by custom, where the text names a distribution alone.
_CUSTOMARY = {
    "normal": ((r"\mu",), (r"\sigma",)),
    "lognormal": ((r"\mu",), (r"\sigma",)),
    "exponential": ((r"\lambda", r"\theta"),),
    "poisson": ((r"\lambda", r"\theta", r"\mu"),),
    "rayleigh": ((r"\sigma",),),
    "geometric": (("p", r"\theta"),),
    "bernoulli": (("p", r"\theta", r"\mu", r"\phi"),),
}


def by_moments(draw: Draw, said: Mapping[str, Node | None]) -> Law | None:
    """The law of that name with the mean, and the variance, that the text gives."""
    kind, mean, variance = KINDS.get(draw.law, ""), said["mean"], said["variance"]
    if mean is None:
        return None
    if kind == "normal":
        return None if variance is None else Law(kind, (mean, variance))
    if kind in ("poisson", "bernoulli"):
        return Law(kind, (mean,))
    return Law(kind, (Divide(Number("1"), mean),)) if kind in ("exponential", "geometric") else None


def said_moments(draws: Sequence[Draw]) -> dict[str, Node | None]:
    """The mean and the variance that some statements give; None where they do not."""
    said = {
        kind: next((d.parameters[0] for d in draws if d.law == kind), None)
        for kind in ("mean", "variance", "deviation")
    }
    if said["variance"] is None and said["deviation"] is not None:
        said["variance"] = Power(Group(said["deviation"]), Number("2"))
    return said


def by_custom(draw: Draw, used: Mapping[str, bool]) -> Law | None:
    r"""The law of that name whose parameters have the names that the page uses of those that they have by custom.

    A name that is an average, as in `\theta = E[X_i]`, follows from the parameter, which has no name then.
    """
    kind = KINDS.get(draw.law, "")
    choices = [[name for name in names if name in used] for names in _CUSTOMARY.get(kind, ())]
    if not choices or not all(choices):
        return None
    parameters: list[Node] = [Symbol("·" + names[0] if used[names[0]] else names[0]) for names in choices]
    if kind in ("normal", "lognormal"):
        parameters[1] = Power(parameters[1], Number("2"))
    return Law(kind, tuple(parameters))
