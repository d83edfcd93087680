"""Two sides compared at random points."""

from __future__ import annotations

from dataclasses import dataclass

import mpmath
import numpy as np

from pminusy.errors import ShapeError
from pminusy.proofread.checking.algebra import is_scalar, shape_of
from pminusy.proofread.checking.axes import axis
from pminusy.proofread.checking.dual import Array, in_floats, plain
from pminusy.proofread.checking.environment import Environment, Layout
from pminusy.proofread.checking.evaluate import Evaluator
from pminusy.proofread.checking.ladder import with_definitions
from pminusy.proofread.checking.sampling import KINDS, points
from pminusy.proofread.meaning.lines.assumptions import Assumption
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.model.point import Point, margins
from pminusy.proofread.meaning.model.undecidable import NoTerms, Undecidable
from pminusy.proofread.meaning.names.definitions import Meaning
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.proof import Witness
from pminusy.proofread.syntax.tree import (
    Binding,
    Conjunction,
    Integral,
    Negative,
    Node,
    Number,
    Relation,
    Symbol,
    walk,
)

EQUAL, DIFFERENT = 1e-9, 1e-6
FEW_KINDS = 3  # of values to try where integrals are nested, which takes long
DIGITS, EXACT = 40, 1e-16  # decimal digits, and the residual that they leave of what is equal
# What is not foreseen leaves a step undecided; it is no verdict on the page.
INTERNAL = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Comparison:
    """What came out: `equal` is None where it could not be decided, for the `reason` given."""

    equal: bool | None
    residual: float | None = None
    witness: Witness | None = None
    reason: str | None = None
    misfit: bool = False

    def __bool__(self) -> bool:
        return self.equal is True


def compare(
    model: Model,
    left: Node,
    right: Node,
    condition: Node | None = None,
    assumptions: tuple[Assumption, ...] = (),
    layout: Layout | None = None,
    trials: int = 3,
    exact: bool = True,
) -> Comparison:
    """Whether two expressions are equal for all index values that the condition allows.

    Both are evaluated at `trials` × 3 points with different sizes; a doubtful residual is decided in 40 digits, unless
    `exact` is False: then it stays undecided.
    """
    model = _with_equal_values(model, assumptions)
    given = tuple(a for a in assumptions if a.kind != "equal")
    reason = "found no point at which both sides are finite"
    for kind in KINDS[:FEW_KINDS] if _integrates(model, left, right, twice=True) else KINDS:
        try:
            residual, witness = _largest(model, left, right, condition, given, layout, kind, range(trials), 0)
        except Undecidable as error:
            return Comparison(None, reason=str(error))
        except ShapeError as error:
            return Comparison(None, reason=str(error), misfit=True)
        except INTERNAL as error:
            return Comparison(None, reason=unforeseen(error))
        if residual is None:
            continue
        if EQUAL < residual < DIFFERENT and not exact:
            return Comparison(None, residual)
        if EQUAL < residual < DIFFERENT:
            return _in_digits(model, left, right, condition, given, layout, kind, residual, witness)
        return Comparison(residual <= EQUAL, residual, None if residual <= EQUAL else witness)
    if exact and _integrates(model, left, right):  # a singular integrand may need more than float64
        result = _in_digits(model, left, right, condition, given, layout, "unit", None, None)
        return result if result.equal is not None else Comparison(None, reason=reason)
    return Comparison(None, reason=reason)


def unforeseen(error: Exception) -> str:
    """What is said of an error that is a defect of the checker, not of the page."""
    return f"an internal error ({type(error).__name__})"


def _integrates(model: Model, *sides: Node, twice: bool = False) -> bool:
    """Whether some expressions contain an integral; one inside another with `twice`."""
    integrals = [n for tree in with_definitions(model, sides) for n in walk(tree) if isinstance(n, Integral)]
    return any(not twice or any(isinstance(inner, Integral) for inner in walk(n.body)) for n in integrals)


