import pytest

from pminusy.datasets.formats import read as read_file
from pminusy.errors import DataError


@pytest.fixture
def read(tmp_path):
    def write_and_read(content):
        (tmp_path / "set.svm").write_text(content)
        return read_file(str(tmp_path / "set.svm"))

    return write_and_read


def test_column_j_is_index_j(read):
    arrays = read("1 1:0.5 4:2\n-1 2:1 # a comment\n")
    assert arrays.X.toarray().tolist() == [[0, 0.5, 0, 0, 2], [0, 0, 1, 0, 0]]
    assert arrays.y.tolist() == [1, -1]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_value_that_is_not_finite_is_named(read, value):
    with pytest.raises(DataError, match=f"X: expected finite numbers, got {value} at X\\[1, 3\\]"):
        read(f"1 1:1 2:1\n2 1:0 3:{value}\n")


@pytest.mark.parametrize("line", ["1 a:b", "1 2", "x 1:1", "1 3:1 2:1", "1 -1:2"])
def test_a_malformed_line_is_refused(read, line):
    with pytest.raises(DataError, match="not readable as svmlight"):
        read(f"1 1:1\n{line}\n")
