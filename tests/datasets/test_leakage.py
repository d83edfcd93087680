import polars as pl
import pytest

from pminusy.datasets.leakage import TargetCopy, describe_copies, find_copies, refuse_copies
from pminusy.errors import DataError

SPECIES = pl.Series("species", ["owl", "kiwi", "emu"] * 8)


def copies(values, target=SPECIES):
    return [copy.column for copy in find_copies(pl.DataFrame({"c": values}), target)]


@pytest.mark.parametrize(
    "values",
    [
        SPECIES,
        [f" {name.upper()}" for name in SPECIES],
        [2, 1, 0] * 8,
        [0.5, -1.0, 3.0] * 8,
        ["x", "y", "z"] * 8,
        pl.Series(SPECIES, dtype=pl.Categorical),
        [*SPECIES[:21], None, None, None],
    ],
)
def test_what_goes_one_to_one_with_the_target_is_a_copy_under_any_name(values):
    assert copies(values) == ["c"]


@pytest.mark.parametrize(
    "values",
    [
        ["x", "x", "z"] * 8,
        ["x", "y", "z", "x", "y", "w"] * 4,
        [*"xyz" * 7, "x", "z", "y"],
        ["x", None, "z"] * 8,
        [*"xyz" * 3, *[None] * 15],
        [[1], [2], [3]] * 8,
        list(range(24)),
    ],
)
def test_what_only_goes_with_some_of_it_is_none(values):
    assert copies(values) == []


def test_few_rows_can_agree_by_chance():
    assert copies(["x", "y", "z"] * 6, SPECIES[:18]) == []
    assert copies([0, 1] * 10, pl.Series([True, False] * 10)) == ["c"]


def test_a_different_value_in_each_row_is_no_copy():
    assert copies(list(range(24)), pl.Series(range(24))) == []


@pytest.mark.parametrize(
    ("values", "target", "verbatim"),
    [
        (["Yes ", "no"] * 12, ["yes", "NO"] * 12, True),
        ([1.0, 0.0] * 12, [1, 0] * 12, True),
        ([1, 0] * 12, [0, 1] * 12, False),
        (["dead", "alive"] * 12, [0, 1] * 12, False),
    ],
)
def test_a_copy_repeats_the_names_or_has_others(values, target, verbatim):
    (copy,) = find_copies(pl.DataFrame({"c": values}), pl.Series(target))
    assert copy.verbatim is verbatim


def test_the_refusal_names_the_columns_and_what_to_do():
    repeated = TargetCopy("label_1", (("a", "a"), ("b", "b")))
    coded = TargetCopy("label code", (("0", "a"), ("1", "b"), ("2", "c"), ("3", "d")))
    refuse_copies([], "label")
    with pytest.raises(DataError) as error:
        refuse_copies([repeated], "label")
    assert str(error.value) == (
        "column 'label_1': a copy of the target 'label', which it repeats in every row; leave it out with "
        "--drop label_1, or use it all the same with --role label_1=category"
    )
    with pytest.raises(DataError) as error:
        refuse_copies([coded, repeated], "label")
    assert str(error.value) == (
        "columns 'label code' (0 = a, 1 = b, 2 = c, …), 'label_1' (a = a, b = b): copies of the target 'label'; "
        'leave them out with --drop "label code",label_1, or use them all the same with --role "label code"=category '
        "--role label_1=category"
    )


def test_what_is_used_all_the_same_is_described():
    assert describe_copies([TargetCopy("ok", (("1", "no"), ("2", "yes")))], "y") == [
        "column 'ok' stands one to one for the target 'y' (1 = no, 2 = yes)"
    ]
