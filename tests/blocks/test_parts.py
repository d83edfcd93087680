from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.blocks.parts import Branches, LocalParts, add, fold, only_branch


class Part:
    def __init__(self, value: Any) -> None:
        self.value = value

    def do(self, work: Any, *arguments: Any) -> Any:
        return work(self, *arguments)


def value(part: Part, factor: float = 1.0) -> Any:
    return part.value * factor


@given(st.integers(1, 20), st.randoms(), st.integers(1, 5))
def test_a_sum_has_the_same_bits_whoever_holds_which_parts(n_parts: int, random: Any, n_holders: int) -> None:
    values = np.random.default_rng(n_parts).standard_normal(n_parts) * 10.0 ** np.arange(n_parts)
    expected = LocalParts([Part(each) for each in values]).total(value)
    holders: list[Branches] = [{} for _ in range(n_holders)]
    for number, each in enumerate(values):
        holder = random.choice(holders)
        holder[0, number] = each
        fold(holder, n_parts)
    together = {place: each for holder in holders for place, each in holder.items()}
    assert only_branch(fold(together, n_parts)) == expected
    assert expected == pytest.approx(values.sum())


def test_parts_are_added_in_pairs() -> None:
    assert (
        LocalParts([Part(letter) for letter in "abcde"]).total(lambda part: f"({part.value})")
        == "(a)(b)(c)(d)(e)"
    )
    branches = fold({(0, number): [number] for number in (0, 1, 2, 4)}, 5)
    assert branches == {(1, 0): [0, 1], (0, 2): [2], (2, 1): [4]}


def test_tuples_are_added_entry_by_entry() -> None:
    assert add((1, ("a", 2.0)), (2, ("b", 0.5))) == (3, ("ab", 2.5))


def test_work_may_leave_something_on_its_part() -> None:
    parts = LocalParts([Part(1), Part(2)])
    parts.leave("more", lambda part: setattr(part, "value", part.value + 10))
    assert parts.total_left("twice", value, 2) == 46
    parts.forget("more")
    assert (len(parts), parts.each(value)) == (2, [11, 12])
