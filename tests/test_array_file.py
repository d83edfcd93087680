import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from pminusy.array_file import joined, parted, read_arrays, write_arrays
from pminusy.errors import ModelFileError

ARRAYS = {
    "weights": np.random.default_rng(0).standard_normal((3, 4)),
    "transposed": np.arange(6, dtype=np.float32).reshape(2, 3).T,
    "empty": np.empty((0, 5)),
    "numbers": np.arange(5),
    "scalar": np.array(2.5),
}
REST = {"names": ["ä", "β"], "n": 3, "none": None, "share": 0.1}


@pytest.fixture
def path(tmp_path):
    write_arrays(tmp_path / "saved", "model", ARRAYS, REST)
    return tmp_path / "saved"


def test_what_is_written_is_read_back(path):
    arrays, rest = read_arrays(path, "model")
    assert rest == REST
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(arrays[name], array)


def test_a_file_replaces_the_one_before_and_leaves_no_other(path):
    write_arrays(path, "model", {}, "second")
    assert read_arrays(path, "model") == ({}, "second")
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_file_before(path, tmp_path):
    before = path.read_bytes()
    with pytest.raises(ModelFileError, match="cannot be written"):
        write_arrays(path, "model", {"complex": np.ones(2, np.complex256)}, None)
    assert path.read_bytes() == before
    with pytest.raises(ModelFileError, match="cannot be written"):
        write_arrays(tmp_path / "nowhere" / "saved", "model", {}, None)


def test_a_missing_truncated_or_foreign_file_is_refused(path):
    with pytest.raises(ModelFileError, match="not readable as a saved model"):
        read_arrays(path.with_name("missing"), "model")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelFileError, match="not readable as a saved model, or truncated"):
        read_arrays(path, "model")
    save_file({"a": np.ones(2)}, path)
    with pytest.raises(ModelFileError, match="expected a saved model, got another kind of file"):
        read_arrays(path, "model")
    write_arrays(path, "table", {}, None)
    with pytest.raises(ModelFileError, match="expected a saved model, got a table"):
        read_arrays(path, "model")


@pytest.mark.parametrize("place", [-1, -100])
def test_a_changed_number_is_noticed(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="changed since it was written"):
        read_arrays(path, "model")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "changed since it was written"),
        ("{}", "changed since it was written"),
        ('{"kind": "model", "version": 1, "content": 1}', "SHA-256 mismatch"),
        ('{"kind": "model", "version": 99, "content": 1}', "was written by a newer version, in format 99"),
    ],
)
def test_a_changed_text_is_noticed(path, text, message):
    save_file(load_file(path), path, {"pminusy": text, "sha256": "0"})
    with pytest.raises(ModelFileError, match=message):
        read_arrays(path, "model")


def test_what_json_cannot_hold_is_an_error_of_the_caller(path):
    with pytest.raises(TypeError):
        write_arrays(path, "model", {}, {"set": {1}})
    assert json.loads(json.dumps(read_arrays(path, "model")[1])) == REST


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_strings_come_back(strings):
    assert parted(*joined(strings)) == strings


@pytest.mark.parametrize("lengths", [[2, 2], [-1, 4], [3, 1]])
def test_bytes_and_lengths_that_do_not_fit_together_are_refused(lengths):
    with pytest.raises(ValueError, match=r"strings: expected 3 bytes|decode"):
        parted(np.frombuffer("aé".encode(), np.uint8), np.array(lengths))


def test_bytes_and_lengths_of_other_dtypes_are_refused():
    with pytest.raises(ValueError, match="strings: expected bytes and lengths, got float32 and int64"):
        parted(np.ones(2, np.float32), np.array([1, 1]))
