"""Definitions, claims and assumptions told apart."""

from __future__ import annotations

from dataclasses import replace

from pminusy.proofread.meaning.lines.assumptions import Assumption, Stated, in_words, stated_by
from pminusy.proofread.meaning.lines.classified import Claim, Classified
from pminusy.proofread.meaning.lines.densities import known_law, place_of
from pminusy.proofread.meaning.lines.given import fixed_entry, split_condition
from pminusy.proofread.meaning.lines.introduced import introductions, meaning_of
from pminusy.proofread.meaning.lines.laws import as_density, density_of, law_called
from pminusy.proofread.meaning.lines.scopes import scoped
from pminusy.proofread.meaning.names.definitions import (
    FUNCTIONS,
    SQUARED,
    Meaning,
    by_cases,
    defined_by,
    given_derivative,
    main_symbols,
    relates_probabilities,
)
from pminusy.proofread.meaning.names.dependence import differentiated, nearest, reach, variable_of
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.meaning.names.parts import through_parts
from pminusy.proofread.meaning.names.primes import as_derivative
from pminusy.proofread.source.cues import CONDITIONAL, HYPOTHETICAL, LASTING, PARTICULAR, SOLVING
from pminusy.proofread.source.page import FROM_ZERO, Chain, Member, Page
from pminusy.proofread.syntax.chances import ENTROPY, PROBABILITIES, base_name, is_expectation
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import (
    Call,
    Derivative,
    Differential,
    Fold,
    Group,
    Matrix,
    Node,
    Number,
    Relation,
    Symbol,
    is_literal,
    walk,
)


def classify(page: Page, families: Families, claimed: tuple[Chain, ...] = ()) -> Classified:
    """Sort the chains of a page: first the definitions, which hold everywhere, then what is claimed of them.

    `claimed` are chains that are claims whatever their form.
    """
    found = Classified(one_hot=frozenset(a.family for a in in_words(page.text) if a.kind == "one-hot"))
    chains = [chain for chain in page.chains if len(chain.members) > 1]
    definable = _definable(chains, families)
    drawn = frozenset(
        families.resolve(symbol)[0]
        for draw in page.draws
        for parameter in draw.parameters
        for symbol in main_symbols(parameter)
    )  # what distributions are said to depend on is known, and not named by what it equals
    looks_for_zeros = bool(SOLVING.search(page.text)) or r"\hat" in page.text
    solved: set[str] = set()
    used: set[str] = set()
    rest: list[tuple[Chain, bool]] = []
    for chain in chains:
        if _among(chain, claimed):
            _note_through_derivative(chain, page, families, found, definable)
            rest.append((chain, bool(solved)))
        elif not _take_definition(chain, page, families, found, definable, solved, used):
            rest.append((chain, bool(solved)))
        solved |= _set_to_zero(chain, families) if looks_for_zeros else set()
        used |= _families_in(chain, families)
    trees = [member.tree for chain in chains for member in chain.members if member.tree is not None]
    variables = differentiated(trees, families, found.definitions)
    reached = reach(found.definitions, families)
    direct = {family: nearest(names, reached) for family, names in variables.items()}
    for chain, solves in rest:
        if _among(chain, claimed):
            found.claims.append(
                Claim(list(chain.members), *split_condition(chain, families, found.one_hot), chain, solves)
            )
        else:
            _take_claim(chain, families, found, definable | drawn, direct, solves)
    _take_introduced(page, chains, families, found, definable)
    found.definitions = through_parts(found.definitions, trees, families)
    for condition in (each for chain in chains for each in chain.conditions):
        if (
            isinstance(condition, Relation)
            and condition.operator == "="
            and isinstance(condition.right, Number)
        ) and (place := fixed_entry(condition.left, families)):
            found.fix(place, float(condition.right.value))
    found.claims.sort(key=lambda claim: claim.members[0].span.start)
    return found


