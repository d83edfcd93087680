import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pminusy.cli.arguments import parse_columns, parse_numbers, parse_roles
from pminusy.errors import InputError

NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(NAMES, min_size=1))
def test_quoted_lists_of_columns_come_apart(names):
    line = StringIO()
    csv.writer(line, lineterminator="").writerow(names)
    assert parse_columns([line.getvalue()]) == tuple(names)


@pytest.mark.parametrize(
    ("values", "names"), [([], ()), (["a"], ("a",)), (["a, b", "c"], ("a", "b", "c")), (["a b"], ("a b",))]
)
def test_lists_of_columns(values, names):
    assert parse_columns(values) == names


@given(st.dictionaries(NAMES, st.sampled_from(["numeric", "category", "text"])))
def test_roles_come_apart_at_the_last_equals_sign(roles):
    assert parse_roles(f"{column}={role}" for column, role in roles.items()) == roles


def test_a_column_without_a_role_is_refused():
    with pytest.raises(InputError, match=r"role: expected COLUMN=.*got 'year'"):
        parse_roles(["year"])


@pytest.mark.parametrize("text", ["1,-2.5,-inf", "1 -2.5 -inf", " 1,  −2.5 ,-inf,"])
def test_numbers_stand_between_commas_or_spaces(text):
    assert parse_numbers(text, "logits") == [1, -2.5, -float("inf")]
