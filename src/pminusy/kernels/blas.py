"""Matrix products and Cholesky factors inside compiled code: the BLAS that SciPy carries, called by its address.

SciPy exports its Fortran routines to Cython, and the address of one is all that compiled code needs to call it, with no
Python in between. How many threads the library uses is the process's setting: whoever computes on several threads must
hold it to one meanwhile.

Conventions: arrays are row by row; the last axis is contiguous, rows may lie further apart. Column by column, as
Fortran reads them, they are their own transposes, which turns C = A·B into Cᵀ = Bᵀ·Aᵀ. Sizes stay below 2³¹.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np

from pminusy.kernels import plain
from pminusy.kernels.compile import helper
from pminusy.kernels.machine.compiler import cgutils, errors, ir, types
from pminusy.kernels.plain import primitive

_LOWER = np.uint8(85)  # "U": what is lower row by row is upper in Fortran's reading
_NOT_UNIT = np.uint8(78)  # "N": the diagonal is read
_LETTER = {np.dtype(np.float32): "s", np.dtype(np.float64): "d"}


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


def load() -> None:
    """Load the library, since a limit on threads reaches only what is loaded already."""
    import_module("scipy.linalg.cython_blas")


@cache
def _address(routine: str, dtype: np.dtype[Any]) -> int:
    part = "lapack" if routine in ("potrf", "trtri") else "blas"
    capsule = import_module(f"scipy.linalg.cython_{part}").__pyx_capi__[_LETTER[np.dtype(dtype)] + routine]
    api = ctypes.pythonapi
    api.PyCapsule_GetName.restype, api.PyCapsule_GetName.argtypes = ctypes.c_char_p, [ctypes.py_object]
    api.PyCapsule_GetPointer.restype = ctypes.c_void_p
    api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    return api.PyCapsule_GetPointer(capsule, api.PyCapsule_GetName(capsule))


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
