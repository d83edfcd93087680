"""What a chain takes for given: its conditions, told apart into those on indices and the values of quantities."""

from __future__ import annotations

from pminusy.proofread.meaning.names.definitions import Entry, Meaning, joined
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.source.page import Chain
from pminusy.proofread.syntax.tree import Delta, Node, Number, Relation, Symbol


def split_condition(
    chain: Chain, families: Families, one_hot: frozenset[str] = frozenset()
) -> tuple[Node | None, dict[str, Meaning]]:
    r"""Conditions on indices, and what else a chain takes for given: `\lambda = 0`, or `y_c = 1` and `y_k = 0`.

    Of the families that the page calls one-hot, `y_c = 1` says the rest as well.
    """
    kept: list[Node] = []
    values: dict[str, list[tuple[tuple[Node, ...], Number]]] = {}
    for condition in chain.conditions:
        if (
            isinstance(condition, Relation)
            and condition.operator == "="
            and isinstance(condition.left, Symbol)
            and isinstance(condition.right, Number)
            and condition.left.name not in families.letters
        ):
            if fixed_entry(condition.left, families):
                continue
            family, indices = families.resolve(condition.left)
            values.setdefault(family, []).append((indices, condition.right))
        elif not _is_sign(condition, families):
            kept.append(condition)
    given = {
        family: meaning
        for family, each in values.items()
        if (meaning := _given(family, each, family in one_hot))
    }
    return joined(kept), given


def _given(family: str, values: list[tuple[tuple[Node, ...], Number]], one_hot: bool) -> Meaning | None:
    """A family with one value for all indices, or 1 at one index and 0 at all others; None where it is neither."""
    indices, number = values[0]
    parameters = tuple(f"·{n}" for n in range(len(indices)))
    if len({value for _, value in values}) == 1 and not (one_hot and indices and number == Number("1")):
        return Meaning(family, parameters, (), number)
    ones = [where for where, value in values if value == Number("1")]
    if len(ones) == 1 and len(parameters) == 1 and all(v in (Number("0"), Number("1")) for _, v in values):
        return Meaning(family, parameters, (), Delta(Symbol(parameters[0]), ones[0][0]))
    return None


def _is_sign(condition: Node, families: Families) -> bool:
    r"""`w_k > 0`: a domain, which sampling takes care of, and no restriction of indices."""
    return (
        isinstance(condition, Relation)
        and condition.operator in (">", r"\ge", r"\ne")
        and condition.right == Number("0")
        and isinstance(condition.left, Symbol)
        and condition.left.name not in families.letters
    )


def fixed_entry(node: Node, families: Families) -> Entry | None:
    """The family and the places of an entry of which an index is a number, as in `h_0` and `x_{i0}`."""
    if not isinstance(node, Symbol):
        return None
    family, indices = families.resolve(node)
    numbers = [n.text for n in indices if isinstance(n, Number) and n.text.isdigit() and len(n.text) < 3]
    places = tuple(int(n.text) if isinstance(n, Number) else None for n in indices)
    plain = all(isinstance(n, Number) or (isinstance(n, Symbol) and not n.indices) for n in indices)
    return (
        (family, places) if plain and numbers and len(numbers) == sum(p is not None for p in places) else None
    )
