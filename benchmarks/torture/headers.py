"""Files whose headers lie: refused in a line that names the file or the array, in little memory."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.torture.bench import Bench, Row, refused

_ROOM = 256 << 20  # bytes beyond what refusing a small file takes
_FEW = np.arange(8.0).tobytes()
_BOMB = 400  # megabytes of zeros, which pack to less than one


def headers(bench: Bench) -> Iterator[Row]:
    """Every format of numbers and tables."""
    folder = bench.fresh("hostile")
    usual = bench.commands.run(("fit", "nothing.csv"), folder).peak
    for name, (file, cases) in {
        "npz": ("set.npz", _npz_cases()),
        "IDX": ("set-images-idx3-ubyte", _idx_cases()),
        "packed IDX": ("set-images-idx3-ubyte.gz", _packed_cases()),
        "svmlight": ("set.svm", _svmlight_cases()),
        "Parquet": ("set.parquet", _parquet_cases(bench)),
    }.items():
        violations = []
        for case, content in cases.items():
            (folder / file).write_bytes(content)
            ended = bench.commands.run(("fit", file, "--out", "model"), folder)
            wrong = refused(ended, file, "X: ", "target ")
            if ended.code == 0 and name == "Parquet":  # a flipped bit of a value is another table
                wrong = ""
            if ended.peak > usual + _ROOM:
                wrong = wrong or f"took {(ended.peak - usual) >> 20} MiB"
            if (folder / "model").exists() != (ended.code == 0):
                wrong = wrong or "left a model"
            if wrong:
                violations.append(f"{case}: {wrong}")
            _clear(folder)
        yield Row("hostile header", name, len(cases), tuple(violations))


def _clear(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _npy(
    shape: object, data: bytes = b"", descr: object = "<f8", header: str | None = None, version: int = 1
) -> bytes:
    text = header or repr({"descr": descr, "fortran_order": False, "shape": shape})
    encoded = text.encode() + b"\n"
    size = len(encoded).to_bytes(2 if version == 1 else 4, "little")
    return b"\x93NUMPY" + bytes((version, 0)) + size + encoded + data


def _npz(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return file.getvalue()


def _npz_cases() -> dict[str, bytes]:
    arrays = {
        "terabytes": _npy((10**12, 10)),
        "beyond 64 bits": _npy((2**63, 2)),
        "a product that wraps to 0": _npy((2**32, 2**32)),
        "negative": _npy((-2, -4), _FEW),
        "a truth value": _npy((True, 8), _FEW),
        "fewer numbers": _npy((5, 2), _FEW),
        "more numbers": _npy((3, 2), _FEW),
        "a gigabyte of nothing": _npy((1 << 27,)),
        "a bomb": _npy((4, 2), bytes(_BOMB << 20)),
        "objects": _npy((1,), b"cos\nsystem\n(S'true'\ntR.", descr="|O"),
        "fields": _npy((4,), _FEW, descr=[("a", "<f8"), ("b", "<f8")]),
        "elements of no bytes": _npy((10**15, 2), descr="|S0"),
        "elements of gigabytes": _npy((4, 2), descr="<U500000000"),
        "deep brackets": _npy(0, header="(" * 9000),
        "many signs": _npy(0, header="-" * 9000 + "1"),
        "no shape": _npy("abc", _FEW),
        "ninety dimensions": _npy((1,) * 90, _FEW[:8]),
        "version 9": _npy((4, 2), _FEW, version=9),
        "nothing": b"",
        "a pickle": b"\x80\x04N.",
        "not finite": _npy((4, 2), np.full(8, np.nan).tobytes()),
    }
    labels = _npy((4,), np.array([0, 1, 0, 1]).tobytes(), descr="<i8")
    cases = {f"X: {name}": _npz(X=array, y=labels) for name, array in arrays.items()}
    cases |= {f"y: {name}": _npz(X=_npy((4, 2), _FEW), y=array) for name, array in arrays.items()}
    whole = _npz(X=_npy((4, 2), _FEW), y=labels)
    return cases | {f"cut at {n}": whole[:n] for n in range(0, len(whole), 17)}


def _idx_cases() -> dict[str, bytes]:
    sizes = {
        "beyond 64 bits": (2**32 - 1,) * 3,
        "sixteen gigabytes": (2**24, 2**5, 2**5),
        "one too many": (5, 2, 2),
        "one too few": (3, 2, 2),
        "none": (0, 0, 0),
    }
    cases = {name: struct.pack(">4I", 0x803, *size) + bytes(16) for name, size in sizes.items()}
    cases |= {
        f"type {kind:#x}": struct.pack(">4I", kind, 4, 2, 2) + bytes(16) for kind in (0, 0x903, 0xE03, 0x8FF)
    }
    return cases | {f"cut at {n}": struct.pack(">4I", 0x803, 4, 2, 2)[:n] for n in range(16)}


def _packed_cases() -> dict[str, bytes]:
    whole = gzip.compress(struct.pack(">4I", 0x803, 4, 2, 2) + bytes(range(16)))
    bomb = gzip.compress(struct.pack(">4I", 0x803, 10, 4, 4) + bytes(_BOMB << 20), compresslevel=1)
    return {
        "a bomb": bomb,
        "not packed": b"nothing of the kind",
        **{f"cut at {n}": whole[:n] for n in range(0, len(whole) - 1, 3)},
    }


def _svmlight_cases() -> dict[str, bytes]:
    lines = {
        "column 2³¹ − 2": "1 2147483646:1",
        "column 2³¹": "1 2147483648:1",
        "column 2⁶³ − 1": "1 9223372036854775807:1",
        "column 10²⁰": "1 100000000000000000000:1",
        "column −1": "1 -1:1",
        "columns not in order": "1 3:1 2:1",
        "a column twice": "1 3:1 3:1",
        "a null byte": "1 1:1\0",
        "infinity": "1 1:1e999",
        "a label that is NaN": "nan 1:1",
        "no value": "1 1",
        "no column": "1 :",
        "hexadecimal": "1 0x1:1",
        "two labels": "1,2 1:1",
        "binary": "\x00\x01\x02",
    }
    return {"empty": b"", **{name: f"0 1:1\n{line}\n".encode() for name, line in lines.items()}}


def _parquet_cases(bench: Bench) -> dict[str, bytes]:
    folder = bench.fresh("parquet")
    code = (
        "import polars as pl; names = ['x', 'yy', 'z'] * 20\n"
        "pl.DataFrame({'a': range(60), 'b': names, 'class': names}).write_parquet('set.parquet')"
    )
    bench.commands.execute(code, folder)
    whole = (folder / "set.parquet").read_bytes()
    draw: Callable[[int], int] = bench.draw.randrange
    cases = {f"cut at {n}": whole[:n] for n in range(0, len(whole), max(1, len(whole) // 20))}
    for number in range(min(200, 10 * bench.n_points)):
        damaged = bytearray(whole)
        for _ in range(1 + draw(3)):
            damaged[len(whole) // 3 + draw(len(whole) - len(whole) // 3)] = draw(256)
        cases[f"bytes {number}"] = bytes(damaged)
    return cases
