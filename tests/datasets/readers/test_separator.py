import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pminusy.datasets.readers.separator import find_separator


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("a;b\n1,5;2,5\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ('"x, y";"z, w";c\n1;2;3\n', ";"),
        ("a,b\nx;y,1\nz;w,2\n", ","),
        ("a,b\n2020-01-01 10:00,x\n", ","),
        ("a b\n1 2\n", " "),
        ("a\n1\n", "\x1f"),
        ("a|b\n1,2|3\n", "|"),
    ],
)
def test_separators(sample, separator):
    assert find_separator(sample) == separator


@settings(deadline=None)
@given(
    separator=st.sampled_from(",;\t|"),
    rows=st.lists(
        st.tuples(st.text("ab ,;|\t", max_size=8), st.text("xy, ;", max_size=8), st.integers(0, 9)),
        min_size=1,
    ),
)
def test_separators_inside_quotes_do_not_count(separator, rows):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([("first, name", "second; name", "third|name"), *rows])
    assert find_separator(file.getvalue()) == separator
