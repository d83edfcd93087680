"""What a derivation starts from: definitions, what is differentiated, by what, and what is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pminusy.errors import InputError
from pminusy.proofread.meaning.lines.assumptions import Assumption, counting, read_assumption
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Definition, Proof
from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.marking import marked
from pminusy.proofread.rules.setting import Setting
from pminusy.proofread.rules.why import Why, with_reasons
from pminusy.proofread.source.documents import document_text
from pminusy.proofread.source.page import Page
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Call, Derivative, Node, Symbol, walk

_LETTERS = "ijklmnrst"  # for indices
_FORMULAS = re.compile(r"\$|\\\[|\\\(|\\begin\{|```|<math")
_SUMS_TO = re.compile(r"sum\((.+?)\)\s*=\s*([-\d.]+)")


@dataclass(frozen=True)
class Problem:
    """Definitions as a page, and what is asked of it.

    Attributes
    ----------
    text : str
        The definitions and the assumptions, as Markdown.
    assume : tuple of str
        Assumptions that the text does not state.
    setting : Setting
        What the rules may know.
    target : Derivative
        What is to be derived.
    definitions : tuple of Definition
    """

    text: str
    assume: tuple[str, ...]
    setting: Setting
    target: Derivative
    definitions: tuple[Definition, ...]

    @property
    def variable(self) -> Node:
        """What is differentiated by."""
        return self.target.variables[-1]


def read_problem(given: str | Sequence[str], by: str, of: str | None, assume: Sequence[str]) -> Problem:
    """Read what `derive` is given.

    Raises
    ------
    InputError
        A formula cannot be read, there is no definition, or a name is not in the definitions.
    """
    stated, others = _assumptions(assume)
    text = "\n\n".join([_as_page(given), *(f"Assume that ${each}$." for each in stated)])
    assumptions = tuple(map(read_assumption, others))
    proof, page = _read(text, assumptions)
    _refuse_unreadable(page)
    top = _differentiated(proof.definitions, of)
    by = _entry(_unwrapped(by), proof.definitions)
    target = rf"\frac{{\partial {top}}}{{\partial {by}}}"
    whole, page = _read(f"{text}\n\n$${target} + 0 = {target}$$", assumptions)
    _refuse_unreadable(page, "by")
    return _problem(text, others, whole, by, proof)


def _as_page(given: str | Sequence[str]) -> str:
    if not isinstance(given, str):
        return "\n\n".join(f"$${_unwrapped(each)}$$" for each in given)
    text = document_text(given)
    if _FORMULAS.search(text):
        return text.strip()
    return "\n\n".join(f"$${line.strip()}$$" for line in text.splitlines() if line.strip())


def _unwrapped(formula: str) -> str:
    return formula.strip().strip("$").strip()


def _assumptions(assume: Iterable[str]) -> tuple[list[str], tuple[str, ...]]:
    """Assumptions as formulas, and those that only the short form can say."""
    stated: list[str] = []
    others: list[str] = []
    for each in map(_unwrapped, assume):
        if match := _SUMS_TO.fullmatch(each):
            stated.append(rf"\sum_j {match[1]}_j = {match[2]}")
        elif "=" in each and "\\" in each:
            stated.append(each)
        else:
            others.append(each)
    return stated, tuple(others)


def _read(text: str, assumptions: tuple[Assumption, ...]) -> tuple[Proof, Page]:
    page = read_page(text)
    checked = check(page, assumptions)
    return with_reasons(marked(checked), checked), page


def _refuse_unreadable(page: Page, name: str = "given") -> None:
    for error in page.unreadable:
        raise InputError(f"{name}: expected a formula, got one that {error}")
    for chain in page.chains:
        for member in chain.members:
            written = page.text[member.span.start : member.span.end]
            if member.tree is None or member.supplied or not member.balanced:
                why = member.error or "cannot be read: a bracket is missing"
                raise InputError(f"{name}: expected a formula, got {written!r}, which {why}")


def _differentiated(definitions: tuple[Definition, ...], of: str | None) -> str:
    """The left side of the definition of what is to be differentiated."""
    lefts = [to_latex(definition.tree[0]) for definition in definitions]
    if not lefts:
        raise InputError("given: expected definitions such as 'L = …', found none")
    if of is None:
        return lefts[0]
    for left, definition in zip(lefts, definitions, strict=True):
        symbol = definition.tree[0]
        if _unwrapped(of) in (left, symbol.name if isinstance(symbol, Symbol) else ""):
            return left
    raise InputError(f"of: expected one of what is defined ({', '.join(lefts)}), got {of}")


def _problem(text: str, others: tuple[str, ...], proof: Proof, by: str, given: Proof) -> Problem:
    step = proof.steps[-1] if proof.steps else None
    target = step.rhs_tree if step is not None else None
    if not isinstance(target, Derivative) or not isinstance(target.variables[-1], Symbol):
        raise InputError(f"by: expected a name such as 'z_i', got {by}")
    assert step is not None
    variable = target.variables[-1]
    assert isinstance(variable, Symbol)
    if isinstance(
        target.body, Call
    ):  # a name that does not depend on the variable is read as a function of it
        target = replace(target, body=target.body.function)
    if not isinstance(step.explain, Why):
        _refuse_unknown(variable, given, by)
        raise InputError(f"by: the derivative cannot be evaluated: {step.reason}")
    checked = replace(step.explain.checked, readings={})  # as read first, with all definitions
    view, setting = checked.view_of(step), Why(step, step.explain.proof, checked).setting
    _refuse_unknown(variable, given, by)
    stated = counting(view.stated, step.span.start)
    equations = tuple(known for known in setting.equations)
    setting = replace(setting, assumptions=stated, lines={}, known=(), equations=equations)
    return Problem(text, others, setting, target, given.definitions)


def _entry(by: str, definitions: tuple[Definition, ...]) -> str:
    """An entry of what only entries occur of: `z_i` for `z` where the definitions have `z_j` and `z_k`."""
    symbols = [symbol for d in definitions for side in d.tree for symbol in _names(side)]
    own = [symbol for symbol in symbols if to_latex(replace(symbol, lower=(), upper=())) == by]
    counts = {(len(symbol.upper), len(symbol.lower)) for symbol in own}
    if len(counts) != 1 or (0, 0) in counts or counts.pop()[0]:
        return by
    used = {
        node.name for d in definitions for side in d.tree for node in walk(side) if isinstance(node, Symbol)
    }
    letters = [letter for letter in _LETTERS if letter not in used]
    count = len(own[0].lower)
    return by if len(letters) < count else f"{by}_{{{' '.join(letters[:count])}}}"


def _refuse_unknown(variable: Symbol, given: Proof, by: str) -> None:
    """Refuse a name that none of the definitions has, or has with other indices."""
    known: dict[str, Symbol] = {}
    for definition in given.definitions:
        for side in definition.tree:
            for symbol in _names(side):
                known.setdefault(symbol.name, symbol)
    if variable.name not in known:
        names = ", ".join(to_latex(replace(symbol, lower=(), upper=())) for symbol in known.values())
        raise InputError(f"by: expected a name in the definitions ({names}), got {by}")


def _names(node: Node) -> list[Symbol]:
    return list(main_symbols(node))