def _is_endless(model: Model, *sides: Node) -> bool:
    """Whether some expressions contain an integral or a sum over an infinite range."""
    nodes = (n for tree in with_definitions(model, sides) for n in walk(tree))
    ends = (
        (n.low, n.high) if isinstance(n, Integral) else (n.high,)
        for n in nodes
        if isinstance(n, Integral | Binding)
    )
    infinite = Symbol(r"\infty"), Negative(Symbol(r"\infty"))
    return any(end in infinite for pair in ends for end in pair)


def _in_digits(
    model: Model,
    left: Node,
    right: Node,
    condition: Node | None,
    given: tuple[Assumption, ...],
    layout: Layout | None,
    kind: str,
    residual: float | None,
    witness: Witness | None,
) -> Comparison:
    """The comparison anew in many digits, where rounding and a small difference cannot be told apart otherwise."""
    try:
        with mpmath.workdps(DIGITS):
            exact, _ = _largest(model, left, right, condition, given, layout, kind, range(1), DIGITS)
    except (Undecidable, ShapeError, *INTERNAL) as error:
        return Comparison(None, residual, None, str(error))
    residual = residual if exact is None else exact
    if residual is None:
        return Comparison(None, reason="found no point at which both sides are finite")
    return Comparison(residual < EXACT, residual, None if residual < EXACT else witness)


def _with_equal_values(model: Model, assumptions: tuple[Assumption, ...]) -> Model:
    fixed = {a.family: a.values[0] for a in assumptions if a.kind == "equal"}
    return model.given({name: Meaning(name, (), (), _number(value)) for name, value in fixed.items()})


def _number(value: float) -> Node:
    return Number(f"{value:.17g}") if value >= 0 else Negative(Number(f"{-value:.17g}"))


def _largest(
    model: Model,
    left: Node,
    right: Node,
    condition: Node | None,
    assumptions: tuple[Assumption, ...],
    layout: Layout | None,
    kind: str,
    trials: range,
    digits: int,
) -> tuple[float | None, Witness | None]:
    """The largest relative difference over some points, and where it is; None where no values are finite.

    With some sizes there may be none: $X^T X$ has no inverse where X has more columns than rows.
    """
    worst, witness = -1.0, None
    infinite = False
    endless = _is_endless(model, left, right)
    for point in points(model, kind, assumptions, trials, 1 if digits else 3, digits, endless):
        env, letters = environment(model, (left, right), point, layout)
        env = _with_compared(env, condition)
        try:
            with np.errstate(all="ignore"):
                a, b = _values(env, left, right)
                mask = allowed(env, condition, letters)
        except NoTerms:
            continue
        a, b, mask = _aligned(a, b, mask)
        if not mask.any():
            continue
        a, b = np.where(mask, a, 0), np.where(mask, b, 0)
        finite = _finite_samples(a, b) & mask.any(axis=_but_samples(mask))  # what is left out shows nothing
        if not finite.any():
            infinite = True
            if _integrates(model, left, right):
                break  # other sizes would not help
            continue
        a, b = a[..., finite, :, :], b[..., finite, :, :]
        difference, scale = np.abs(a - b), np.maximum(np.abs(a), np.abs(b))
        ratio = float(difference.max() / max(scale.max(), 1e-3))
        if ratio > worst:
            worst = ratio
            witness = _witness(point, letters, a, b, difference) if ratio > EQUAL and not digits else None
    if worst < 0 and infinite:
        return None, None
    if worst < 0:
        raise Undecidable("no index values satisfy the condition")
    return worst, witness


def environment(
    model: Model, nodes: tuple[Node, ...], point: Point, layout: Layout | None
) -> tuple[Environment, dict[str, Array]]:
    """The environment in which the free letters of some expressions take all their values."""
    env = Environment(model, point, layout or Layout())
    letters = frozenset[str]().union(*(free_letters(node, model.families) for node in nodes))
    for name in sorted(letters):
        if name not in model.sizes and not (model.is_integer(name) and model.rank(name) == 0):
            values = model.ranges.free_range(name, nodes, point)
            env = env.with_letter(name, axis(values, env.level))
    return env, dict(env.letters)


