r"""What a page says of its symbols in words: "X is m × n", `x \in \mathbb{R}^d`, "the matrix A"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.source.page import LIST, Page
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import Multiply, Node, Number, Power, Symbol, walk

_NAME = r"\$?(?:\\(?:mathbf|boldsymbol|bm)\s*\{?)?\s*(\\?[A-Z][a-z]*)\}?\$?"
_SIZE = r"\$?\s*\(?(\\?[A-Za-z0-9]+)\s*(?:\\times|×|\bby\b)\s*(\\?[A-Za-z0-9]+)"
_SIZED = re.compile(
    rf"{_NAME},?\s+(?:is|has|be|has size|of size|with size)\s+(?:an?\s+|of size\s+|size\s+)*{_SIZE}"
)
_IN_DOLLARS = _NAME.replace("\\$?", "\\$")
_MATRIX = re.compile(
    rf"(?:\b[Mm]atrix|\bmatri(?:ce|z)|\bmacierz\w*|\bматриц\w*|矩阵|矩陣|行列|행렬),?\s*{_IN_DOLLARS}|{_IN_DOLLARS}\s+(?:is|be|denotes?)\s+(?:an?\s+|the\s+)?(?:\w+\s+){{0,3}}matrix"
)


_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|pmb|vec|mathbold|underline|symbf|bs)\b")


def declared_sizes(
    page: Page, families: Families, bold: frozenset[str] = frozenset()
) -> dict[str, tuple[str, ...]]:
    r"""The names of the lengths of families whose size or space is given; empty for plain numbers.

    `bold` are the names that are set in bold type: what is said of `\mathbf{x}` is not said of x where that is plain.
    """
    found: dict[str, tuple[str, ...]] = {}
    for relation in page.memberships:
        lengths = _lengths_of_space(relation.right)
        for symbol in walk(relation.left):
            if lengths is not None and isinstance(symbol, Symbol):
                family = families.resolve(symbol)[0]
                if lengths and family not in bold and _BOLD.match(page.text, symbol.span.start):
                    continue
                found[family] = lengths
    for match in _SIZED.finditer(page.text):
        found[match.group(1)] = (match.group(2), match.group(3))
    return found


def declared_rows(page: Page, families: Families) -> frozenset[str]:
    r"""Families that are said to be row vectors, `x \in \mathbb{R}^{1 \times n}`."""
    rows = [each.left for each in page.memberships if _is_space_of_rows(each.right)]
    return frozenset(families.resolve(s)[0] for left in rows for s in walk(left) if isinstance(s, Symbol))


def _is_space_of_rows(node: Node) -> bool:
    exponent = node.exponent if isinstance(node, Power) else None
    return (
        isinstance(exponent, Multiply) and exponent.factors[0] == Number("1") and len(exponent.factors) == 2
    )


# Words for vectors and numbers in front of their names, in several languages.
_BOLD_NAME = r"\$\s*(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{?)?\s*(\\?[A-Za-z]+)\s*\}?\s*\$"
_VECTOR = (
    r"(?:vectors?|vecteurs?|vektor\w*|vettor[ei]|vectores|vetor(?:es)?|wektor\w*|вектор\w*"
    r"|向量|矢量|ベクトル|벡터)"
)
_RANDOM = r"(?:random|aléatoire|aleatorio|aleatório|casuale|losowy|náhodný|случайный|随机)"
_IS = r"(?:is|be|are|denotes?|un|une|ein|eine|uno?|um|为|は|-|—)"
_VECTORS = re.compile(
    rf"(?<![a-z]){_VECTOR}\s*{_RANDOM}?\s*{_BOLD_NAME}"
    rf"|{_BOLD_NAME}\s*{_IS}\s*(?:an?|the|ein|un)?\s*(?:\w+\s+)?{_VECTOR}(?!\s+space)",
    re.IGNORECASE,
)
_NUMBER = r"(?:scalars?|scalaires?|skalar\w*|escalar(?:es)?|scalar[ei]|скаляр\w*|标量|標量|スカラー|스칼라)"
_NUMBERS = re.compile(
    rf"(?<![a-z]){_NUMBER}\s*{_BOLD_NAME}|{_BOLD_NAME}\s*(?::|{_IS}|est|ist|es|é|è)\s*(?:an?|un|ein|um|uno)?\s*{_NUMBER}",
    re.IGNORECASE,
)


def declared_vectors(page: Page) -> dict[str, int]:
    """Families that the text calls vectors, or numbers."""
    found = {match.group(1) or match.group(2): 1 for match in _VECTORS.finditer(page.text)}
    return found | {match.group(1) or match.group(2): 0 for match in _NUMBERS.finditer(page.text)}


_SHORT = 4  # signs of a transpose


def listed_names(page: Page) -> dict[str, str]:
    r"""Names with the letter of what they consist of, by lists such as `X = (\phi_1, \dots, \phi_n)^T`."""
    found = {}
    for tokens in _lists(page):
        names = [token.text for token in tokens if token.kind == "name"]
        if len(names) > 1 and names[0] != names[1]:
            found[names[0]] = names[1]
    return found


def listed_rows(page: Page) -> dict[str, bool]:
    r"""Names of lists of vectors that are transposed as a whole: these are the rows."""
    found = {}
    for tokens in _lists(page):
        above = [n for n, token in enumerate(tokens) if token.text == "^"]
        if above and tokens[above[-1] - 1].text in (")", "]") and len(tokens) - above[-1] <= _SHORT:
            found[tokens[0].text] = True
    return found


def _lists(page: Page) -> Iterator[list[Token]]:
    for aside in page.asides:
        if aside.reason == LIST:
            yield tokenize(page.text[aside.span.start : aside.span.end])


_PADDED = re.compile(
    r"\b(?:outside|beyond|out of)\s+(?:of\s+)?(?:its|their|the|that)\s+(?:range|bounds|borders?|edges?)\b[^.]*"
    r"\b(?:0|zeros?|vanish\w*|absent)\b|\b(?:padded with zeros|zero[- ]padd\w+)",
    re.IGNORECASE,
)


def zero_outside(page: Page) -> bool:
    """Whether the text says that entries outside of their range are 0, as a padded image's are."""
    return bool(_PADDED.search(" ".join(page.text.replace("$", "").split())))


def declared_matrices(page: Page) -> dict[str, int]:
    """Families that the text calls matrices."""
    return {match.group(1) or match.group(2): 2 for match in _MATRIX.finditer(page.text)}


def _lengths_of_space(node: Node) -> tuple[str, ...] | None:
    real = Symbol(r"\mathbb{R}")
    if node == real:
        return ()
    if isinstance(node, Power) and node.base == real:
        exponent = node.exponent
        factors = (
            exponent.factors
            if isinstance(exponent, Multiply) and r"\times" in exponent.signs
            else (exponent,)
        )
        lengths = tuple(factor.name if isinstance(factor, Symbol) else repr(factor) for factor in factors)
        return tuple(
            n for n, f in zip(lengths, factors, strict=True) if len(factors) != 2 or f != Number("1")
        )
    if isinstance(node, Symbol) and node.name == r"\mathbb{R}":
        return tuple(index.name if isinstance(index, Symbol) else repr(index) for index in node.indices)
    return None
