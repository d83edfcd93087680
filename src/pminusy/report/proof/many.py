"""Pages that were checked as one JSON value."""

from collections.abc import Sequence
from typing import Any

from pminusy.report.proof.checked import Checked, tally


def to_json(pages: Sequence[Checked]) -> dict[str, Any]:
    """Return what was found in many pages as plain values that `json.dumps` takes.

    Parameters
    ----------
    pages : sequence of Checked

    Returns
    -------
    dict
        `pages`, each with its `file`, its `outcome`, an `error` if it could not be read, and otherwise all that is
        printed of a single page; and `outcomes`, how many came out how.

    Examples
    --------
    >>> to_json([])["pages"]
    []
    """
    return {
        "outcomes": {str(outcome): number for outcome, number in tally(pages).items()},
        "pages": [_page(page) for page in pages],
    }


def _page(page: Checked) -> dict[str, Any]:
    error = {} if page.verdict is not None else {"error": page.findings[0].message}
    return {"file": page.file, "outcome": str(page.outcome), **error, **page.json}
