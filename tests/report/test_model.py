import json
from dataclasses import replace

import pytest

from pminusy.errors import ModelDirectoryError
from pminusy.report.model import Report


@pytest.mark.parametrize("name", ["digits_report", "table_report", "many_classes_report", "wine_report"])
def test_a_report_comes_back_from_json_equal(name, request):
    report = request.getfixturevalue(name)
    assert Report.from_json(report.to_json()) == report


def test_an_infinite_log_loss_is_null_in_json(wine_report):
    report = replace(wine_report, train=replace(wine_report.train, log_loss=float("inf")))
    text = report.to_json()
    assert json.loads(text)["train"]["log_loss"] is None
    assert Report.from_json(text) == report


def test_an_altered_report_is_refused(wine_report):
    value = json.loads(wine_report.to_json())
    value["solver"]["iterations"] = "many"
    with pytest.raises(
        ModelDirectoryError, match=r"report.solver.iterations: expected an integer, got 'many'"
    ):
        Report.from_json(json.dumps(value))


@pytest.mark.parametrize("text", ["", "{", "[1, 2"])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ModelDirectoryError, match="report: expected JSON"):
        Report.from_json(text)
