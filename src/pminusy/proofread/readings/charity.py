"""Other readings of a claim that does not hold: few choices away from the usual one, bounded by work."""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pminusy.errors import PminusyError
from pminusy.proofread.checking.compare import INTERNAL, compare
from pminusy.proofread.checking.dependence import NO_DEPENDENCE
from pminusy.proofread.checking.environment import CIRCULAR, Layout
from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.checking.steps import check_claim
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Stated
from pminusy.proofread.meaning.lines.classified import Claim, Classified
from pminusy.proofread.meaning.lines.declared import listed_names
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.names.dependence import variable_of
from pminusy.proofread.meaning.reading import BRIEF, Reading
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.as_numbers import (
    counts_entries,
    depends_on_shapes,
    no_axes,
    with_shares_of_one,
    with_units,
)
from pminusy.proofread.readings.choices import (
    cases,
    customs,
    dimensions,
    meanings,
    notations,
    observations,
    stacks,
)
from pminusy.proofread.readings.circles import cut, with_independent_variables
from pminusy.proofread.readings.conditional_laws import with_conditional_laws
from pminusy.proofread.readings.contexts import (
    by_itself,
    differentiates,
    near,
    own_words,
    restates,
    rivals,
)
from pminusy.proofread.readings.customary_moments import with_customary_moments
from pminusy.proofread.readings.densities import Totals
from pminusy.proofread.readings.laws import with_laws, with_other_random
from pminusy.proofread.readings.named_terms import with_named_terms
from pminusy.proofread.readings.rewritings import OF_CHANCE, OF_NOTATION, Rewriting
from pminusy.proofread.readings.stacking import Ways, ways
from pminusy.proofread.readings.unnamed_arguments import with_arguments
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Multiply,
    Node,
    Number,
    Span,
    Transpose,
    is_literal,
    walk,
)

MOST_NOTATIONS, MOST_RIVALS = 16, 6
MOST_WORK = 50_000  # nodes read anew on a page
NEAREST = "interpreted with the nearest definitions"
WHATEVER = "true whatever its names stand for"
_OF_VECTORS = re.compile(
    r"transpos|ve[ck]tor|matri|向量|矩阵|вектор|матриц|\\(?:top|mathbf|boldsymbol|bm)\b", re.IGNORECASE
)
_FAULTS = (PminusyError, *INTERNAL)


