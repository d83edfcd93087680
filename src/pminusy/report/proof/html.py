"""A proof as one self-contained HTML page."""

from markupsafe import Markup

from pminusy.proofread.proof import Definition, Proof, Reason, Step, Suggestion
from pminusy.proofread.syntax.tree import Node, Symbol, walk
from pminusy.report.mathml import latex_math, math, prose
from pminusy.report.page import Filters, render_page
from pminusy.report.proof import words
from pminusy.report.proof.assumptions import in_latex
from pminusy.report.proof.changes import changed
from pminusy.report.proof.rows import Reasons, Row, rows


def render_html(proof: Proof, reasons: Reasons | None = None) -> str:
    """Lay a proof out as a page that needs no network and no script, its formulas typeset as MathML.

    Parameters
    ----------
    proof : Proof
    reasons : mapping of int to tuple of Reason, optional
        Why steps follow, as `Proof.reasons` returns it; each can be unfolded in its place.

    Returns
    -------
    str
        The whole document. Whatever came from the text is escaped.

    Examples
    --------
    >>> Path("proof.html").write_text(render_html(proofread(text)), encoding="utf-8")   # doctest: +SKIP
    """
    return _render(proof, reasons, "page.html.j2")


def render_fragment(proof: Proof) -> Markup:
    """Lay a proof out as a part of a page: what is between the tags of `main`, without its style.

    Parameters
    ----------
    proof : Proof

    Returns
    -------
    markupsafe.Markup
        What belongs to a step has its number, from 0, as `data-step`. Whatever came from the text is escaped.

    Examples
    --------
    >>> page = f"<main>{render_fragment(proofread(text))}</main>"   # doctest: +SKIP
    """
    return Markup(_render(proof, None, "fragment.html.j2"))


def render_reasons(reasons: tuple[Reason, ...]) -> Markup:
    """Lay out why a step follows, as a part of a page.

    Parameters
    ----------
    reasons : tuple of Reason
        As `Step.why` returns them.

    Returns
    -------
    markupsafe.Markup

    Examples
    --------
    >>> render_reasons(proofread(text).steps[0].why())   # doctest: +SKIP
    """
    filters: Filters = {"prose": prose, "member": _member}
    return Markup(
        render_page("reasons.html.j2", filters, layout="fragment.html.j2", reasons=reasons, words=words)
    )


def _render(proof: Proof, reasons: Reasons | None, layout: str) -> str:
    filters: Filters = {
        "left": _left,
        "right": _right,
        "repaired": _repaired,
        "latex": latex_math,
        "prose": prose,
        "answer": _answer,
        "symbol": _symbol,
        "member": _member,
    }
    return render_page(
        "proof.html.j2",
        filters,
        layout=layout,
        proof=proof,
        rows=rows(proof, reasons),
        words=words,
        in_latex=in_latex,
        is_definition=_is_definition,
    )


def _is_definition(row: Row) -> bool:
    return isinstance(row.entry, Definition)


def _left(row: Row) -> Markup:
    entry = row.entry
    if isinstance(entry, Definition):
        return math(entry.tree[0])
    return _side(entry.lhs_tree, entry.lhs) if row.shows_left else Markup()


def _right(row: Row) -> Markup:
    entry = row.entry
    if isinstance(entry, Definition):
        return math(None, entry.tree[1])
    if entry.rhs_tree is None:
        return Markup("= ") + _side(None, entry.rhs)
    return math(None, entry.rhs_tree, marked=_wrong_node(row, entry.rhs_tree))


def _side(tree: Node | None, latex: str) -> Markup:
    """A side as it was read, or as it was written where it could not be."""
    return math(tree) if tree else Markup("<code>{}</code>").format(latex)


def _wrong_node(row: Row, right: Node) -> Node | None:
    """The wrong term, or the whole right side where it was not found."""
    if not row.wrong:
        return None
    found = [suggestion.found_tree for suggestion in row.wrong.suggestions[:1]]
    return next((node for node in walk(right) if found and node is found[0]), right)


def _repaired(suggestion: Suggestion, step: Step) -> Markup:
    tree = suggestion.repaired_tree
    new = changed(step.rhs_tree, tree) if step.rhs_tree else tree
    return math(None, tree, marked=new, mark="repaired")


def _member(tree: Node) -> Markup:
    """A line left out, behind its equals sign."""
    return math(None, tree)


def _answer(proof: Proof) -> Markup:
    answer = proof.final_answer
    return _side(answer.tree, answer.latex) if answer else Markup()


def _symbol(name: str) -> Markup:
    return math(Symbol(name), block=False)
