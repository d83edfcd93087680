r"""From tokens to a tree, by precedence climbing.

From loose to tight: sums and differences; products with explicit signs, division by slash and implied products;
prefix minus; powers, indices, primes; atoms. `\sum`, derivative operators and functions without parentheses take the
product that follows them, as people write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.atoms import atom
from pminusy.proofread.syntax.ellipses import ELLIPSIS, has_ellipsis, without_ellipsis
from pminusy.proofread.syntax.relations import condition
from pminusy.proofread.syntax.scripts import between
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import (
    Add,
    Divide,
    Multiply,
    Negative,
    Node,
    Number,
    Span,
    Symbol,
)
from pminusy.proofread.syntax.vocabulary import Vocabulary

MAX_DEPTH = 40
PRODUCT_SIGNS = frozenset([r"\cdot", "*", r"\times", r"\odot", r"\otimes"])
FROBENIUS = ":·"  # A:B = tr(A^T B), written with a colon
_STOPS = (
    names.RELATIONS
    | names.BREAKS
    | frozenset(names.CLOSERS.values())
    | {"+", "-", ",", ";", ":", FROBENIUS, ".", "&", r"\pm", r"\mp", "and"}
)


def parse(tokens: Sequence[Token], vocabulary: Vocabulary | None = None, end: int = 0) -> Node:
    """The tree of one expression.

    Parameters
    ----------
    tokens : sequence of Token
        All of them are used.
    vocabulary : Vocabulary
        How the page uses its names.
    end : int
        Where the formula ends in the page, for messages about what is missing there.

    Raises
    ------
    Unreadable
        With the place that cannot be read.
    """
    parser = Parser(tokens, vocabulary or Vocabulary(), end)
    tree = parser.expression()
    parser.expect_end()
    if has_ellipsis(tree):
        parser.fail("an ambiguous ellipsis")
    return tree


def parse_condition(tokens: Sequence[Token], vocabulary: Vocabulary, end: int = 0) -> Node:
    r"""The tree of a condition: relations joined by commas, "and" or chained, as in `i \ne j, k = 1`."""
    parser = Parser(tokens, vocabulary, end)
    tree = condition(parser)
    parser.expect_end()
    return tree


class Parser:
    """A place in a list of tokens, and what can be read from there."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary, end: int = 0, depth: int = 0) -> None:
        self.tokens = [t for t in tokens if t.kind != "gap"]
        self.vocabulary = vocabulary
        self.end = Token("end", "", Span(end, end))
        self.at = 0
        self.depth = depth
        self.bars: list[str] = []
        self.supplied: set[str] = set()  # variables of integrals that no `dx` names

    # Looking and taking

    def peek(self, ahead: int = 0) -> Token:
        """The next token, or one further ahead, left where it is."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else self.end

    def take(self) -> Token:
        """The next token, taken."""
        token = self.peek()
        self.at += 1
        return token

    def accept(self, *texts: str) -> Token | None:
        """The next token, taken if it is one of these signs; else None."""
        token = self.peek()
        if token.kind in ("sign", "command") and token.text in texts:
            return self.take()
        return None

    def expect(self, text: str) -> Token:
        """The next token, which must be this sign."""
        token = self.accept(text)
        if token is None:
            self.fail(f"expected {text}, got {self.peek().text or 'the end'}")
        return token

    def fail(self, message: str, token: Token | None = None) -> NoReturn:
        """Give up, at a token."""
        raise Unreadable(f"cannot be read: {message}", (token or self.peek()).span)

    def expect_end(self) -> None:
        """Insist that all was read, but for brackets that close nothing."""
        while self.peek().kind == "sign" and self.peek().text in (")", "]", "}", r"\}"):
            self.take()
        if self.at < len(self.tokens):
            self.fail(f"unexpected {self.peek().text}")

    def sub_parser(self, tokens: Sequence[Token]) -> Parser:
        """A parser for some tokens inside this formula."""
        return Parser(
            tokens, self.vocabulary, tokens[-1].span.end if tokens else self.peek().span.start, self.depth + 1
        )

    def whole(self, tokens: Sequence[Token]) -> Node:
        """The one expression that some tokens inside this formula are."""
        inside = self.sub_parser(tokens)
        node = inside.expression()
        inside.expect_end()
        return node

    def since(self, start: int) -> Span:
        """From a token's number to the last one taken."""
        first = self.tokens[start] if start < len(self.tokens) else self.end
        last = self.tokens[min(self.at, len(self.tokens)) - 1] if self.at > start else first
        return first.span | last.span

    # Sums, products

    def expression(self) -> Node:
        """A sum of terms."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"brackets nested deeper than {MAX_DEPTH}")
        start = self.at
        terms = [self.term()]
        while self.peek().kind == "sign" and self.peek().text in ("+", "-", r"\pm", r"\mp"):
            if self.peek().text == "+":
                self.take()
            begin = self.at
            negative = self.accept("-")
            term = self.term()
            terms.append(Negative(term, span=self.since(begin)) if negative else term)
        self.depth -= 1
        terms = without_ellipsis(terms, "sum", self.fail)
        whole = terms[0] if len(terms) == 1 else Add(tuple(terms), span=self.since(start))
        return between(self, whole, start) if self._at_limits() else whole

    def term(self) -> Node:
        """A product with its sign."""
        start = self.at
        if self.accept("-"):
            body = self._behind_sign()
            return Negative(body, span=self.since(start))
        if self.accept("+"):
            return self._behind_sign()
        if sign := self.accept(r"\pm", r"\mp"):
            either = Multiply(
                (Symbol(names.PLUS_MINUS, span=sign.span), self._behind_sign()), ("",), span=self.since(start)
            )
            return either if sign.text == r"\pm" else Negative(either, span=self.since(start))
        product = self.product()
        while self.accept(FROBENIUS):
            product = Multiply((product, self.product()), (FROBENIUS,), span=self.since(start))
        narrow = not self.vocabulary.reading.wide_bars and self._at_limits()
        return between(self, product, start) if narrow else product

    def _behind_sign(self) -> Node:
        """The term behind a sign, which may have another one."""
        self.depth += 1
        if self.depth > MAX_DEPTH * 2:
            self.fail(f"formulas nested deeper than {MAX_DEPTH}")
        body = self.term()
        self.depth -= 1
        return body

    def _at_limits(self) -> bool:
        r"""Whether a bar with limits comes next, as behind `F \Big|_a^b`; then the bar is taken."""
        if self.peek().text == "|" and "|" not in self.bars and self.peek(1).text in ("_", "^"):
            self.take()
            return True
        return False

    def product(self) -> Node:
        """Factors with and without signs between them, and what stands over and under slashes."""
        start = self.at
        factors, signs = [self.factor()], list[str]()
        while not self.at_stop():
            sign = self.peek()
            if sign.text == "/" and sign.kind == "sign":
                self.take()
                whole = (
                    factors[0]
                    if len(factors) == 1
                    else Multiply(tuple(factors), tuple(signs), span=self.since(start))
                )
                factors, signs = [Divide(whole, self.divisor(), slash=True, span=self.since(start))], []
                continue
            if sign.kind == "sign" and sign.text in PRODUCT_SIGNS:
                self.take()
                signs.append(sign.text)
                begin = self.at
                negative = self.accept("-")
                factor = self.factor()
                factors.append(Negative(factor, span=self.since(begin)) if negative else factor)
            else:
                signs.append("")
                factors.append(self.factor())
        if len(factors) > 1 and Symbol(ELLIPSIS) in factors:
            factors = without_ellipsis(factors, "prod", self.fail)
            signs = [""] * (len(factors) - 1)
        return (
            factors[0]
            if len(factors) == 1
            else Multiply(tuple(factors), tuple(signs), span=self.since(start))
        )

    def divisor(self) -> Node:
        """What stands under a slash: one factor, or a number with the letters that touch it (`1/2m`)."""
        start = self.at
        negative = self.accept("-")
        factors = [self.factor()]
        while self._divides_by_more(factors[0]):
            factors.append(self.factor())
        body = (
            factors[0]
            if len(factors) == 1
            else Multiply(tuple(factors), ("",) * (len(factors) - 1), span=self.since(start))
        )
        return Negative(body, span=self.since(start)) if negative else body

    def _divides_by_more(self, first: Node) -> bool:
        """Whether what comes next stands under a slash, too."""
        token, reading = self.peek(), self.vocabulary.reading
        if self.at_stop() or token.text in PRODUCT_SIGNS or token.text == "/":
            return False
        letter = token.kind == "name" and not token.spaced and token.text not in names.FUNCTIONS
        return reading.tight_slash and (reading.wide_slash or (isinstance(first, Number) and letter))

    def at_stop(self) -> bool:
        """Whether the next token ends a product."""
        token = self.peek()
        if token.kind in ("end", "row", "cell", "words"):
            return True
        if token.kind == "command":
            return token.text.startswith(r"\end")
        if token.kind != "sign":
            return False
        if token.text in ("|", r"\|"):
            return token.text in self.bars or (token.text == "|" and self.peek(1).text in ("_", "^"))
        return token.text in _STOPS

    def factor(self) -> Node:
        """An atom with its powers and indices."""
        self.depth += 1
        if self.depth > MAX_DEPTH * 2:
            self.fail(f"formulas nested deeper than {MAX_DEPTH}")
        node = atom(self)
        self.depth -= 1
        return node

    # Brackets

    def bracketed(self, opening: str, read: Callable[[Parser], Node]) -> Node:
        """What stands between an opening bracket, which is next, and its counterpart."""
        self.expect(opening)
        bars, self.bars = self.bars, []
        node = read(self)
        self.bars = bars
        closing = names.CLOSERS[opening]
        closed = self.accept(closing) or (opening in "([" and self.accept(")", "]"))
        if closed is None or closed is False:
            if opening in "([" and self.peek().kind == "end":
                return node
            self.fail(f"expected {closing}, got {self.peek().text or 'the end'}")
        return node
