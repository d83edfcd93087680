import gzip

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import BUNDLED, Reading, Role, header_hint, load, locate, read_features
from pminusy.errors import DataError

PENGUINS = """species,island,bill,sex,when,id
Adelie,Biscoe,39.1,male,2007-11-11,1
Adelie,Dream,NA,female,2007-11-12,2
Gentoo,Biscoe,46.1,?,2007-11-13,3
NA,Dream,40.0,male,2007-11-14,4
Gentoo,Biscoe,50.0,male,2007-11-15,5
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "penguins.csv"
    path.write_text(PENGUINS)
    return str(path)


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_sets_load_by_name(name):
    dataset = load(name)
    assert dataset.name == dataset.source == name
    assert dataset.n_rows == dataset.X.shape[0] > 100
    assert len(dataset.feature_names) == dataset.X.shape[1]


def test_a_table_says_what_was_inferred(table):
    dataset = load(table, target="species")
    assert (dataset.name, dataset.kind, dataset.target_name) == ("penguins", "table", "species")
    assert dataset.y.tolist() == ["Adelie", "Adelie", "Gentoo", "Gentoo"]
    assert dataset.roles == {"island": "category", "bill": "numeric", "sex": "category", "when": "date"}
    assert dataset.feature_names == tuple(dataset.roles) == tuple(dataset.X.columns)
    assert dataset.X["bill"].to_list() == [39.1, None, 46.1, 50.0]
    assert dataset.notes == (
        "read as missing: 'NA' (2 cells), '?' (1 cell)",
        "dropped rows with a missing target: 1",
        "column 'when' holds dates: used as year, month, weekday and days since 1970",
        "dropped column 'id': it looks like an identifier (its name, and a different value in every row)",
    )


def test_roles_and_drop_override(table):
    dataset = load(
        table, target="species", drop=["when", "sex"], roles={"id": "numeric", "island": Role.TEXT}
    )
    assert dataset.roles == {"island": "text", "bill": "numeric", "id": "numeric"}
    assert dataset.notes[1:] == ("dropped rows with a missing target: 1",)


def test_a_target_is_found_by_its_name(tmp_path):
    path = tmp_path / "table.parquet"
    for names in (["x", "y", "Label"], ["x", "Y", "z"], ["Class", "y", "x"]):
        pl.DataFrame({name: [0, 1, 1] for name in names}).write_parquet(path)
        dataset = load(str(path))
        assert dataset.target_name == next(name for name in names if name in ("Label", "Y", "Class"))
        assert dataset.notes == (
            f"using column {dataset.target_name!r} as the target",
            "classes with a single row: 1 of 2",
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "target: specify the column to predict, one of: species, island, bill, sex, when, id"),
        ({"target": "specie"}, "target: no column 'specie'; did you mean 'species'"),
        ({"target": "species", "drop": ["bil"]}, "drop: no column 'bil'; did you mean 'bill'"),
        ({"target": "species", "drop": ["species"]}, "drop: 'species' is the target"),
        (
            {"target": "species", "roles": {"iland": "text"}},
            "roles: no column 'iland'; did you mean 'island'",
        ),
        ({"target": "species", "roles": {"species": "text"}}, "roles: 'species' is the target"),
        (
            {"target": "species", "drop": ["sex"], "roles": {"sex": "text"}},
            "'sex' is also in drop",
        ),
        (
            {"target": "species", "roles": {"bill": "number"}},
            "roles: expected one of numeric, category, date, text for 'bill', got 'number'",
        ),
        (
            {"target": "species", "roles": {"island": "numeric"}},
            "column 'island': expected numbers, got 'Biscoe' in line 2",
        ),
        ({"target": "bill"}, "target 'bill': expected classes, got 4 distinct non-integer"),
        ({"target": "species", "drop": ["island", "bill", "sex", "when"]}, "no feature columns are left"),
    ],
)
def test_arguments_that_do_not_fit_the_table_are_named(table, arguments, message):
    with pytest.raises(DataError, match=message):
        load(table, **arguments)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,y\n", "contains no rows"),
        ("a,y\n1,\n2,NA\n", "no row has a value of target 'y'"),
        ("a,y\n1,u\n2,u\n", "target 'y': expected two classes or more, got u in all 2 rows"),
        ("a,y\n1,u\ninf,v\n", "column 'a': expected finite numbers, got inf in line 3"),
        ("y\nu\nv\n", "no feature columns are left"),
    ],
)
def test_tables_that_cannot_be_learned_from_are_refused(tmp_path, content, message):
    path = tmp_path / "table.csv"
    path.write_text(content)
    with pytest.raises(DataError, match=message):
        load(str(path))


def test_a_header_that_looks_like_values_is_asked_about(tmp_path):
    path = tmp_path / "table.data"
    path.write_text("5.1,a\n4.9,b\n5.0,a\n")
    with pytest.raises(
        DataError, match=r"one of: 5.1, a; if these are values, --no-header reads a file without"
    ):
        load(str(path))
    assert load(str(path), target="column_2", reading=Reading(header=False)).n_rows == 3


def test_a_packed_file_is_named_without_its_packing(tmp_path):
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(PENGUINS.encode()))
    assert load(str(path), target="species").name == "table"


def written(tmp_path, columns, **options):
    path = tmp_path / "t.parquet"
    pl.DataFrame(columns).write_parquet(path)
    return load(str(path), **options)


LETTERS = ["A", "B", "C"] * 10
NOISE = [((7 * i) % 30) / 4 for i in range(30)]


def test_identifiers_are_left_out_and_said_so_unless_they_are_given_a_role(tmp_path):
    columns = {
        "Unnamed: 0": range(30),
        "order": range(7, 37),
        "invoice_id": [97 * i % 1009 for i in range(30)],
        "batch": [f"B-{i:03}" for i in range(30)],
        "x": NOISE,
        "y": LETTERS,
    }
    dataset = written(tmp_path, columns)
    assert dataset.feature_names == ("x",)
    assert dataset.notes[1:] == (
        "dropped column 'Unnamed: 0': it looks like the index of a saved table (it has no name of its own)",
        "dropped column 'order': it looks like a row number (it counts up by one from 7)",
        "dropped column 'invoice_id': it looks like an identifier (its name, and a different value in every row)",
        "dropped column 'batch': it looks like an identifier (a different code in every row)",
    )
    kept = dict.fromkeys(("order", "invoice_id"), "numeric") | dict.fromkeys(
        ("batch", "Unnamed: 0"), "category"
    )
    dataset = written(tmp_path, columns, roles=kept)
    assert dataset.roles == kept | {"x": "numeric"}
    assert len(dataset.notes) == 1


def test_columns_left_out_for_one_reason_are_listed_together(tmp_path):
    empty = {f"e{i}": [None, None] * 15 for i in range(8)}
    dataset = written(tmp_path, empty | {"x": NOISE, "y": LETTERS})
    assert (
        dataset.notes[-1]
        == "dropped columns 'e0', 'e1', 'e2', 'e3', 'e4' and 3 more: each has only missing values"
    )


def test_a_row_number_is_used_where_there_is_nothing_else(tmp_path):
    dataset = written(tmp_path, {"hours": range(30), "empty": [None] * 30, "y": LETTERS})
    assert dataset.roles == {"hours": "numeric"}
    dataset = written(tmp_path, {"n": range(30), "empty": [None] * 30, "y": LETTERS})
    assert dataset.roles == {"n": "numeric"}
    assert dataset.notes[1:] == (
        "using column 'n': it looks like a row number (it counts up by one from 0); no other column is left",
        "dropped column 'empty': it has only missing values",
    )


def test_an_identifier_is_not_used_even_then(tmp_path):
    with pytest.raises(
        DataError, match="no feature columns are left; dropped column 'id': it looks like an identifier"
    ):
        written(tmp_path, {"id": range(30), "y": LETTERS})


def test_a_copy_of_the_target_is_refused_unless_it_is_dropped_or_given_a_role(tmp_path):
    codes = [ord(letter) % 7 for letter in LETTERS]
    columns = {
        "y": LETTERS,
        "Y again": [f"{letter.lower()} " for letter in LETTERS],
        "code": codes,
        "x": NOISE,
    }
    with pytest.raises(
        DataError, match=r"^columns 'Y again' \(.*\), 'code' \(.*\): copies of the target 'y'"
    ):
        written(tmp_path, columns, target="y")
    dataset = written(tmp_path, columns, target="y", drop=["Y again"], roles={"code": "category"})
    assert dataset.feature_names == ("code", "x")


def test_a_feature_with_names_of_its_own_may_decide_where_there_is_no_other(tmp_path):
    dataset = written(
        tmp_path, {"colour": [{"A": "red", "B": "blue", "C": "tan"}[c] for c in LETTERS], "y": LETTERS}
    )
    assert (
        dataset.notes[1]
        == "column 'colour' stands one to one for the target 'y' (blue = B, red = A, tan = C)"
    )
    with pytest.raises(DataError, match=r"^column 'grade': a copy of the target 'y', which it repeats"):
        written(tmp_path, {"grade": LETTERS, "y": LETTERS})


def test_rows_without_a_target_do_not_hide_a_copy_of_it(tmp_path):
    y = [None if i % 5 == 0 else letter for i, letter in enumerate(LETTERS)]
    with pytest.raises(DataError, match=r"^column 'grade': a copy"):
        written(tmp_path, {"grade": LETTERS, "x": NOISE, "y": y})


def test_classes_that_read_alike_are_named(tmp_path):
    y = ["caf\u00e9", "cafe\u0301", "bar"] * 10
    assert written(tmp_path, {"x": NOISE, "y": y}).notes[1:] == (
        "classes that differ only in case, spaces or Unicode form are kept apart: 'cafe\\u0301' (10), 'caf\\xe9' (10)",
    )
    y = ["No", "no", "yes"] * 10
    assert written(tmp_path, {"x": NOISE, "y": y}).notes[-1].endswith("kept apart: 'No' (10), 'no' (10)")


@pytest.mark.parametrize("argument", [{"target": "x0"}, {"drop": ["x0"]}, {"roles": {"x0": "numeric"}}])
def test_arrays_have_no_named_columns(argument):
    with pytest.raises(DataError, match=f"{next(iter(argument))}: digits has no named columns"):
        load("digits", **argument)


def test_rows_to_predict_need_no_target(tmp_path, table):
    assert read_features(table).columns == ["species", "island", "bill", "sex", "when", "id"]
    np.savez(tmp_path / "rows.npz", X=np.ones((2, 3), np.float32))
    np.testing.assert_array_equal(
        read_features(str(tmp_path / "rows.npz")), np.ones((2, 3), np.float32), strict=True
    )


def test_an_index_that_was_saved_twice_is_left_out_twice(tmp_path):
    rows = [f"{i},{29 - i},{NOISE[i]},{LETTERS[i]}" for i in range(30)]
    (tmp_path / "t.csv").write_text("\n".join([",Unnamed: 0,x,y", *rows]))
    dataset = load(str(tmp_path / "t.csv"))
    assert dataset.feature_names == ("x",)
    assert dataset.notes[-1].startswith(
        "dropped columns 'Unnamed: 0.1', 'Unnamed: 0': each looks like the index"
    )


def test_columns_may_have_any_name(tmp_path):
    names = ["", "count", "value", "index", "literal", "len", "name", "label", "predicted", "a.b", "x*"]
    rows = [
        ",".join(f"{'n/a' if i == 3 else f'{i}.5 kg'}" for _ in names) + f",{'ab'[i % 2]}" for i in range(30)
    ]
    (tmp_path / "t.csv").write_text("\n".join([",".join([*names, "y"]), *rows]))
    dataset = load(str(tmp_path / "t.csv"), target="y")
    assert dataset.feature_names == ("Unnamed: 0", *names[1:])
    assert set(dataset.roles.values()) == {"numeric"}


@pytest.mark.parametrize(("decimal", "cells"), [(".", ["8.1", "-"]), (",", ["8,1", "n.a."])])
def test_rows_to_predict_with_another_decimal_mark_may_lack_values(tmp_path, decimal, cells):
    path = tmp_path / "new.csv"
    path.write_text("g;h\n" + "".join(f"{cell};a\n" for cell in cells), encoding="utf-8")
    frame = read_features(
        str(path), Reading(decimal="," if decimal == "." else "."), Reading(decimal=decimal)
    )
    assert frame["g"].to_list() == [8.1, None]
    assert frame["h"].to_list() == ["a", "a"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("t.csv", "a,y\n1,u\n\n2,\n-inf,v\n3,v\n", "in line 5"),
        ("t.jsonl", '{"a": 1, "y": "u"}\n{"a": "-inf", "y": "v"}\n', "in line 2"),
        ("t.json", '[{"a": 1, "y": "u"}, {"a": "-inf", "y": "v"}]', r"in row 2 \(counted from 1\)"),
    ],
)
def test_a_value_is_named_by_its_place_in_the_file(tmp_path, name, text, place):
    (tmp_path / name).write_text(text)
    with pytest.raises(DataError, match=f"got -inf {place}$"):
        load(str(tmp_path / name), roles={"a": "numeric"})


def test_a_title_above_the_header_gets_a_hint(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Report\n\na;b;y\n1;2;u\n3;4;v\n5;6;u\n")
    with pytest.raises(
        DataError, match=r"the header seems to be in line 3: --skip-rows 2 skips what is above it"
    ):
        load(str(path))
    assert load(str(path), reading=Reading(skip_rows=2)).feature_names == ("a", "b")
    assert header_hint(str(path)).startswith("; the header seems")
    assert locate(str(path), 1, Reading(skip_rows=2)) == "in line 5"
