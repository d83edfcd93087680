"""Values from the data as short text that is safe to print."""

import numpy as np

from pminusy.errors import TargetError

MAX_CLASSES = 60
"""As many classes as one chart or listing can show legibly."""

_NAME_LENGTH = 60


def clean(value: object, length: int = _NAME_LENGTH) -> str:
    r"""Return `value` as one line of printable text.

    Parameters
    ----------
    value : object
        A label, a column's name or a cell; None reads "missing".
    length : int
        Characters kept; what is longer ends in an ellipsis.

    Returns
    -------
    str

    Examples
    --------
    >>> clean("two\nlines\x00"), clean(np.float64(0.1)), clean("abcdef", length=4)
    ('two lines�', '0.1', 'abc…')
    """
    if value is None:
        return "missing"
    if isinstance(value, (float, np.floating)):
        return f"{value:.6g}"
    words = " ".join(str(value).split())
    if not words.isprintable():
        words = "".join(letter if letter.isprintable() else "\ufffd" for letter in words)
    return words if len(words) <= length else words[: length - 1] + "…"


def encode_labels(labels: np.ndarray, classes: np.ndarray, name: str) -> np.ndarray:
    """Return each label's place among `classes`.

    Parameters
    ----------
    labels : (N,) array
        Integers or strings.
    classes : (K,) array
        Those that the model knows.
    name : str
        What to call `labels` in a message.

    Returns
    -------
    (N,) int64

    Raises
    ------
    TargetError
        A label isn't among the classes.

    Examples
    --------
    >>> encode_labels(np.array(["b", "a"]), np.array(["a", "b"]), "labels")
    array([1, 0])
    """
    places = {label: place for place, label in enumerate(classes.tolist())}
    encoded = np.array([places.get(label, -1) for label in labels.tolist()], dtype=np.int64)
    if (unknown := encoded < 0).any():
        row = int(unknown.argmax())
        known, found = clean(", ".join(map(str, places))), labels.tolist()[row]
        raise TargetError(
            f"{name}: expected one of the model's classes ({known}), got {found!r} at row {row}"
        )
    return encoded


def most_frequent(counts: np.ndarray, limit: int) -> np.ndarray:
    """Return the places of the `limit` largest counts, in rising order of place.

    Parameters
    ----------
    counts : (K,) int
        Rows of each class.
    limit : int
        How many to keep.

    Returns
    -------
    (min(K, limit),) int64

    Examples
    --------
    >>> most_frequent(np.array([5, 1, 7]), limit=2)
    array([0, 2])
    """
    return np.sort(np.argsort(-counts, kind="stable")[:limit])
