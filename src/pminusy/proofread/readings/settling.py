"""What a page leaves open, as named choices, and the decisions that someone gives about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias

from pminusy.errors import InputError
from pminusy.proofread.readings.contexts import defines, differentiates, rival_definitions
from pminusy.proofread.readings.options import CALL, LAYOUT, Option, definition_key, names_key, options_in
from pminusy.proofread.source.page import Chain, Member, Page
from pminusy.proofread.source.settled import Settled
from pminusy.proofread.syntax.parser import parse
from pminusy.proofread.syntax.tokens import Unreadable
from pminusy.proofread.syntax.tree import Call, Derivative, Node, Symbol, is_literal, walk
from pminusy.proofread.syntax.vocabulary import Vocabulary

RANKS = ("a number", "a vector", "a matrix")
LAYOUTS = ("columns, Jacobians by rows", "rows (numerator layout)", "columns (denominator layout)")
_MOST_NAMED = 20  # choices in a message

Way: TypeAlias = Callable[[Settled], Settled]


class Interest(Enum):
    """When a choice is worth naming, besides when a verdict depends on it or a question is about it."""

    ALWAYS = auto()
    WITH_VECTORS = auto()
    NEVER = auto()


@dataclass(frozen=True)
class Open:
    """A choice that may be made on a page.

    Attributes
    ----------
    key : str
    ways : mapping of str to callable
        For each option what it adds to the decisions; the likeliest first.
    interest : Interest
    """

    key: str
    ways: Mapping[str, Way]
    interest: Interest = Interest.ALWAYS


class NotOpen(InputError):
    """A decision about something that a page doesn't leave open; `key` is what was given as its choice."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def settle(page: Page, readings: Mapping[str, str]) -> tuple[Settled, dict[str, str]]:
    """The decisions that are given for a page, and the options chosen, by key.

    Parameters
    ----------
    page : Page
    readings : mapping of str to str
        Options by the keys of choices. Neither an article nor the form of dots matters.

    Raises
    ------
    NotOpen
        The page has no such choice, or the choice no such option; the message says which there are.
    """
    choices = {_plain(each.key): each for each in open_choices(page)} if readings else {}
    found, chosen = Settled(), dict[str, str]()
    for key, option in readings.items():
        choice = choices.get(_plain(key))
        if choice is None:
            raise NotOpen(f"readings: {key!r} is no choice on this page{_among(choices)}", key)
        name = next((name for name in choice.ways if _plain(name) == _plain(option)), None)
        if name is None:
            expected = " or ".join(map(repr, choice.ways))
            raise NotOpen(f"readings: {choice.key}: expected {expected}, got {option!r}", key)
        found = choice.ways[name](found)
        found = replace(found, keys=found.keys | {choice.key})
        chosen[choice.key] = name
    return found, chosen


def _among(choices: Mapping[str, Open]) -> str:
    keys = [repr(each.key) for each in choices.values() if each.interest is not Interest.NEVER]
    if not keys:
        return ", which leaves nothing open"
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    return f"; expected one of {', '.join(keys[:_MOST_NAMED])}{more}"


def _plain(text: str) -> str:
    """What makes two keys or options the same."""
    words = text.replace("...", "…").replace(r"\delta", "δ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in ("a", "an", "the") else words)


def open_choices(page: Page) -> Iterator[Open]:
    """All choices of a page: about its notation, its vectors, and the definitions of its names."""
    yield from _notation(page)
    yield from _shapes(page)
    yield from _definitions(page)


def _notation(page: Page) -> Iterator[Open]:
    members = [member for chain in page.chains for member in chain.members]
    tokens = [token for member in members for token in member.tokens]
    for options in options_in(tokens, page.vocabulary):
        if not options[0].of_scope or any(
            _differs(member, options[1], page.vocabulary) for member in members
        ):
            ways = {option.name: _edited(option) for option in options}
            yield Open(options[0].key, ways, Interest.NEVER if options[0].unlikely else Interest.ALWAYS)


def _differs(member: Member, option: Option, vocabulary: Vocabulary) -> bool:
    """Whether an option makes another formula of a member."""
    if member.tree is None or member.rewritten:
        return False
    try:
        return parse(member.kept, option.edit(vocabulary), member.span.end) != member.tree
    except Unreadable:
        return False


def _edited(option: Option) -> Way:
    called = {option.key.removesuffix("(…)")} if option.name == CALL else set()
    return lambda settled: replace(
        settled, edits=(*settled.edits, option.edit), called=settled.called | called
    )


def _shapes(page: Page) -> Iterator[Open]:
    nodes = [node for chain in page.chains for node in _nodes(chain)]
    if any(isinstance(node, Derivative) for node in nodes):
        ways = {name: _laid_out(number) for number, name in enumerate(LAYOUTS)}
        yield Open(LAYOUT, ways, Interest.WITH_VECTORS)
    for name in sorted(_undefined(page, nodes)):
        yield Open(
            name, {each: _of_rank(name, rank) for rank, each in enumerate(RANKS)}, Interest.WITH_VECTORS
        )


def _undefined(page: Page, nodes: Sequence[Node]) -> set[str]:
    """Names of quantities without index that no line defines."""
    called = {node.function for node in nodes if isinstance(node, Call)}
    symbols = {n for n in nodes if isinstance(n, Symbol) and not n.indices and not is_literal(n)}
    return {s.name for s in symbols - called if not defines(page, s)} - page.vocabulary.indices


def _laid_out(number: int) -> Way:
    return lambda settled: replace(settled, layout=number)


def _of_rank(name: str, rank: int) -> Way:
    return lambda settled: replace(settled, ranks={**settled.ranks, name: rank})


def _definitions(page: Page) -> Iterator[Open]:
    for chain, name, others in rival_definitions(page):
        lines = dict.fromkeys(_line(page, each) for each in others)
        here = _line(page, chain)
        ways = {f"defined in line {line}": _defined(here, name, line) for line in lines}
        yield Open(definition_key(name, here), ways, Interest.NEVER)
    for here in dict.fromkeys(_line(page, chain) for chain in page.chains if differentiates(chain)):
        ways = {"defined elsewhere": _as_it_is, "new": _unknown(here)}
        yield Open(names_key(here), ways, Interest.NEVER)


def _defined(here: int, name: str, line: int) -> Way:
    return lambda settled: replace(settled, definitions={**settled.definitions, (here, name): line})


def _unknown(here: int) -> Way:
    return lambda settled: replace(settled, unknown=settled.unknown | {here})


def _as_it_is(settled: Settled) -> Settled:
    return settled


def _line(page: Page, chain: Chain) -> int:
    return page.line_of(chain.members[0].span.start)[0]


def _nodes(chain: Chain) -> Iterator[Node]:
    for member in chain.members:
        if member.tree is not None:
            yield from walk(member.tree)
