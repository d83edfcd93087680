"""Strings that a reader takes for the same, and a program does not."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable


def reading_of(string: str) -> str:
    r"""What strings have in common that differ only in case, spaces, invisible characters or Unicode form.

    Examples
    --------
    >>> reading_of("Très  bien") == reading_of("TRE\u0300S BIEN ")
    True
    """
    composed = unicodedata.normalize("NFKC", string)
    visible = "".join(character for character in composed if unicodedata.category(character) != "Cf")
    return unicodedata.normalize("NFC", " ".join(visible.split()).casefold())


def read_alike(strings: Iterable[str]) -> list[list[str]]:
    """Groups of two or more different strings that are read as the same, each in the order given.

    Examples
    --------
    >>> read_alike(["yes", "no", "Yes"])
    [['yes', 'Yes']]
    """
    groups = defaultdict(list)
    for string in dict.fromkeys(strings):
        groups[reading_of(string)].append(string)
    return [group for group in groups.values() if len(group) > 1]


def told_apart(group: Iterable[str]) -> list[str]:
    r"""The strings of a group quoted, with escapes where they would otherwise print alike.

    Examples
    --------
    >>> told_apart(["\u00e9t\u00e9", "e\u0301te\u0301"])
    ["'\\xe9t\\xe9'", "'e\\u0301te\\u0301'"]
    """
    strings = list(group)
    forms = {unicodedata.normalize("NFC", string) for string in strings}
    return [repr(string) if len(forms) == len(strings) else ascii(string) for string in strings]
