import numpy as np
import pandas as pd
import polars as pl
import pytest
from scipy.sparse import random as random_sparse
from sklearn.datasets import dump_svmlight_file

from pminusy.datasets import Reading, load
from pminusy.errors import DataError, ShapeError
from pminusy.runs import predict as module
from pminusy.runs.fit import fit
from pminusy.runs.options import FitOptions, LinearOptions
from pminusy.runs.predict import predict
from pminusy.runs.saved import read_model


@pytest.fixture(scope="module")
def digits_model(tmp_path_factory):
    directory = tmp_path_factory.mktemp("models") / "digits-model"
    fit("digits", directory, FitOptions(model=LinearOptions(max_iter=30)))
    return directory


def test_labels_keep_their_kind(fruit_model, fruit, digits_model):
    assert predict(fruit_model, fruit).schema == {"predicted": pl.String}
    assert predict(digits_model, "digits").schema == {"predicted": pl.Int64}


def test_predictions_are_those_of_the_model(digits_model):
    table = predict(digits_model, "digits", proba=True)
    _, pipeline = read_model(digits_model)
    X = load("digits").X
    assert table["predicted"].to_list() == pipeline.predict(X).tolist()
    assert table.columns == ["predicted", *(f"p({digit})" for digit in range(10))]
    assert np.allclose(table.drop("predicted").to_numpy(), pipeline.predict_proba(X), rtol=1e-4, atol=0)


def test_blocks_change_nothing(digits_model, monkeypatch):
    whole = predict(digits_model, "digits", proba=True)
    monkeypatch.setattr(module, "_BLOCK_ROWS", 100)
    blocks = predict(digits_model, "digits", proba=True)
    assert blocks["predicted"].equals(whole["predicted"])
    assert np.allclose(blocks.drop("predicted").to_numpy(), whole.drop("predicted").to_numpy(), rtol=1e-4)


def test_columns_are_found_by_name_and_the_target_is_not_needed(fruit_model, write_table):
    table = write_table(["x,red,150", "y,blue,30.0"], header="other,colour,weight")
    assert predict(fruit_model, table)["predicted"].to_list() == ["apple", "plum"]


def test_a_target_in_the_file_is_ignored(fruit_model, write_table):
    table = write_table(["150,red,nonsense", "30,blue,"])
    assert predict(fruit_model, table)["predicted"].to_list() == ["apple", "plum"]


def test_every_row_gets_an_answer_whatever_it_lacks(fruit_model, write_table):
    table = write_table([",red,", "30,,", ",,"])
    with pytest.warns(UserWarning, match=r"column 'colour': 2 of 3 rows .* missing \(2\)$"):
        probabilities = predict(fruit_model, table, proba=True).drop("predicted").to_numpy()
    assert probabilities.shape == (3, 2)
    assert np.allclose(probabilities.sum(axis=1), 1)


def test_categories_that_training_did_not_see_are_said_and_change_nothing_else(fruit_model, write_table):
    table = write_table(["150,mauve,", "30,blue,", "30,jade,"])
    with pytest.warns(UserWarning, match="column 'colour': 2 of 3 rows have a category that does not occur"):
        answers = predict(fruit_model, table)
    assert answers["predicted"].to_list() == ["apple", "plum", "plum"]


def test_predictions_line_up_with_the_rows_as_pandas_counts_them(fruit_model, tmp_path):
    lines = [
        "",
        'note,weight,"colour",kind',
        "x,150,red,",
        '"two',
        "",
        'lines",30,blue,plum',
        "",
        ",,red,",
        " ",
        "z,150,red,apple",
        "",
    ]
    for end in ("\n", "\r\n"):
        path = tmp_path / "rows.csv"
        path.write_bytes(end.join(lines).encode())
        rows = pd.read_csv(path)
        answers = predict(fruit_model, str(path))["predicted"].to_list()
        assert len(answers) == len(rows) == 4
        heavy = (rows["weight"] > 100).to_list()
        assert [answers[row] == "apple" for row in (0, 1, 3)] == [heavy[row] for row in (0, 1, 3)]


def test_no_rows_give_no_answers(fruit_model, write_table):
    table = predict(fruit_model, write_table([]), proba=True)
    assert table.shape == (0, 3)


def test_a_missing_column_is_named_with_the_nearest(fruit_model, write_table):
    with pytest.raises(DataError, match="no column 'weight'; did you mean 'weigth'"):
        predict(fruit_model, write_table(["1,red,apple"], header="weigth,colour,kind"))


def test_rows_of_another_kind_are_refused(fruit_model, fruit, digits_model):
    with pytest.raises(DataError, match="expected a table with column 'weight', got an array"):
        predict(fruit_model, "digits")
    with pytest.raises(DataError, match="expected an array with 64 columns, got a table"):
        predict(digits_model, fruit)


def test_an_array_of_another_width_is_refused(digits_model, tmp_path):
    np.savez(tmp_path / "narrow.npz", X=np.zeros((5, 63)))
    with pytest.raises(ShapeError, match=r"expected 64 columns .*got \(5, 63\)"):
        predict(digits_model, str(tmp_path / "narrow.npz"))


def test_a_sparse_file_may_be_narrower(tmp_path):
    X = random_sparse(60, 12, density=0.5, format="csr", random_state=0)
    y = np.arange(60) % 3
    dump_svmlight_file(X, y, str(tmp_path / "train.svm"))
    dump_svmlight_file(X[:7, :5], y[:7], str(tmp_path / "narrow.svm"))
    fit(str(tmp_path / "train.svm"), tmp_path / "model", FitOptions())
    assert predict(tmp_path / "model", str(tmp_path / "narrow.svm")).height == 7


def test_a_value_is_named_by_its_line_in_whatever_block(fruit_model, write_table, monkeypatch):
    monkeypatch.setattr(module, "_BLOCK_ROWS", 3)
    table = write_table(["150,red,", "", "30,blue,", *["40,blue,"] * 5, "heavy,red,"])
    with pytest.raises(
        DataError, match=r"expected numbers, got 'heavy' in line 10; the training data have numbers"
    ):
        predict(fruit_model, table)


def test_a_header_further_down_is_hinted_at(fruit_model, write_table):
    table = write_table(
        ["", "weight,colour,kind", "150,red,a", "30,blue,b", "31,blue,b"], header="Fruit of 2023,,"
    )
    with pytest.raises(
        DataError, match=r"2 columns are missing: .*; the header seems to be in line 3: --skip-rows 2"
    ):
        predict(fruit_model, table)
    assert predict(fruit_model, table, reading=Reading(skip_rows=2)).height == 3


def test_rows_that_training_skipped_can_be_read(tmp_path, write_table, fruit_rows):
    table = write_table(["weight,colour,kind", *fruit_rows], header="Fruit")
    options = FitOptions(target="kind", reading=Reading(skip_rows=1))
    fit(table, tmp_path / "model", options)
    assert predict(tmp_path / "model", table).height == len(fruit_rows)
    plain = write_table(fruit_rows)
    with pytest.raises(DataError, match=r"the first row was skipped.*--skip-rows 0 reads from the beginning"):
        predict(tmp_path / "model", plain)
    answers = predict(tmp_path / "model", plain, reading=Reading(skip_rows=0))
    assert answers.height == len(fruit_rows)
