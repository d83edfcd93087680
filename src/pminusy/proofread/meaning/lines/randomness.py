"""What is random on a page: what expectations are taken of, and what the text calls independent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pminusy.proofread.meaning.lines.chance import is_of_inequalities
from pminusy.proofread.meaning.names.definitions import FUNCTIONS, Meaning, main_symbols
from pminusy.proofread.meaning.names.families import Families
from pminusy.proofread.syntax.chances import ESTIMATES, events_of, is_conditioned, is_expectation, written_out
from pminusy.proofread.syntax.tree import Binding, Call, Node, Power, Symbol, walk

_INDEPENDENT = re.compile(
    r"\bindependen|unabhängig|indépendan|independient|indipenden|bağımsız|niezależn|nezávisl|független|oberoende"
    r"|uavhengig|uafhængig|onafhankelijk|riippumat|saling bebas|độc lập|独立|獨立|독립|независим|незалежн",
    re.IGNORECASE,
)
# Words for a sample: its members are independent, and distributed alike.
_SAMPLE = re.compile(
    r"\bi\.?\s?i\.?\s?d\b|\bv\.?\s?a\.?\s?i\.?\s?i\.?\s?d\b|(?<!simple )random\s+sample|\bstichprobe|échantillon"
    r"|muestra\s+aleatoria|mostra\s+aleatòria|amostra\s+aleat|campione\s+casuale|próbka\s+losow|náhodn\w+\s+výběr"
    r"|随机样本|隨機樣本|無作為標本|표본|выборк",
    re.IGNORECASE,
)
_IDENTICAL = re.compile(
    r"identically|same\s+distribution|identisch|même\s+loi|identiquement|idénticamente|identicamente|同分布|одинаково",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"\bcov\}?\s*(?:\\[a-z]+\s*)?[(\[]|(?<!un)correlated|\bnot\s+independent|\bdependence\b", re.IGNORECASE
)
_EULER = Symbol("e")
# Greek letters for parameters, which are seldom random where something else can be.
_PARAMETERS = frozenset(
    [r"\theta", r"\lambda", r"\mu", r"\sigma", r"\beta", r"\alpha", r"\phi", r"\Sigma", r"\pi", r"\Theta"]
)


def random_families(
    trees: Iterable[Node], families: Families, definitions: Mapping[str, Meaning], ranks: Mapping[str, int]
) -> frozenset[str]:
    r"""Free families in expectations: those below their sign, else the capitals, else whatever is no parameter.

    Matrices are seldom random beside something else.
    What stands in an expectation by its definition is random, too: $X_i$ in $E[\hat\mu]$.
    """
    trees = list(trees)
    nodes = [node for tree in trees for node in walk(tree)]
    calls = [node for node in nodes if isinstance(node, Call) and is_expectation(node.function.name)]
    events = [node for node in nodes if isinstance(node, Call) and is_of_inequalities(node)]
    compared = [
        side for call in events for both in written_out(call.function.name, call.arguments) for side in both
    ]
    arguments = [argument for call in calls for argument in call.arguments]
    inside = _reached([*arguments, *compared], families, definitions)
    limits = {node.high.name for node in nodes if isinstance(node, Binding) and isinstance(node.high, Symbol)}
    free = {
        family: name
        for family, name in inside.items()
        if family not in definitions and name not in limits and name not in families.letters
    }
    if nodes.count(_EULER) == sum(isinstance(node, Power) and node.base == _EULER for node in nodes):
        free = {family: name for family, name in free.items() if name != _EULER.name}
    free = _without_coefficients(free, arguments, families)
    whole = {node.name for node in nodes if isinstance(node, Symbol) and not node.indices}
    below = {index.name for call in calls for index in call.function.lower if isinstance(index, Symbol)}
    named = {f for f, name in free.items() if any(name == each.split(r"\sim")[0] for each in below)}
    others = {f for f, name in free.items() if name not in _PARAMETERS}
    capitals = {f for f, name in free.items() if len(name) == 1 and name.isupper()}
    matrices = {f for f in capitals if ranks.get(f) == 2 and free[f] in whole}
    estimates = {f for f, name in free.items() if name.startswith(ESTIMATES)}
    return frozenset(named or (capitals - matrices) | estimates or others - matrices or capitals)


def averaged_alone(trees: Iterable[Node], families: Families) -> frozenset[str]:
    """Families that are all that some expectation, variance or covariance is of."""
    calls = [node for tree in trees for node in walk(tree) if isinstance(node, Call)]
    found = set()
    for call in calls:
        if is_expectation(call.function.name):
            before = events_of(call.function.name)[0] if is_conditioned(call.function.name) else ()
            count = sum(event.arity for event in before) or len(call.arguments)
            found |= {families.resolve(a)[0] for a in call.arguments[:count] if isinstance(a, Symbol)}
    return frozenset(found)


def _without_coefficients(free: dict[str, str], arguments: list[Node], families: Families) -> dict[str, str]:
    r"""The families without those that only definitions bring in, where something else stands alone in an expectation.

    With $E[\varepsilon] = 0$ and $y = X \beta + \varepsilon$, what is random in y is ε.
    """
    alone = {families.resolve(a)[0] for a in arguments if isinstance(a, Symbol)} & free.keys()
    if not alone:
        return free
    direct = {families.resolve(symbol)[0] for a in arguments for symbol in main_symbols(a)}
    return {family: name for family, name in free.items() if family in direct}


def _reached(nodes: list[Node], families: Families, definitions: Mapping[str, Meaning]) -> dict[str, str]:
    """The names in some expressions and in what defines them, by their families."""
    found: dict[str, str] = {}
    while nodes:
        for symbol in main_symbols(nodes.pop()):
            family = families.resolve(symbol)[0]
            if family not in found and symbol.name not in FUNCTIONS | {r"\mathbb{E}"}:
                found[family] = symbol.name
                if family in definitions:
                    nodes.append(definitions[family].body)
    return found


def says_independent(text: str) -> bool:
    """Whether a page calls random quantities independent."""
    return bool(_INDEPENDENT.search(text) or _SAMPLE.search(text))


def says_identical(text: str) -> bool:
    """Whether a page says that its random quantities are distributed alike."""
    return bool(_IDENTICAL.search(text) or _SAMPLE.search(text))


def says_dependent(text: str) -> bool:
    """Whether a page calls random quantities dependent, or has covariances."""
    return bool(_DEPENDENT.search(text))
