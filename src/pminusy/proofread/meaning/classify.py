"""Definitions, claims and assumptions told apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from pminusy.proofread.meaning.assumptions import Assumption, stated_by
from pminusy.proofread.meaning.definitions import Meaning, Rule, by_cases, defined_by, given_derivative, joined
from pminusy.proofread.meaning.families import Families
from pminusy.proofread.source.page import CONDITIONAL, Chain, Member, Page
from pminusy.proofread.syntax.tree import Call, Derivative, Differential, Group, Node, Number, Relation, Symbol, walk


@dataclass
class Claim:
    """A chain to be checked: its members, its condition, values that it fixes, and whether it begins as a definition."""

    members: list[Member]
    condition: Node | None
    assigned: dict[str, float]
    chain: Chain
    defines: bool = False


@dataclass
class Classified:
    """What the chains of a page are."""

    definitions: dict[str, Meaning] = field(default_factory=dict)
    defining: list[Chain] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    stated: list[Assumption] = field(default_factory=list)
    conditions: dict[str, Node | None] = field(default_factory=dict)


def classify(page: Page, families: Families) -> Classified:
    """Sort the chains of a page, in order; what is defined anywhere is known everywhere."""
    found = Classified()
    chains = [chain for chain in page.chains if chain.members]
    everything_defined = _definable(chains, families)
    for chain in chains:
        _sort(chain, families, found, everything_defined)
    return found


def _definable(chains: list[Chain], families: Families) -> frozenset[str]:
    """Families that stand alone on the left of some chain."""
    names = set()
    for chain in chains:
        left, right = (chain.members + chain.members)[0].tree, (chain.members + chain.members)[1].tree
        if left is not None and right is not None and (meaning := defined_by(left, right, families)):
            names.add(meaning.family)
    return frozenset(names)


def _sort(chain: Chain, families: Families, found: Classified, definable: frozenset[str]) -> None:
    condition, assigned = _split_condition(chain, families)
    members = chain.members
    left, right = members[0].tree, members[1].tree if len(members) > 1 else None
    if left is not None and right is not None:
        if len(members) == 2 and (assumption := stated_by(left, right, families, definable)):
            found.stated.append(assumption)
            return
        meaning = defined_by(left, right, families)
        if meaning is not None and _is_new(meaning, condition, found):
            _define(meaning, condition, chain, found)
            if len(members) > 2:
                found.claims.append(Claim(members[1:], condition, assigned, chain, defines=True))
            return
        if _is_update(left, right, families):
            return
        rule = given_derivative(left, right, families, condition)
        if rule is not None and rule.family not in definable and rule.family != rule.variable:
            if not any((r.family, r.variable, r.condition) == (rule.family, rule.variable, condition) for r in found.rules):
                found.rules.append(rule)
                found.defining.append(chain)
                if len(members) > 2:
                    found.claims.append(Claim(members[1:], condition, assigned, chain, defines=True))
                return
    _name_at_end(chain, families, found, definable)
    found.claims.append(Claim(list(members), condition, assigned, chain))


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
    found.defining.append(chain)


def _name_at_end(chain: Chain, families: Families, found: Classified, definable: frozenset[str]) -> None:
    """`… = S` with an S that is nowhere else defined gives S its meaning."""
    for before, after in zip(chain.members, chain.members[1:], strict=False):
        if before.tree is None or after.tree is None or isinstance(before.tree, Symbol | Derivative):
            continue
        meaning = defined_by(after.tree, before.tree, families)
        if meaning is None or meaning.family in definable or meaning.family in found.definitions:
            continue
        if chain.cue in CONDITIONAL or families.resolve(_head(after.tree))[0] in _mentioned(found, families):
            continue
        if isinstance(after.tree, Symbol | Call) and not isinstance(after.tree, Number) and not _is_letter(after.tree, families):
            found.definitions[meaning.family] = meaning


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


def _is_update(left: Node, right: Node, families: Families) -> bool:
    r"""`w = w - \eta \nabla L`, a step of an algorithm and no equation."""
    if not isinstance(left, Symbol):
        return False
    same = any(node == left for node in walk(right))
    return same and any(isinstance(node, Derivative | Differential) or node == Symbol(r"\eta") for node in walk(right))


def _is_sign(condition: Node, families: Families) -> bool:
    r"""`w_k > 0`: a domain, which sampling takes care of, and no restriction of indices."""
    return (
        isinstance(condition, Relation)
        and condition.operator in (">", r"\ge", r"\ne")
        and condition.right == Number("0")
        and isinstance(condition.left, Symbol)
        and condition.left.name not in families.letters
    )


def _split_condition(chain: Chain, families: Families) -> tuple[Node | None, dict[str, float]]:
    """Conditions on indices, and values given to numbers such as `\\lambda = 0`."""
    kept, assigned = [], {}
    for condition in chain.conditions:
        if (
            isinstance(condition, Relation)
            and condition.operator == "="
            and isinstance(condition.left, Symbol)
            and not condition.left.indices
            and isinstance(condition.right, Number)
            and condition.left.name not in families.letters
        ):
            assigned[condition.left.name] = float(condition.right.value)
        elif not _is_sign(condition, families):
            kept.append(condition)
    return joined(kept), assigned
