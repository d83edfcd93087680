"""A whole page checked: every claim in its likeliest reading, then with charity, then what fails held up to doubt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from pminusy.errors import PminusyError
from pminusy.proofread.checking.compare import INTERNAL, unforeseen
from pminusy.proofread.checking.steps import check_claim
from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.lines.assumptions import Assumption, Stated, in_words, stated_membership
from pminusy.proofread.meaning.lines.classified import Classified
from pminusy.proofread.meaning.lines.classify import classify
from pminusy.proofread.meaning.lines.declared import listed_rows
from pminusy.proofread.meaning.model.build import build_model
from pminusy.proofread.meaning.names.families import Families, find_families
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.readings.charity import Charity
from pminusy.proofread.readings.doubt import doubted, doubted_together
from pminusy.proofread.readings.doubts.grounds import grounds_of
from pminusy.proofread.readings.equations import solved
from pminusy.proofread.readings.given import by_given_lines
from pminusy.proofread.readings.kinds import no_claim
from pminusy.proofread.readings.layouts import LAYOUTS, depends_on_layout, layouts, settled_layout
from pminusy.proofread.readings.restated import restated
from pminusy.proofread.readings.stacking import agreed
from pminusy.proofread.readings.unlinked import unlinked
from pminusy.proofread.source.cues import LASTING
from pminusy.proofread.source.page import EQUATIONS, GIVEN, REMARK, Aside, Chain, Page
from pminusy.proofread.syntax.tree import Node, Span, Symbol

MOST_TOGETHER = 60  # chains of a page that are read together; of a longer one, each with what is near it
FirstChecks: TypeAlias = list[tuple[list[Step], list[Aside]]]  # of each claim


@dataclass(frozen=True)
class Checked:
    """A page with its steps, before repairs are sought.

    Attributes
    ----------
    views : tuple of View
        How each claim was read first; a step's `chain` is a place in it.
    readings : dict of Span to View
        For the place of each step that holds in another reading than the first one, that reading.
    found : Classified
        What the lines of the page are.
    """

    page: Page
    views: tuple[View, ...]
    found: Classified
    steps: tuple[Step, ...]
    asides: tuple[Aside, ...]
    readings: dict[Span, View] = field(default_factory=dict)

    def view_of(self, step: Step) -> View:
        """The reading that a step's verdict is about."""
        return self.readings.get(step.span, self.views[step.chain])


def check(page: Page, assume: tuple[Assumption, ...] = ()) -> Checked:
    """Check every chain of a page."""
    together = _together(page, assume) if len(page.chains) <= MOST_TOGETHER else None
    views, found, first = together or _one_by_one(page, assume)
    try:
        return _judged(page, views, found, first, together is not None)
    except INTERNAL as error:
        steps = [_undecided(step, error) for own, _ in first for step in own]
        asides = [*page.asides, *found.asides, *(aside for _, own in first for aside in own)]
        return Checked(page, tuple(views), found, tuple(steps), tuple(asides))


def _undecided(step: Step, error: Exception) -> Step:
    """The step, undecided where it fails, since an error of our own kept it from being held up to doubt."""
    if step.verdict is not StepVerdict.FAILS:
        return step
    return replace(step, verdict=StepVerdict.UNDECIDED, reason=unforeseen(error))


def _judged(page: Page, views: list[View], found: Classified, first: FirstChecks, together: bool) -> Checked:
    """The page with what does not hold at first read with charity, and what fails held up to doubt."""
    charity = Charity(page, views[0].stated if views else ())
    views, first = _as_decided(charity, views, first)
    told = _told_apart(page, charity, views, first)
    asides = [*page.asides, *found.asides, *told.asides]
    results = solved(page, _equations(page, asides, told.zeros, found.defining), charity.stated, len(views))
    views += [view for _, view in results]
    pairs = restated(page, sorted([*told.pairs, *results], key=lambda pair: pair[0].span.start))
    pairs = by_given_lines(page, pairs, _given(page, asides))
    alone = charity.hold_alone(pairs)
    grounds = grounds_of(page, together, pairs, views, told.equations, alone, asides)
    steps = doubted_together([doubted(step, view, grounds) for step, view in pairs])
    steps = agreed(steps, charity.stacked, listed_rows(page))
    links = unlinked(page, charity.stated, views[0] if together and views else None, len(views))
    views += [view for _, view in links]
    steps = sorted([*steps, *(step for step, _ in links)], key=lambda step: step.span.start)
    return Checked(page, tuple(views), found, tuple(inherited(steps)), tuple(asides), told.readings)


def _as_decided(charity: Charity, views: list[View], first: FirstChecks) -> tuple[list[View], FirstChecks]:
    """The views with their checks, those of lines for which it was decided what their names are read so."""
    for number, view in enumerate(views):
        decided = charity.decided(view.claim, view.layout)
        if decided is not None:
            views[number], first[number] = decided, check_claim(decided, number)
    return views, first