def _among(chain: Chain, chains: tuple[Chain, ...]) -> bool:
    return any(chain is each for each in chains)


def _definable(chains: list[Chain], families: Families) -> frozenset[str]:
    """Families that stand alone on the left of some chain."""
    meanings = (_by_form(chain, families) for chain in chains)
    return frozenset(meaning.family for meaning in meanings if meaning is not None)


def _by_form(chain: Chain, families: Families) -> Meaning | None:
    left, right = chain.members[0].tree, chain.members[1].tree
    if left is None or right is None:
        return None
    meaning = defined_by(left, as_density(left, right), families)
    return None if meaning is None else replace(meaning, body=scoped(meaning.body, left))


def _take_definition(
    chain: Chain,
    page: Page,
    families: Families,
    found: Classified,
    definable: frozenset[str],
    solved: set[str],
    used: set[str],
) -> bool:
    """Whether a chain is a definition, an assumption or nothing to check; then it is filed."""
    left, right = chain.members[0].tree, chain.members[1].tree
    if left is None or right is None:
        rest = chain.members[1:]
        if not chain.display and left is None and len(rest) > 1 and all(m.tree is not None for m in rest):
            found.claims.append(Claim(rest, *split_condition(chain, families, found.one_hot), chain))
            return True
        return not chain.display and not _is_said(chain) and found.set_aside(chain, "it cannot be read")
    if len(chain.members) == 2 and (assumption := stated_by(left, right, families, definable)):
        found.stated.append(Stated(assumption))
        return True
    if len(chain.members) > 2 and (several := _all_stated(chain, families, definable)):
        found.stated += several
        return True
    if len(chain.members) == 2 and (place := fixed_entry(left, families)) and isinstance(right, Number):
        if chain.cue in PARTICULAR:
            return found.set_aside(chain, "one of several values")
        found.fix(place, float(right.value))
        return True
    if _note_through_derivative(chain, page, families, found, definable):
        return False
    meaning = _by_form(chain, families)
    if meaning is None:
        return _is_update(left, right) and found.set_aside(chain, "a step of an algorithm")
    if relates_probabilities(left, right, families, found.definitions) or _is_known_density(left, right):
        return False
    if _is_entropy(left, page) or _is_of_laws(left, families, found) or _is_square_of_known(meaning, found):
        return False
    if meaning.family.removesuffix(SQUARED) in solved:
        return found.set_aside(chain, FROM_ZERO)
    if is_literal(right) and not chain.display and not _is_named_matrix(left, right, chain, page):
        if chain.cue in PARTICULAR:
            return found.set_aside(chain, "one of several values")
        if isinstance(left, Symbol) and isinstance(right, Number) and not meaning.parameters:
            value = Assumption("equal", meaning.family, (float(right.value),))
            found.stated.append(Stated(value, page.section(chain.members[0].span.start)))
        return True
    condition, given = split_condition(chain, families, found.one_hot)
    if _goes_round(meaning, found, families):
        return False
    cues = PARTICULAR | HYPOTHETICAL if isinstance(right, Symbol) else PARTICULAR
    if not chain.display and chain.cue in cues and meaning.family in used:
        return found.set_aside(chain, "one of several cases")
    if not _is_new(meaning, condition, found):
        found.alternatives.setdefault(meaning.family, []).append(meaning)
        return False
    if (derivative := as_derivative(left, found.definitions, families)) is not None:
        first = chain.members[0].rewrite(derivative)
        found.claims.append(Claim([first, chain.members[1]], condition, given, chain))
    _define(meaning, condition, chain, found)
    members = chain.members[1:]
    while len(members) > 1 and (named := _named_in_passing(members, families, found, definable)):
        _define(named, condition, chain, found)
        members = members[1:]
    if len(members) > 1:
        found.claims.append(Claim(members, condition, given, chain))
    return True


