"""Which of our rules a label of another collection of named steps means."""

from __future__ import annotations

from pminusy.proofread.rules.catalogue import FAMILIES

NO_STEP = frozenset(["premise", "get_premise", "renaming_premise"])  # definitions


def _of(*families: str) -> frozenset[str]:
    return frozenset(
        n
        for family, rules in FAMILIES
        if family in families
        for rule in rules
        for n in (rule.name, rule.back)
    )


_ALGEBRA = _of("Arithmetic", "Powers", "Logarithms, exponentials, roots", "Values", "Identities", "Sums")
_ALGEBRA |= {"rearrange", "rearrange sums", "reorder", "unchanged", "work out numbers"}
_NAMES = _of("Names") | {
    "definitions put in",
    "put in the right side for the left",
    "put in the left side for the right",
}
# The same done to both sides of a = b is b put in for a on the right of f(a) = f(a): one is as good a name as the other
# for a line that both lead to. The other way round it is not, since a label "times" says what was done.
_PUT_IN = _NAMES | {
    "differentiate both sides",
    "integrate both sides",
    "raise both sides to a power",
    "apply a function to both sides",
    "multiply both sides",
    "divide both sides",
    "add to both sides",
    "subtract from both sides",
}
_FUNCTIONS = frozenset(
    [
        "hyperbolic functions by exponentials",
        "exponentials as hyperbolic functions",
        "integral of Euler",
        "integral of Euler recognised",
    ]
)  # by definition: of the gamma function it is Euler's integral
_DEFINITE = _FUNCTIONS | {
    "integral of Gauss",
    "integral of Gauss recognised",
}  # the equations that are applied
_DERIVATIVES = _of("Derivatives", "Softmax")
_INTEGRALS = _of("Integrals") | {"antiderivative", "split the range"}
_SUBSTITUTION = frozenset(["substitution", "rename the variable"])

MEANINGS: dict[str, frozenset[str]] = {
    "differentiate": frozenset(["differentiate both sides"]) | _NAMES,
    "integrate": frozenset(["integrate both sides"]) | _NAMES,
    "evaluate_derivatives": _DERIVATIVES,
    "evaluate_integrals": _INTEGRALS,
    "substitute_LHS_for_RHS": _PUT_IN,
    "substitute_RHS_for_LHS": _PUT_IN,
    "add": frozenset(["add to both sides", "subtract from both sides"]),
    "minus": frozenset(["add to both sides", "subtract from both sides"]),
    "times": frozenset(["multiply both sides", "divide both sides"]),
    "divide": frozenset(["multiply both sides", "divide both sides"]),
    "power": frozenset(["raise both sides to a power"]),
    "cos": frozenset(["apply a function to both sides"]),
    "exp": frozenset(["apply a function to both sides"]),
    "Substitution": _SUBSTITUTION,
    "Substitution inverse": _SUBSTITUTION,
    "SubstitutionInverse": _SUBSTITUTION,
    "ReplaceSubstitution": _SUBSTITUTION | _ALGEBRA | _NAMES,  # the page defines u = ax, and so it is put in
    "Integrate by parts": frozenset(["integration by parts"]),
    "IntegrationByParts": frozenset(["integration by parts"]),
    "SplitRegion": frozenset(["split the range"]),
    "Split region": frozenset(["split the range"]),
    "DefiniteIntegralIdentity": _INTEGRALS | _NAMES,
    "IndefiniteIntegralIdentity": _INTEGRALS | _NAMES,
    "ApplyEquation": _NAMES | _DEFINITE,
    "ExpandDefinition": _NAMES | _FUNCTIONS,
    "FoldDefinition": _NAMES | _FUNCTIONS,
    "ApplyIdentity": _ALGEBRA | _INTEGRALS,
    "Elim abs": _ALGEBRA,
    "DerivIntExchange": _DERIVATIVES,
    "IntSumExchange": _INTEGRALS | _of("Sums"),
    "Rewrite trigonometric": _ALGEBRA,
    "Rewrite fraction": _ALGEBRA,
    "Rewrite": _ALGEBRA,
    "Equation": _ALGEBRA,
    "ExpandPolynomial": _ALGEBRA | _INTEGRALS,
    "Unfold power": _ALGEBRA,
    "Simplification": _ALGEBRA | _INTEGRALS | _DERIVATIVES,
    "FullSimplify": _ALGEBRA | _INTEGRALS | _DERIVATIVES,
}


def meant(label: str) -> frozenset[str] | None:
    """The rules that a label may mean; None for a label outside of this field."""
    return MEANINGS.get(label.removesuffix(" (backwards)"))
