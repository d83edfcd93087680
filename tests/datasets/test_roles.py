from datetime import date

import polars as pl
import pytest

from pminusy.datasets.dataset import Role
from pminusy.datasets.roles import infer_role, is_sentences, left_out_because, mean_words

SENTENCES = [f"the quick fox number {i} jumps" for i in range(10)]
NAMES = [f"lib-{i}-dev" for i in range(60)]


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
        (NAMES[:49], Role.CATEGORY),
        (NAMES * 3, Role.CATEGORY),
    ],
)
def test_roles_follow_the_values(values, role):
    assert infer_role(pl.Series("c", values)) is role


@pytest.mark.parametrize(
    "name", ["id", "ID", "PassengerId", "user_id", "index", "", "Unnamed: 0", "row number"]
)
def test_identifiers_are_left_out(name):
    assert infer_role(pl.Series(name, [3, 1, 2])) is None
    assert infer_role(pl.Series(name, ["x", "y", "z"])) is None
    assert infer_role(pl.Series(name, [1, 1, 2])) is Role.NUMERIC


@pytest.mark.parametrize("name", ["pid", "humid", "rapid", "width", "price"])
def test_other_names_are_kept_when_all_values_differ(name):
    assert infer_role(pl.Series(name, [3, 1, 2])) is Role.NUMERIC


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        (pl.Series("c", [None, None], dtype=pl.Float64), "every value is missing"),
        (pl.Series("c", [[1.0], [2.0]]), r"values of type List(Float64) cannot be used as features"),
        (pl.Series("c", [{"a": 1}]), r"values of type Struct({'a': Int64}) cannot be used as features"),
        (pl.Series("c", [b"x"]), "values of type Binary cannot be used as features"),
        (pl.Series("c", [1, 2]), None),
    ],
)
def test_the_reason_is_given(column, reason):
    assert left_out_because(column) == reason


def test_sentences_have_three_words_or_more():
    assert mean_words(pl.Series(["a b", None, " c  d e f "])) == 3.0
    assert is_sentences(pl.Series(SENTENCES))
    assert not is_sentences(pl.Series(NAMES))
    assert not is_sentences(pl.Series([None], dtype=pl.String))
