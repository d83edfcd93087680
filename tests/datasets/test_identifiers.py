from datetime import date
from uuid import UUID

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.datasets.identifiers import identifier_because

RNG = np.random.default_rng(0)
BY_NAME = "looks like an identifier (its name, and a different value in every row)"
BY_CODE = "looks like an identifier (a different code in every row)"
INDEX = "looks like the index of a saved table (it has no name of its own)"


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "ID",
        "PassengerId",
        "user_id",
        "customerID",
        "IdCliente",
        "index",
        "row number",
        "No.",
        "Lfd. Nr.",
        "#",
        "uuid",
    ],
)
def test_identifiers_are_known_by_their_name_where_all_differ(name):
    assert identifier_because(pl.Series(name, [3, 1, 2])) == BY_NAME
    assert identifier_because(pl.Series(name, [3.0, 1.0, 2.0])) == BY_NAME
    assert identifier_because(pl.Series(name, ["x", "y", "z"])) == BY_NAME
    assert identifier_because(pl.Series(name, [1, 1, 2])) is None
    assert identifier_because(pl.Series(name, [1.5, 1.25, 2.0])) is None
    assert identifier_because(pl.Series(name, [date(2020, 1, 1), date(2020, 1, 2)])) is None


def test_of_many_identifiers_a_few_may_repeat_or_be_missing():
    values = [*range(500, 597), 500, 501, None]
    assert identifier_because(pl.Series("client_id", values)) == BY_NAME
    assert identifier_because(pl.Series("store_id", [*range(10)] * 10)) is None


@pytest.mark.parametrize(
    "name",
    ["pid", "humid", "rapid", "valid", "width", "refractive_index", "price", "room_number_of_beds", "casino"],
)
def test_other_names_are_kept_when_all_values_differ(name):
    assert identifier_because(pl.Series(name, [3, 1, 2])) is None


@pytest.mark.parametrize("name", ["", "Unnamed: 0", "Unnamed: 0.1", "...1"])
def test_whole_numbers_without_a_name_are_a_saved_index(name):
    assert identifier_because(pl.Series(name, [7, 3, 9])) == INDEX
    assert identifier_because(pl.Series(name, [0, 1, 0, 1])) == INDEX
    assert identifier_because(pl.Series(name, ["Mazda RX4", "Datsun 710", "Fiat 128"])) == INDEX
    assert identifier_because(pl.Series(name, ["red", "blue", "red"])) is None
    assert identifier_because(pl.Series(name, [0.5, 1.5, 0.5])) is None


def test_the_index_in_a_parquet_file_is_known_by_its_name():
    for values in ([5, 5, 1], ["a", "a", "b"], [0.5, 0.25, 0.5]):
        assert (
            identifier_because(pl.Series("__index_level_0__", values))
            == "is the index of a saved pandas table"
        )


@pytest.mark.parametrize(
    "codes",
    [
        [f"C{i:05}" for i in range(40)],
        [f"2023/{i}-{'AB'[i % 2]}" for i in range(40)],
        [str(UUID(bytes=RNG.bytes(16))) for _ in range(40)],
        [RNG.bytes(8).hex() + "a0" for _ in range(40)],
        ["".join(RNG.choice(list("ABCDEFGHKLMNPRSTUVWXYZ"), 3)) + f"{i:03}" for i in range(40)],
        [f"{i:020}" for i in RNG.choice(10**12, 40, replace=False)],
    ],
)
def test_codes_that_all_differ_are_identifiers_whatever_their_name(codes):
    assert identifier_because(pl.Series("c", codes)) == BY_CODE
    assert identifier_because(pl.Series("c", [*codes[:-1], codes[0]])) is None
    assert identifier_because(pl.Series("c", codes[:10])) is None


@pytest.mark.parametrize(
    "strings",
    [
        [f"lib{a}{b}{i % 3}-dev" for i, a in enumerate("abcdefg") for b in "xyz"],
        [f"Baker, Mr. {i}" for i in range(30)],
        [f"{i}.5 cm" for i in range(30)],
        [f"{i}.25" for i in range(30)],
        [f"10.0.0.{i}" for i in range(30)],
        [f"{i % 28 + 1}/{i % 12 + 1}/{2000 + i}" for i in range(30)],
        [f"{i % 24:02}:{i:02}" for i in range(30)],
        [f"clerk{i}@example.org" for i in range(30)],
    ],
)
def test_names_measures_dates_and_addresses_are_no_codes(strings):
    assert len(set(strings)) == len(strings) >= 20
    assert identifier_because(pl.Series("c", strings)) is None


@given(st.lists(st.floats(-1e6, 1e6).filter(lambda x: x != round(x)), min_size=20, max_size=60))
def test_measurements_are_never_left_out(values):
    assert identifier_because(pl.Series("ID", values)) is None
