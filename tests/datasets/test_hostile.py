"""Files whose headers lie: refused by their names, with nothing allocated and nothing printed."""

import gzip
import resource
import struct
import zipfile
from contextlib import nullcontext, suppress

import numpy as np
import polars as pl
import pytest

from pminusy.datasets import load
from pminusy.datasets.readers import limits
from pminusy.errors import DataError, InputError
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions, NetworkOptions

FEW = np.arange(8.0).tobytes()
LABELS = np.array([0, 1, 0, 1])


def npy(shape, data=b"", descr="<f8", version=1, length=None, header=None) -> bytes:
    """An array in NumPy's format, whose header says anything."""
    text = header or repr({"descr": descr, "fortran_order": False, "shape": shape})
    encoded = text.encode() + b"\n"
    size = (len(encoded) if length is None else length).to_bytes(2 if version == 1 else 4, "little")
    return b"\x93NUMPY" + bytes((version, 0)) + size + encoded + data


ARRAYS = {
    "more than memory": (npy((10**12, 10)), r"shape \(1000000000000, 10\) needs 74,505.8 GiB of memory"),
    "more than an address": (npy((2**63, 2)), "GiB of memory, more than the"),
    "a product that wraps around to 0": (npy((2**32, 2**32)), "GiB of memory, more than the"),
    "empty elements without number": (npy((10**15,), descr="|S0"), "GiB of memory, more than the"),
    "negative sizes": (npy((-2, -4), FEW), r"a shape of integers ≥ 0, got \(-2, -4\)"),
    "a truth value as size": (npy((True, 8), FEW), r"integers ≥ 0, got \(True, 8\)"),
    "fewer numbers than announced": (
        npy((5, 2), FEW),
        r"80 bytes for shape \(5, 2\) and dtype float64, got 64",
    ),
    "more numbers than announced": (npy((3, 2), FEW), "48 bytes for shape .*, got 64"),
    "a gigabyte announced": (npy((1 << 27,)), "1073741824 bytes for shape .134217728,. .*, got 0"),
    "objects": (npy((1,), b"cos\nsystem\n(S'true'\ntR.", descr="|O"), "it holds Python objects"),
    "a header of four gigabytes": (npy((4, 2), FEW, version=2, length=2**32 - 1), "not that of an array"),
    "an unknown version": (npy((4, 2), FEW, version=9), "not that of an array"),
    "deep brackets": (npy(0, header="(" * 9000), "its header is damaged"),
    "many signs": (npy(0, header="-" * 9000 + "1"), "its header is damaged"),
    "a text as shape": (npy("abc", FEW), "its header is damaged"),
    "no dtype": (npy((4, 2), FEW, descr=None), "its header is damaged"),
    "too many dimensions": (npy((1,) * 99, FEW[:8]), "it is damaged"),
    "nothing": (b"", "expected a NumPy array, got nothing"),
    "a pickle": (b"\x80\x04N." + bytes(99), "expected a NumPy array, got a pickled object"),
}


def write_npz(path, **members) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return str(path)


@pytest.mark.parametrize("name", ["X", "y"])
@pytest.mark.parametrize("case", ARRAYS)
def test_a_header_that_lies_is_refused(tmp_path, name, case):
    array, message = ARRAYS[case]
    members = {"X": npy((4, 2), FEW), "y": npy((4,), LABELS.tobytes(), "<i8"), name: array}
    with pytest.raises(DataError, match=rf"set\.npz: array '{name}' .*{message}"):
        load(write_npz(tmp_path / "set.npz", **members))