@dataclass
class _ToldApart:
    """Steps with their first views, and other ones in which they hold; and what is no step.

    That is asides, the sides of equations, and the chains that these are of.
    """

    pairs: list[tuple[Step, View]] = field(default_factory=list)
    readings: dict[Span, View] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    equations: list[tuple[Node, Node]] = field(default_factory=list)
    zeros: list[Chain] = field(default_factory=list)


def _told_apart(page: Page, charity: Charity, views: list[View], first: FirstChecks) -> _ToldApart:
    """Every claim in the reading in which it fares best; a step that fails may turn out to be no claim."""
    told = _ToldApart()
    for number, (view, (own, aside)) in enumerate(zip(views, first, strict=True)):
        told.asides += aside
        for better, reading in _with_charity(charity, view, own, number):
            step, shown = charity.for_functions(*charity.for_numbers(better, view))
            if not step.holds and (reason := no_claim(step, shown, page)):
                told.asides.append(Aside(step.span, reason))
                told.zeros.append(view.claim.chain)
                if step.lhs_tree is not None and step.rhs_tree is not None:
                    told.equations.append((step.lhs_tree, step.rhs_tree))
            else:
                told.pairs.append((step, shown))
                if reading is not view:
                    told.readings[step.span] = reading
    return told


def _with_charity(charity: Charity, view: View, own: list[Step], number: int) -> list[tuple[Step, View]]:
    """The steps of a claim with their readings; as they are, but not wrong, where that meets an error of our own."""
    try:
        return charity.better(view, own, number)
    except INTERNAL as error:
        return [(_undecided(step, error), view) for step in own]


def _equations(page: Page, asides: list[Aside], chains: list[Chain], defining: list[Chain]) -> list[Chain]:
    """The chains that were set aside as equations, what solves them included."""
    places = {a.span for a in asides if a.reason in EQUATIONS}
    kept = [
        c for c in page.chains if len(c.members) > 1 and (c.span in places or c.members[-1].span in places)
    ]
    starts = {c.members[0].span.start for c in kept}
    more = [*chains, *(c for c in defining if isinstance(c.members[0].tree, Symbol))]
    return kept + [
        c
        for c in page.chains
        if c.members[0].span.start not in starts
        and any(c.members[0].span.start == each.members[0].span.start for each in more)
    ]


def _given(page: Page, asides: list[Aside]) -> list[Chain]:
    """The chains that were set aside as equations that hold, or follow a word such as "since"."""
    reasons = {a.span: a.reason for a in asides}
    found = []
    for chain in page.chains:
        reason = reasons.get(chain.span) or reasons.get(chain.members[-1].span)
        lasting = reason == REMARK and chain.cue in LASTING
        if len(chain.members) > 1 and (reason in GIVEN or lasting):
            found.append(chain)
    return found


def _families(page: Page) -> Families:
    trees = [member.tree for chain in page.chains for member in chain.members if member.tree is not None]
    conditions = [condition for chain in page.chains for condition in chain.conditions]
    return find_families(trees, conditions)


def _one_by_one(page: Page, assume: tuple[Assumption, ...]) -> tuple[list[View], Classified, FirstChecks]:
    """Every claim read with what is near it."""
    families = _families(page)
    found = classify(page, families)
    charity = Charity(page, _stated(page, families, found, assume))
    views = [charity.first(claim, settled_layout(page)) for claim in found.claims]
    return views, found, [check_claim(view, number) for number, view in enumerate(views)]


def _together(
    page: Page, assume: tuple[Assumption, ...]
) -> tuple[list[View], Classified, FirstChecks] | None:
    """All claims read in one model, in the layout that fits the page best; None where that cannot be built."""
    try:
        model, found = build_model(page)
    except (PminusyError, *INTERNAL):
        return None
    stated = _stated(page, model.families, found, assume)
    best: tuple[list[View], FirstChecks] | None = None
    least = 0
    for layout in layouts(page) if depends_on_layout(model) else LAYOUTS[:1]:
        views = [View(page, model, found, stated, layout, claim) for claim in found.claims]
        checked = [check_claim(view, number) for number, view in enumerate(views)]
        badness = sum(not step.holds for steps, _ in checked for step in steps)
        if best is None or badness < least:
            best, least = (views, checked), badness
        if not badness:
            break
    assert best is not None
    return best[0], found, best[1]


def _stated(
    page: Page, families: Families, found: Classified, assume: tuple[Assumption, ...]
) -> tuple[Stated, ...]:
    members = [stated_membership(relation, families) for relation in page.memberships]
    everywhere = (*assume, *(m for m in members if m is not None), *in_words(page.text))
    return (*map(Stated, everywhere), *found.stated)


def inherited(steps: list[Step]) -> list[Step]:
    """The steps, those behind one of their chain that fails marked as inheriting its error."""
    broken: set[int] = set()
    marked = []
    for step in steps:
        marked.append(replace(step, inherited=step.chain in broken and step.verdict is not StepVerdict.FAILS))
        if step.verdict is StepVerdict.FAILS:
            broken.add(step.chain)
    return marked
