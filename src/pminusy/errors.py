"""What can go wrong, as one tree.

::

    PminusyError
    ├── InputError (ValueError)      an argument cannot be used: it names which, what was expected, what came
    │   ├── ShapeError               two shapes that do not fit together
    │   ├── TargetError              a label or a target mass outside what is allowed
    │   ├── DataError                a data file or a column of it cannot be used as asked
    │   └── InferenceError (NotFittedError)   a fit has left no covariance
    ├── ModelDirectoryError          a model directory cannot be written or read
    ├── ModelFileError               a saved model cannot be written or read
    └── GradientMismatch (AssertionError)   a claimed derivative differs from its function's

A solver that stops early raises nothing: its result carries the reason. InferenceError is defined beside what raises
it, in `linear/inference.py`, since it loads scikit-learn.
"""


class PminusyError(Exception):
    """Base of every exception that pminusy raises on purpose."""


class InputError(PminusyError, ValueError):
    """An argument cannot be used; the message names it, what was expected and what came."""


class ShapeError(InputError):
    """Two arrays whose shapes do not fit together; the message gives both."""


class TargetError(InputError):
    """A label outside the classes, or a target mass that is negative or not finite."""


class DataError(InputError):
    """A data file is missing, malformed or lacks what was asked of it."""


class ModelDirectoryError(PminusyError):
    """A model directory exists already, is incomplete, newer than this version, or was altered."""


class ModelFileError(PminusyError):
    """A file is no saved model, is truncated, was altered, or was written by a newer version."""


class GradientMismatch(PminusyError, AssertionError):
    """A claimed derivative disagrees with the function it is claimed for."""