def test_a_member_that_unpacks_to_less_than_its_entry_says(tmp_path):
    size = 1 << 27
    path = write_npz(tmp_path / "set.npz", X=npy((size // 8, 1), FEW), y=npy((4,), LABELS.tobytes(), "<i8"))
    header = len(npy((size // 8, 1)))
    content = bytearray((tmp_path / "set.npz").read_bytes())
    old, new = struct.pack("<I", header + len(FEW)), struct.pack("<I", header + size)
    (tmp_path / "set.npz").write_bytes(content.replace(old, new))
    with pytest.raises(DataError, match="array 'X' cannot be read: it is damaged"):
        load(path)


@pytest.mark.parametrize("flag", [1, 0x20])
def test_encrypted_and_patched_members_are_refused(tmp_path, flag):
    path = write_npz(tmp_path / "set.npz", X=npy((4, 2), FEW))
    content = bytearray((tmp_path / "set.npz").read_bytes())
    content[6] |= flag
    content[content.index(b"PK\x01\x02") + 8] |= flag
    (tmp_path / "set.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"set\.npz: array 'X' cannot be read: it is damaged, or encrypted"):
        load(path)


def peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def test_packed_images_that_unpack_to_more_than_announced_are_not_unpacked(tmp_path):
    path = tmp_path / "a-images-idx3-ubyte.gz"
    n_megabytes = 400
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(struct.pack(">4I", 0x803, 10, 4, 4))
        for _ in range(n_megabytes):
            file.write(bytes(1 << 20))
    before = peak_memory()
    with pytest.raises(DataError, match="expected 176 bytes"):
        load(str(path))
    assert peak_memory() < before + (n_megabytes << 20) // 2


@pytest.mark.parametrize("sizes", [(2**32 - 1,) * 3, (2**31, 2**31, 4)])
def test_images_of_sizes_that_no_memory_holds_are_refused(tmp_path, sizes):
    path = tmp_path / "a-images-idx3-ubyte"
    path.write_bytes(struct.pack(">4I", 0x803, *sizes) + bytes(100))
    with pytest.raises(DataError, match="a-images-idx3-ubyte: "):
        load(str(path))


@pytest.mark.parametrize("index", [2**31, 2**32, 2**63 - 1, 2**70])
def test_an_index_beyond_32_bits_is_refused(tmp_path, index):
    path = tmp_path / "set.svm"
    path.write_text(f"0 1:1\n1 {index}:1\n")
    with pytest.raises(
        DataError, match=r"set\.svm: not readable as svmlight: expected indices below 2147483647"
    ):
        load(str(path))


@pytest.fixture
def parquet(tmp_path):
    path = tmp_path / "table.parquet"
    names = [("x", "yy", "z")[i % 3] for i in range(60)]
    pl.DataFrame({"a": range(60), "b": names, "class": names}).write_parquet(path)
    return path


def test_no_damaged_table_panics_or_prints(parquet, capfd):
    whole = parquet.read_bytes()
    rng = np.random.default_rng(0)
    for _ in range(300):
        damaged = bytearray(whole)
        for place in rng.integers(len(whole) // 3, len(whole), rng.integers(1, 4)):
            damaged[place] = rng.choice([0, 0x7F, 0xFF, damaged[place] ^ 1, rng.integers(256)])
        parquet.write_bytes(damaged)
        with suppress(InputError):
            load(str(parquet))
    assert capfd.readouterr() == ("", "")


def test_a_table_of_repeated_values_larger_than_memory_is_refused(parquet, monkeypatch):
    monkeypatch.setattr(limits, "machine_memory", lambda: 1000)
    with pytest.raises(DataError, match=r"table\.parquet: a table of 60 rows and 3 columns needs"):
        load(str(parquet))


def test_more_columns_than_a_classifier_of_them_can_have(tmp_path):
    path = tmp_path / "set.svm"
    path.write_text("0 1:1\n1 2147483646:1\n" * 3)
    with pytest.raises(DataError, match="training on 2,147,483,647 columns with 2 outputs needs 736"):
        load(str(path))


def test_more_columns_than_a_hidden_layer_of_them_can_have(monkeypatch, tmp_path):
    monkeypatch.setattr(limits, "machine_memory", lambda: 8 * 64 * 50 * 23)
    np.savez(tmp_path / "set.npz", X=np.eye(64), y=np.arange(64) % 2)
    for units, is_refused in ((50, False), (51, True)):
        options = FitOptions(model=NetworkOptions(parameters={"hidden": (units,), "max_epochs": 1}))
        refusal = pytest.raises(DataError, match="with 51 outputs needs") if is_refused else nullcontext()
        with refusal:
            fit(str(tmp_path / "set.npz"), tmp_path / str(units), options)