@dataclass
class Charity:
    """The search for readings under which more of a page holds; `work` counts the nodes that were read anew."""

    page: Page
    stated: tuple[Stated, ...]
    work: int = 0
    built: dict[Hashable, View | None] = field(default_factory=dict)
    stacked: dict[Span, Ways] = field(default_factory=dict)
    totals: Totals = field(default_factory=dict)

    def first(self, claim: Claim, layout: Layout) -> View:
        """The usual reading of a claim on a long page: alone if it holds so, else with what defines its names."""
        if not differentiates(claim.chain):
            alone = self._view(by_itself(self.page, claim.chain), claim, layout)
            if alone is not None and all(step.holds for step in check_claim(alone, 0)[0]):
                return alone
        view = self._view(near(self.page, claim.chain), claim, layout)
        if view is None:
            view = self._view(by_itself(self.page, claim.chain), claim, layout)
        return view or _unread(self.page, claim, self.stated)

    def decided(self, claim: Claim, layout: Layout) -> View | None:
        """The reading of a claim for which it was decided what its names are; None if nothing was."""
        page, chain = self.page, self._original(claim.chain)
        line = page.line_of(chain.members[0].span.start)[0]
        if line in page.settled.unknown:
            return self._view(by_itself(page, chain), claim, layout)
        if any(at == line for at, _ in page.settled.definitions):
            return self._view(near(page, chain), claim, layout)
        return None

    def better(self, view: View, steps: list[Step], number: int) -> list[tuple[Step, View]]:
        """The steps with their readings, those that do not hold as they are in a reading in which they hold."""
        bad = {step.span: step for step in steps if not step.holds}
        for step in (each for each in steps if each.holds):
            self.stacked[step.span] = ways(view.model, (step.lhs_tree, step.rhs_tree))
        better: dict[object, tuple[Step, View]] = {}
        tried = [view]
        for other in self._others(view, steps):
            if not bad:
                break
            if self.work > MOST_WORK:
                steps = [_not_tried(step) if step.span in bad else step for step in steps]
                break
            if any(other.model is each.model and other.claim is each.claim for each in tried):
                continue
            tried.append(other)
            again, _ = check_claim(other, number)
            for step in again:
                if (
                    step.span in bad
                    and step.holds
                    and not (_is_trivial(step, other) or _demotes(view, other, steps))
                ):
                    rests_on = (*step.rests_on, *other.choices)
                    better[step.span] = replace(step, rests_on=rests_on), other
                    self.stacked[step.span] = ways(other.model, (step.lhs_tree, step.rhs_tree))
                    del bad[step.span]
        return [better.get(step.span, (step, view)) for step in steps]

    def for_numbers(self, step: Step, view: View) -> tuple[Step, View]:
        """The step with its view; where shapes leave it open, as it fails with numbers for all names, if it does."""
        if not depends_on_shapes(step, view) or counts_entries(step):
            return step, view
        part = near(self.page, self._original(view.claim.chain))
        axes = no_axes(part[0])
        own = (
            None if axes is None else self._view(part, view.claim, view.layout, (), replace(BRIEF, axes=axes))
        )
        if own is None:
            return step, view
        own = with_units(own)
        failing = _failing(step, own)
        if failing is None or any(
            each.holds and each.span == step.span
            for shares in with_shares_of_one(own, failing)
            for each in check_claim(shares, step.chain)[0]
        ):
            return step, view
        return failing, own

    def for_functions(self, step: Step, view: View) -> tuple[Step, View]:
        """The step with its view; where it is a rule about functions without arguments, as it fails with them."""
        if step.verdict is not StepVerdict.UNDECIDED or not (step.reason or "").startswith(NO_DEPENDENCE):
            return step, view
        part = with_arguments(by_itself(self.page, self._original(view.claim.chain)))
        own = None if part is None else self._view(part, view.claim, view.layout)
        if own is None:
            return step, view
        failing = _failing(step, own)
        return (step, view) if failing is None else (failing, own)

    def hold_alone(self, pairs: list[tuple[Step, View]]) -> frozenset[Span]:
        """The places of steps with derivatives that fail, but hold where their names mean nothing else."""
        found = set()
        for step, view in pairs:
            chain = self._original(view.claim.chain)
            if step.verdict is not StepVerdict.FAILS or not differentiates(chain):
                continue
            if restates(self.page, chain):
                continue
            for other in self._views(by_itself(self.page, chain), view.claim, view.layout, ""):
                again, _ = check_claim(other, step.chain)
                found |= {
                    s.span for s in again if s.holds and s.span == step.span and not _is_trivial(s, other)
                }
        return frozenset(found)

    def _original(self, chain: Chain) -> Chain:
        """The chain of the page that a chain of a part of it was made from."""
        start = chain.members[0].span.start
        return next((c for c in self.page.chains if c.members[0].span.start == start), chain)

    def _others(self, view: View, steps: list[Step]) -> Iterator[View]:
        """Other readings of a claim, the likeliest first; then these with the distributions that the page names."""
        tried = list[View]()
        for other in self._read_otherwise(view, steps):
            tried.append(other)
            yield other
        for other in (view, *tried):
            yield from with_named_terms(other, self.page)
            if other.model.laws:
                continue
            if (moments := with_customary_moments(other, self.page)) is not None:
                yield moments
            if other is not view:
                yield from with_laws(other, self.page, self.totals)
            if (given := with_conditional_laws(other, self.page)) is not None:
                yield given

    def _read_otherwise(self, view: View, steps: list[Step]) -> Iterator[View]:
        """Other readings of a claim, the likeliest first."""
        page, claim = self.page, view.claim
        chain = self._original(claim.chain)
        if page.line_of(chain.members[0].span.start)[0] in page.settled.unknown:
            return
        own = own_words(page, chain)
        if by_custom := customs(view.model, page.text):
            usual = replace(
                view,
                model=view.model.given(by_custom),
                choices=(f"{min(by_custom)} read in its conventional meaning",),
            )
            yield usual
            yield from with_laws(usual, page, self.totals)
        if (built := stacks(view.model, listed_names(page))) is not None:
            yield replace(view, model=built[0], choices=(built[1],))
        for model, counts in dimensions(claim.chain, view.model):
            yield replace(view, model=model, choices=(f"{counts} read as the number of entries",))
        if any(step.reason == CIRCULAR for step in steps):
            for model, choice in cut(claim.chain, view.model):
                yield replace(view, model=model, choices=(choice,))
            if (freed := with_independent_variables(page, chain)) is not None:
                choice = "what is differentiated by read as independent"
                yield from self._views(near(freed, chain), claim, view.layout, choice)
        if any(rank > 1 for rank in view.model.shapes.ranks.values()):
            units = "numbers beside square matrices read as multiples of the identity"
            yield replace(view, model=replace(view.model, units=True), choices=(units,))
            if any(
                isinstance(n, Call) and n.function.name == "softmax"
                for t in view.model.trees
                for n in walk(t)
            ):
                rows = "the softmax of a matrix read as along its rows"
                yield replace(view, model=replace(view.model, along_rows=True), choices=(rows,))
        yield from with_laws(view, page, self.totals)
        for other in with_other_random(view):
            yield other
            yield from with_laws(other, page, self.totals)
        if differentiates(chain) and (data := observations(view.model)):
            known = {name: meaning for name, meaning in view.model.definitions.items() if name not in data}
            yield replace(
                view,
                model=replace(view.model, definitions=known),
                choices=(f"{min(data)} read as data, which do not depend on parameters",),
            )
        for around in (near(page, chain), by_itself(page, chain)):
            nearest = self._view(around, claim, view.layout)
            if nearest is not None:
                yield from with_laws(nearest, page, self.totals)
        yield from self._rewritten(OF_CHANCE, view, chain)
        axes = replace(BRIEF, axes=_axes(view)) if _fails(steps) else BRIEF
        yield from self._views(near(page, chain), claim, view.layout, NEAREST, axes)
        if axes is not BRIEF:
            yield from self._views(near(page, chain), claim, view.layout, NEAREST)
        nearby = "names interpreted as they are used nearby"
        yield from self._views(near(page, chain, own), claim, view.layout, nearby, axes)
        if not differentiates(chain):
            yield from self._views(by_itself(page, chain), claim, view.layout, WHATEVER, axes)
            if axes is not BRIEF:
                yield from self._views(by_itself(page, chain), claim, view.layout, WHATEVER)
        for pair in _pairs(chain, steps):
            own_claim = replace(claim, members=pair.members, chain=pair)
            if differentiates(pair):
                alone = replace(page, chains=[pair if each is chain else each for each in page.chains])
                yield from self._views(near(alone, pair), own_claim, view.layout, NEAREST)
            else:
                yield from self._views(by_itself(page, pair), own_claim, view.layout, WHATEVER)
        yield from self._rewritten(OF_NOTATION, view, chain)
        for condition, choice in cases(chain, view.model):
            yield replace(view, claim=replace(claim, condition=condition), choices=(choice,))
        for rival in rivals(page, chain)[:MOST_RIVALS]:
            line = page.line_of(rival.members[0].span.start)[0]
            part = near(page, chain, None, rival)
            yield from self._views(
                part, claim, view.layout, f"interpreted with the definition in line {line}"
            )
        for reading, choice in meanings(chain, view.model):
            yield from self._views(near(page, chain), claim, view.layout, choice, reading)
            if not differentiates(chain):
                yield from self._views(by_itself(page, chain), claim, view.layout, choice, reading)
        for vocabulary, choice in itertools.islice(notations(chain, page.vocabulary), MOST_NOTATIONS):
            yield from self._views(near(page, chain, vocabulary), claim, view.layout, choice)

    def _rewritten(self, rewritings: Iterable[Rewriting], view: View, chain: Chain) -> Iterator[View]:
        """The claim with formulas written out in each of some ways."""
        vectors = any(view.model.shapes.ranks.values())
        for each in rewritings:
            if each.vectors and not vectors:
                continue
            for part, reading in each.parts(self.page, chain):
                for one in self._views(part, view.claim, view.layout, each.choice, reading):
                    yield replace(one, model=replace(one.model, identical=True)) if each.identical else one
                    if each.laws:
                        yield from with_laws(one, self.page, self.totals)

    def _views(
        self,
        part: tuple[Page, Chain],
        claim: Claim,
        layout: Layout,
        choice: str,
        reading: Reading = BRIEF,
    ) -> Iterator[View]:
        view = self._view(part, claim, layout, (choice,), reading)
        if view is not None:
            yield view

    def _view(
        self,
        part: tuple[Page, Chain],
        claim: Claim,
        layout: Layout,
        choices: tuple[str, ...] = (),
        reading: Reading = BRIEF,
    ) -> View | None:
        page, chain = part
        whole = len(claim.members) == len(chain.members)
        key = (whole, _contents(page, chain, layout, reading))
        if key not in self.built:
            self.work += sum(1 for each in page.chains for tree in _trees(each) for _ in walk(tree))
            self.built[key] = self._build(part, layout, reading, whole)
        view = self.built[key]
        return None if view is None else replace(view, choices=choices)

    def _build(self, part: tuple[Page, Chain], layout: Layout, reading: Reading, whole: bool) -> View | None:
        page, chain = part
        try:
            model, found = build_model(page, (chain,) if whole else (), reading)
        except _FAULTS:
            return None
        own = next((c for c in found.claims if c.chain is chain), None)
        return None if own is None else View(page, model, found, self.stated, layout, own)


