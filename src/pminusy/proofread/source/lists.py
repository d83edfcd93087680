r"""Lists in chains: `(a, b) = (0, 1)` is two equalities, `V = \{v : …\}` no claim, nor is `x = (x_1, \dots, x_n)`."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.source.page import LIST
from pminusy.proofread.syntax.ellipses import ELLIPSES
from pminusy.proofread.syntax.token_ranges import list_end, script, split
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.vocabulary import Vocabulary

_TRANSPOSES = frozenset(["T", r"\top", r"\intercal"])


def entries(part: Sequence[Token]) -> list[list[Token]]:
    """The entries of a list in round or square brackets, with or without a transpose; none for anything else."""
    end = list_end(part, 0)
    if not end or part[0].text not in ("(", "[") or not _is_end(part, end):
        return []
    found = list(split(part[1 : end - 1], ","))
    return found if len(found) > 1 and all(found) else []


def _is_end(part: Sequence[Token], at: int) -> bool:
    if at < len(part) and part[at].text == "^":
        above, after = script(part, at + 1)
        return after == len(part) and len(above) == 1 and above[0].text in _TRANSPOSES
    return at == len(part)


def by_entries(parts: Sequence[Sequence[Token]]) -> list[list[list[Token]]]:
    """The equalities of the entries of lists, where the first list has names only; none for anything else."""
    lists = [entries(part) for part in parts]
    if not lists[0] or any(len(each) != len(lists[0]) for each in lists):
        return []
    if not all(_is_name(entry) for entry in lists[0]) or any(map(_has_dots, parts)):
        return []
    names = [[token.text for token in entry] for entry in lists[0]]
    if any(_contains(entry, name) for each in lists[1:] for entry in each for name in names):
        return []  # inner products, (u, v) = (v, u)
    return [list(row) for row in zip(*lists, strict=True)]


def _contains(entry: Sequence[Token], name: list[str]) -> bool:
    texts = [token.text for token in entry]
    return any(texts[n : n + len(name)] == name for n in range(len(texts)))


def is_no_quantity(parts: Sequence[Sequence[Token]], vocabulary: Vocabulary) -> str:
    """What a chain defines, if that is a set, a range, or a list of entries, so that there is nothing to check."""
    first, others = parts[0], parts[1:]
    if any(_is_set(part) for part in parts):
        return "a definition of a set"
    if any(_is_power_of_list(part) for part in others):
        return "a definition of a set"
    index = len(first) == 1 and first[0].text in vocabulary.indices
    lists = [entries(part) for part in others]
    if index and any(each and part[0].text == "[" for each, part in zip(lists, others, strict=True)):
        return "a range of values"
    if _is_name(first) and any(
        each and _lists_names(part, each, first) for part, each in zip(others, lists, strict=True)
    ):
        return LIST
    return ""


def _is_set(part: Sequence[Token]) -> bool:
    r"""Whether braces that are written hold several things, or things with a property: `\{v : Av = 0\}`."""
    end = list_end(part, 0)
    if not end or part[0].text != r"\{" or part[1].text.startswith(r"\begin"):
        return False
    inside = part[1 : end - 1]
    separated = any(len(list(split(inside, mark))) > 1 for mark in (",", ":", ";", "|", r"\in"))
    return separated and (end == len(part) or part[end].text in ("_", "^"))


def _is_power_of_list(part: Sequence[Token]) -> bool:
    """Whether it is an interval or the like to some power: `[0, 1]^2`."""
    end = list_end(part, 0)
    listed = bool(end) and part[0].text == "[" and len(list(split(part[1 : end - 1], ","))) > 1
    return listed and end < len(part) and part[end].text == "^" and not _is_end(part, end)


def _lists_names(part: Sequence[Token], found: list[list[Token]], name: Sequence[Token]) -> bool:
    """Whether a list has dots, or names only, and what it is called is not set as a vector."""
    if _has_dots(part):
        return all(_is_name(entry) or entry[0].text in ELLIPSES for entry in found)
    whole = name[0].bold and not any(token.text == name[0].text for token in part)
    return all(map(_is_name, found)) and not whole


def _has_dots(part: Sequence[Token]) -> bool:
    return any(token.text in ELLIPSES for token in part)


def _is_name(part: Sequence[Token]) -> bool:
    """Whether it is one name with its scripts."""
    at = 1
    while at < len(part) and part[at].text in ("_", "^", "'"):
        at = at + 1 if part[at].text == "'" else script(part, at + 1)[1]
    return bool(part) and part[0].kind == "name" and at == len(part)
