"""Many pages proofread at once, in processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial

from pminusy.errors import PminusyError
from pminusy.proofread import proofread
from pminusy.proofread.rendering.json import to_json
from pminusy.proofread.source.documents import is_html, is_notebook
from pminusy.proofread.source.notebook_lines import notebook_lines
from pminusy.report.proof.checked import Checked
from pminusy.report.proof.findings import UNREADABLE, Finding, Place, findings
from pminusy.runs.text_input import STANDARD_INPUT, read_document


@dataclass(frozen=True)
class Given:
    """What is given beside the pages, for all of them.

    Attributes
    ----------
    define, assume : tuple of str
        As for `pminusy.proofread`.
    """

    define: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()


def check_pages(files: Sequence[str], given: Given, jobs: int) -> Iterator[Checked]:
    """Proofread pages and yield what was found in each, in their order, as soon as it is known.

    Parameters
    ----------
    files : sequence of str
    given : Given
    jobs : int
        Number of processes; with 1, all is done in this one.

    Yields
    ------
    Checked
        The same for any number of processes. A file that cannot be read is a finding, too.

    Examples
    --------
    >>> list(check_pages(["notes.md"], Given(), jobs=1))   # doctest: +SKIP
    """
    check = partial(check_page, given=given)
    if min(jobs, len(files)) < 2:
        yield from map(check, files)
        return
    context = multiprocessing.get_context("spawn")  # alike on all systems, and safe beside threads
    with ProcessPoolExecutor(min(jobs, len(files)), mp_context=context) as pool:
        # What comes from standard input reaches this process only.
        tasks = {file: pool.submit(check, file) for file in files if file != STANDARD_INPUT}
        try:
            for file in files:
                yield _result(file, tasks[file]) if file in tasks else check(file)
        finally:
            pool.shutdown(cancel_futures=True)


def _result(file: str, task: Future[Checked]) -> Checked:
    try:
        return task.result()
    except BrokenProcessPool:
        return _unreadable(file, "a process that checked pages died, perhaps for want of memory")


def check_page(file: str, given: Given) -> Checked:
    """Proofread one page.

    Parameters
    ----------
    file : str
        Its name, or "-" for standard input.
    given : Given

    Returns
    -------
    Checked
    """
    try:
        text = read_document(file)
        proof = proofread(text, define=given.define, assume=given.assume)
    except PminusyError as error:
        return _unreadable(file, str(error).removeprefix(f"{file}: "))
    found = tuple(_in_file(finding, text) for finding in findings(proof))
    return Checked(file, proof.verdict, len(proof.steps), found, to_json(proof))


def _unreadable(file: str, message: str) -> Checked:
    return Checked(file, None, 0, (Finding(UNREADABLE, message),))


def _in_file(finding: Finding, text: str) -> Finding:
    """A finding with its place in the file, if that is not the text that was checked."""
    if finding.place is None:
        return finding
    if is_notebook(text):
        line = notebook_lines(text)[finding.place.line - 1]
        return replace(finding, place=Place(line), repair=None)
    if is_html(text):
        return replace(finding, place=None, repair=None)
    return finding
