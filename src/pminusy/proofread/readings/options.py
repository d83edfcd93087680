"""The options of a choice about the notation of names: what it is called, and what it makes of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pminusy.proofread.source.settled import Edit
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.compositions import CIRCLE
from pminusy.proofread.syntax.token_ranges import script
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.vocabulary import Reading, Vocabulary

CALL, PRODUCT = "a function call", "a product"


@dataclass(frozen=True)
class Option:
    """One way to read what is called `key`.

    Attributes
    ----------
    key, name : str
        The choice, such as "f(…)", and the option, such as "a product".
    edit : callable
        What it makes of a vocabulary.
    of_scope : bool
        Whether it is about what something applies to, which only some formulas leave open.
    unlikely : bool
        Whether hardly anyone would ask.
    """

    key: str
    name: str
    edit: Edit
    of_scope: bool = False
    unlikely: bool = False

    def __str__(self) -> str:
        return read_as(self.key, self.name)


LAYOUT = "derivatives by vectors"


def call_key(name: str) -> str:
    """What the choice is called whether a name is called or multiplied."""
    return f"{name}(…)"


def definition_key(name: str, line: int) -> str:
    """What the choice is called which definition of a name applies in a line."""
    return f"{name} in line {line}"


def names_key(line: int) -> str:
    """What the choice is called whether the names in a line are those that are defined elsewhere."""
    return f"names in line {line}"


def read_as(key: str, name: str) -> str:
    """How a choice is reported."""
    return f"{key} read as {name}"


def options_in(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[Option, Option]]:
    """The choices that some tokens leave open, each with its options, the one of the vocabulary first."""
    for one, other in (
        *call_options(tokens),
        *_operator_options(tokens, vocabulary),
        *prime_options(tokens),
        *_scope_options(tokens),
        *delta_options(tokens),
        *superscript_options(tokens),
    ):
        yield (one, other) if one.edit(vocabulary) == vocabulary else (other, one)


def call_options(tokens: Sequence[Token]) -> Iterator[tuple[Option, Option]]:
    """For each name before a bracket, whether it is called or multiplied; what is composed is called."""
    texts = ["", *(token.text for token in tokens), ""]
    composed = {text for n, text in enumerate(texts[1:-1], 1) if CIRCLE in (texts[n - 1], texts[n + 1])}
    called = {t.text for n, t in enumerate(tokens) if is_letter(t) and following(tokens, n) == "("}
    for name in sorted(called - composed):
        yield _called(name), _multiplied(name)


def _called(name: str) -> Option:
    return Option(call_key(name), CALL, lambda v: replace(v, functions=v.functions | {name}))


def _multiplied(name: str) -> Option:
    return Option(call_key(name), PRODUCT, lambda v: replace(v, functions=v.functions - {name}))


def _operator_options(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[tuple[Option, Option]]:
    for pair in vocabulary.operators:
        if any(token.text == pair[0] for token in tokens):
            yield _derivative_by(pair), _factor(pair)


def _derivative_by(pair: tuple[str, str]) -> Option:
    def edit(v: Vocabulary) -> Vocabulary:
        return replace(v, operators=tuple(sorted({*v.operators, pair})))

    return Option(f"{pair[0]}_j", f"the derivative by {pair[1]}_j", edit)


def _factor(pair: tuple[str, str]) -> Option:
    def edit(v: Vocabulary) -> Vocabulary:
        return replace(v, operators=tuple(each for each in v.operators if each != pair))

    return Option(f"{pair[0]}_j", "a factor", edit)


def prime_options(tokens: Sequence[Token]) -> Iterator[tuple[Option, Option]]:
    """What primes are, where there are some."""
    if any(token.text == "'" for token in tokens):
        yield (
            Option("primes", "derivatives", lambda v: replace(v, prime_transposes=False)),
            Option("primes", "transposes", lambda v: replace(v, prime_transposes=True)),
        )


def delta_options(tokens: Sequence[Token]) -> Iterator[tuple[Option, Option]]:
    """What δ is, where it occurs."""
    if any(token.text == r"\delta" for token in tokens):
        yield (
            Option("δ", "Kronecker's delta", lambda v: replace(v, kronecker=True)),
            Option("δ", "a variable", lambda v: replace(v, kronecker=False)),
        )


def superscript_options(tokens: Sequence[Token]) -> Iterator[tuple[Option, Option]]:
    """For each name with a letter above it, whether that is a power."""
    above = [(t.text, _kind_above(tokens, n)) for n, t in enumerate(tokens) if is_letter(t)]
    for name in sorted({name for name, kind in above if kind}):
        numbers_only = (name, "name") not in above
        yield _powered(name, numbers_only), _labelled(name, numbers_only)


def _powered(name: str, numbers_only: bool) -> Option:
    key = f"the superscript of {name}"
    return Option(key, "a power", lambda v: replace(v, labelled=v.labelled - {name}), unlikely=numbers_only)


def _labelled(name: str, numbers_only: bool) -> Option:
    key = f"the superscript of {name}"
    return Option(key, "a label", lambda v: replace(v, labelled=v.labelled | {name}), unlikely=numbers_only)


@dataclass(frozen=True)
class _Scope:
    """A choice about the scope of something: its name, its options (False and True), and the signs it is about."""

    key: str
    false: str
    true: str
    signs: frozenset[str]


_LOGARITHMS = frozenset({"log", "ln", "lg", "exp"})
_SINES = frozenset({"sin", "cos", "tan", "sinh", "cosh", "tanh"})
_SCOPES = {
    "wide_operators": _Scope(
        "derivatives",
        "applying to the next factor only",
        "applying to the whole product that follows",
        frozenset({r"\partial", r"\frac", r"\dfrac", r"\nabla", "d"}),
    ),
    "tight_slash": _Scope(
        "a slash",
        "dividing by the next factor only",
        "dividing by the whole product that follows",
        frozenset({"/"}),
    ),
    "long_arguments": _Scope(
        "logarithms and similar functions",
        "applying to the next factors only",
        "applying to the whole product that follows",
        _LOGARITHMS,
    ),
    "wide_bars": _Scope(
        "an evaluation bar",
        "applying to the last term",
        "applying to the whole sum",
        frozenset({"|", r"\vert", r"\bigg|", r"\Big|"}),
    ),
    "narrow_sums": _Scope(
        "sums", "going on behind a bracket", "ending after a bracket", frozenset({r"\sum", r"\prod"})
    ),
    "inner_powers": _Scope(
        "a power after a function's bracket",
        "applying to the value",
        "applying to the argument",
        _LOGARITHMS | _SINES,
    ),
    "whole_powers": _Scope(
        "an entry with a power", "a power of the entry", "an entry of the matrix power", frozenset({"_"})
    ),
    "short_arguments": _Scope(
        "sines and similar functions",
        "applying to the whole product that follows",
        "applying to the next name only",
        _SINES,
    ),
    "outer_arguments": _Scope(
        "functions of a sum in brackets",
        "applying to the bracket",
        "applying to the letters behind it, too",
        _LOGARITHMS | _SINES,
    ),
    "wide_slash": _Scope(
        "a slash before several factors",
        "dividing by those that are written closely",
        "dividing by all that follow",
        frozenset({"/"}),
    ),
}


def _scope(field: str, value: bool) -> Option:
    found = _SCOPES[field]
    name = found.true if value else found.false

    def edit(v: Vocabulary) -> Vocabulary:
        return replace(v, reading=replace(v.reading, **{field: value}))

    return Option(found.key, name, edit, of_scope=True)


def _scope_options(tokens: Sequence[Token]) -> Iterator[tuple[Option, Option]]:
    for field, found in _SCOPES.items():
        if any(token.text in found.signs for token in tokens):
            yield _scope(field, False), _scope(field, True)


def unusual_scopes() -> Iterator[Option]:
    """The options about the scope of something that are not the usual ones."""
    for field in _SCOPES:
        yield _scope(field, not getattr(Reading(), field))


def is_letter(token: Token) -> bool:
    """Whether a token is a name of the writer's own."""
    return token.kind == "name" and token.text not in names.FUNCTIONS and token.text != "d"


def following(tokens: Sequence[Token], at: int) -> str:
    """The sign behind a name and its scripts."""
    at += 1
    while at < len(tokens) and tokens[at].text in ("_", "^", "'"):
        at = at + 1 if tokens[at].text == "'" else script(tokens, at + 1)[1]
    return tokens[at].text if at < len(tokens) else ""


def _kind_above(tokens: Sequence[Token], at: int) -> str:
    """What kind of token stands above a name, "name" or "number"; "" where neither does, or a 2 or a transpose."""
    if at + 2 >= len(tokens):
        return ""
    if tokens[at + 1].text == "_":
        at = script(tokens, at + 2)[1] - 1
    if at + 1 >= len(tokens) or tokens[at + 1].text != "^":
        return ""
    inner, _ = script(tokens, at + 2)
    plain = inner and inner[0].kind in ("name", "number") and inner[0].text not in ("T", r"\top", "2")
    return inner[0].kind if plain else ""
