r"""The company in which a chain is read: the whole page, the lines that say what its names are, or nothing but itself.

A long page uses a letter for many things, and a name belongs to the line nearest before it that says what it is. What
holds for a chain read by itself, with every name free, holds whatever the names stand for, as long as nothing is
differentiated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pminusy.proofread.source.page import Chain, Member, Page
from pminusy.proofread.syntax.chances import is_expectation
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tokens import Token, Unreadable
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Group,
    Node,
    Norm,
    Number,
    Power,
    Span,
    Symbol,
    has_derivative,
    is_literal,
    walk,
)
from pminusy.proofread.syntax.vocabulary import Vocabulary, read_vocabulary

MOST_COMPANY = 14
Key = tuple[str, str]


def by_itself(page: Page, chain: Chain, functions: frozenset[str] = frozenset()) -> tuple[Page, Chain]:
    """The page with that chain alone; `functions` are names to be read as such."""
    vocabulary = read_vocabulary([_tokens(chain)])
    if functions:
        vocabulary = replace(vocabulary, functions=vocabulary.functions | functions)
    return _part(page, [chain], chain, vocabulary)


def near(
    page: Page, chain: Chain, vocabulary: Vocabulary | None = None, chosen: Chain | None = None
) -> tuple[Page, Chain]:
    """The page with that chain and, for each name in it, the nearest line that says what it is, and so on for these."""
    return _part(page, company(page, chain, chosen), chain, vocabulary)


def own_words(page: Page, chain: Chain) -> Vocabulary:
    """How names are used in a chain and the lines that say what they are."""
    return read_vocabulary([_tokens(each) for each in company(page, chain)])


def differentiates(chain: Chain) -> bool:
    """Whether some member takes a derivative."""
    return has_derivative(*(member.tree for member in chain.members if member.tree is not None))


def rivals(page: Page, chain: Chain) -> list[Chain]:
    """Lines other than the nearest that say what a name in a chain is, where several do."""
    defining, usual = _defining(page) | _settled(page, chain), company(page, chain)
    found = [each for key in sorted(_keys(chain)) for each in defining.get(key, [])]
    return [each for each in found if each is not chain and not any(each is other for other in usual)]


def defines(page: Page, symbol: Symbol) -> bool:
    """Whether a line says what a symbol is."""
    return _key(symbol) in _defining(page)


def rival_definitions(page: Page) -> Iterator[tuple[Chain, str, list[Chain]]]:
    """The chains with a name that several other lines define, differently, with the name and these lines.

    The line that is usually taken comes first.
    """
    defining = {key: chains for key, chains in _defining(page).items() if len(chains) > 1}
    for chain in page.chains:
        if len(chain.members) < 2 or not defining:
            continue
        usual = company(page, chain)
        for key in sorted(_keys(chain) & defining.keys()):
            others = [each for each in defining[key] if each is not chain]
            if len({each.members[1].tree for each in others}) > 1:
                others.sort(key=lambda each: not any(each is own for own in usual))
                yield chain, key[0], others


def rivalled(page: Page, at: int, together: bool, proven: frozenset[int] = frozenset()) -> frozenset[str]:
    """Names that a page says several times what they are, differently, and not just once in the section at hand.

    Lines that begin at a place in `proven` hold by what the others say. On a page that was read in one model, twice in
    one section is no rival: the second may be a claim, unless the running text says "given".
    """
    found = set()
    here = page.section(at)
    for (name, marks), chains in _defining(page).items():
        rights: dict[Span, set[Node]] = {}
        for chain in chains:
            right, start = chain.members[1].tree, chain.members[0].span.start
            if right is not None and not is_literal(right) and start not in proven:
                rights.setdefault(page.section(chain.members[0].span.start), set()).add(right)
        own, total = len(rights.get(here, ())), len(set[Node]().union(*rights.values()))
        anew = any(not chain.display and chain.cue == "given" for chain in chains)
        if total > 1 and own != 1 and (anew or not (together and len(rights) == 1 and total == 2)):
            found.add(f"{name},{marks}")
    return frozenset(found)


def full_name(symbol: Symbol) -> str:
    """A name as `rivalled` gives it."""
    name, marks = _key(symbol)
    return f"{name.rstrip(chr(39))},{marks}"


def company(page: Page, chain: Chain, chosen: Chain | None = None) -> list[Chain]:
    """The chain with the lines that say what its names are, in the order of the page.

    `chosen` is one of several lines that define the same name.
    """
    defining = _defining(page) | _settled(page, chain)
    if chosen is not None:
        keys = {_key(symbol) for symbol in defined_in(chosen.members[0].tree or Number("0"))}
        defining |= {key: [chosen] for key in keys}
    place = {id(each): n for n, each in enumerate(page.chains)}
    found, todo = {id(chain)}, [chain]
    while todo and len(found) < MOST_COMPANY:
        here = todo.pop(0)
        said = set() if here is chain else {_key(s) for s in defined_in(here.members[0].tree or Number("0"))}
        for key in sorted(_keys(here) - said):
            nearest = _nearest(defining.get(key, []), place, here, chain)
            if nearest is not None and id(nearest) not in found:
                found.add(id(nearest))
                todo.append(nearest)
    return [each for each in page.chains if id(each) in found]


def _settled(page: Page, chain: Chain) -> dict[Key, list[Chain]]:
    """For each name in a chain for which that was decided, the line that defines it."""
    here = page.line_of(chain.members[0].span.start)[0]
    lines = {name: line for (at, name), line in page.settled.definitions.items() if at == here}
    return {
        key: [each]
        for key, chains in (_defining(page) if lines else {}).items()
        for each in chains
        if page.line_of(each.members[0].span.start)[0] == lines.get(key[0])
    }


def _nearest(defining: list[Chain], place: dict[int, int], here: Chain, chain: Chain) -> Chain | None:
    """Of the lines that define a name, the last before the place where it is used, else the first after it."""
    at = min(place[id(here)], place[id(chain)])
    others = [each for each in defining if each is not here and each is not chain]
    before = [each for each in others if place[id(each)] < at]
    after = [each for each in others if place[id(each)] > at]
    return before[-1] if before else after[0] if after else None


def _defining(page: Page) -> dict[Key, list[Chain]]:
    found: dict[Key, list[Chain]] = {}
    for chain in page.chains:
        if len(chain.members) > 1 and (tree := chain.members[0].tree) is not None:
            for symbol in (*defined_in(tree), *_through_derivative(tree, chain.members[1].tree)):
                found.setdefault(_key(symbol), []).append(chain)
    return found


def _through_derivative(left: Node | None, right: Node | None) -> Iterator[Symbol]:
    r"""The name that `\frac{dL}{dx} = \frac{d}{dx} F` says something about."""
    if not isinstance(left, Derivative) or not isinstance(right, Derivative):
        return
    body = right.body
    named = isinstance(body, Symbol) or (isinstance(body, Call) and not is_expectation(body.function.name))
    if left.variables == right.variables and not named:
        yield from defined_in(left.body)


def restates(page: Page, chain: Chain) -> bool:
    r"""Whether `\frac{dL}{dx} = \frac{d}{dx} F` stands in a section that says itself what L is."""
    left, right = chain.members[0].tree, chain.members[1].tree
    here, defining = page.section(chain.members[0].span.start), _defining(page)
    keys = {_key(symbol) for symbol in _through_derivative(left, right)}
    return any(
        page.section(each.members[0].span.start) == here
        for key in keys
        for each in defining.get(key, [])
        if each is not chain
    )


def defined_in(left: Node) -> Iterator[Symbol]:
    r"""The name that a left side says something about: of `p_k`, `f(x)`, `\log B`, `\sigma^2`."""
    while isinstance(left, Group | Norm):
        left = left.body
    if isinstance(left, Power) and left.exponent == Number("2"):
        left = left.base
    if isinstance(left, Call) and left.function.name in ("log", "ln") and len(left.arguments) == 1:
        left = left.arguments[0]
    if isinstance(left, Call) and not left.primes:
        yield left.function
    elif isinstance(left, Symbol):
        yield left


def _key(symbol: Symbol) -> Key:
    """A name with those of its indices that tell it from others."""
    marks = [n.text for n in symbol.indices if isinstance(n, Number)]
    marks += [
        n.name for n in symbol.indices if isinstance(n, Symbol) and (len(n.name) > 1 or n.name.isupper())
    ]
    return symbol.name, ",".join(marks)


def _keys(chain: Chain) -> set[Key]:
    symbols = [
        node
        for member in chain.members
        if member.tree is not None
        for node in walk(member.tree)
        if isinstance(node, Symbol)
    ]
    found = {_key(symbol) for symbol in symbols}
    return found | {(name.rstrip("'"), "") for name, _ in found}


def _part(
    page: Page, chains: Sequence[Chain], chain: Chain, vocabulary: Vocabulary | None
) -> tuple[Page, Chain]:
    vocabulary = None if vocabulary is None else page.settled.over(vocabulary)
    made = {id(each): _reread(each, vocabulary) for each in chains}
    part = replace(page, vocabulary=vocabulary or page.vocabulary, chains=list(made.values()), part=True)
    return part, made[id(chain)]


def parted(page: Page, chains: Sequence[Chain], renamed: dict[str, str]) -> tuple[Page, dict[int, Chain]]:
    """A page of some chains with names in them changed, and by its identity what each chain has become."""
    made = {id(chain): _renamed(chain, page.vocabulary, renamed) for chain in chains}
    return replace(page, chains=list(made.values()), part=True), made


def _renamed(chain: Chain, vocabulary: Vocabulary, names: dict[str, str]) -> Chain:
    members = [
        replace(member, tokens=tuple(replace(t, text=names.get(t.text, t.text)) for t in member.tokens))
        for member in chain.members
    ]
    return replace(
        chain, members=[reparsed(m, vocabulary) for m in members], conditions=list(chain.conditions)
    )


def _tokens(chain: Chain) -> list[Token]:
    """The chain as one formula."""
    tokens: list[Token] = []
    for member in chain.members:
        if tokens:
            tokens.append(Token("sign", "=", member.tokens[0].span))
        tokens += member.tokens
    return tokens


def _reread(chain: Chain, vocabulary: Vocabulary | None) -> Chain:
    members = list(chain.members) if vocabulary is None else [reparsed(m, vocabulary) for m in chain.members]
    return replace(chain, members=members, conditions=list(chain.conditions))


def reparsed(member: Member, vocabulary: Vocabulary) -> Member:
    """A member read anew from its tokens."""
    try:
        return replace(member, tree=parse(member.kept, vocabulary, member.tokens[-1].span.end), error=None)
    except Unreadable as error:
        return replace(member, tree=None, error=error)
