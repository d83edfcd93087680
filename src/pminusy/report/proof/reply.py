"""A proof as an answer to the person who asked where it goes wrong: Markdown with formulas between dollar signs."""

from collections.abc import Iterator

from pminusy.proofread.proof import FinalAnswer, FirstWrong, Proof, Step, StepVerdict, Verdict
from pminusy.report.proof import words
from pminusy.report.proof.assumptions import in_latex


def render_reply(proof: Proof) -> str:
    r"""Write what was found as a reply that can be posted under the question.

    Parameters
    ----------
    proof : Proof

    Returns
    -------
    str
        The first wrong step, why it is wrong, the corrected line, and the right answer with what it assumes; or which
        steps could not be decided, or that all hold.

    Examples
    --------
    >>> print(render_reply(proofread("$$f(x) = x^2$$ $$f'(x) = 2x = x + 1$$")))   # doctest: +SKIP
    """
    return "\n\n".join(_paragraphs(proof)) + "\n"


def _paragraphs(proof: Proof) -> Iterator[str]:
    yield f"**{words.headline(proof, in_latex)}.**"
    if proof.first_wrong:
        yield from _mistake(proof.steps[proof.first_wrong.step], proof.first_wrong)
    elif proof.verdict is Verdict.UNDECIDED:
        yield from _open_questions(proof)
    if proof.final_answer:
        yield from _answer(proof.final_answer)


def _mistake(step: Step, wrong: FirstWrong) -> Iterator[str]:
    yield "This step doesn't follow:"
    yield _display(f"{step.lhs} = {step.rhs}")
    if wrong.suggestions:
        first = wrong.suggestions[0]
        slip = f" ({first.slip})" if first.slip else ""
        yield f"${_one_line(first.found)}$ should be ${_one_line(first.repair)}${slip}. {first.explanation}"
        yield f"So the line becomes{words.condition(first.assumption, in_latex)}"
        yield _display(f"{step.lhs} = {first.repaired}")
    if step.witness:
        yield words.witness(step.witness).replace("the values below", _values(step))


def _values(step: Step) -> str:
    assert step.witness
    return ", ".join(f"${name} = {value}$" for name, value in words.values(step.witness)) or "every point"


def _open_questions(proof: Proof) -> Iterator[str]:
    for step in proof.steps:
        if step.verdict is StepVerdict.UNDECIDED:
            yield _display(f"{step.lhs} = {step.rhs}")
            yield " ".join(words.remarks(step, in_latex))


def _answer(answer: FinalAnswer) -> Iterator[str]:
    if answer.correct:
        yield f"The correct answer{words.condition(answer.correct_if, in_latex)} is"
        yield _display(answer.correct)
    elif answer.right:
        yield f"The final answer is {words.final_answer(answer, in_latex)}:"
        yield _display(answer.latex)
    if answer.simpler:
        yield f"which simplifies, but only{words.condition(answer.simpler_if, in_latex)}, to"
        yield _display(answer.simpler)


def _display(latex: str) -> str:
    return f"$$\n{_one_line(latex)}\n$$"


def _one_line(latex: str) -> str:
    return " ".join(latex.split())
