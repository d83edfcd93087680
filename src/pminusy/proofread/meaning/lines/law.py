"""What a distribution is: its name, or its density, and its parameters."""

from __future__ import annotations

from dataclasses import dataclass

from pminusy.proofread.syntax.tree import Node, Symbol

MOMENTS = "moments"
STATED = "stated"
_NAMES = {
    "normal": ("n", "normal", "gaussian", "norm", "gauss"),
    "lognormal": ("lognormal", "lognorm", "logn", "ln", "lnorm"),
    "exponential": ("exp", "exponential", "expo", "exponencial", "exponentiel", "expon"),
    "laplace": ("laplace", "lap"),
    "rayleigh": ("rayleigh",),
    "rademacher": ("rademacher", "rad"),
    "poisson": ("poisson", "poiss", "pois", "poi", "po"),
    "bernoulli": ("bernoulli", "ber", "bern"),
    "binomial": ("binomial", "bin", "binom", "b", "bi"),
    "uniform": ("u", "unif", "uniform", "uni"),
    "gamma": ("gamma", r"\gamma", "ga", "gam"),
    "chi": ("chi",),
    "beta": ("beta", "be"),
    "geometric": ("geometric", "geometricdist", "geom", "geo", "ge"),
}
KINDS = {name: kind for kind, names in _NAMES.items() for name in names}
_TWO = ("normal", "lognormal", "laplace", "binomial", "uniform", "gamma", "beta", MOMENTS)
COUNTS = dict.fromkeys(_TWO, 2) | {"rademacher": 0}  # of parameters; else 1


@dataclass(frozen=True)
class Formula:
    """The density of a variable between two limits, or the probabilities of the integers between them."""

    variable: Symbol
    density: Node
    low: Node
    high: Node
    discrete: bool = False


@dataclass(frozen=True)
class Law:
    """How a random quantity is distributed.

    Attributes
    ----------
    kind : str
        The name of a distribution, "moments" where only mean and variance are known, "stated" where a formula is given.
    parameters : tuple of Node
        Of a normal distribution mean and variance; of an exponential and a gamma distribution the rate (last).
    letters : tuple of str
        The indices of the quantity, which parameters may have as well.
    formula : Formula or None
        The density of a law that is stated.
    """

    kind: str
    parameters: tuple[Node, ...]
    letters: tuple[str, ...] = ()
    formula: Formula | None = None
