"""The character between the fields of a text table, found out by parsing its first lines with each candidate."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace

_CANDIDATES = (",", ";", "\t", "|")
_MIN_SHARE = 0.9
_NOWHERE = "\x1f"


@dataclass(frozen=True)
class Split:
    """How a separator divides lines: most of them, a share, into so many fields."""

    separator: str
    width: int
    share: float


def find_separator(sample: str) -> str:
    r"""Choose among comma, semicolon, tab, bar and runs of blanks, for which a space is returned.

    The one is taken that parts most lines into equally many fields, two or more. Where a comma ties with another, it
    is the other's decimal mark if it stands between digits only. Quoted separators do not count.

    Parameters
    ----------
    sample : str
        Whole lines from the beginning of a file.

    Returns
    -------
    str
        A character that does not occur where lines have one field only.

    Examples
    --------
    >>> find_separator('"x, in cm";y\n1,5;2\n')
    ';'
    """
    split = consistent_split(sample)
    if split is not None:
        return split.separator
    header = sample.partition("\n")[0]
    present = [separator for separator in _CANDIDATES if separator in header]
    return max(present, key=header.count) if present else _NOWHERE


def consistent_split(sample: str) -> Split | None:
    """The split by a separator that parts nearly all lines into equally many fields; None where none does."""
    splits = [split for separator in _CANDIDATES if (split := _split(sample, separator))]
    if splits:
        return _best(splits, sample)
    blanks = _split(_with_tabs(sample), "\t")
    return replace(blanks, separator=" ") if blanks else None


def _split(sample: str, separator: str) -> Split | None:
    """How a separator divides the lines; None unless it divides nearly all into equally many fields."""
    widths = _widths(sample, separator)
    if not widths:
        return None
    body = widths[1:] or widths
    width, n_lines = Counter(body).most_common(1)[0]
    share = n_lines / len(body)
    # The header of a table with row names lacks the name of these.
    fits = widths[0] in (width, width - 1) and share >= _MIN_SHARE
    return Split(separator, width, share) if fits and width > 1 else None


def _widths(sample: str, separator: str) -> list[int]:
    """The number of fields in each line; none where a quoted field ends before anything but the separator."""
    widths = []
    try:
        for fields in csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=True):
            widths += [len(fields)] if fields else []
    except csv.Error:
        # A sample may end within a quoted field.
        return widths if sample.count('"') % 2 else []
    return widths


def _best(splits: list[Split], sample: str) -> Split:
    by_fit = sorted(splits, key=lambda split: (split.share, split.width), reverse=True)
    best = by_fit[0]
    others = [split for split in by_fit if split.separator != "," and split.share == best.share]
    body = sample.partition("\n")[2]
    if best.separator == "," and others and not re.search(r"(?<!\d),|,(?!\d)", body):
        return others[0]
    return best


def _with_tabs(sample: str) -> str:
    return "\n".join(re.sub(r"[ \t]+", "\t", line.strip()) for line in sample.splitlines())
