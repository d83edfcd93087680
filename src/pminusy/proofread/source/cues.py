"""Words that say what the formula behind them is: a condition, a definition, an example."""

from __future__ import annotations

import re

# A value under one of these is one case out of several, and no property of the page's quantities.
PARTICULAR = frozenset(
    ["takes", "chooses", "typically", "usually", "often", "either", "or", "near", "around"]
)
# What holds under one of these counts for the formula at hand, or the next one.
CONDITIONAL = frozenset(
    ["if", "when", "whenever", "for", "case", "with", "provided", "at", "unless", "until", "say", "once"]
)
# The same for conditions on indices; a value that a quantity has counts for the section.
LASTING = frozenset(["given", "suppose", "assume", "assuming", "since", "because"])
# A symbol for another under one of these is one case, too.
HYPOTHETICAL = frozenset(["if", "when", "whenever", "unless", "until", "once"])
# What follows determines an unknown, and need not hold for what the page leaves free.
CONSTRAINING = frozenset(["solve", "solves", "solving", "satisfy", "satisfies", "satisfying", "such that"])
# Words of a page that looks for where something vanishes or is largest.
SOLVING = re.compile(
    r"\b(zero|0 |minim|maxim|optim|stationar|critical|extrem|set\b|setting|solv|vanish|nulo|nulle|nul\b|null)"
    r"|нул|приравн|максим|миним|ableitung|maximier|minimier|annul|igual\w*\s+a\s+(?:zero|cero|0)"
    r"|令|零|最大|最小|極|\\overset\{!\}|\\stackrel\{!\}",
    re.IGNORECASE,
)
# Words before a name that gets a new meaning.
ANEW = re.compile(
    r"\b(now|pick|choose|choosing|take|taking|instead|another|new|example|consider|suppose|let|define|denote|special|redefine|rewrite|if|model|case"
    r"|written|general|soit|soient|posons|pose|prenons|exemple|sei|seien|setzen?|wähl\w*|beispiel|sea|sean|tomamos|tomando"
    r"|elegimos|ejemplo|sia|siano|poniamo|scegli\w*|esempio|seja|sejam|tomemos|escolh\w*|exemplo|niech|przykład|przyjm\w*"
    r"|voorbeeld|kies|eksempel|пусть|положим|возьм\w*|пример|приклад|нехай)\b|令|设|取|选|例|記|考え|とおく|定义|예시|예제|놓|^#",
    re.IGNORECASE | re.MULTILINE,
)
# Words before an equation that determines something.
SOUGHT = re.compile(
    r"\b(solve|solving|solution|subject to|such that|s\.t\.|constrain\w*|satisf\w+|require\w*|equation\w*|equality"
    r"|system|hyperplane|boundary|assum\w+|suppose|given|condition\w*|holds|fixed point|equilibri\w*)\b"
    r"|约束|满足|方程|解",
    re.IGNORECASE,
)
# Words for points that an equation is the condition for.
LOCUS = re.compile(
    r"\b(inters\w+|circle|circunferenc\w+|circonf\w+|cercle|kreis\w*|schnitt\w*|ellips\w*|parabol\w*|hyperbol\w*|curve|curva"
    r"|courbe|kurve)\b|пересеч|окружност|交点|交线|円|圆",
    re.IGNORECASE,
)
# Words of a page that differentiates.
DIFFERENTIATING = re.compile(
    r"\b(deriv|differenti|d[ée]riv|abgeleit|ableit|velocit|gradient|quotient rule|product rule|chain rule)"
    r"|производн|дифференц|pochodn|afgeleide|türev|đạo hàm|turun|deriváv|導|导|微分|미분",
    re.IGNORECASE,
)
# Words of a page on which a function is given by an equation.
IMPLICIT = re.compile(r"\b(implicit|impliz|implícit|implicita)|неявн|隐函数|隱函數|陰関数", re.IGNORECASE)
_NAMING = frozenset(["where", "let", "define", "denote", "put", "set", "write", "call"])

_ALL = PARTICULAR | CONDITIONAL | LASTING | CONSTRAINING | _NAMING
_CUE = re.compile(rf"\b({'|'.join(sorted(_ALL, key=len, reverse=True))})\b[^.;:]*$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*,?\s*(?:if|when|whenever|for|provided(?:\s+that)?|unless)\s*", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.;]|and\b)")
_NEARBY = 120  # characters that a cue may stand before its formula


def cue_in(words: str) -> str:
    """The cue in the last clause of some words; "" where there is none."""
    match = _CUE.search(words[-_NEARBY:].replace("\n", " "))
    return match.group(1).lower() if match else ""


def looks_back(words: str, following: str) -> bool:
    """Whether a condition right behind a display is on it: "…, if $i = j$." and not "If $i = j$ we get …"."""
    begins = words.strip(" \n,;")[:1]
    return begins.islower() and bool(_BEHIND.fullmatch(words)) and bool(_ENDS.match(following))


_REASON = re.compile(
    r"\b(as|since|because|da|weil|denn|car|puisque|porque|pues|ya que|poich[ée]|perché|так как|так что|ведь)\s*\W?$",
    re.IGNORECASE,
)


def gives_reason(words: str) -> bool:
    """Whether words say that the formula behind them is the reason for the one before."""
    return bool(_REASON.search(words.strip("$ \n")))


_STANDS_FOR = re.compile(
    r"(?:here |simply |just )?(?:stands for|is short for|denotes|abbreviates|represents|is shorthand for|means"
    r"|steht für|bezeichnet|désigne|denota|обозначает|表示|代表)(?: the \w+)?",
    re.IGNORECASE,
)
_WRITING = re.compile(
    r"\b(?:write|writing|abbreviate|denote|call|use|using|schreiben(?: wir)?)\W*$", re.IGNORECASE
)


def abbreviates(before: str, between: str) -> int:
    """Whether words say that one formula is short for another: 1 for the first, −1 for the second, 0 for neither.

    `between` stands between the two, as in "Σ stands for …", `before` before both, as in "we write Σ for …".
    """
    between = between.strip("$ \n\t,")
    if _STANDS_FOR.fullmatch(between):
        return 1
    if not _WRITING.search(before.strip("$ \n\t")):
        return 0
    return 1 if between in ("for", "für", "instead of") else -1 if between in ("by", "as", "with") else 0
