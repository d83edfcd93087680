from datetime import date

import polars as pl
import pytest

from pminusy.datasets.dataset import Role
from pminusy.datasets.roles import LeftOut, infer_role, is_sentences, mean_words

SENTENCES = [f"the quick fox number {i} jumps" for i in range(10)]
NAMES = [
    a + b + c
    for a in ("ka", "lo", "mi", "nu")
    for b in ("r", "st", "v")
    for c in ("an", "el", "is", "or", "ut")
]


@pytest.mark.parametrize(
    ("values", "role"),
    [
        ([1.5, 2.0, None], Role.NUMERIC),
        ([1, 2, 3], Role.NUMERIC),
        ([date(2020, 1, 1), date(2020, 1, 2)], Role.DATE),
        ([True, False, True], Role.CATEGORY),
        (["a", "b", "c"], Role.CATEGORY),
        (["Married, spouse absent", "Never married so far"] * 5, Role.CATEGORY),
        (SENTENCES, Role.TEXT),
        ([*SENTENCES, *[None] * 50], Role.TEXT),
        (NAMES, Role.TEXT),
        (NAMES[:19], Role.CATEGORY),
        ([*NAMES[:48], NAMES[0]], Role.CATEGORY),
        (NAMES * 3, Role.CATEGORY),
    ],
)
def test_roles_follow_the_values(values, role):
    assert infer_role(pl.Series("c", values)) is role


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pl.Series("c", [None, None], dtype=pl.Float64), "has only missing values"),
        (
            pl.Series("c", [[1.0], [2.0]]),
            r"holds lists, which cannot be used as features",
        ),
        (
            pl.Series("c", [{"a": 1}]),
            r"holds objects with fields, which cannot be used as features",
        ),
        (pl.Series("c", [b"x"]), "holds bytes, which cannot be used as features"),
        (
            pl.Series("id", [3, 1, 2]),
            "looks like an identifier (its name, and a different value in every row)",
        ),
        (pl.Series("who", NAMES[:49]), "has a different value in every row"),
        (pl.Series("who", NAMES[:49], dtype=pl.Categorical), "has a different value in every row"),
    ],
)
def test_what_is_of_no_use_is_left_out_with_the_reason(column, reason):
    assert infer_role(column) == LeftOut(reason)


def test_a_row_number_is_a_number_where_it_is_alone():
    found = infer_role(pl.Series("n", range(1, 31)))
    assert found == LeftOut("looks like a row number (it counts up by one from 1)", alone=Role.NUMERIC)


def test_sentences_have_three_words_or_more():
    assert mean_words(pl.Series(["a b", None, " c  d e f "])) == 3.0
    assert is_sentences(pl.Series(SENTENCES))
    assert not is_sentences(pl.Series(NAMES))
    assert not is_sentences(pl.Series([None], dtype=pl.String))
