"""The derivation of a derivative: of what lies between first, then of what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pminusy.errors import InputError
from pminusy.proofread.deriving.by_entries import definitions_by_entries
from pminusy.proofread.deriving.derivation import Derivation, Part
from pminusy.proofread.deriving.differentiation import Differentiation, is_left
from pminusy.proofread.deriving.gradients import Gradients
from pminusy.proofread.deriving.length import length
from pminusy.proofread.deriving.lines import shown
from pminusy.proofread.deriving.page import as_page
from pminusy.proofread.deriving.problem import Problem, read_problem
from pminusy.proofread.deriving.recognising import TOTAL
from pminusy.proofread.deriving.shortening import Shortening
from pminusy.proofread.meaning.lines.assumptions import read_assumption
from pminusy.proofread.meaning.names.definitions import main_symbols
from pminusy.proofread.proof import Proof
from pminusy.proofread.readings.check import check
from pminusy.proofread.repair.marking import marked
from pminusy.proofread.rules.build import ZERO, without_groups
from pminusy.proofread.rules.families import derivatives, differentials
from pminusy.proofread.rules.letters import put_in, spare
from pminusy.proofread.rules.moves import Applied
from pminusy.proofread.rules.places import places
from pminusy.proofread.rules.setting import Known, Setting
from pminusy.proofread.rules.tidy import Tidy
from pminusy.proofread.rules.why import with_reasons
from pminusy.proofread.rules.words import tex
from pminusy.proofread.source.reader import read_page
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Derivative, Differential, Fold, Node, Symbol, walk


def derive(
    given: str | Sequence[str], by: str, *, of: str | None = None, assume: Sequence[str] = ()
) -> Derivation:
    r"""Derive the closed form of a derivative from definitions, step by step.

    The derivatives of the quantities between are derived first. Each line follows from the one before by a rule of
    the catalogue, and is evaluated at random points as `proofread` does it. Of all forms that the rules lead to within
    a bounded amount of work, the shortest is the result.

    Parameters
    ----------
    given : str or sequence of str
        Definitions: formulas such as ``L = -\sum_j y_j \log p_j``, one a line, or a page with formulas in it.
    by : str
        What to differentiate by, such as ``o_i``.
    of : str, optional
        What to differentiate; by default what is defined first.
    assume : sequence of str
        Assumptions to make, such as ``sum(y)=1`` or ``\sum_j y_j = 1``.

    Returns
    -------
    Derivation
        The lines with their rules, and `result`. Where no rule leads on, `stopped` says at what.

    Raises
    ------
    InputError
        A formula cannot be read, there is no definition, or `by` or `of` is not in the definitions.

    Examples
    --------
    >>> from pminusy.proofread import derive
    >>> loss = [r"L = -\sum_j y_j \log p_j", r"p_j = \frac{e^{o_j}}{\sum_k e^{o_k}}"]
    >>> derive(loss, "o_i").result
    'p_i \\sum_j y_j - y_i'
    >>> derive(loss, "o_i", assume=[r"\sum_j y_j = 1"]).result
    'p_i - y_i'
    """
    problem = read_problem(given, by, of, assume)
    parts, stopped = Deriver(problem.setting).parts(problem.target)
    if stopped is not None and (entries := _by_entries(problem, assume)) is not None:
        return entries
    text = as_page(problem.text, parts, stopped)
    proof = _proofread(text, problem)
    stopped = stopped or _unverified(proof)
    return Derivation(problem.text, problem.definitions, tuple(parts), stopped, text, proof, problem.assume)


def _by_entries(problem: Problem, assume: Sequence[str]) -> Derivation | None:
    """The derivation by an entry of a whole vector, with the definitions written out; None where that stops, too."""
    variable = problem.variable
    if not isinstance(variable, Symbol) or not differentials.is_column(variable, problem.setting):
        return None
    written = definitions_by_entries(problem.setting)
    if written is None:
        return None
    try:
        derivation = derive(written, to_latex(variable), of=to_latex(problem.target.body), assume=assume)
    except InputError:
        return None
    return derivation if derivation.finished else None


def _unverified(proof: Proof) -> str | None:
    """The first line that was not found equal to the one before it, if there is one."""
    for step in proof.steps:
        if not step.holds:
            return f"the line ${step.rhs.strip()}$ could not be verified"
    return None


def _proofread(text: str, problem: Problem) -> Proof:
    checked = check(read_page(text), tuple(map(read_assumption, problem.assume)))
    return with_reasons(marked(checked), checked)


def _is_stuck(node: Node, variable: Node) -> bool:
    return isinstance(node, Differential) and node.body != variable


def _zero(target: Derivative, variable: Node) -> Applied:
    about = f"{tex(target.body)} does not depend on {tex(variable)}, so its derivative is zero"
    return Applied(derivatives.RULES[0], target, ZERO, about, ZERO)


@dataclass
class Deriver:
    """Derives derivatives by one variable."""

    setting: Setting
    tidy: Tidy = field(default_factory=Tidy)
    known: list[Known] = field(default_factory=list)
    sums: list[Part] = field(default_factory=list)
    tried: list[Node] = field(default_factory=list)

    def parts(self, target: Derivative) -> tuple[list[Part], str | None]:
        """The derivations, in order, and what stopped the last one."""
        variable = target.variables[-1]
        if isinstance(variable, Symbol) and not self.setting.is_number(variable):
            return self._whole(target, variable)
        parts: list[Part] = []
        for each in [*self._between(target), self._with_own_letters(target)]:
            part, stopped = self._part(each)
            parts += [*self.sums, part]
            self.sums.clear()
            if stopped is not None:
                return parts, stopped
            if part.lines:
                self.known.append(Known(0, each, part.lines[-1].tree))
        return parts, None

    def _whole(self, target: Derivative, variable: Symbol) -> tuple[list[Part], str | None]:
        """The differential, and the gradient by a whole vector or matrix that is read off."""
        moving = frozenset([self.setting.family(variable)])
        self.setting = replace(self.setting, model=replace(self.setting.model, moving=moving))
        gradients = Gradients(self.setting, self.tidy, variable)
        change = Differential(target.body)
        if not differentials.moves(target.body, self.setting):
            return [self._as_part(target, [_zero(target, variable)])], None
        trail = gradients.differential(target.body)
        tree = trail[-1].tree
        first = self._as_part(change, trail)
        collected = gradients.collected(tree)
        if collected is None:
            left = next((node for node, _ in places(tree) if _is_stuck(node, variable)), tree)
            return [first], f"no rule is known for {tex(left)}"
        first = replace(first, lines=(*first.lines, *collected))
        return [first, Part(to_latex(target), gradients.gradient(), target)], None

    def _part(self, target: Derivative) -> tuple[Part, str | None]:
        setting = replace(self.setting, known=tuple(self.known))
        trail = list(Differentiation(setting, self.tidy).steps(target))
        tree = trail[-1].tree if trail else target
        if is_left(tree):
            left = next(node for node, _ in places(tree) if isinstance(node, Derivative))
            return self._as_part(target, trail), f"no rule is known for {tex(left)}"
        return self._as_part(target, trail + self._shortened(tree)), None

    def _shortened(self, tree: Node) -> list[Applied]:
        """The way to the shortest form, with sums over what is defined worked out beside it."""
        trail = self._shortest(tree)
        while self._summed(trail[-1].tree if trail else tree):
            trail += self._shortest(trail[-1].tree if trail else tree)
        return trail

    def _shortest(self, tree: Node, but: str = "") -> list[Applied]:
        """The way to the shortest form, with all definitions but one recognised."""
        others = tuple(k for k in self.setting.equations if self._defines(k) != but)
        setting = replace(self.setting, known=tuple(self.known), equations=others)
        return Shortening(setting, self.tidy).shortest(tree).trail()

    def _summed(self, tree: Node) -> bool:
        """Work out the sums in a formula that are over entries which the page defines; whether one became shorter."""
        found = False
        for node, _ in places(tree):
            if not isinstance(node, Fold) or node in self.tried or not isinstance(node.body, Symbol):
                continue
            self.tried.append(node)
            for move in TOTAL.apply(node, self.setting):
                put_in = Applied(TOTAL, node, move.new, move.sentence, self.tidy(move.new))
                trail = [put_in, *self._shortest(put_in.tree, but=self.setting.family(node.body))]
                if length(trail[-1].tree) < length(node) - 1:
                    self.sums.append(Part(to_latex(node), shown(trail, node, self.setting), node))
                    self.known.append(Known(0, node, trail[-1].tree))
                    found = True
        return found

    def _as_part(self, target: Node, trail: list[Applied]) -> Part:
        return Part(to_latex(target), shown(trail, target, self.setting), target)

    def _between(self, target: Derivative) -> Iterator[Derivative]:
        """Derivatives of the names that lie between, those first that others are made of."""
        done: set[str] = set()
        variable = target.variables[-1]
        assert isinstance(variable, Symbol)
        own = self.setting.family(variable)
        yield from self._below(target.body, own, target, done)

    def _below(self, node: Node, own: str, target: Derivative, done: set[str]) -> Iterator[Derivative]:
        symbol = next((s for s in walk(node) if isinstance(s, Symbol)), None)
        meaning = None if symbol is None else self.setting.model.definitions.get(self.setting.family(symbol))
        if meaning is None:
            return
        for inner in main_symbols(without_groups(meaning.body)):
            family = self.setting.family(inner)
            known = self._definition(family)
            if family in done or family == own or known is None or not self.setting.depends(inner, own):
                continue
            done.add(family)
            yield from self._below(inner, own, target, done)
            yield self._with_own_letters(replace(target, body=known.left))

    def _defines(self, known: Known) -> str | None:
        return self.setting.family(known.left) if isinstance(known.left, Symbol) else None

    def _definition(self, family: str) -> Known | None:
        for known in self.setting.equations:
            if self._defines(known) == family:
                return known
        return None

    def _with_own_letters(self, target: Derivative) -> Derivative:
        """The derivative with indices that the variable does not have."""
        taken = {s.name for v in target.variables for s in walk(v) if isinstance(s, Symbol)}
        body = target.body
        if not isinstance(body, Symbol):
            return target
        clash = [i.name for i in self.setting.indices(body) if isinstance(i, Symbol) and i.name in taken]
        used = taken | {s.name for s in walk(body) if isinstance(s, Symbol)}
        values: dict[str, Node] = {}
        for name in clash:
            values[name] = Symbol(spare(used | {v.name for v in values.values() if isinstance(v, Symbol)}))
        return replace(target, body=put_in(body, values, self.setting))
