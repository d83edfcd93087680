"""LaTeX and sentences broken into lines."""

import re

from rich.text import Text

# After a blank; before a command, a sign or an opening brace; the later alternatives only where there is no blank.
_BREAKS = (re.compile(r"(?<=\s)(?=\S)"), re.compile(r"(?<=[^\s\\^_{=+-])(?=\\|[-+=])"))


def broken(text: Text, width: int) -> list[Text]:
    """Break a text at its blanks, else before its commands and signs, and only then anywhere.

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
    >>> [line.plain for line in broken(Text(r"= \\frac{a}{b}+\\log c"), 14)]
    ['= \\\\frac{a}{b}', '+\\\\log c']
    """
    lines = []
    while text.cell_len > width:
        head, text = text.divide([_place(text.plain, width)])
        head.rstrip()
        lines.append(head)
    text.rstrip()
    return [*lines, text]


def _place(text: str, width: int) -> int:
    """The last good place to break a text before `width`, if that leaves a line that is at least half full."""
    for breaks in _BREAKS:
        places = [match.start() for match in breaks.finditer(text, 0, width + 1) if match.start() <= width]
        if places and places[-1] > width // 2:
            return places[-1]
    return width
