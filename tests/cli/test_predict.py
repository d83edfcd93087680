import os

import polars as pl
import pytest


def test_answers_go_to_stdout(pminusy, model, table):
    outcome = pminusy("predict", model, table)
    assert (outcome.code, outcome.message) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "predicted"
    assert len(lines) == 41
    assert set(lines[1:]) == {"yes", "no"}


def test_or_to_a_file_with_probabilities(pminusy, model, table, tmp_path):
    outcome = pminusy("predict", model, table, "--out", "answers.csv", "--proba")
    assert outcome.code == 0
    assert outcome.out == "Wrote 40 predictions to answers.csv\n"
    answers = pl.read_csv(tmp_path / "answers.csv")
    assert answers.columns == ["predicted", "p(no)", "p(yes)"]
    assert answers.select((pl.col("p(yes)") > 0.5) == (pl.col("predicted") == "yes")).to_series().all()


@pytest.mark.filterwarnings("default::UserWarning")
def test_new_categories_are_noted_beside_the_answers(pminusy, model, tmp_path):
    (tmp_path / "new.csv").write_text("size,colour\n3,mauve\n14,red\n")
    outcome = pminusy("predict", model, "new.csv")
    assert outcome.code == 0
    assert outcome.out.splitlines() == ["predicted", "yes", "no"]
    assert outcome.message.startswith(
        "note: column 'colour': 1 of 2 rows have a category that does not occur"
    )
    assert max(map(len, outcome.err.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none", "table.csv"], "none: expected a model directory, found nothing"),
        (["table.csv", "table.csv"], "table.csv: expected a model directory, found a file"),
        (["model", "none.csv"], "none.csv: no such file"),
        (["model", "digits"], "digits: expected a table with column 'size', got an array"),
        (["model", "narrow.csv"], "no column 'colour'; columns: size"),
        (
            ["model", "words.csv"],
            "column 'size': expected numbers, got 'big' in line 2; the training data have numbers there",
        ),
        (["model", "words.csv"], "if 'big' stands for a missing value, use --missing big"),
        (["model", "table.csv", "--out", "table.csv"], "expected an output file other than the input"),
        (["model", "table.csv", "--out", "answers.doc"], "expected a name that ends in .csv"),
        (["model"], "Missing argument 'DATA'"),
    ],
)
def test_bad_input_is_an_error_of_a_line_or_two_and_writes_nothing(
    pminusy, model, table, tmp_path, arguments, message
):
    (tmp_path / "narrow.csv").write_text("size\n1\n")
    (tmp_path / "words.csv").write_text("size,colour\nbig,red\n")
    before = sorted(os.listdir(tmp_path))
    pminusy("--version")
    outcome = pminusy("predict", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert message in outcome.message
    assert len(outcome.message.splitlines()) <= 2
    assert sorted(os.listdir(tmp_path)) == before


def test_an_altered_model_is_refused(pminusy, model, table, tmp_path):
    with (tmp_path / "model" / "model.safetensors").open("ab") as file:
        file.write(b"!")
    outcome = pminusy("predict", model, table)
    assert outcome.code == 2
    assert "model.safetensors: changed since it was written" in outcome.message


def test_formulas_are_escaped_where_that_is_asked_for(pminusy, tmp_path):
    rows = [f"{10 * (i % 2) + i % 7},{('=1+1', '@b')[i % 2]}" for i in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["size,y", *rows, ""]))
    pminusy("fit", "t.csv", "--out", "m")
    assert set(pminusy("predict", "m", "t.csv").out.split()[1:]) == {"=1+1", "@b"}
    assert set(pminusy("predict", "m", "t.csv", "--escape-formulas").out.split()[1:]) == {"'=1+1", "'@b"}
    assert pminusy("predict", "m", "t.csv", "--escape-formulas", "--out", "o.tsv").code == 0
    assert "'=1+1" in (tmp_path / "o.tsv").read_text()
    outcome = pminusy("predict", "m", "t.csv", "--escape-formulas", "--out", "o.parquet")
    assert (outcome.code, (tmp_path / "o.parquet").exists()) == (2, False)
    assert "escape formulas: expected a name that ends in .csv, .tsv" in outcome.message