def _is_said(chain: Chain) -> bool:
    """Whether a line in the running text that cannot be read says more than what a name stands for."""
    return len(chain.members) > 2 or not isinstance(chain.members[0].tree, Symbol)


def _is_known_density(left: Node, right: Node) -> bool:
    r"""Whether `\mathcal{N}(x \mid \mu, \sigma^2)` is said to be a formula of nothing else, which is a claim."""
    while isinstance(left, Call) and left.function.name in ("log", "ln") and len(left.arguments) == 1:
        left = left.arguments[0]
    if density_of(left) is None:
        return False
    known = set(main_symbols(left))
    return all(is_literal(s) or s.name in FUNCTIONS or s in known for s in main_symbols(right))


def _is_entropy(left: Node, page: Page) -> bool:
    """Whether a side is an entropy on a page with joint distributions, which say what it is."""
    if not isinstance(left, Call) or base_name(left.function.name) != ENTROPY:
        return False
    trees = [m.tree for chain in page.chains for m in chain.members if m.tree is not None]
    calls = [n for tree in trees for n in walk(tree) if isinstance(n, Call)]
    joint = [n for n in calls if base_name(n.function.name) in PROBABILITIES and len(n.arguments) > 1]
    return any({a.name.lower() for a in left.arguments if isinstance(a, Symbol)} & _of(n) for n in joint)


def _is_of_laws(left: Node, families: Families, found: Classified) -> bool:
    r"""Whether a side is the divergence of what is said to be laws, `p = \mathcal{N}(0, 1)`: a claim."""
    if not isinstance(left, Call) or "KL" not in to_latex(left.function):
        return False
    meanings = [
        found.definitions.get(families.resolve(a)[0]) for a in left.arguments if isinstance(a, Symbol)
    ]
    return len(meanings) == 2 and all(m is not None and law_called(m.body) is not None for m in meanings)


def _is_square_of_known(meaning: Meaning, found: Classified) -> bool:
    """Whether a line is about the square of a quantity that is defined already: a claim."""
    known = found.definitions.get(meaning.family.removesuffix(SQUARED))
    return meaning.family.endswith(SQUARED) and known is not None and not known.arguments


def _of(call: Call) -> set[str]:
    return {s.name.lower() for a in call.arguments for s in main_symbols(a)}


def _all_stated(chain: Chain, families: Families, definable: frozenset[str]) -> list[Stated]:
    r"""The assumptions that `\sum_i p_i = \sum_i q_i = 1` is; empty where a member before the last is none."""
    *sides, last = (member.tree for member in chain.members)
    found = [
        None if side is None or last is None else stated_by(side, last, families, definable) for side in sides
    ]
    return [] if None in found else [Stated(each) for each in found if each is not None]


def _is_named_matrix(left: Node, right: Node, chain: Chain, page: Page) -> bool:
    r"""Whether a capital letter that is new is said to be a matrix of numbers, as in "let `A = \begin{pmatrix} …`"."""
    if not isinstance(right, Matrix) or not isinstance(left, Symbol) or left.indices:
        return False
    return left.name.isupper() and not page.mentioned(left.name, chain.members[0].span.start)


def _note_through_derivative(
    chain: Chain, page: Page, families: Families, found: Classified, definable: frozenset[str]
) -> bool:
    r"""Whether `\frac{d\sigma}{dx} = \frac{d}{dx} F` says of σ what the page says nowhere else; then σ is F."""
    left, right = chain.members[0].tree, chain.members[1].tree
    meaning = None if left is None or right is None else _through_derivative(left, right, families)
    if meaning is None or left is None or meaning.family in definable:
        return False
    calls = [
        n for n in walk(left) if isinstance(n, Call) and families.resolve(n.function)[0] == meaning.family
    ]
    if any(_has_law(call, page) for call in calls):
        return False
    if meaning.family not in found.definitions:
        _define(meaning, None, chain, found)
    return True