def _with_compared(env: Environment, condition: Node | None) -> Environment:
    r"""The environment with letters that only a condition has, as t where `j \ne t`, with the values of the others."""
    for part in conjuncts(condition):
        sides = (part.left, part.right) if isinstance(part, Relation) else ()
        names = [side.name for side in sides if isinstance(side, Symbol) and not side.indices]
        known = [name for name in names if name in env.letters]
        if len(names) == 2 and len(known) == 1:
            other = next(name for name in names if name not in known)
            if env.model.is_letter(other):
                env = env.with_letter(other, axis(np.unique(env.letters[known[0]]), env.level))
    return env


def _values(env: Environment, left: Node, right: Node) -> tuple[Array, Array]:
    evaluator = Evaluator()
    a, b = evaluator.value(left, env), evaluator.value(right, env)
    if shape_of(a) != shape_of(b) and not isinstance(left, Number) and not isinstance(right, Number):
        message = "{} × {} on the left, {} × {} on the right".format(*shape_of(a), *shape_of(b))
        raise Undecidable(message) if is_scalar(a) or is_scalar(b) else ShapeError(message)
    return plain(a), plain(b)


def allowed(env: Environment, condition: Node | None, letters: dict[str, Array]) -> Array:
    """Which index values count: those of the condition, and different ones for letters that tell things apart."""
    mask: Array = np.ones((1, 1, 1), bool)
    for part in conjuncts(condition):
        if free_letters(part, env.model.families) <= set(env.letters):
            mask = mask & Evaluator().condition(part, env)
    for names in env.model.dynamic.values():
        apart = sorted(names & set(letters))
        for n, name in enumerate(apart):
            for other in apart[n + 1 :]:
                mask = mask & (letters[name] != letters[other])
    return mask


def conjuncts(condition: Node | None) -> tuple[Node, ...]:
    """The single conditions that a condition joins."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, Conjunction) else (condition,)


def _aligned(a: Array, b: Array, mask: Array) -> tuple[Array, Array, Array]:
    shape = np.broadcast_shapes(a.shape, b.shape, mask.shape)
    return np.broadcast_to(a, shape), np.broadcast_to(b, shape), np.broadcast_to(mask, shape)


def _finite_samples(a: Array, b: Array) -> Array:
    """For each sample whether both sides are finite at all index values."""
    finite = np.isfinite(in_floats(a)) & np.isfinite(in_floats(b))
    return np.asarray(finite.all(axis=_but_samples(finite)))


def _but_samples(array: Array) -> tuple[int, ...]:
    return tuple(n for n in range(array.ndim) if n != array.ndim - 3)


def _witness(point: Point, letters: dict[str, Array], a: Array, b: Array, difference: Array) -> Witness:
    """The place of the largest difference, with what the free quantities are there."""
    shape = np.broadcast_shapes(difference.shape, *(values.shape for values in letters.values()))
    place = np.unravel_index(int(np.broadcast_to(difference, shape).argmax()), shape)
    a, b = np.broadcast_to(a, shape), np.broadcast_to(b, shape)
    indices = {name: int(np.broadcast_to(values, shape)[place]) for name, values in letters.items()}
    free = {
        family: np.round(_visible(table[int(place[-3]) % len(table)]), 4).tolist()
        for family, table in point.tables.items()
        if table.ndim <= 3
    }
    if np.iscomplexobj(a) or np.iscomplexobj(b):  # of complex numbers, the parts that differ more
        differs = a[place] - b[place]
        part = np.real if abs(np.real(differs)) >= abs(np.imag(differs)) else np.imag
        return Witness(float(part(a[place])), float(part(b[place])), indices, free)
    return Witness(float(a[place]), float(b[place]), indices, free)


def _visible(table: Array) -> Array:
    """A table without the margins beyond its range."""
    low, beyond = margins(table.ndim)
    window = tuple(slice(1 - low, n - beyond + 1) for n in table.shape)
    return np.asarray(table[window], dtype=float)
