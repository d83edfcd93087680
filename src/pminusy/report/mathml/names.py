r"""Canonical names, such as `\hat{y}` or `\mathcal{L}`, as MathML."""

import re
import unicodedata
from contextlib import suppress

from pminusy.report.mathml.elements import element, identifier, operator

_ACCENTS = {
    "hat": "^",
    "widehat": "^",
    "tilde": "~",
    "widetilde": "~",
    "bar": "¯",
    "overline": "¯",
    "dot": "˙",
    "ddot": "¨",
    "vec": "→",
    "check": "ˇ",
    "breve": "˘",
}
_ALPHABETS = {"mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathbb": "DOUBLE-STRUCK", "mathfrak": "FRAKTUR"}
_LETTERS = {
    "epsilon": "ϵ",
    "varepsilon": "ε",
    "phi": "ϕ",
    "varphi": "φ",
    "vartheta": "ϑ",
    "varrho": "ϱ",
    "varsigma": "ς",
    "varpi": "ϖ",
    "varkappa": "ϰ",
    "ell": "ℓ",
    "nabla": "∇",
    "partial": "∂",
    "infty": "∞",
    "hbar": "ℏ",
    "top": "⊤",
}
_WRAPPED = re.compile(r"\\([A-Za-z]+)\s*\{(.*)\}", re.DOTALL)
_MACRO = re.compile(r"\\([A-Za-z]+)")


def name_element(name: str) -> str:
    r"""Typeset a name without its indices.

    Parameters
    ----------
    name : str
        A letter, a word, a macro, or a macro around a name.

    Returns
    -------
    str

    Examples
    --------
    >>> name_element(r"\sigma"), name_element(r"\log"), name_element(r"\mathcal{L}")
    ('<mi>σ</mi>', '<mi>log</mi>', '<mi>ℒ</mi>')
    """
    primes = len(name) - len(name.rstrip("'"))
    if primes and len(name) > primes:
        return element("msup", name_element(name[:-primes]), operator("′" * primes))
    if wrapped := _WRAPPED.fullmatch(name):
        return _wrapped_element(*wrapped.groups())
    if macro := _MACRO.fullmatch(name):
        return identifier(_letter(macro[1]))
    return identifier(_MACRO.sub(lambda each: _letter(each[1]), name))


def _wrapped_element(macro: str, inner: str) -> str:
    if macro in _ACCENTS:
        return element(
            "mover", name_element(inner), operator(_ACCENTS[macro], stretchy="false"), accent="true"
        )
    if macro in _ALPHABETS:
        return identifier("".join(_styled(letter, _ALPHABETS[macro]) for letter in inner))
    if macro in ("mathrm", "operatorname", "text", "textrm", "rm"):
        return identifier(inner, mathvariant="normal")
    return name_element(inner)


def _letter(macro: str) -> str:
    """The character that a macro stands for; a function's name stands for itself."""
    if macro in _LETTERS:
        return _LETTERS[macro]
    size = "CAPITAL" if macro[0].isupper() else "SMALL"
    # Unicode spells it so.
    greek = "LAMDA" if macro.lower() == "lambda" else macro.upper()
    with suppress(KeyError):
        return unicodedata.lookup(f"GREEK {size} LETTER {greek}")
    return macro


def _styled(letter: str, alphabet: str) -> str:
    kind = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
    which = unicodedata.name(letter, "?").rsplit(" ", 1)[-1]
    # The letters that were in Unicode before the alphabets are named without the first word.
    for prefix in ("MATHEMATICAL ", ""):
        with suppress(KeyError):
            return unicodedata.lookup(f"{prefix}{alphabet} {kind} {which}")
    return letter
