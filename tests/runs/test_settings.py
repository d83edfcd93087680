from pminusy.datasets import Reading
from pminusy.runs.options import FitOptions
from pminusy.runs.settings import fit_settings


def test_what_was_asked_for_is_taken_down():
    options = FitOptions(seed=3, drop=("a", "b"), roles={"c": "category"}, reading=Reading(missing=("-",)))
    assert fit_settings(options, "held out at random") == {
        "threads": "all processors",
        "seed": 3,
        "test rows": "held out at random",
        "dropped columns": "a, b",
        "roles given": "c=category",
        "read with missing": "-",
    }


def test_a_test_file_is_named():
    assert fit_settings(FitOptions(test="t.csv"), None)["test rows"] == "t.csv"