def _through_derivative(left: Node, right: Node, families: Families) -> Meaning | None:
    r"""What a name is, from the same done to it and to an expression: differentiated, or multiplied over an index."""
    if isinstance(left, Derivative) and isinstance(right, Derivative) and left.variables == right.variables:
        if isinstance(left.body, Call) and not set(left.variables) <= set(left.body.arguments):
            return None
    elif not _is_same_product(left, right):
        return None
    assert isinstance(left, Derivative | Fold)
    assert isinstance(right, Derivative | Fold)
    body = right.body
    while isinstance(body, Group):
        body = body.body
    if isinstance(body, Symbol) or (isinstance(body, Call) and not is_expectation(body.function.name)):
        return None
    meaning = defined_by(left.body, body, families)
    if meaning is None or meaning.parameters:
        return None
    return replace(meaning, body=scoped(meaning.body, left.body))


def _is_same_product(left: Node, right: Node) -> bool:
    r"""Whether both sides are products over the same, as in `\prod_i f(x_i) = \prod_i \lambda e^{-\lambda x_i}`."""
    if not isinstance(left, Fold) or not isinstance(right, Fold):
        return False
    return (
        left.kind == right.kind == "prod" and left.bindings == right.bindings and isinstance(left.body, Call)
    )


def _named_in_passing(
    members: list[Member], families: Families, found: Classified, definable: frozenset[str]
) -> Meaning | None:
    r"""What the middle of `a = \hat y = \sigma(z)` says: a bare name that nothing else defines is one more name."""
    left, right = members[0].tree, members[1].tree
    if left is None or right is None or not isinstance(left, Symbol | Call) or is_literal(left):
        return None
    meaning = defined_by(left, right, families)
    if meaning is None or meaning.family in found.definitions or meaning.family in definable:
        return None
    if relates_probabilities(left, right, families, found.definitions):
        return None
    if _is_letter(left, families) or _goes_round(meaning, found, families):
        return None
    return replace(meaning, body=scoped(meaning.body, left))


def _goes_round(meaning: Meaning, found: Classified, families: Families) -> bool:
    """Whether what a definition says is itself already defined through what it would define."""
    if meaning.parameters or meaning.arguments:
        return False
    reached = reach({**found.definitions, "": meaning}, families)
    return meaning.family not in found.definitions and meaning.family in reached[""]


def _set_to_zero(chain: Chain, families: Families) -> set[str]:
    """The variables of a derivative that a chain sets to zero."""
    if not any(member.tree == Number("0") for member in chain.members[1:]):
        return set()
    first = chain.members[0].tree
    found = {""} if isinstance(first, Derivative) else set()
    for node in walk(first) if first is not None else ():
        if isinstance(node, Derivative):
            found |= {variable_of(variable, families, {}) for variable in node.variables}
    return found


def _take_claim(
    chain: Chain,
    families: Families,
    found: Classified,
    definable: frozenset[str],
    direct: dict[str, set[str]],
    solves: bool,
) -> None:
    condition, given = split_condition(chain, families, found.one_hot)
    left, right = chain.members[0].tree, chain.members[1].tree
    rule = None
    if left is not None and right is not None:
        rule = given_derivative(left, right, families, condition)
    known = rule is not None and rule.family in found.definitions
    if rule is not None and not known and rule.variable in direct.get(rule.family, ()):
        stated = any(
            (r.family, r.variable, r.condition) == (rule.family, rule.variable, condition)
            for r in found.rules
        )
        if not stated:
            found.rules.append(rule)
            found.defining.append(chain)
            if len(chain.members) > 2:
                found.claims.append(Claim(chain.members[1:], condition, given, chain))
            return
    _name_at_end(chain, families, found, definable)
    solves = solves and not isinstance(left, Derivative)
    found.claims.append(Claim(list(chain.members), condition, given, chain, solves))


def _is_new(meaning: Meaning, condition: Node | None, found: Classified) -> bool:
    if meaning.family not in found.definitions:
        return True
    earlier = found.conditions.get(meaning.family)
    return earlier is not None and condition is not None and condition != earlier


