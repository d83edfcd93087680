r"""The choices that a chain's notation leaves open, each with the other option and a sentence that says it.

Call or product (`A(B + C)`), power or label (`x^n`), matrix or number (`IA = A`), what depends on what
(`\frac{\partial y}{\partial x}` where y and x are both arguments of something).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from itertools import pairwise

from pminusy.proofread.checking.ladder import reached_families
from pminusy.proofread.meaning.model.model import Model
from pminusy.proofread.meaning.names.definitions import Meaning, main_symbols
from pminusy.proofread.meaning.names.letters import free_letters
from pminusy.proofread.meaning.reading import BRIEF, Reading
from pminusy.proofread.meaning.shapes.shape_rules import COUNTS
from pminusy.proofread.meaning.shapes.stacked import stacked
from pminusy.proofread.readings.doubts.sums import repeated_index, writes_sums
from pminusy.proofread.readings.options import (
    Option,
    call_options,
    delta_options,
    following,
    is_letter,
    prime_options,
    superscript_options,
    unusual_scopes,
)
from pminusy.proofread.source.page import Chain
from pminusy.proofread.syntax.token_ranges import after_scripts, matching
from pminusy.proofread.syntax.tokens import Token
from pminusy.proofread.syntax.tree import (
    Add,
    Binding,
    Call,
    Derivative,
    Divide,
    Fold,
    Integral,
    Negative,
    Node,
    Number,
    Power,
    Relation,
    Symbol,
    Transpose,
    is_literal,
    walk,
)
from pminusy.proofread.syntax.vocabulary import Vocabulary

_EULER = re.compile(r"Euler|Эйлер|オイラー|欧拉", re.IGNORECASE)
_NOISE = frozenset([r"\epsilon", r"\varepsilon", r"\eta", r"\xi", r"\nu", "e", "u"])

MOST_COUNTS, MOST_LENGTHS = 2, 3


def customs(model: Model, text: str) -> dict[str, Meaning]:
    r"""What names mean by custom where the page does not say: `\bar{x}` the mean of the x_i, `a_{ij}` an entry of A.

    Where the text speaks of Euler, γ is his constant.
    """
    found = {}
    if _EULER.search(text) and r"\gamma" in model.shapes.ranks and r"\gamma" not in model.definitions:
        found[r"\gamma"] = Meaning(r"\gamma", (), (), Number("0.57721566490153286060651209008240243104"))
    for name, rank in model.shapes.ranks.items():
        whole = name.upper()
        if (
            rank == 2
            and whole != name
            and model.shapes.ranks.get(whole) == 2
            and whole not in model.definitions
        ):
            letters = (Symbol("·i"), Symbol("·j"))
            found[name] = Meaning(name, ("·i", "·j"), (), Symbol(whole, letters))
        base = name[5:-1] if name.startswith(r"\bar{") and name.endswith("}") else ""
        if base.isupper() and not _is_indexed_once(base, model):
            base = base.lower()  # the values of random variables
        if base and rank == 0 and _is_indexed_once(base, model):
            letter = Symbol("·i")
            entry = Symbol(base, (letter,))
            total = Fold("sum", (Binding(letter),), entry)
            count = Fold("sum", (Binding(letter),), Divide(entry, entry))
            found[name] = Meaning(name, (), (), Divide(total, count))
    return found


def stacks(model: Model, listed: Mapping[str, str]) -> tuple[Model, str] | None:
    """The model in which capitals are made of the entries with the same letter, and what is said of it; else None."""
    shapes = copy(model.shapes)
    shapes.lengths = model.shapes.lengths.copy()
    found = stacked(model.trees, model.families, shapes, listed, loosely=True)
    new = {name: meaning for name, meaning in found.items() if name not in model.definitions}
    names = sorted(name for name in new if name in model.shapes.ranks)
    if not names:
        return None
    return replace(model.given(new), shapes=shapes), f"{' and '.join(names)} read as made of what has indices"


def observations(model: Model) -> frozenset[str]:
    r"""The names of data: `y_i = f(x_i) + \epsilon_i` says where they come from, and makes no function of them."""
    return frozenset(
        name
        for name, meaning in model.definitions.items()
        if isinstance(meaning.body, Add) and any(_is_noise(term, model) for term in meaning.body.terms)
    )


def _is_noise(term: Node, model: Model) -> bool:
    return isinstance(term, Symbol) and term.name in _NOISE and term.name not in model.definitions


def dimensions(chain: Chain, model: Model) -> Iterator[tuple[Model, str]]:
    r"""Models in which d is the length of some vector, as in `(2 \pi)^{d/2} |\Sigma|^{1/2}`, and what is meant by d."""
    trees = tuple(m.tree for m in chain.members if m.tree is not None)
    here = {model.families.resolve(s)[0] for tree in trees for s in main_symbols(tree)}
    counts = [f for f in sorted(here & COUNTS) if f not in model.definitions and f not in model.sizes]
    counts = [f for f in counts if model.rank(f) == 0][:MOST_COUNTS]
    free = [f for f in sorted(reached_families(model, trees)) if model.rank(f)]
    slots = [
        model.shapes.slot(f, n) for f in free if f not in model.definitions for n in range(model.rank(f))
    ]
    lengths = list(dict.fromkeys(map(model.shapes.lengths.find, slots)))[:MOST_LENGTHS]
    for chosen in itertools.permutations(lengths, len(counts)) if counts else ():
        shapes = copy(model.shapes)
        shapes.limits = {**shapes.limits, **dict(zip(counts, chosen, strict=True))}
        yield replace(model, shapes=shapes), " and ".join(counts)


def _is_indexed_once(family: str, model: Model) -> bool:
    meaning = model.definitions.get(family)
    if meaning is None:
        return model.shapes.ranks.get(family) == 1
    return len(meaning.parameters) == 1 and not meaning.arguments


def cases(chain: Chain, model: Model) -> Iterator[tuple[Node, str]]:
    r"""Cases that a remark in the running text may be about: `\partial p_k / \partial o_i = -p_k p_i` for other k."""
    if chain.display:
        return
    trees = [member.tree for member in chain.members if member.tree is not None]
    first = chain.members[0].tree
    sides = (first.body, *first.variables) if isinstance(first, Derivative) else ()
    if len(sides) != 2 or not all(isinstance(side, Symbol) and len(side.indices) == 1 for side in sides):
        return
    letters = sorted({name for tree in trees for name in free_letters(tree, model.families)})
    if len(letters) == 2:
        one, other = letters
        for operator, word in ((r"\ne", "different"), ("=", "the same")):
            yield Relation(operator, Symbol(one), Symbol(other)), f"{one} and {other} read as {word}"


def notations(chain: Chain, vocabulary: Vocabulary) -> Iterator[tuple[Vocabulary, str]]:
    """Vocabularies that differ in one choice about a name in the chain."""
    for option in _other_options(chain, vocabulary):
        edited = option.edit(vocabulary)
        if edited != vocabulary:
            yield edited, str(option)


def _other_options(chain: Chain, vocabulary: Vocabulary) -> Iterator[Option]:
    """The options that may be others than those of a vocabulary, the likeliest first."""
    tokens = [token for member in chain.members for token in member.tokens]
    for call, product in call_options(tokens):
        name = call.key.removesuffix("(…)")
        if name in vocabulary.functions and not _is_taken_at_numbers(name, tokens):
            yield product
        elif (
            name not in vocabulary.functions | vocabulary.integrated
            and not _is_a_factor(name, tokens)
            and not _varies(name, chain)
        ):
            yield call
    for options in prime_options(tokens):
        yield from options
    yield from unusual_scopes()
    for _, variable in delta_options(tokens):
        yield variable
    for options in superscript_options(tokens):
        yield from options


def _is_taken_at_numbers(name: str, tokens: list[Token]) -> bool:
    """Whether nothing but single numbers ever stands in the brackets behind a name, as in `y(0) = 1`."""
    inside = [
        tokens[after + 1 : matching(tokens, after)]
        for n, token in enumerate(tokens)
        if token.text == name
        and (after := after_scripts(tokens, n + 1)) < len(tokens)
        and tokens[after].text == "("
    ]
    return bool(inside) and all(len(each) == 1 and each[0].kind == "number" for each in inside)


def _is_a_factor(name: str, tokens: Sequence[Token]) -> bool:
    """Whether a name stands before another one somewhere, as a factor does and hardly ever a function."""
    after = [following(tokens, n) for n, token in enumerate(tokens) if token.text == name]
    letters = {token.text for token in tokens if is_letter(token)}
    return any(text in letters for text in after)


def _varies(name: str, chain: Chain) -> bool:
    """Whether a chain differentiates or integrates by a name, or has it as an argument, so that it is no function."""
    nodes = [node for member in chain.members if member.tree is not None for node in walk(member.tree)]
    found = [v for n in nodes if isinstance(n, Derivative) for v in n.variables]
    found += [a for n in nodes if isinstance(n, Call) for a in n.arguments]
    found += [n.variable for n in nodes if isinstance(n, Integral)]
    return Symbol(name) in found


def meanings(chain: Chain, model: Model) -> Iterator[tuple[Reading, str]]:
    """Readings of what the names in a chain are, other than the model's."""
    trees = [member.tree for member in chain.members if member.tree is not None]
    nodes = [node for tree in trees for node in walk(tree)]
    if any(isinstance(node, Derivative) for node in nodes):
        composed = sorted(name for name in model.sinks if len(model.sinks[name]) > 1)
        if composed and not (writes_sums(model) and _leaves_out_a_sum(trees, model)):
            yield (
                Reading(composed=True),
                f"{composed[0]} read as a function of the intermediate variables of the chain rule",
            )
        total = [n for n in nodes if isinstance(n, Derivative) and n.mark == "d"]
        derived = {s.name for n in total for s in main_symbols(n.body)}
        for name in sorted(model.sinks.keys() & _variables(model) - derived):
            yield (
                Reading(independent=frozenset([name])),
                f"{name} read as independent of the variable of differentiation",
            )
    for name in sorted(_added(chain, nodes)):
        yield replace(BRIEF, axes={name: 0}), f"{name} read as a number that is added to every entry"
    symbols = {node.name for node in nodes if isinstance(node, Symbol) and not node.indices}
    called = {node.function.name for node in nodes if isinstance(node, Call)}
    capitals = {s for s in symbols - called if len(s) == 1 and s.isupper()}
    plain = not any(isinstance(node, Transpose | Derivative) for node in nodes)
    if capitals and plain and all(model.rank(name) < 2 for name in capitals):
        axes = dict.fromkeys(capitals, 2)
        square = frozenset(capitals) if any(map(_is_raised_whole, nodes)) else frozenset[str]()
        yield replace(BRIEF, axes=axes, square=square), "capital letters read as matrices"


