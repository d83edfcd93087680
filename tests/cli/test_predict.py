import io
import os
import sys
from types import SimpleNamespace

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
        (["model"], "Missing argument 'DATA...'"),
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


def _stdin(monkeypatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_standard_input_and_output_make_a_pipe(pminusy, model, table, tmp_path, monkeypatch):
    expected = pminusy("predict", model, table, "--proba").out
    _stdin(monkeypatch, (tmp_path / table).read_bytes())
    outcome = pminusy("predict", model, "-", "--out", "-", "--proba")
    assert (outcome.code, outcome.out, outcome.message) == (0, expected, "")
    _stdin(monkeypatch, b"")
    outcome = pminusy("predict", model, "-")
    assert (outcome.code, outcome.message) == (2, "error: standard input: the file is empty\n")


def test_several_files_are_predicted_in_order(pminusy, model, table, tmp_path):
    header, *rows = (tmp_path / table).read_text().splitlines()
    for name, part in (("a.csv", rows[:7]), ("b.csv", rows[7:])):
        (tmp_path / name).write_text("\n".join([header, *part, ""]))
    assert pminusy("predict", model, "a.csv", "b.csv").out == pminusy("predict", model, table).out
    assert pminusy("predict", model, "[ab].csv").out == pminusy("predict", model, table).out


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_pieces_give_the_same_answers(pminusy, model, table, tmp_path, ending):
    pytest.importorskip("pyarrow")
    for name, options in (("whole", []), ("pieces", ["--stream"])):
        outcome = pminusy("predict", model, table, "--proba", "--out", f"{name}.{ending}", *options)
        assert (outcome.code, outcome.message) == (0, "")
        assert outcome.out == f"Wrote 40 predictions to {name}.{ending}\n"
    whole, pieces = (tmp_path / f"{name}.{ending}" for name in ("whole", "pieces"))
    if ending == "parquet":
        assert pl.read_parquet(pieces).equals(pl.read_parquet(whole))
    else:
        assert pieces.read_bytes() == whole.read_bytes()


@pytest.mark.filterwarnings("default::UserWarning")
def test_pieces_are_complained_of_as_a_whole(pminusy, model, tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "a.csv").write_text("size,colour\n3,mauve\n14,red\n")
    (tmp_path / "b.csv").write_text("colour,size,more\nmauve,3,1\njade,3,1\n")
    at_once, in_pieces = (pminusy("predict", model, "a.csv", "b.csv", *extra) for extra in ([], ["--stream"]))
    assert in_pieces.out == at_once.out
    assert in_pieces.message == at_once.message
    assert "3 of 4 rows have a category that does not occur" in in_pieces.message
    small = pminusy("predict", model, "a.csv", "--memory", "10 B")
    assert "note: read in pieces: at once they would take about" in small.message


def test_an_error_in_a_later_piece_names_its_file_and_leaves_nothing(pminusy, model, tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "a.csv").write_text("size,colour\n3,red\n")
    (tmp_path / "b.csv").write_text("size,colour\n3,red\nbig,red\n")
    (tmp_path / "c.csv").write_text("size\n3\n")
    before = sorted(os.listdir(tmp_path))
    outcome = pminusy("predict", model, "a.csv", "b.csv", "--stream", "--out", "out.csv")
    assert outcome.code == 2
    assert "got 'big' in row 2 (counted from 1) of b.csv" in outcome.message
    outcome = pminusy("predict", model, "a.csv", "c.csv", "--stream", "--out", "out.csv")
    assert "c.csv: no column 'colour'; columns: size" in outcome.message
    assert sorted(os.listdir(tmp_path)) == before
