"""Names of months, and their usual abbreviations, in the languages that tables are most often written in."""

import unicodedata
from collections import defaultdict

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
_OTHER_ABBREVIATIONS = {"mrz": 3, "mrt": 3, "févr": 2, "juil": 7}
_SHORTEST = 3


def _month_numbers() -> dict[str, int]:
    meanings: dict[str, set[int]] = defaultdict(set)
    for names in _NAMES:
        for number, name in enumerate(names.split(), start=1):
            for length in (_SHORTEST, _SHORTEST + 1, len(name)):
                meanings[name[:length]].add(number)
    for name, number in _OTHER_ABBREVIATIONS.items():
        meanings[name].add(number)
    unique = {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}
    return {_without_accents(name): number for name, number in unique.items()} | unique


def _without_accents(name: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", name) if not unicodedata.combining(part))


MONTH_NUMBERS = _month_numbers()
"""The month, from 1 to 12, of each name in lower case; what means two months, as the French ``jui``, is left out."""
