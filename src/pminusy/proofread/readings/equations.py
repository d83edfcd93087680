r"""Equations and their solution: what is set to zero, rearranged and solved is checked by putting the solution in.

Of lines such as `\frac{n}{p} - \frac{m}{1 - p} = 0`, `n(1 - p) = mp`, `\hat p = \frac{n}{n + m}` none is an identity,
but at the value in the last one all hold. A line that does not hold there is wrong, if those around it do; where the
first lines do not hold and the last ones do, the first of these does not follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.errors import PminusyError
from pminusy.proofread.checking.compare import INTERNAL, compare
from pminusy.proofread.checking.environment import Layout
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Stated
from pminusy.proofread.meaning.lines.classified import Claim
from pminusy.proofread.meaning.lines.scopes import scoped
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import defined_by
from pminusy.proofread.meaning.shapes.shape import SCALAR
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.contexts import company, parted
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Multiply, Node, Number, Symbol, transform, walk

MOST_EQUATIONS = 12


@dataclass(frozen=True)
class Equation:
    """The last two members of a chain, to hold where its unknown has its value."""

    chain: Chain
    left: Node
    right: Node


def solved(
    page: Page, chains: Sequence[Chain], stated: tuple[Stated, ...], number: int
) -> list[tuple[Step, View]]:
    """The steps that equations of a page turn out to be; `number` is that of their first chain."""
    found: list[tuple[Step, View]] = []
    for group in _groups(page, chains):
        found += _checked(page, group, stated, number + len(found))
    return found


def _groups(page: Page, chains: Sequence[Chain]) -> Iterator[list[Chain]]:
    """Equations that follow one another in a section, the last of them a solution."""
    group: list[Chain] = []
    for chain in sorted(chains, key=lambda chain: chain.members[0].span.start):
        start = chain.members[0].span.start
        if group and page.section(group[-1].members[0].span.start) != page.section(start):
            group = []
        unknown = _unknown(chain)
        if unknown is None and (group or _has_zero(chain)):
            group.append(chain)
        elif unknown is None:
            continue
        elif any(_without_hat(unknown.name) in _names(each) for each in group):
            yield [*group[-MOST_EQUATIONS:], chain]
            group = []


def _has_zero(chain: Chain) -> bool:
    return any(member.tree == Number("0") for member in chain.members)


def _names(chain: Chain) -> set[str]:
    """The names in a chain, hats taken off."""
    return _names_in([member.tree for member in chain.members if member.tree is not None])


def _names_in(trees: Sequence[Node]) -> set[str]:
    return {_without_hat(n.name) for tree in trees for n in walk(tree) if isinstance(n, Symbol)}


def _unknown(chain: Chain) -> Symbol | None:
    """The name that a line gives the value of."""
    left, right = chain.members[0].tree, chain.members[-1].tree
    if not isinstance(left, Symbol) or right is None or right == Number("0"):
        return None
    bare = _without_hat(left.name)
    return None if any(isinstance(n, Symbol) and _without_hat(n.name) == bare for n in walk(right)) else left


def _without_hat(name: str) -> str:
    if name.startswith((r"\hat{", r"\tilde{")) and name.endswith("}"):
        return name[name.index("{") + 1 : -1]
    return name.removesuffix("^{*}")


def _checked(
    page: Page, group: list[Chain], stated: tuple[Stated, ...], number: int
) -> list[tuple[Step, View]]:
    unknown = _unknown(group[-1])
    assert unknown is not None
    around = [c for chain in group for c in company(page, chain) if not any(c is each for each in group)]
    kept = list({id(chain): chain for chain in (*around, *group)}.values())
    kept.sort(key=lambda chain: chain.members[0].span.start)
    hat, bare = unknown.name, _without_hat(unknown.name)
    part, pairs = parted(page, kept, {hat: bare})
    own = [pairs[id(chain)] for chain in group]
    outside = [chain for chain in part.chains if not any(chain is each for each in own)]
    try:
        model, found = build_model(replace(part, chains=[*outside, *own]), claimed=tuple(own))
        name, value = (_plain(own[-1].members[n].tree, hat, bare) for n in (0, -1))
        solution = defined_by(name, value, model.families)
    except (PminusyError, *INTERNAL):
        return []
    if solution is None or solution.family in model.definitions:
        return []
    model = model.given({solution.family: replace(solution, body=scoped(solution.body, unknown))})
    equations = [
        replace(e, left=_plain(e.left, hat, bare), right=_plain(e.right, hat, bare))
        for chain in own[:-1]
        if (e := _equation(chain)) is not None
    ]
    equations = [e for e in equations if bare in _names_in((e.left, e.right))]
    if not equations or not any(_is_first(e) for e in equations):
        return []
    outcomes = [compare(model, e.left, e.right, None, (), Layout()) for e in equations]
    holds = [bool(outcome) for outcome in outcomes]
    wrong = _first_wrong(holds)
    whole = model.rank(solution.family) > len(solution.parameters) or not model.shapes.is_scalar(
        model.shapes.values.get(solution.family, SCALAR)
    )
    unsure = (
        whole
        or any(outcome.equal is None for outcome in outcomes)
        or any(_is_open(c) for c in own)
        or _unknown_statistic(solution.body, equations, model)
        or _are_tied(own, equations, holds)
        or not _may_be_solved_for(bare, own)
    )
    if wrong is None or (wrong >= 0 and unsure):
        return []
    steps: list[tuple[Step, View]] = []
    for n, (equation, true) in enumerate(zip(equations, holds, strict=True)):
        if wrong >= 0 and n > wrong:
            break
        claim = Claim(equation.chain.members[-2:], None, {}, equation.chain)
        view = View(part, model, found, stated, Layout(), claim)
        verdict = StepVerdict.FAILS if n == wrong else StepVerdict.HOLDS
        if true or n == wrong:
            alone = n == wrong and holds[0] and sum(holds) == len(holds) - 1
            steps.append((_step(page, equation, verdict, group[-1], number + len(steps), alone), view))
    if wrong == len(equations):
        last = Equation(own[-1], Symbol(bare), own[-1].members[-1].tree or Number("0"))
        claim = Claim(own[-1].members[-2:], None, {}, own[-1])
        view = View(part, model, found, stated, Layout(), claim)
        steps.append((_step(page, last, StepVerdict.FAILS, group[-1], number + len(steps), sure=True), view))
    return steps


def _plain(tree: Node | None, marked: str, bare: str) -> Node:
    """A formula with the unknown without its star, which is no sign of its name that could be changed in the text."""

    def rename(node: Node) -> Node:
        return replace(node, name=bare) if isinstance(node, Symbol) and node.name == marked else node

    assert tree is not None
    return transform(tree, rename)


def _unknown_statistic(solution: Node, equations: Sequence[Equation], model: Model) -> bool:
    r"""Whether a solution has a mean or estimate, as `\bar{x}`, of which neither the equations nor the page speak."""
    known = _names_in([tree for e in equations for tree in (e.left, e.right)]) | model.definitions.keys()
    return any(name.startswith((r"\bar{", r"\hat{", r"\tilde{")) for name in _names_in([solution]) - known)


def _are_tied(chains: Sequence[Chain], equations: Sequence[Equation], holds: Sequence[bool]) -> bool:
    """Whether names may be tied by what is not among the equations.

    n may be the sum of n_0 and n_1; and lines that do not hold may have a second unknown in them, which those that
    hold no longer have.
    """
    plain: set[str] = set()
    marked: set[str] = set()
    for symbol in (s for c in chains for m in c.members if m.tree is not None for s in walk(m.tree)):
        if isinstance(symbol, Symbol):
            numbered = any(isinstance(index, Number) for index in symbol.indices)
            (marked if numbered else plain).add(symbol.name)
    sides = {
        true: _names_in(
            [t for e, h in zip(equations, holds, strict=True) if h is true for t in (e.left, e.right)]
        )
        for true in (True, False)
    }
    return bool(plain & marked) or (any(holds) and not holds[0] and bool(sides[False] - sides[True]))


def _may_be_solved_for(name: str, chains: Sequence[Chain]) -> bool:
    """Whether lines are differentiated by a name, if by any, so that they can be equations for it."""
    nodes = [n for c in chains for m in c.members if m.tree is not None for n in walk(m.tree)]
    variables = [v for n in nodes if isinstance(n, Derivative) for v in n.variables]
    return not variables or name in _names_in(variables)


def _is_open(chain: Chain) -> bool:
    r"""Whether a function without brackets has a factor behind it that may belong to it, as in `\log a \sqrt{b}`."""
    nodes = [n for member in chain.members if member.tree is not None for n in walk(member.tree)]
    products = [n.factors for n in nodes if isinstance(n, Multiply)]
    return any(isinstance(f, Call) and not f.opening for factors in products for f in factors[:-1])


def _is_first(equation: Equation) -> bool:
    """Whether a line is what everything follows from: something set to zero."""
    return Number("0") in (equation.left, equation.right)


def _equation(chain: Chain) -> Equation | None:
    left, right = chain.members[-2].tree, chain.members[-1].tree
    if left is None or right is None or any(isinstance(n, Derivative) for n in walk(right)):
        return None
    return Equation(chain, scoped(left, right), scoped(right, left))


def _first_wrong(holds: list[bool]) -> int | None:
    """The first line that is wrong, −1 where all hold, their number for the solution; None where it cannot be told.

    Where the first line holds, the solution is right, and a line that does not hold is wrong. Where none of several
    lines holds, it is the solution; where the later ones do, the first of these.
    """
    if holds[0]:
        return -1 if all(holds) else holds.index(False)
    if not any(holds):
        return len(holds) if len(holds) > 1 else None
    first = next((n for n in range(len(holds)) if all(holds[n:])), None)
    return first if first is not None and not any(holds[:first]) else None


def _step(
    page: Page, equation: Equation, verdict: StepVerdict, solution: Chain, number: int, sure: bool = False
) -> Step:
    before, here = equation.chain.members[-2], equation.chain.members[-1]
    line = page.line_of(solution.members[0].span.start)[0]
    return Step(
        line=page.line_of(here.span.start)[0],
        lhs=page.text[before.span.start : before.span.end],
        rhs=page.text[here.span.start : here.span.end],
        lhs_tree=equation.left,
        rhs_tree=equation.right,
        verdict=verdict,
        confidence=("sure" if sure else "likely") if verdict is StepVerdict.FAILS else None,
        solves=True,
        rests_on=(f"checked by substituting {to_latex(equation_name(solution))} from line {line}",),
        chain=number,
        span=here.span,
    )


def equation_name(solution: Chain) -> Node:
    """The unknown of a solution."""
    tree = solution.members[0].tree
    assert tree is not None
    return tree
