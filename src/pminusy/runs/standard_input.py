"""Standard input as a file, for readers that look at a file more than once."""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pminusy.errors import DataError, InputError

MARK = "-"
_NAME = "standard-input"


@contextmanager
def with_standard_input(given: Sequence[str]) -> Iterator[list[str]]:
    """Give the names of files, with `-` replaced by a file of what comes from standard input, read to its end.

    Parameters
    ----------
    given : sequence of str

    Raises
    ------
    InputError
        `-` is given twice. Errors within the block speak of standard input in place of the file.

    Examples
    --------
    >>> with with_standard_input(["-"]) as files:   # doctest: +SKIP
    ...     read_features(files)
    """
    if MARK not in given:
        yield list(given)
        return
    if list(given).count(MARK) > 1:
        raise InputError("data: expected - for standard input once, got it twice")
    with tempfile.TemporaryDirectory(prefix="pminusy-") as folder:
        path = Path(folder) / _NAME
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            yield [str(path) if name == MARK else name for name in given]
        except InputError as error:
            if str(path) not in str(error):
                raise
            raise DataError(str(error).replace(str(path), "standard input")) from error