def _is_raised_whole(node: Node) -> bool:
    """Whether a node is a small power of something with capital letters, which then are square matrices or numbers."""
    if not isinstance(node, Power) or not is_literal(node.exponent):
        return False
    return any(isinstance(n, Symbol) and n.name.isupper() and not n.indices for n in walk(node.base))


def _leaves_out_a_sum(trees: list[Node], model: Model) -> bool:
    """Whether an index stands on one side only, or twice in a product, without a sum over it."""
    free = [free_letters(tree, model.families) for tree in trees]
    return any(own != free[0] for own in free) or any(
        repeated_index(left, right) for left, right in pairwise(trees)
    )


def _added(chain: Chain, nodes: list[Node]) -> set[str]:
    """Small letters without index, not bold, that are added to something: numbers, maybe, beside vectors."""
    bold = {token.text for member in chain.members for token in member.tokens if token.bold}
    terms = [t.body if isinstance(t, Negative) else t for n in nodes if isinstance(n, Add) for t in n.terms]
    return (
        {t.name for t in terms if isinstance(t, Symbol) and not t.indices and t.name.islower()} - bold
        if bold
        else set()
    )


def _variables(model: Model) -> set[str]:
    """Names that the page uses as variables: arguments of functions, and what it differentiates by."""
    nodes = [node for tree in model.trees for node in walk(tree)]
    found = [a for node in nodes if isinstance(node, Call) for a in node.arguments]
    found += [v for node in nodes if isinstance(node, Derivative) for v in node.variables]
    return {model.families.resolve(each)[0] for each in found if isinstance(each, Symbol)}
