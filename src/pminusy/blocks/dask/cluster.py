"""The cluster that a fit runs on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from importlib import metadata
from typing import Any

from pminusy.errors import InputError

_PACKAGE = "pminusy"


def client_in_effect() -> Any:
    """The `distributed.Client` that Dask would use here, once it is sure that workers can do the work.

    Raises
    ------
    InputError
        There is none, it has lost its scheduler or has no workers, or a worker has another version of this package.
    """
    try:
        from distributed import get_client
    except ImportError as error:
        raise InputError(
            "X: expected dask.distributed to be installed: pip install 'pminusy[dask]'"
        ) from error
    try:
        client = get_client()
    except ValueError as error:
        raise InputError(
            "X: expected a Dask client in effect, as X is a Dask collection, got none; "
            "create one with distributed.Client(...), or use `with client.as_current():`"
        ) from error
    if client.asynchronous:
        raise InputError("X: expected a synchronous Dask client, got one with asynchronous=True")
    if client.status != "running":
        raise InputError(
            f"X: expected a Dask client that is connected, got one that is {client.status}: {client}"
        )
    _check_versions(client)
    return client


def assign(holders: Sequence[Collection[str]], capacities: Mapping[str, int]) -> list[str]:
    """A worker for each partition: one that holds it, as long as none gets more than its share.

    Parameters
    ----------
    holders : sequence of addresses
        Who has each partition.
    capacities : mapping of addresses to threads
    """
    total, counts = sum(capacities.values()), Counter[str]()
    shares = {address: math.ceil(len(holders) * n / total) for address, n in capacities.items()}

    def spare(address: str) -> tuple[int, str]:
        return counts[address] - shares[address], address

    assigned: list[str] = [""] * len(holders)
    for at_home in (True, False):
        for number, own in enumerate(holders):
            able = [each for each in (own if at_home else capacities) if counts[each] < shares.get(each, 0)]
            if not assigned[number] and able:
                assigned[number] = min(able, key=spare)
                counts[assigned[number]] += 1
    return assigned


def _check_versions(client: Any) -> None:
    # A function of the standard library: it can be sent to workers that don't have this package.
    versions = client.run(metadata.version, _PACKAGE, on_error="return")
    found = {
        address: each for address, each in versions.items() if not isinstance(each, OSError)
    }  # has just died
    if not found:
        raise InputError(f"X: expected a cluster with workers, got none: {client}")
    own = metadata.version(_PACKAGE)
    for address, version in sorted(found.items()):
        if version != own:
            came = "none" if isinstance(version, Exception) else version
            raise InputError(f"X: expected {_PACKAGE} {own} on every worker, got {came} on {address}")