def _pairs(chain: Chain, steps: list[Step]) -> Iterator[Chain]:
    """The steps of a longer chain that do not hold, each as a chain of its own, with fewer names to be read."""
    bad = {step.span for step in steps if not step.holds}
    if len(chain.members) > 2:
        for before, after in pairwise(chain.members):
            if after.span in bad:
                yield replace(chain, members=[before, after])


def _contents(page: Page, chain: Chain, layout: Layout, reading: Reading) -> Hashable:
    """What a reading of a chain is made of; equal for two that can only come to the same."""
    lines = tuple((each.members[0].span, _trees(each), tuple(each.conditions)) for each in page.chains)
    return (
        chain.members[0].span,
        lines,
        layout,
        (
            *sorted(reading.axes.items()),
            reading.square,
            reading.independent,
            reading.composed,
            reading.effort,
        ),
    )


def _trees(chain: Chain) -> tuple[Node, ...]:
    return tuple(member.tree for member in chain.members if member.tree is not None)


def _unread(page: Page, claim: Claim, stated: tuple[Stated, ...]) -> View:
    """A claim that no model can be built for: its steps stay undecided."""
    model, _ = build_model(replace(page, chains=[]))
    members = [replace(member, tree=None) for member in claim.members]
    return View(page, model, Classified(), stated, Layout(), replace(claim, members=members))


