"""The exceptions, as one tree.

::

    PminusyError
    ├── InputError (ValueError)      invalid argument; names it, what was expected and what came
    │   ├── ShapeError               two shapes do not match
    │   ├── TargetError              a label or target mass is out of range
    │   ├── DataError                a data file or one of its columns cannot be used
    │   └── InferenceError (NotFittedError)   the model has no covariance
    ├── ModelDirectoryError          a model directory cannot be read or written
    ├── ModelFileError               a saved model cannot be read or written
    └── GradientMismatch (AssertionError)   a derivative failed its numerical check

A solver that stops early raises nothing: its result gives the reason. InferenceError is defined in
`linear/inference.py`, which loads scikit-learn.
"""


class PminusyError(Exception):
    """Base class of all exceptions that pminusy raises deliberately."""


class InputError(PminusyError, ValueError):
    """An argument is invalid; the message names it, what was expected and what came."""


class ShapeError(InputError):
    """The shapes of two arrays do not match; the message gives both."""


class TargetError(InputError):
    """A label is out of range, or a target mass is negative or not finite."""


class DataError(InputError):
    """A data file is missing or malformed, or lacks what was requested."""


class ModelDirectoryError(PminusyError):
    """A model directory already exists, is incomplete, was altered, or is newer than this version."""


class ModelFileError(PminusyError):
    """A file is not a saved model, is truncated, was altered, or was written by a newer version."""


class GradientMismatch(PminusyError, AssertionError):
    """A derivative does not match finite differences of its function."""
