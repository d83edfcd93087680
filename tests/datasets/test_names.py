import polars as pl
import pytest

from pminusy.datasets.names import check_columns, listed, no_header_hint, words_of
from pminusy.errors import DataError


def test_columns_that_are_there_pass():
    check_columns(pl.DataFrame({"a": [1], "b": [2], "c": [3]}), ["c", "a"])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("iland", "no column 'iland'; did you mean 'island'"),
        ("target", "no column 'target'; columns: island, sex"),
    ],
)
def test_the_missing_column_is_named(name, message):
    with pytest.raises(DataError, match=message):
        check_columns(pl.DataFrame({"island": [1], "sex": [2]}), ["sex", name])


def test_long_lists_are_cut():
    assert listed(["a", "b"]) == "a, b"
    assert listed([str(i) for i in range(25)]).endswith("18, 19 and 5 more")


def test_names_that_print_alike_are_told_apart():
    with pytest.raises(DataError, match=r"^no column 'gr\\xf6\\xdfe'; did you mean 'gro\\u0308\\xdfe'\?$"):
        check_columns(pl.DataFrame({"gro\u0308ße": [1]}), ["gr\u00f6ße"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PassengerId", ["passenger", "id"]),
        ("customerID", ["customer", "id"]),
        ("HTTPStatus code_2", ["http", "status", "code", "2"]),
        ("Lfd. Nr.", ["lfd", "nr"]),
        ("#", ["#"]),
        ("Straßen-Größe", ["straßen", "größe"]),
        ("", []),
    ],
)
def test_the_words_of_a_name(name, words):
    assert words_of(name) == words


def test_a_name_is_found_in_another_case_and_with_other_spaces():
    frame = pl.DataFrame({"PRICE": [1], "lot  size": [2]})
    for name, meant in (("price", "PRICE"), ("Lot size", "lot  size")):
        with pytest.raises(DataError, match=f"no column '{name}'; did you mean '{meant}'"):
            check_columns(frame, [name])


def test_all_missing_columns_are_named():
    frame = pl.DataFrame({"Carat": [1], "cut": [2]})
    with pytest.raises(
        DataError,
        match=r"^3 columns are missing: 'carat' \(did you mean 'Carat'\?\), 'table', 'x'; columns: Carat, cut$",
    ):
        check_columns(frame, ["carat", "cut", "table", "x"])
    with pytest.raises(DataError, match=r"^30 columns are missing: .*'q19' and 10 more; columns"):
        check_columns(frame, [f"q{i}" for i in range(30)])


def test_names_that_are_values_get_a_hint():
    assert "--no-header" in no_header_hint(["setosa", "-5.1e3"])
    assert no_header_hint(["setosa", "x1", "1st"]) == ""
    values = pl.DataFrame({"5.1": [1], "red": [2]})
    with pytest.raises(DataError, match="put a line with the names of the columns before them"):
        check_columns(values, ["size", "colour"])
    with pytest.raises(DataError, match="--no-header reads"):
        check_columns(values, ["column_1"])
