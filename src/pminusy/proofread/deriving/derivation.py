"""A derivation: a value that renderers show and compute nothing from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from pminusy.proofread.proof import Definition, Proof, Reason
from pminusy.proofread.syntax.latex import to_latex
from pminusy.proofread.syntax.tree import Node


@dataclass(frozen=True)
class Part:
    """The derivation of one derivative.

    Attributes
    ----------
    left : str
        What is derived, as LaTeX.
    lines : tuple of Reason
        Each line with the rule that leads to it, and its sentence.
    tree : Node
        What is derived, as a tree.
    """

    left: str
    lines: tuple[Reason, ...]
    tree: Node


@dataclass(frozen=True)
class Derivation:
    """The way from definitions to the closed form of a derivative.

    Attributes
    ----------
    given : str
        The definitions and assumptions, as Markdown.
    definitions : tuple of Definition
    parts : tuple of Part
        The derivatives of what lies between, and last the one that was asked for.
    stopped : str or None
        Where it could not be finished, what it was that no rule is for.
    text : str
        All of it as Markdown, which `proofread` reads.
    proof : Proof
        What `proofread` says of that text.
    assume : tuple of str
        Assumptions that the text does not state; `proofread` needs them as `assume`.
    """

    given: str
    definitions: tuple[Definition, ...]
    parts: tuple[Part, ...]
    stopped: str | None
    text: str
    proof: Proof
    assume: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether no derivative is left to be taken."""
        return self.stopped is None

    @property
    def lines(self) -> tuple[Reason, ...]:
        """The lines of the derivative that was asked for."""
        return self.parts[-1].lines

    @property
    def tree(self) -> Node:
        """The last line as a tree."""
        return self.lines[-1].tree if self.lines else self.parts[-1].tree

    @property
    def result(self) -> str:
        """The last line as LaTeX: the closed form, or how far it came."""
        return to_latex(self.tree)

    def reasons(self) -> dict[int, tuple[Reason, ...]]:
        """The rule of each line, by the number of the step in `proof`."""
        lines = [line for part in self.parts for line in part.lines]
        return {number: (line,) for number, line in enumerate(lines)}

    def _repr_html_(self) -> str | None:
        """Typeset in a notebook, where the packages that pages need are installed."""
        # What shows derivations stands above what finds them; it is loaded when a notebook asks, and only then.
        try:
            notebook = import_module("pminusy.report.derivation.notebook")
        except ImportError:
            return None
        shown: str = notebook.render_notebook(self)
        return shown
