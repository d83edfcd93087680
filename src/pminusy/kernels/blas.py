"""Matrix products and Cholesky factors inside compiled code: a BLAS of our own, called by its address.

The BLAS inside the NumPy and SciPy wheels may pick kernels for narrower vectors than the processor has, and how many
threads it uses is the user's to say. So this loads a second OpenBLAS, the one of the `scipy-openblas32` wheel: on one
thread, with AVX-512 kernels where the processor has them. Neither that wheel nor the environment shows to the rest of
the process. Where the wheel is missing or does not load, SciPy's own BLAS serves through the same Fortran interface.

A library found loaded already is somebody else's: it is used as it is, and like SciPy's it is not `private`: whoever
computes on several threads must hold it to one meanwhile. Importing the wheel later, by contrast, finds our settings.

Conventions: arrays are row by row; the last axis is contiguous, rows may lie further apart. Column by column, as
Fortran reads them, they are their own transposes, which turns C = A·B into Cᵀ = Bᵀ·Aᵀ. Sizes stay below 2³¹.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, errors, ir, types
from pminusy.kernels.machine.levels import levels_here
from pminusy.kernels.plain import primitive

_LOWER = np.uint8(85)  # "U": what is lower row by row is upper in Fortran's reading
_NOT_UNIT = np.uint8(78)  # "N": the diagonal is read
_LETTER = {np.dtype(np.float32): "s", np.dtype(np.float64): "d"}

_lock = threading.Lock()
if hasattr(os, "register_at_fork"):  # no child is born into a half-loaded library or a changed environment
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)


def gemm_address(dtype: np.dtype[Any]) -> int:
    """Where the Fortran routine `sgemm` or `dgemm` is, for `gemm` in compiled code."""
    return _address("gemm", dtype)


def syrk_address(dtype: np.dtype[Any]) -> int:
    """Where the Fortran routine `ssyrk` or `dsyrk` is, for `syrk` in compiled code."""
    return _address("syrk", dtype)


def potrf_address(dtype: np.dtype[Any]) -> int:
    """Where the Fortran routine `spotrf` or `dpotrf` is, for `potrf` in compiled code."""
    return _address("potrf", dtype)


def trtri_address(dtype: np.dtype[Any]) -> int:
    """Where the Fortran routine `strtri` or `dtrtri` is, for `trtri` in compiled code."""
    return _address("trtri", dtype)


def private() -> bool:
    """Whether the library is ours alone, on one thread; if not, hold every BLAS to one thread while using it."""
    return _library()[1]


def core_name() -> str:
    """The processor whose kernels the wheel's library runs, such as "SkylakeX"; empty where SciPy's BLAS serves."""
    library, _ = _library()
    return library.scipy_openblas_get_corename().decode() if library else ""


def _address(routine, dtype):
    library, ours = _library()
    name = _LETTER[np.dtype(dtype)] + routine
    if library is None:
        part = "lapack" if routine in ("potrf", "trtri") else "blas"
        return _scipy_address(f"scipy.linalg.cython_{part}", name)
    if ours:  # a threadpoolctl limit that the caller has set reaches this library too
        library.scipy_openblas_set_num_threads(1)
    return ctypes.cast(library[f"scipy_{name}_"], ctypes.c_void_p).value


def _scipy_address(module: str, name: str) -> int:
    """Where a routine is that SciPy exports to Cython."""
    capsule = import_module(module).__pyx_capi__[name]
    api = ctypes.pythonapi
    api.PyCapsule_GetName.restype, api.PyCapsule_GetName.argtypes = ctypes.c_char_p, [ctypes.py_object]
    api.PyCapsule_GetPointer.restype = ctypes.c_void_p
    api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    return api.PyCapsule_GetPointer(capsule, api.PyCapsule_GetName(capsule))


def _library() -> tuple[ctypes.CDLL | None, bool]:
    """The wheel's library, or None, and whether it is ours alone."""
    with _lock:
        return _load()


@cache
def _load() -> tuple[ctypes.CDLL | None, bool]:
    try:
        path = _wheel_path()
        ours = all(Path(blas.filepath) != path for blas in ThreadpoolController().lib_controllers)
        with _environment(**_settings()):
            # Not by importing the wheel, which makes its names global: a SciPy loaded later would bind to them.
            library = ctypes.CDLL(str(path), ctypes.RTLD_LOCAL)
        library.scipy_openblas_get_corename.restype = ctypes.c_char_p
    except (OSError, AttributeError):  # no such wheel; one for another system, or whose names lack the prefix
        import_module("scipy.linalg.cython_blas")  # a limit on threads reaches only what is loaded already
        return None, False
    return library, ours


