"""LaTeX and sentences broken into lines."""

import re
from collections.abc import Iterator
from itertools import accumulate

from rich.text import Text

_AFTER_BLANK = re.compile(r"(?<=\s)(?=\S)")
_BEFORE_SIGN = re.compile(r"(?<=[^\s\\^_{=+-])(?=\\|[-+=])")


def broken(text: Text, width: int) -> list[Text]:
    r"""Break a text at blanks in as few brackets as possible, else before commands and signs, and only then anywhere.

    Parameters
    ----------
    text : rich.text.Text
    width : int
        Columns of a line.

    Returns
    -------
    list of rich.text.Text
        Without blanks at their ends; styles are kept.

    Examples
    --------
    >>> [line.plain for line in broken(Text(r"= \frac{a}{b}+\log c"), 14)]
    ['= \\frac{a}{b}', '+\\log c']
    """
    lines = text.divide(_places(text.plain, width))
    for line in lines:
        line.rstrip()
    return list(lines)


def _places(text: str, width: int) -> Iterator[int]:
    depths = list(accumulate(text, _depth, initial=0))
    start, end = 0, len(text.rstrip())
    while end - start > width:
        start = _place(text, start, width, depths)
        yield start


def _depth(depth: int, letter: str) -> int:
    return depth + (letter in "([{") - (letter in ")]}")


def _place(text: str, start: int, width: int, depths: list[int]) -> int:
    """The best place to end a line that starts at `start`: in the fewest brackets, then the last."""
    # A line is at least half full; the blank itself may stand beyond the width, since it is left out.
    for breaks, limit in ((_AFTER_BLANK, start + width + 1), (_BEFORE_SIGN, start + width)):
        places = [match.start() for match in breaks.finditer(text, start + width // 2 + 1, limit + 1)]
        if places:
            return min(places, key=lambda place: (depths[place], -place))
    return start + width
