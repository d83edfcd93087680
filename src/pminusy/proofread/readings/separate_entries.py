r"""Parts of a page in which entries with different indices are random quantities of their own.

$p(x_1, x_2) = p(x_1) p(x_2 \mid x_1)$ is about two quantities, and so is
$p(x_t, x_{t-1}) = p(x_t \mid x_{t-1}) p(x_{t-1})$.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pminusy.proofread.readings.contexts import by_itself
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.chances import (
    PROBABILITIES,
    base_name,
    conditioned,
    is_conditioned,
    written_out,
)
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Binding, Call, Integral, Node, Symbol, transform, walk


def with_separate_entries(page: Page, chain: Chain) -> tuple[Page, Chain] | None:
    """A chain alone, with entries by names of their own; None where no probability is of several entries."""
    trees = [m.tree for m in chain.members if m.tree is not None]
    names = {name for tree in trees for name in _of_several(tree)}
    if not names:
        return None
    calls = (node for tree in trees for node in walk(tree) if isinstance(node, Call))
    page, chain = by_itself(page, chain, frozenset(base_name(c.function.name) for c in calls) & PROBABILITIES)
    trees = [m.tree for m in chain.members if m.tree is not None]
    ranges = {n.name for tree in trees for n in walk(tree) if isinstance(n, Symbol) and ":" in n.name}
    bound = {n.index.name for tree in trees for n in walk(tree) if isinstance(n, Binding)}
    symbols = [n for tree in trees for n in walk(tree) if isinstance(n, Symbol) and n.name in names]
    inside = {s.name for each in symbols for i in each.indices for s in walk(i) if isinstance(s, Symbol)}
    if inside & bound:
        return None

    def apart(node: Node) -> Node:
        if isinstance(node, Symbol) and (node.name in ranges or (node.name in names and node.indices)):
            return _apart(node)
        if isinstance(node, Call) and is_conditioned(node.function.name):
            before, behind = (
                [each for entry in side for each in _last_apart(entry, ranges)]
                for side in written_out(node.function.name, node.arguments)
            )
            plain = replace(node.function, name=base_name(node.function.name))
            function, arguments = conditioned(plain, (*before, *behind), len(behind))
            return replace(node, function=function, arguments=arguments)
        return node

    members = [m if m.tree is None else m.rewrite(transform(m.tree, apart)) for m in chain.members]
    new = replace(chain, members=members, conditions=list(chain.conditions))
    return replace(page, chains=[new if each is chain else each for each in page.chains]), new


def _of_several(tree: Node) -> Iterator[str]:
    """The names of which a probability has several entries, or over an entry of which something is integrated."""
    for node in walk(tree):
        if isinstance(node, Integral) and node.variable.indices:
            yield node.variable.name
        if not isinstance(node, Call) or base_name(node.function.name) not in PROBABILITIES:
            continue
        entries = [a for a in node.arguments if isinstance(a, Symbol) and (a.indices or ":" in a.name)]
        for one in entries:
            if any(_base(one) == _base(other) and one != other for other in entries):
                yield _base(one)


def _base(symbol: Symbol) -> str:
    r"""The name of an entry, also of a range of them, `z_{1:t}`."""
    return symbol.name.split("_{")[0]


def _last_apart(entry: Node, ranges: set[str]) -> list[Node]:
    r"""The parts of `z_{1:t}` where a chain also has `z_{1:t-1}`: that and $z_t$."""
    if not isinstance(entry, Symbol):
        return [entry]
    base, _, last = entry.name.removesuffix("}").rpartition("…")
    shorter = f"{base.replace('…', ':')}:{last}-1}}"
    if shorter not in ranges:
        return [entry]
    return [_apart(Symbol(shorter)), Symbol(f"{_base(entry)}_{{{last}}}")]


def _apart(symbol: Symbol) -> Symbol:
    """An entry as a name without indices."""
    if not symbol.indices:
        return replace(symbol, name=symbol.name.replace(":", "…"))
    place = ";".join(to_latex(index).replace(" ", "") for index in symbol.indices).replace(",", ";")
    return Symbol(f"{symbol.name}_{{{place}}}", span=symbol.span)
