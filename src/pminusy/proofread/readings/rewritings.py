"""The ways to write out formulas as a reader may understand them: each a choice with a name, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from pminusy.proofread.meaning.reading import BRIEF, Reading
from pminusy.proofread.readings.beta_function import with_beta_function
from pminusy.proofread.readings.bold import with_bars_as_vectors, with_plain_names
from pminusy.proofread.readings.capital_entries import with_capital_entries
from pminusy.proofread.readings.contexts import by_itself, near
from pminusy.proofread.readings.customary_statistics import with_customary_statistics
from pminusy.proofread.readings.densities import with_known_densities
from pminusy.proofread.readings.event_algebra import with_event_algebra
from pminusy.proofread.readings.given_probabilities import with_given_probabilities
from pminusy.proofread.readings.implied_sums import with_implied_sums
from pminusy.proofread.readings.named_distributions import with_named_distributions
from pminusy.proofread.readings.random_names import with_random_capitals
from pminusy.proofread.readings.rewritten import (
    Part,
    with_absolute_determinants,
    with_gradient_variables,
    with_layout_macros,
    with_running_sums,
    with_squared_lengths,
    with_understood_indices,
    with_whole_ranges,
)
from pminusy.proofread.readings.sampled_quantities import with_sampled_quantities
from pminusy.proofread.readings.separate_entries import with_separate_entries
from pminusy.proofread.readings.single_samples import with_single_samples
from pminusy.proofread.readings.understood_expectations import with_understood_expectations
from pminusy.proofread.readings.unnamed_arguments import with_arguments
from pminusy.proofread.source.page import Chain, Page

Parts: TypeAlias = Callable[[Page, Chain], Iterable[tuple[Part, Reading]]]


@dataclass(frozen=True)
class Rewriting:
    """A way to write out the formulas of a page.

    Attributes
    ----------
    choice : str
        What is said of a step that holds by it.
    parts : callable
        From a page and a chain of it to the parts of the page to read instead, and how; none where it changes nothing.
    laws : bool
        Whether the random quantities in it may then have the laws that the page names.
    identical : bool
        Whether the quantities of a sample then have one law.
    vectors : bool
        Whether it is only of use where there are vectors.
    """

    choice: str
    parts: Parts
    laws: bool = False
    identical: bool = False
    vectors: bool = False


def _some(*parts: Part | None) -> list[tuple[Part, Reading]]:
    return [(part, BRIEF) for part in parts if part is not None]


def _of_whole(make: Callable[[Page, Chain], Part | None]) -> Parts:
    return lambda page, chain: _some(make(page, chain))


def _of_near(make: Callable[[Part], Part | None]) -> Parts:
    return lambda page, chain: _some(make(near(page, chain)))


def _of_near_on(make: Callable[[Part, Page], Part | None]) -> Parts:
    return lambda page, chain: _some(make(near(page, chain), page))


def _on_near(make: Callable[[Page, Part], Part | None]) -> Parts:
    return lambda page, chain: _some(make(page, near(page, chain)))


def _known_densities(page: Page, chain: Chain) -> list[tuple[Part, Reading]]:
    part = with_known_densities(near(page, chain))
    return [] if part is None else _some(part, with_whole_ranges(part))


def _arguments(page: Page, chain: Chain) -> list[tuple[Part, Reading]]:
    return _some(with_arguments(by_itself(page, chain)), with_arguments(near(page, chain)))


def _capital_entries(page: Page, chain: Chain) -> list[tuple[Part, Reading]]:
    made = with_capital_entries((page, chain))
    if made is None:
        return []
    part, axes = made
    return [(around, replace(BRIEF, axes=axes)) for around in (near(*part), part)]


OF_CHANCE = (
    Rewriting(
        "small letters read as the random quantities of these names",
        _of_near(with_random_capitals),
        laws=True,
    ),
    Rewriting("probabilities read as those of the named law", _known_densities),
    Rewriting("the letters of distributions read as their densities", _of_whole(with_named_distributions)),
    Rewriting(
        "expectations read under the distributions that the page names elsewhere",
        _on_near(with_understood_expectations),
    ),
    Rewriting(
        "bias and mean squared error read in their conventional meaning",
        _of_near(with_customary_statistics),
        laws=True,
    ),
    Rewriting("B(…) read as the beta function", _on_near(with_beta_function)),
    Rewriting("the probabilities that the page gives put in", _of_whole(with_given_probabilities)),
    Rewriting("events read as happening or not", _of_whole(with_event_algebra)),
    Rewriting(
        "entries with different indices read as random quantities of their own",
        _of_whole(with_separate_entries),
    ),
)
OF_NOTATION = (
    Rewriting("names without arguments read as functions", _arguments),
    Rewriting(
        "the square of a vector read as its squared length", _of_near(with_squared_lengths), vectors=True
    ),
    Rewriting("bars over names read as marks of vectors", _of_near_on(with_bars_as_vectors)),
    Rewriting("plain names read as other ones than bold names", _of_near_on(with_plain_names)),
    Rewriting(
        "a quantity without index read as any one of its sample",
        _of_near(with_sampled_quantities),
        identical=True,
    ),
    Rewriting("sums over samples read as of a single one", _of_near_on(with_single_samples)),
    Rewriting("gradients read as by the variable of the chain", _of_near(with_gradient_variables)),
    Rewriting(
        "bars around a matrix read as the magnitude of its determinant", _of_near(with_absolute_determinants)
    ),
    Rewriting("small letters with indices read as the entries of their capitals", _capital_entries),
    Rewriting("macros that are not defined read as layout", _of_near(with_layout_macros)),
    Rewriting("integrals without limits read over the whole line", _of_near(with_whole_ranges)),
    Rewriting("sums read as running over the entries of what stands in them", _of_near(with_running_sums)),
    Rewriting("indices that are left out read as understood", _of_near(with_understood_indices)),
    Rewriting("summed over indices that stand twice in a product", _of_near(with_implied_sums)),
)