def _wheel_path() -> Path:
    wheel = find_spec("scipy_openblas32")
    for folder in (wheel and wheel.submodule_search_locations) or []:
        for path in sorted(Path(folder, "lib").glob("libscipy_openblas*")):
            if path.suffix in (".so", ".dylib", ".dll"):
                return path.resolve()
    raise FileNotFoundError("scipy_openblas32")


def _settings() -> dict[str, str]:
    """What OpenBLAS reads from the environment while it is loaded; a choice of kernels by the user stands."""
    settings = {"OPENBLAS_NUM_THREADS": "1"}
    if "OPENBLAS_CORETYPE" not in os.environ and _has_avx512():
        settings["OPENBLAS_CORETYPE"] = "SkylakeX"
    return settings


def _has_avx512() -> bool:
    """Whether the processor has what OpenBLAS's SkylakeX kernels use, and the system lets them; False if unknown."""
    return any(level.name == "x86-64-v4" for level in levels_here())


@contextmanager
def _environment(**settings: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@primitive(plain.fortran)
def _fortran(typingctx, address, arguments):
    """Call the routine at `address`: arrays pass their data, numbers a stack slot that holds them."""
    arrays = [kind for kind in arguments if isinstance(kind, types.Array)]
    matrices = [kind for kind in arrays if kind.dtype != types.int32]  # but for what a routine reports
    if any(kind.layout == "F" for kind in matrices):
        raise errors.TypingError(f"expected matrices whose last axis is contiguous, got {matrices}")
    if {kind.dtype for kind in matrices} not in ({types.float32}, {types.float64}):
        raise errors.TypingError(f"expected matrices of one dtype, float32 or float64, got {matrices}")

    def build(context, builder, signature, values):
        pointers = []
        for kind, value in zip(arguments, cgutils.unpack_tuple(builder, values[1]), strict=True):
            if isinstance(kind, types.Array):
                pointers.append(context.make_array(kind)(context, builder, value).data)
            else:
                pointers.append(cgutils.alloca_once_value(builder, value))
        routine = ir.FunctionType(ir.VoidType(), [pointer.type for pointer in pointers])
        builder.call(builder.inttoptr(values[0], routine.as_pointer()), pointers)
        return context.get_dummy_value()

    return types.void(types.intp, arguments), build


@helper
def _op(transpose):
    """BLAS's letter for a matrix as it is, or transposed."""
    return np.uint8(84) if transpose else np.uint8(78)  # "T", "N"


@helper
def _leading(matrix):
    """Elements from row to row; a single row may have any stride, but BLAS wants one that holds it."""
    return np.int32(max(matrix.strides[0] // matrix.itemsize, matrix.shape[1], 1))


@helper
def gemm(address, alpha, A, transpose_A, B, transpose_B, beta, C):
    """C = alpha·op(A)·op(B) + beta·C, where op transposes or not; beta = 0 overwrites whatever C holds.

    `address` is `gemm_address` of the dtype that A, B and C share.
    """
    real = C.dtype.type
    m, n, k = np.int32(C.shape[0]), np.int32(C.shape[1]), np.int32(A.shape[0] if transpose_A else A.shape[1])
    inputs = real(alpha), B, _leading(B), A, _leading(A)
    _fortran(address, (_op(transpose_B), _op(transpose_A), n, m, k, *inputs, real(beta), C, _leading(C)))


@helper
def syrk(address, alpha, A, beta, C):
    """C = alpha·AᵀA + beta·C in the lower triangle of C (D, D), A (N, D); the strict upper triangle stays as it is.

    `address` is `syrk_address` of the dtype that A and C share.
    """
    real = C.dtype.type
    d, n = np.int32(C.shape[0]), np.int32(A.shape[0])
    _fortran(address, (_LOWER, _op(False), d, n, real(alpha), A, _leading(A), real(beta), C, _leading(C)))


@helper
def potrf(address, A, info):
    """The lower triangle of A (D, D) becomes L with L Lᵀ = A; info[0] (int32) tells whether it did, by 0.

    `address` is `potrf_address` of A's dtype.
    """
    _fortran(address, (_LOWER, np.int32(A.shape[0]), A, _leading(A), info))


@helper
def trtri(address, L, info):
    """The lower triangle L (D, D) becomes L⁻¹; info[0] as for `potrf`. `address` is `trtri_address` of L's dtype."""
    _fortran(address, (_LOWER, _NOT_UNIT, np.int32(L.shape[0]), L, _leading(L), info))