def _define(meaning: Meaning, condition: Node | None, chain: Chain, found: Classified) -> None:
    if meaning.family in found.definitions:
        earlier = found.conditions[meaning.family]
        assert earlier is not None
        meaning = by_cases(found.definitions[meaning.family], earlier, meaning, condition)
    found.definitions[meaning.family] = meaning
    found.conditions[meaning.family] = condition
    if not any(each is chain for each in found.defining):
        found.defining.append(chain)


def _name_at_end(chain: Chain, families: Families, found: Classified, definable: frozenset[str]) -> None:
    """`… = S` with an S that is nowhere else defined gives S its meaning."""
    for before, after in zip(chain.members, chain.members[1:], strict=False):
        if before.tree is None or after.tree is None or isinstance(before.tree, Symbol | Derivative):
            continue
        meaning = defined_by(after.tree, before.tree, families)
        if meaning is None or meaning.family in definable or meaning.family in found.definitions:
            continue
        if relates_probabilities(after.tree, before.tree, families, found.definitions):
            continue
        if chain.cue in CONDITIONAL | LASTING or families.resolve(_head(after.tree))[0] in _mentioned(
            found, families
        ):
            continue
        if after.tree == Symbol("I") or is_literal(after.tree):
            continue
        if (
            isinstance(after.tree, Symbol | Call)
            and not isinstance(after.tree, Number)
            and not _is_letter(after.tree, families)
        ):
            found.definitions[meaning.family] = meaning


def _take_introduced(
    page: Page, chains: list[Chain], families: Families, found: Classified, definable: frozenset[str]
) -> None:
    """Names that no line defines and that stand for part of a formula; in part of a page, if new in their section."""
    for at, chain in enumerate(chains):
        for introduced in introductions(chains, at):
            meaning = meaning_of(introduced, families)
            if meaning is None or meaning.family in definable | found.definitions.keys():
                continue
            if isinstance(introduced.name, Call) and _has_law(introduced.name, page):
                continue
            known = page.part and page.mentioned_beside(_head(introduced.name).name, chain.span)
            if not (known or _is_letter(introduced.name, families) or _goes_round(meaning, found, families)):
                found.definitions[meaning.family] = meaning
                found.implied.add(meaning.family)


def _has_law(call: Call, page: Page) -> bool:
    """Whether a probability is that of a quantity whose law the page names."""
    found = place_of(call)
    if found is None:
        return False
    names, place = found
    return known_law(page, names, place.indices if isinstance(place, Symbol) else ()) is not None


def _families_in(chain: Chain, families: Families) -> set[str]:
    trees = [member.tree for member in chain.members if member.tree is not None]
    return {families.resolve(symbol)[0] for tree in trees for symbol in main_symbols(tree)}


def _mentioned(found: Classified, families: Families) -> set[str]:
    """Families that earlier chains use as free quantities."""
    trees = [meaning.body for meaning in found.definitions.values()]
    trees += [member.tree for claim in found.claims for member in claim.members if member.tree is not None]
    return {families.resolve(node)[0] for tree in trees for node in walk(tree) if isinstance(node, Symbol)}


def _head(node: Node) -> Symbol:
    while isinstance(node, Group):
        node = node.body
    node = node.function if isinstance(node, Call) else node
    return node if isinstance(node, Symbol) else Symbol("")


def _is_letter(node: Node, families: Families) -> bool:
    return isinstance(node, Symbol) and not node.indices and node.name in families.letters


def _is_update(left: Node, right: Node) -> bool:
    r"""`w = w - \eta \nabla L`, a step of an algorithm and no equation."""
    if not isinstance(left, Symbol):
        return False
    same = any(node == left for node in walk(right))
    return same and any(
        isinstance(node, Derivative | Differential) or node == Symbol(r"\eta") for node in walk(right)
    )
