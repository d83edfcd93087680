r"""Names with a bar among their indices: `p_{j \mid i}` is another quantity than `p_{ji}`, and so has another name."""

from __future__ import annotations

import re

from pminusy.proofread.syntax.tree import Node, Symbol

BAR = "∣"  # within names, where | tells a probability from what it is given
_MARK = re.compile(rf"_\{{(·+){BAR}(·+)\}}")


def mark_of_bar(before: int, behind: int) -> str:
    """What a bar adds to a name, with so many indices before it and behind it."""
    return f"_{{{'·' * before}{BAR}{'·' * behind}}}"


def sides_of_bar(symbol: Symbol) -> tuple[str, tuple[Node, ...], tuple[Node, ...]] | None:
    """The name without its mark, and the lower indices before and behind the bar; None where there is none."""
    match = _MARK.search(symbol.name)
    if match is None:
        return None
    count = len(match[1])
    return _MARK.sub("", symbol.name), symbol.lower[:count], symbol.lower[count:]
