import json
import math
import os

import numpy as np
import pytest

from pminusy.errors import InputError, ModelDirectoryError
from pminusy.runs import fit as module
from pminusy.runs.directory import FILES
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions, LinearOptions
from pminusy.runs.saved import read_model, read_report


class Log:
    def __init__(self):
        self.stages, self.parts, self.records = [], [], []

    def stage(self, name):
        self.stages.append(name)

    def read(self, dataset):
        self.stages.append(dataset.name)

    def iteration(self, record, tol):
        self.records.append(record)


def metrics(directory) -> dict:
    def refuse(constant):
        raise AssertionError(f"no JSON: {constant}")

    return json.loads((directory / "metrics.json").read_text(), parse_constant=refuse)


def test_a_fit_writes_what_it_found(tmp_path, fruit, fruit_options):
    report = fit(fruit, tmp_path / "model", fruit_options)
    assert sorted(os.listdir(tmp_path / "model")) == sorted(FILES)
    assert read_report(tmp_path / "model") == report
    assert report.test.accuracy > 0.9
    assert report.gradient_check.ok
    assert "<html" in (tmp_path / "model" / "report.html").read_text()


def test_the_metrics_are_those_of_the_saved_model(fruit_model, fruit, fruit_options):
    found = metrics(fruit_model)
    assert list(found) == ["sha256", "train", "test", "solver", "seconds", "model"]
    assert list(found["test"]) == list(found["train"]) == ["n", "accuracy", "log_loss", "brier", "ece"]
    _, pipeline = read_model(fruit_model)
    parts = module.read_parts(fruit, fruit_options)
    for part, (X, y) in {"train": (parts.train.X, parts.train.y), "test": parts.test}.items():
        P = pipeline.predict_proba(X)
        p_true = P[np.arange(len(y)), np.searchsorted(pipeline.classes_, y)]
        assert found[part]["n"] == len(y)
        assert found[part]["accuracy"] == np.mean(pipeline.predict(X) == y)
        assert found[part]["log_loss"] == pytest.approx(-np.log(p_true).mean())


def test_the_solver_and_the_time_are_told(fruit_model):
    found = metrics(fruit_model)
    result = read_model(fruit_model)[1]["classifier"].result_
    assert found["solver"]["converged"] is True
    assert found["solver"]["iterations"] == result.n_iter
    assert found["solver"]["objective"] == result.objective
    assert "history" not in found["solver"]
    seconds = found["seconds"]
    assert seconds["total"] >= seconds["load"] + seconds["fit"] > 0
    assert read_report(fruit_model).seconds == seconds["total"]


def test_nothing_held_out_is_null(tmp_path):
    report = fit("iris", tmp_path / "model", FitOptions(test_size=0.0))
    assert report.test is None
    assert metrics(tmp_path / "model")["test"] is None


def test_a_number_that_is_not_finite_is_null(tmp_path, fruit, fruit_options, monkeypatch):
    def with_infinity(*arguments):
        report = score(*arguments)
        return module.replace(report, test=module.replace(report.test, log_loss=math.inf))

    score = module._score
    monkeypatch.setattr(module, "_score", with_infinity)
    fit(fruit, tmp_path / "model", fruit_options)
    assert metrics(tmp_path / "model")["test"]["log_loss"] is None


def test_a_solver_that_stops_early_is_no_error(tmp_path):
    report = fit("digits", tmp_path / "model", FitOptions(model=LinearOptions(max_iter=2)))
    assert not report.solver.converged
    assert report.solver.remedy
    assert metrics(tmp_path / "model")["solver"]["converged"] is False


def test_the_options_reach_the_classifier(tmp_path, fruit):
    options = FitOptions(target="kind", threads=1, seed=3, model=LinearOptions(C=0.5, tol=1e-2, max_iter=7))
    report = fit(fruit, tmp_path / "model", options)
    parameters = read_model(tmp_path / "model")[1]["classifier"].get_params()
    used = [parameters[name] for name in ("C", "tol", "max_iter", "n_threads", "random_state")]
    assert used == [0.5, 1e-2, 7, 1, 3]
    assert {"C": "0.5", "seed": "3", "test rows": "held out at random"}.items() <= {
        (fact.name, fact.value) for fact in report.settings
    }


def test_the_solver_that_was_chosen_is_told(tmp_path, fruit, fruit_options):
    report = fit(fruit, tmp_path / "model", fruit_options)
    assert ("solver", "newton") in {(fact.name, fact.value) for fact in report.settings}


def test_roles_and_dropped_columns_reach_the_data(tmp_path, fruit):
    options = FitOptions(target="kind", drop=("colour",), roles={"weight": "category"})
    report = fit(fruit, tmp_path / "model", options)
    assert [(column.name, column.role) for column in report.data.columns] == [("weight", "category")]


def test_the_same_seed_gives_the_same_model(tmp_path, fruit, fruit_options):
    models = []
    for name in ("one", "two"):
        fit(fruit, tmp_path / name, fruit_options)
        models.append(read_model(tmp_path / name)[1]["classifier"].coef_)
    assert np.array_equal(*models)


def test_a_watcher_is_told_everything_in_order(tmp_path, fruit, fruit_options):
    log = Log()
    report = fit(fruit, tmp_path / "model", fruit_options, watcher=log)
    assert log.stages == ["reading", "fruit", "encoding", "fitting", "scoring", "writing"]
    assert [record.iteration for record in log.records] == list(range(report.solver.iterations + 1))


def test_a_directory_that_exists_is_refused_before_the_data_are_read(fruit_model):
    with pytest.raises(ModelDirectoryError, match="already exists"):
        fit("no-such-file.csv", fruit_model, FitOptions())


@pytest.mark.parametrize("step", ["read_parts", "recipe_for", "_score", "save_pipeline", "render_html"])
def test_whatever_goes_wrong_the_old_model_is_whole(fruit_model, fruit, fruit_options, monkeypatch, step):
    def fail(*arguments, **options):
        raise KeyboardInterrupt

    before = read_report(fruit_model)
    monkeypatch.setattr(module, step, fail)
    with pytest.raises(KeyboardInterrupt):
        fit(fruit, fruit_model, fruit_options, force=True)
    assert read_report(fruit_model) == before
    assert os.listdir(fruit_model.parent) == [fruit_model.name]


def test_bad_input_writes_nothing(tmp_path, write_table):
    with pytest.raises(InputError, match="expected two classes or more"):
        fit(write_table(["1,red,apple"] * 5), tmp_path / "model", FitOptions(target="kind"))
    assert os.listdir(tmp_path) == []
