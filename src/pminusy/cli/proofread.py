"""`pminusy proofread`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pminusy.cli.many_pages import Format

if TYPE_CHECKING:
    from pminusy.report.proof.checked import Outcome

ALL_HOLDS, A_STEP_FAILS, UNUSABLE, NOT_DECIDED = 0, 1, 2, 3


class FailOn(StrEnum):
    """From which verdict on the exit code is not 0."""

    WRONG = "wrong"
    UNDECIDED = "undecided"


def proofread(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Derivations as Markdown, LaTeX, HTML, plain text or Jupyter notebooks; folders, of which all .md, "
            ".tex and .ipynb are taken; patterns such as 'notes/**/*.md'; or - for standard input.",
            show_default=False,
        ),
    ],
    define: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMULA",
            help="A definition missing from the text, such as 'p_j = …'; repeatable.",
            show_default=False,
        ),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="An assumption to make, such as 'sum(y)=1'; repeatable.",
            show_default=False,
        ),
    ] = None,
    reading: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CHOICE=OPTION",
            help="How to read what the notation leaves open, such as 'f(...)=a product'; repeatable.",
            show_default=False,
        ),
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why",
            metavar="[LINE]",
            help="Say by which rules the steps follow, with the lines left out; of all that hold, or of one line.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[
        Format,
        typer.Option(
            "--format",
            metavar="NAME",
            help="text; json; sarif, for code hosts and editors; or github, for annotations in its workflows.",
        ),
    ] = Format.TEXT,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            metavar="VERDICT",
            help="wrong: an undecided step is reported, but the exit code stays 0.",
        ),
    ] = FailOn.UNDECIDED,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Check N pages at a time.  [default: as many as there are processors]"
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT", help="Also write an HTML page with typeset formulas.", show_default=False
        ),
    ] = None,
) -> None:
    """Find the first wrong step of a derivation and suggest a correction; of several, list the findings.

    Exit codes: 0 if every step holds, 1 if a step is wrong, 3 if something could not be decided or there was no step
    to check, 2 for invalid input.
    """
    from pminusy.runs.page_files import is_one_file, page_files

    form = Format.JSON if json else format
    if is_one_file(files) and form in (Format.TEXT, Format.JSON):
        from pminusy.cli.one_page import Asked, show_page

        asked = Asked(
            tuple(define or ()), tuple(assume or ()), _readings(reading or ()), why, form is Format.JSON, html
        )
        outcomes = [show_page(files[0], asked)]
    else:
        from pminusy.cli.many_pages import show_pages
        from pminusy.kernels.parallel import available_cpus
        from pminusy.runs.proofreading import Given

        _refuse_what_needs_one_page({"--reading": reading, "--why": why, "--html": html})
        given = Given(tuple(define or ()), tuple(assume or ()))
        pages = show_pages(page_files(files), given, form, jobs or available_cpus())
        outcomes = [page.outcome for page in pages]
    raise typer.Exit(_exit_code(outcomes, fail_on))


def _exit_code(outcomes: Iterable[Outcome], fail_on: FailOn) -> int:
    """What the worst page asks for; pages without a step count only where no page has one."""
    from pminusy.report.proof.checked import Outcome

    found = set(outcomes)
    if Outcome.UNREADABLE in found:
        return UNUSABLE
    if Outcome.WRONG in found:
        return A_STEP_FAILS
    undecided = Outcome.UNDECIDED in found or found <= {Outcome.NOTHING}
    return NOT_DECIDED if undecided and fail_on is FailOn.UNDECIDED else ALL_HOLDS


def _refuse_what_needs_one_page(options: dict[str, Any]) -> None:
    from pminusy.errors import InputError

    for name, value in options.items():
        if value:
            raise InputError(f"{name}: goes with one file and --format text or json")


def _readings(given: Sequence[str]) -> dict[str, str]:
    """Choices and options, which no choice contains an equals sign of."""
    from pminusy.errors import InputError

    if lacking := [each for each in given if "=" not in each]:
        raise InputError(
            f"--reading: expected a choice and an option, such as 'f(...)=a product', got {lacking[0]!r}"
        )
    pairs = (each.partition("=") for each in given)
    return {key.strip(): option.strip() for key, _, option in pairs}
