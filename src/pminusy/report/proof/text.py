"""A proof in a terminal."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pminusy.proofread.proof import (
    Definition,
    FinalAnswer,
    FirstWrong,
    Proof,
    Reason,
    Step,
    StepVerdict,
    Suggestion,
    Verdict,
)
from pminusy.report.mathml import plain
from pminusy.report.proof import words
from pminusy.report.proof.breaking import broken
from pminusy.report.proof.rows import Reasons, Row, rows
from pminusy.report.proof.source import Marked, place_in_text, right_side

_MARKS = {
    StepVerdict.HOLDS: ("✓", "ok", "green"),
    StepVerdict.HOLDS_IF: ("✓ if", "if", "yellow"),
    StepVerdict.FAILS: ("✗", "NO", "red"),
    StepVerdict.UNDECIDED: ("?", "?", "yellow"),
}
_COLOURS = {
    Verdict.CORRECT: "green",
    Verdict.CORRECT_IF: "yellow",
    Verdict.WRONG: "red",
    Verdict.UNDECIDED: "yellow",
}
_WRONG = "bold underline red"
_REPAIR = "bold green"
_MARGIN = 10
_ANSWERING = (
    "Answer questions in the text, or with --define FORMULA, --assume CONDITION and --reading CHOICE=OPTION."
)


def render_text(proof: Proof, console: Console, reasons: Reasons | None = None) -> None:
    """Print a derivation line by line with its verdicts; it fits 80 columns.

    Where the console has no colours, carets under the wrong term mark it.

    Parameters
    ----------
    proof : Proof
    console : rich.console.Console
    reasons : mapping of int to tuple of Reason, optional
        Why steps follow, as `Proof.reasons` returns it.

    Examples
    --------
    >>> render_text(proofread(text), Console())   # doctest: +SKIP
    """
    console.print(Text(words.headline(proof), style=f"bold {_COLOURS[proof.verdict]}"))
    console.print(Text(words.summary(proof), style="dim"))
    console.print()
    for row in rows(proof, reasons):
        _print_row(proof, row, console)
    if proof.final_answer:
        _print_final_answer(proof.final_answer, console)
    for note in proof.notes:
        console.print(Text.assemble(("Interpretation: ", "bold"), plain(note)))
    if any(step.question for step in proof.steps):
        console.print()
        console.print(Text(_ANSWERING, "dim"))


def _print_row(proof: Proof, row: Row, console: Console) -> None:
    entry = row.entry
    if isinstance(entry, Definition):
        _print_formula(Text("def", "dim"), entry.line, [Text(_one_line(entry.latex))], console)
        return
    _print_formula(_mark(entry, console), entry.line, list(_sides(proof, row, entry, console)), console)
    for remark in words.remarks(entry):
        _print_indented(Text(plain(remark), "dim"), console)
    if entry.question:
        for choice in (each for each in proof.choices if each.key in entry.choices):
            _print_indented(Text(words.choice(choice), "dim"), console)
    if row.reasons is not None:
        _print_reasons(row.reasons, console)
    if row.wrong:
        _print_mistake(proof, entry, row.wrong, console)


def _mark(step: Step, console: Console) -> Text:
    mark, plain_mark, colour = _MARKS[step.verdict]
    try:
        mark.encode(console.encoding)
    except UnicodeEncodeError:
        # A question mark would take its place, which means something else.
        mark = plain_mark
    return Text(mark, "dim" if step.inherited else colour)


def _sides(proof: Proof, row: Row, step: Step, console: Console) -> Iterator[Text]:
    """The left and the right side, in one piece where they fit a line."""
    right = _marked(right_side(proof, step, place_in_text(proof, row.wrong) if row.wrong else None))
    if not row.shows_left:
        yield right
        return
    left = Text(_one_line(step.lhs))
    if left.cell_len + 1 + right.cell_len <= console.width - _MARGIN:
        yield Text.assemble(left, " ", right)
    else:
        yield left
        yield right


def _marked(side: Marked) -> Text:
    return Text.assemble("= ", side.before, (side.found, _WRONG), side.after)


def _print_formula(mark: Text, line: int, parts: list[Text], console: Console) -> None:
    margin = Text.assemble(mark, " " * (4 - mark.cell_len), (f"{line or '':>4}  ", "dim"))
    for part in parts:
        for printed in broken(part, console.width - _MARGIN):
            _print_whole(Text.assemble(margin, printed), console)
            margin = Text(" " * _MARGIN)
            if _lacks_colour(console):
                _print_carets(printed, console)


def _lacks_colour(console: Console) -> bool:
    return console.no_color or console.color_system is None


def _print_carets(line: Text, console: Console) -> None:
    for span in line.spans:
        if span.style == _WRONG and span.end > span.start:
            before, found = line.plain[: span.start], line.plain[span.start : span.end]
            _print_whole(Text(" " * (_MARGIN + cell_len(before)) + "^" * cell_len(found)), console)


def _print_reasons(reasons: tuple[Reason, ...], console: Console) -> None:
    if not reasons:
        _print_indented(Text(words.NO_REASON, "dim"), console)
    for number, reason in enumerate(reasons, 1):
        _print_indented(Text.assemble((f"{reason.rule}: ", "cyan"), plain(reason.sentence)), console)
        if number < len(reasons):
            _print_indented(Text(f"= {_one_line(reason.latex)}", "dim"), console)


def _print_mistake(proof: Proof, step: Step, wrong: FirstWrong, console: Console) -> None:
    for suggestion in wrong.suggestions[:1]:
        _print_suggestion(suggestion, right_side(proof, step, place_in_text(proof, wrong)), console)
    for other in wrong.suggestions[1:]:
        text = Text.assemble(("or: ", "bold"), f"{other.repair} instead of {other.found}")
        _print_indented(text, console)
    if step.witness:
        _print_indented(Text(words.witness(step.witness)), console)
        for name, value in words.values(step.witness):
            _print_indented(Text(f"  {name} = {value}", "dim"), console)


def _print_suggestion(suggestion: Suggestion, wrong: Marked, console: Console) -> None:
    slip = f" ({suggestion.slip})" if suggestion.slip else ""
    should = Text.assemble(
        (suggestion.found, "red"), " should be ", (suggestion.repair, _REPAIR), (slip, "dim")
    )
    _print_indented(should, console)
    # Where the wrong term isn't in the right side, the whole is shown as it was put together.
    repaired = (
        (wrong.before, (suggestion.repair, _REPAIR), wrong.after) if wrong.found else (suggestion.repaired,)
    )
    _print_indented(Text.assemble("= ", *repaired, style="green"), console)
    _print_indented(Text(plain(suggestion.explanation)), console)
    if rests_on := words.repair(suggestion):
        _print_indented(Text(rests_on), console)
    if suggestion.link:
        _print_indented(Text(f"See {suggestion.link} ({words.command(suggestion.link)})", "dim"), console)


def _print_final_answer(answer: FinalAnswer, console: Console) -> None:
    console.print()
    colour = {None: "yellow", False: "red"}.get(answer.right, "yellow" if answer.right_if else "green")
    console.print(Text.assemble(("Final answer: ", "bold"), (words.final_answer(answer), f"bold {colour}")))
    _print_indented(Text(_one_line(answer.latex)), console)
    if answer.correct:
        console.print(Text(f"Correct answer{words.condition(answer.correct_if)}:", "bold"))
        _print_indented(Text(answer.correct, "green"), console)
    if answer.simpler:
        console.print(Text(f"Simplified, valid only{words.condition(answer.simpler_if)}:", "bold"))
        _print_indented(Text(answer.simpler, "green"), console)


def _print_indented(text: Text, console: Console) -> None:
    for line in broken(text, console.width - _MARGIN):
        _print_whole(Text.assemble(" " * _MARGIN, line), console)


def _print_whole(line: Text, console: Console) -> None:
    console.print(line, no_wrap=True, crop=False)


def _one_line(latex: str) -> str:
    return " ".join(latex.split())
