"""Expressions in the style of the page: what stands on it is copied, with the author's letters and parentheses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pminusy.errors import InputError
from pminusy.proofread.meaning.lines.scopes import scoped
from pminusy.proofread.repair.places import parts
from pminusy.proofread.repair.problem import Problem
from pminusy.proofread.source.lexing import without_macros
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.lexer import tokenize
from pminusy.proofread.syntax.names import IMAGINARY
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tree import (
    Between,
    Call,
    Component,
    Delta,
    Derivative,
    Divide,
    Fold,
    Group,
    Node,
    Norm,
    Power,
    Symbol,
    Transpose,
    map_children,
    walk,
)

LONGEST = 200
_FIRST = 0xE000  # of the characters that stand for copied text while the rest is written
_COPIED = (Symbol, Group, Call, Divide, Power, Transpose, Norm, Component, Delta, Derivative, Between, Fold)
FENCE = re.compile(r"\\(left|[bB]ig{1,2}[lr]?)\s*$")  # before what it makes large
_ALIGNMENT = re.compile(r"(?<!\\)&|\\\\(\[[^]]*\])?")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{")
_FENCES = re.compile(r"\\(left|right)(?=[()\[\]|])")


@dataclass
class Style:
    """How the author of a page writes things; what was found out about a piece of text is remembered."""

    problem: Problem
    _texts: dict[Node, list[Node]] = field(default_factory=dict)
    _written: dict[Node, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for tree in self._sources():
            for node in walk(tree):
                if isinstance(node, _COPIED) and 0 <= node.span.start < node.span.end:
                    self._texts.setdefault(node, []).append(node)

    @cached_property
    def reads_alone(self) -> bool:
        """Whether the right side means by itself what it means on the page."""
        span = self.problem.step.span
        tree = read_alone(self.problem, span.start, span.start, "")
        return tree is not None and bool(self.problem.equal(self.problem.right, tree))

    def _sources(self) -> Iterator[Node]:
        """The step itself first, then what else the page says."""
        problem = self.problem
        yield from (problem.right, problem.left, problem.start, *problem.later)
        for claim in problem.checked.found.claims:
            yield from (member.tree for member in claim.members if member.tree is not None)
        for definition in problem.model.definitions.values():
            yield definition.body

    def latex(self, node: Node) -> str:
        """The LaTeX of an expression."""
        copied: list[str] = []
        text = to_latex(self._marked(node, copied, True))
        if r"\left" not in self.problem.text.splitlines()[self.problem.step.line - 1]:
            text = _FENCES.sub("", text)
        for n, piece in enumerate(copied):
            if piece[0].isdigit():
                text = re.sub(rf"(?<=\d)\s*(?={chr(_FIRST + n)})", r" \\cdot ", text)
            text = text.replace(chr(_FIRST + n), piece)
        return text

    def _marked(self, node: Node, copied: list[str], last: bool) -> Node:
        """The expression with a sign of its own for each part that is copied."""
        text = self._text(node) if isinstance(node, _COPIED) else None
        reaches_on = (
            isinstance(node, Fold)
            or (isinstance(node, Call) and not node.opening)
            or (isinstance(node, Derivative) and node.form in ("operator", "nabla", "subscript"))
        )
        if text is not None and (last or not reaches_on):
            if text not in copied:
                copied.append(text)
            return Symbol(chr(_FIRST + copied.index(text)))
        below = parts(node)
        return map_children(
            node,
            lambda child: (
                self._marked(child, copied, child is below[-1])
                if any(child is each for each in below)
                else child
            ),
        )

    def _text(self, node: Node) -> str | None:
        """How the page writes an expression; None where it does not occur."""
        if node not in self._written:
            self._written[node] = next(
                (text for each in self._texts.get(node, ()) if (text := self._copy(each)) is not None), None
            )
        return self._written[node]

    def _copy(self, node: Node) -> str | None:
        """The characters of a node, if they lie in one line and mean it by themselves."""
        text = self.problem.text[node.span.start : node.span.end]
        if "\n" in text or len(text) > LONGEST or text.count("{") != text.count("}") or "&" in text:
            return None
        if node == Symbol(IMAGINARY):
            return text.strip()
        try:
            plain = without_macros(text, self.problem.text)
            tree = parse(tokenize(plain), self.problem.view.page.vocabulary, len(plain))
        except InputError:
            return None
        return text.strip() if tree == node else None


def read_alone(problem: Problem, start: int, end: int, latex: str) -> Node | None:
    """The right side with some characters replaced, read without the page around it; None where it cannot be read."""
    whole, text = problem.step.span, problem.text
    first, last = min(whole.start, start), max(whole.end, end)
    opening = FENCE.search(text, 0, first)
    first = opening.start() if opening else first
    put = f" {latex} " if latex else ""
    line = text[first:start] + put + text[end:last]
    try:
        line = _unaligned(without_macros(line, text))
        tree = parse(tokenize(line), problem.view.page.vocabulary, len(line))
        return scoped(tree, problem.start)
    except InputError:
        return None


def _unaligned(line: str) -> str:
    """A line of an environment without the signs that align it; those of matrices and cases in it stay."""
    if not _ENVIRONMENT.search(line):
        return _ALIGNMENT.sub(" ", line)
    depth, done, at = 0, "", 0
    for match in _ENVIRONMENT.finditer(line):
        piece = line[at : match.start()]
        done += piece if depth else _ALIGNMENT.sub(" ", piece)
        depth += 1 if match[1] == "begin" else -1
        done, at = done + match[0], match.end()
    return done + (line[at:] if depth else _ALIGNMENT.sub(" ", line[at:]))