def _failing(step: Step, view: View) -> Step | None:
    """A step as it fails in another reading; None where it does not."""
    again = (each for each in check_claim(view, step.chain)[0] if each.span == step.span)
    return next((each for each in again if each.verdict is StepVerdict.FAILS), None)


def _not_tried(step: Step) -> Step:
    """A step that is not judged, since the page is too long to try every interpretation of its lines."""
    if step.verdict is not StepVerdict.FAILS:
        return step
    return replace(
        step,
        verdict=StepVerdict.UNDECIDED,
        reason="the page is too long to try every interpretation of this line",
        question="Does this line hold on its own? Check it together with the lines that define its names.",
    )


def _fails(steps: list[Step]) -> bool:
    return any(step.verdict is StepVerdict.FAILS for step in steps)


def _axes(view: View) -> dict[str, int]:
    """The axes of vectors and matrices, which a step that fails with them keeps in every other reading."""
    return {name: rank for name, rank in view.model.shapes.ranks.items() if rank and "·" not in name}


def _demotes(view: View, other: View, steps: list[Step]) -> bool:
    """Whether a reading takes matrices of a step that fails for vectors, or vectors for numbers."""
    ranks = other.model.shapes.ranks
    bold = {t.text for member in view.claim.members for t in member.tokens if t.bold}
    fewest = {n: rank for n, rank in _axes(view).items() if n[:1].isupper()}
    fewest |= {n: 1 for n in _axes(view).keys() - fewest.keys() if n.split("_{")[0] in bold}
    return _fails(steps) and any(ranks.get(name, rank) < rank for name, rank in fewest.items())


def _is_trivial(step: Step, view: View) -> bool:
    """Whether a step holds only since what it differentiates, or what has a law, is read as a constant: 0 = 0.

    Or since primes are read as transposes of what are numbers.
    """
    left, right = step.lhs_tree, step.rhs_tree
    if left is None or right is None or right == Number("0"):
        return False
    model = view.model.given(view.claim.given)
    if _transposes_numbers(left, right, view):
        return True
    derivatives = [node for node in walk(left) if isinstance(node, Derivative)]
    spread = any(isinstance(n, Call) and n.function.name in ("Var", "Cov") for n in walk(left))
    if not (derivatives or spread or (model.laws and not is_literal(right))):
        return False
    if not compare(model, left, Number("0"), view.claim.condition, (), view.layout, 1):
        return False
    if spread or not derivatives:
        return True
    return not any(_reaches_variable(node, view) for node in derivatives)


def _transposes_numbers(left: Node, right: Node, view: View) -> bool:
    """Whether two sides have primes for transposes, and no product with one, nor a word, speaks of vectors."""
    nodes = [n for side in (left, right) for n in walk(side)]
    if not any(_is_primed(n) for n in nodes) or _OF_VECTORS.search(view.page.text):
        return False
    return not any(isinstance(n, Multiply) and any(map(_is_primed, n.factors)) for n in nodes)


def _is_primed(node: Node) -> bool:
    return isinstance(node, Transpose) and node.mark == "'"


def _reaches_variable(node: Derivative, view: View) -> bool:
    """Whether what is differentiated is made of the variable, by what the page says."""
    reached = reached_families(view.model, (node.body,))
    variables = {variable_of(v, view.model.families, view.model.definitions) for v in node.variables}
    return bool(variables & reached)
