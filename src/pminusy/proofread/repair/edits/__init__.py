"""Small edits of a tree, one generator for each kind of slip: `(place, scope) -> edits`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pminusy.proofread.repair.edits.derivatives import change_order, change_variable
from pminusy.proofread.repair.edits.factors import (
    add_term,
    drop_factor,
    invert,
    multiply_by_both,
    multiply_by_expression,
    multiply_by_number,
    replace_factor,
)
from pminusy.proofread.repair.edits.indices import (
    change_deltas,
    exchange_indices,
    exchange_letters,
    shift_index,
    swap_index,
)
from pminusy.proofread.repair.edits.matrices import change_transpose, embrace, reorder
from pminusy.proofread.repair.edits.powers import change_function, change_power
from pminusy.proofread.repair.edits.signs import (
    change_case,
    complement,
    drop_term,
    flip_sign,
    flip_signs,
    multiply_terms,
)
from pminusy.proofread.repair.edits.sums import (
    add_sum,
    add_sum_within,
    change_exclusion,
    change_limits,
    drop_sum,
    move_logarithm,
    swap_limits,
)
from pminusy.proofread.repair.places import Edit, Place, places
from pminusy.proofread.repair.scope import Scope
from pminusy.proofread.syntax.tree import Node

SMALL: tuple[Callable[[Place, Scope], Iterator[Edit]], ...] = (
    swap_index, exchange_indices, shift_index, exchange_letters, change_deltas, flip_sign, flip_signs, drop_term,
    multiply_terms, change_case, complement, drop_factor, invert, multiply_by_number, change_exclusion, change_limits,
    swap_limits, add_sum, add_sum_within, drop_sum, move_logarithm, change_power, change_function, change_transpose,
    reorder, embrace, change_variable, change_order,
)  # fmt: skip
LARGE: tuple[Callable[[Place, Scope], Iterator[Edit]], ...] = (
    multiply_by_expression, multiply_by_both, replace_factor, add_term,
)  # fmt: skip


def edits(tree: Node, scope: Scope, *, small: bool = False) -> list[Edit]:
    """All edits of a tree, or the small ones, the likeliest first; equally likely ones in reading order."""
    found = [
        edit
        for place in places(tree)
        for generate in (SMALL if small else (*SMALL, *LARGE))
        for edit in generate(place, scope)
        if edit.new != edit.old
    ]
    return sorted(found, key=lambda edit: edit.cost)
