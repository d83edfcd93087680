r"""Parts of a page in which $B(a, b)$ is the beta function, $\frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}$."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.readings.contexts import defines
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax.tree import Add, Call, Divide, Group, Multiply, Node, Symbol, transform

_NAMES = frozenset(["B", r"\mathrm{B}", r"\mathcal{B}", r"\Beta", "Beta"])


def with_beta_function(page: Page, part: tuple[Page, Chain]) -> tuple[Page, Chain] | None:
    """A part of a page with beta functions written out; None where there are none, or the page says what B is."""
    own, chain = part
    made = {id(each): _written_out(each, page) for each in own.chains}
    if made[id(chain)] is chain:
        return None
    return replace(own, chains=list(made.values())), made[id(chain)]


def _written_out(chain: Chain, page: Page) -> Chain:
    def through_gamma(node: Node) -> Node:
        if not isinstance(node, Call) or node.primes or len(node.arguments) != 2:
            return node
        known = node.function.name not in _NAMES or node.function.indices or defines(page, node.function)
        return node if known else _beta(*node.arguments)

    members = [m if m.tree is None else m.rewrite(transform(m.tree, through_gamma)) for m in chain.members]
    if all(one.tree == other.tree for one, other in zip(members, chain.members, strict=True)):
        return chain
    return replace(chain, members=members, conditions=list(chain.conditions))


def _beta(one: Node, other: Node) -> Node:
    both = Add((Group(one), Group(other)))
    return Group(Divide(Multiply((_gamma(one), _gamma(other)), ("",)), _gamma(both)))


def _gamma(node: Node) -> Call:
    return Call(Symbol(r"\Gamma"), (node,), opening="(", closing=")")
