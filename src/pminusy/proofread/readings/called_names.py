"""Names that someone said to be called: where a page defines one without its argument, `u = 5t`, that is supplied."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.meaning.names.definitions import FUNCTIONS, main_symbols
from pminusy.proofread.readings.contexts import defines
from pminusy.proofread.source.page import Chain, Page
from pminusy.proofread.syntax import names
from pminusy.proofread.syntax.tree import Call, Node, Symbol, is_literal


def with_their_arguments(page: Page) -> Page:
    """The page with the definitions of called names by one quantity read as functions of it: `u(t) = 5t`."""
    if not page.settled.called:
        return page
    return replace(page, chains=[_applied(chain, page) for chain in page.chains])


def _applied(chain: Chain, page: Page) -> Chain:
    if len(chain.members) < 2:
        return chain
    left, right = chain.members[0].tree, chain.members[1].tree
    if not isinstance(left, Symbol) or left.indices or left.name not in page.settled.called or right is None:
        return chain
    variables = _variables(right, page)
    if len(variables) != 1:
        return chain
    call = Call(left, tuple(variables), span=left.span)
    return replace(chain, members=[chain.members[0].rewrite(call), *chain.members[1:]])


def _variables(node: Node, page: Page) -> set[Symbol]:
    """The quantities that a formula is made of and that no line defines."""
    symbols = (s for s in main_symbols(node) if not (is_literal(s) or s.name in FUNCTIONS | names.CONSTANTS))
    return {s for s in symbols if not (s.name in page.settled.called or defines(page, s))}
