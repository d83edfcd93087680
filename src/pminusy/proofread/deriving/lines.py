"""The steps of a derivation as a textbook shows them: small ones of one kind together."""

from __future__ import annotations

from collections.abc import Sequence

from pminusy.proofread.deriving.differentiation import LINEAR, OTHERS
from pminusy.proofread.deriving.ordering import written
from pminusy.proofread.proof import Reason
from pminusy.proofread.rules.families import differentials
from pminusy.proofread.rules.lines import sentence_of
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Node, walk

JOINT = ", "
MOST_NAMES, MOST_SENTENCES = 3, 2
_LINEAR = frozenset(rule.name for rule in LINEAR)
_FUNCTIONS = frozenset(rule.name for rule in OTHERS)
_PRODUCTS = frozenset(["cancel a factor", "collect like terms", "combine powers", "signs"])
_SUMS = frozenset(
    [
        "expand",
        "sum of a sum",
        "constant factor out of a sum",
        "contract a delta",
        "sum of equal terms",
        "signs",
    ]
)
_FACTORS = frozenset(["factor out", "definition recognised", "signs", "cancel a factor"])
_FRACTIONS = frozenset(["split a fraction", "cancel a factor", "definition recognised", "signs"])
_DIFFERENTIALS = frozenset(rule.name for rule in differentials.RULES)
_KINDS = (_DIFFERENTIALS, _LINEAR, _FUNCTIONS, _PRODUCTS, _SUMS, _FRACTIONS, _FACTORS)
_SILENT = frozenset(["signs"])


def shown(trail: Sequence[Applied], start: Node, setting: Setting) -> tuple[Reason, ...]:
    """The lines of a trail of applications, with those that belong together in one."""
    groups: list[list[Applied]] = []
    for applied in trail:
        if groups and _belongs(groups[-1], applied):
            groups[-1].append(applied)
        else:
            groups.append([applied])
    lines = [_line(group, setting) for group in groups]
    before = [start, *(line.tree for line in lines)]
    return tuple(line for line, tree in zip(lines, before, strict=False) if line.tree != tree)


def _belongs(group: list[Applied], applied: Applied) -> bool:
    """Whether an application is of the same kind as those of a line, and the line stays easy to follow."""
    if any(map(_differentiates_a_letter, walk(group[-1].tree))):
        return True
    names = {each.rule.name for each in group} | {applied.rule.name}
    if len(names) > 1 and not any(names <= kind for kind in _KINDS):
        return False
    telling = names - _SILENT
    return len(telling) <= MOST_NAMES or names <= _LINEAR


def _differentiates_a_letter(node: Node) -> bool:
    r"""Whether it is the derivative of a function such as σ or Φ, which a page that writes it may have defined."""
    if not isinstance(node, Derivative) or not isinstance(node.body, Call):
        return False
    return node.body.function.name.startswith("\\") or len(node.body.function.name) == 1


def _line(group: list[Applied], setting: Setting) -> Reason:
    names = list(dict.fromkeys(each.rule.name for each in group))
    telling = [name for name in names if name not in _SILENT] or names
    sentences: dict[str, str] = {}
    for each in group:
        if each.rule.name in telling:
            whole = each.after == each.tree
            sentences.setdefault(each.rule.name, f"{each.sentence}." if whole else sentence_of(each))
    tree = written(group[-1].tree, setting)
    about = " ".join(list(sentences.values())[-MOST_SENTENCES:])
    return Reason(JOINT.join(telling), about, to_latex(tree), tree)
