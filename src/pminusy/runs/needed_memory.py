"""Whether rows are read at once or in pieces."""

from pminusy.datasets import Sources
from pminusy.datasets.pieces.size import default_memory, memory_needed
from pminusy.runs.options import STREAM, BeyondMemory


def why_in_pieces(sources: Sources, beyond: BeyondMemory) -> str | None:
    """Say why rows are read in pieces; None where they are not.

    Examples
    --------
    >>> from pminusy.datasets import find_sources
    >>> why_in_pieces(find_sources(["iris"]), BeyondMemory())
    """
    if beyond.stream:
        return STREAM
    if beyond.dask is not None:
        return "--dask"
    if beyond.cache is not None:
        return "--cache"
    needed, most = memory_needed(sources.files), beyond.n_bytes or default_memory()
    if needed <= most:
        return None
    allowed = (
        f"the {_amount(most)} of --memory"
        if beyond.n_bytes
        else f"half of this machine's memory, {_amount(most)}"
    )
    return f"at once they would take about {_amount(needed)}, more than {allowed}"


def _amount(n_bytes: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if n_bytes >= size:
            return f"{n_bytes / size:.1f} {unit}"
    return f"{n_bytes / 1e3:.0f} KB"
