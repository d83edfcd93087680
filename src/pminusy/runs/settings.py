"""What a report says of how a fit was asked for."""

from pminusy.datasets import Reading
from pminusy.runs.options import FitOptions

Settings = dict[str, str | float | int | None]


def fit_settings(options: FitOptions, test_rows: str | None) -> Settings:
    """The options that every kind of model has.

    Parameters
    ----------
    options : FitOptions
    test_rows : str or None
        Where the held-out rows come from, unless they are in a file of their own.
    """
    return {
        "threads": options.threads or "all processors",
        "seed": options.seed,
        "test rows": options.test or test_rows,
        "dropped columns": ", ".join(options.drop) or None,
        "roles given": ", ".join(f"{column}={role}" for column, role in options.roles.items()) or None,
        **({} if options.beyond.dask is None else {"Dask cluster": options.beyond.dask}),
        **_reading_settings(options.reading),
    }


def _reading_settings(reading: Reading) -> Settings:
    given = {
        name: ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in reading.given.items()
    }
    return {f"read with {name.replace('_', ' ')}": value for name, value in given.items()}
