r"""Steps whose vectors and matrices cannot be told, judged for numbers: what holds for all sizes holds for size 1.

Of `\nabla_x x^T A x = (A - A^T) x` it need not be known what is a vector, nor how derivatives are laid out: with
numbers for all names the left side is 2Ax and the right side 0. That such a step holds for numbers says nothing. Sums
are left out, since they may be over as many vectors as there are entries, as over those of a basis.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.checking.views import View
from pminusy.proofread.meaning.names.definitions import IDENTITY, ONES, Meaning, main_symbols
from pminusy.proofread.meaning.names.families import find_families
from pminusy.proofread.proof import Step, StepVerdict
from pminusy.proofread.source.page import Page
from pminusy.proofread.syntax.tree import Call, Fold, Matrix, Multiply, Node, Number, Symbol, walk

# What has another meaning for a number than for a vector, or none.
_OF_SEVERAL = frozenset(["softmax", "logsumexp", "max", "min", "vec", "rank", "dim", "curl", "rot"])
_OF_SHARES = frozenset(["log", "ln", "exp"])
_MISFITS = (" on the right", " cannot be multiplied by ", " cannot be added", "more than two axes")
_VECTOR_FOR_NUMBER = "a vector where a number is expected"


def depends_on_shapes(step: Step, view: View) -> bool:
    """Whether a step was left open, or fails, with vectors and matrices that may be misread."""
    if step.verdict is StepVerdict.UNDECIDED and step.reason is not None:
        return step.reason.startswith(_VECTOR_FOR_NUMBER) or any(part in step.reason for part in _MISFITS)
    return step.verdict is StepVerdict.FAILS and view.model.shapes.misfits > 1


def no_axes(page: Page) -> dict[str, int] | None:
    """That all names of a page stand for numbers, apart from their indices; None where some have now more, now fewer.

    Neither can a page with sums or with matrices written out be read so, nor one with functions of several entries.
    """
    trees = [member.tree for chain in page.chains for member in chain.members if member.tree is not None]
    counts: defaultdict[str, set[int]] = defaultdict(set)
    for tree in trees:
        if any(isinstance(node, Matrix | Fold) or _is_of_several(node) for node in walk(tree)):
            return None
        for symbol in main_symbols(tree):
            counts[symbol.name].add(len(symbol.indices))
    if any(len(found) > 1 for name, found in counts.items() if not _is_unit(name)):
        return None
    families = find_families(trees, [condition for chain in page.chains for condition in chain.conditions])
    return {families.resolve(symbol)[0]: 0 for tree in trees for symbol in main_symbols(tree)}


def with_units(view: View) -> View:
    """The view with the number 1 for the unit matrices and the vectors of ones that its page speaks of."""
    model = view.model
    symbols = {s for tree in model.trees for s in main_symbols(tree) if _is_unit(s.name)}
    units = {model.families.resolve(symbol)[0] for symbol in symbols} - model.definitions.keys()
    return replace(view, model=model.given({u: Meaning(u, (), (), Number("1")) for u in units}))


def with_shares_of_one(view: View, step: Step) -> Iterator[View]:
    """The view with the number 1 for a name of a step, for each: shares that sum to one, such as targets, are that."""
    model = view.model
    if not any(
        isinstance(n, Call) and n.function.name in _OF_SHARES for tree in model.trees for n in walk(tree)
    ):
        return
    sides = [side for side in (step.lhs_tree, step.rhs_tree) if side is not None]
    for name in sorted({model.families.resolve(s)[0] for side in sides for s in main_symbols(side)}):
        if name not in model.definitions:
            yield replace(view, model=model.given({name: Meaning(name, (), (), Number("1"))}))


def counts_entries(step: Step) -> bool:
    r"""Whether a name says how many entries something has and is a number, too, as n in `\mathrm{tr}(I_n) = n`."""
    sides = [side for side in (step.lhs_tree, step.rhs_tree) if side is not None]
    symbols = [s for side in sides for s in main_symbols(side)]
    sizes = {i.name for s in symbols if _is_unit(s.name) for i in s.indices if isinstance(i, Symbol)}
    return bool(sizes & {s.name for s in symbols})


def _is_of_several(node: Node) -> bool:
    if isinstance(node, Multiply) and r"\times" in node.signs:
        return True
    return isinstance(node, Call) and node.function.name in _OF_SEVERAL


def _is_unit(name: str) -> bool:
    return name in (IDENTITY, ONES) or name.startswith((f"{IDENTITY}_{{", f"{ONES}_{{"))
