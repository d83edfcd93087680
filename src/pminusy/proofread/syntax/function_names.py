"""Which names are functions on a page: applied with parentheses, tabulated, primed, or plain symbols."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.chances import ENTROPY, PROBABILITIES
from pminusy.proofread.syntax.compositions import CIRCLE
from pminusy.proofread.syntax.token_ranges import ENDS, after_scripts, in_scripts, matching, starts
from pminusy.proofread.syntax.tokens import Token

ALWAYS_CALLED = frozenset(
    [r"\sigma", r"\Phi", r"\varphi", r"\phi", r"\psi", r"\Psi", r"\Gamma", "f", "g", "h", "F", "G"]
)
# Of these, those that are as often numbers: where they also stand alone, `f(1 - p)` is a product.
LETTERS = frozenset(["f", "g", "h", "F", "G"])
LOSSES = frozenset(["L", "J", "E", "C", "Q", "R", r"\mathcal{L}", r"\ell"])


def functions(pages: list[list[Token]]) -> frozenset[str]:
    """Names that the writer applies with parentheses, told from factors before a bracket."""
    called: Counter[str] = Counter()
    simple: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    unscripted: Counter[str] = Counter()
    defined: set[str] = set()
    primed: set[str] = set()
    of_a_name: set[str] = set()
    for tokens in pages:
        for n, token in enumerate(tokens):
            if token.kind != "name" or token.text in names.FUNCTIONS:
                continue
            if token.text in PROBABILITIES and _is_whole(tokens, n):
                continue
            after = after_scripts(tokens, n + 1)
            if after < len(tokens) and tokens[after].text in ("(", "["):
                if token.text == r"\sigma" and [t.text for t in tokens[n + 1 : after]] == ["^", "2"]:
                    continue  # a variance before a bracket, unless it is a function elsewhere
                close = matching(tokens, after)
                called[token.text] += 1
                if tokens[n + 1].text == "'":
                    primed.add(token.text)
                    of_a_name |= (
                        {token.text} if close == after + 2 and tokens[after + 1].kind == "name" else set()
                    )
                unscripted[token.text] += after == n + 1 or tokens[n + 1].text == "'"
                arguments = tokens[after + 1 : close]
                plain = bool(arguments) and all(
                    t.kind in ("name", "number") or t.text in (*",_^{};|*+'", r"\|") for t in arguments
                )
                simple[token.text] += plain and arguments[0].kind == "name"
                equals = close + 1 < len(tokens) and tokens[close + 1].text == "=" and starts(tokens, n)
                component = close + 1 < len(tokens) and tokens[close + 1].text == "_" and starts(tokens, n)
                differentiated = n > 0 and tokens[n - 1].text == r"\partial"
                barred = any(t.text in ("|", r"\|") for t in arguments)
                if plain and (equals or component or barred or differentiated):
                    defined.add(token.text)
            else:
                bare[token.text] += 1
        defined |= _composed(tokens)
    factors = {name for name in LETTERS - primed if bare[name] and not simple[name]}
    return frozenset(
        name
        for name in called
        if name in defined
        or (name in ALWAYS_CALLED - factors and (unscripted[name] or simple[name]))
        or (len(name) > 1 and name.isalpha())
        or (simple[name] == called[name] and (not bare[name] or name in LOSSES or name in of_a_name))
    )


def _composed(tokens: Sequence[Token]) -> set[str]:
    r"""The names in a bracket such as `(f \circ g)` with another bracket or primes behind it."""
    found = set[str]()
    for n, token in enumerate(tokens):
        if token.text == "(":
            close = matching(tokens, n)
            inside = tokens[n + 1 : close]
            behind = tokens[close + 1].text if close + 1 < len(tokens) else ""
            alternate = all((t.text == CIRCLE) == bool(k % 2) for k, t in enumerate(inside))
            if len(inside) > 2 and alternate and behind in ("(", "'") and len(inside) % 2:
                found |= {t.text for t in inside[::2] if t.kind == "name"}
    return found


def _is_whole(tokens: Sequence[Token], at: int) -> bool:
    r"""Whether a name stands for a whole distribution, as in `KL(q \| p)` and `\mathbb{E}_q`."""
    before = [token.text for token in tokens[max(at - 2, 0) : at]]
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    below = before[-1:] == ["_"] or before == ["_", "{"]
    return below or (after not in ("(", "[") and bool({after, *before[-1:]} & {r"\|", "|"}))


def tabulated(pages: list[list[Token]], bound: frozenset[str]) -> frozenset[str]:
    """Functions whose argument is only ever a name, somewhere one that is summed over.

    A probability of several things, or beside an entropy, is none, nor is g where there is a `g(X)` for a random X.
    """
    found: set[str] = set()
    other: set[str] = set()
    counts: dict[str, set[int]] = {}
    for tokens in pages:
        for n, token in enumerate(tokens):
            if token.kind != "name" or token.text in names.FUNCTIONS:
                continue
            after = after_scripts(tokens, n + 1)
            if after < len(tokens) and tokens[after].text == "(":
                arguments = tokens[after + 1 : matching(tokens, after)]
                plain = all(t.kind == "name" or t.text in (",", "'") for t in arguments)
                if after == n + 1:
                    counts.setdefault(token.text, set()).add(sum(t.text == "," for t in arguments))
                random = (
                    len(arguments) == 1 and arguments[0].text.isupper() and arguments[0].text.lower() in bound
                )
                if plain and any(t.text in bound for t in arguments):
                    found.add(token.text)
                elif not plain or random:
                    other.add(token.text)
    joint = {name for name in PROBABILITIES & counts.keys() if ENTROPY in counts or len(counts[name]) > 1}
    return frozenset(found - other - joint)


def applied_functions(tokens: Sequence[Token]) -> Iterator[str]:
    """Function names with a bracket behind them."""
    for n, token in enumerate(tokens):
        if token.kind == "name" and token.text in names.FUNCTIONS:
            after = after_scripts(tokens, n + 1)
            if after < len(tokens) and tokens[after].text in ("(", "["):
                yield token.text


def functions_as_symbols(tokens: Sequence[Token]) -> Iterator[str]:
    """Function names with nothing behind them that they could be applied to."""
    for n, token in enumerate(tokens):
        if token.kind == "name" and token.text in names.FUNCTIONS:
            following = tokens[n + 1] if n + 1 < len(tokens) else None
            if (
                following is None
                or following.kind in ("row", "cell", "gap")
                or following.text in ENDS - {"-", "|"}
            ):
                yield token.text


def always_primed(pages: list[list[Token]]) -> frozenset[str]:
    """Functions that begin a line with one prime, `f'(x) = …`, and never occur with none or two."""
    begun: set[str] = set()
    other: set[str] = set()
    for tokens in pages:
        scripted = in_scripts(tokens)
        for n, token in enumerate(tokens):
            if token.kind != "name" or token.text in names.FUNCTIONS or scripted[n]:
                continue
            texts = [t.text for t in tokens[n + 1 : n + 6]]
            once = texts[:1] == ["'"] and texts[1:2] != ["'"]
            once = (
                once or texts[:4] == ["^", "{", "'", "}"] or (texts[:2] == ["^", "'"] and texts[2:3] != ["'"])
            )
            if not once:
                other.add(token.text)
            elif starts(tokens, n) and "=" in [t.text for t in tokens[n:]] and "(" in texts:
                begun.add(token.text)
    return frozenset(begun - other)
