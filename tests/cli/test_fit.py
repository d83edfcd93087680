import json
import os

import pytest

from pminusy.cli import display


def test_a_fit_says_what_came_of_it_within_80_columns(pminusy, tmp_path):
    outcome = pminusy("fit", "digits")
    assert (outcome.code, outcome.message) == (0, "")
    assert "digits: 1,797 images of 8 × 8 pixels; target: digit, 10 classes" in outcome.out
    assert "held out 360 of 1,797 rows" in outcome.out
    for word in (
        "accuracy",
        "log loss",
        "Brier score",
        "calibration error",
        "Converged: ",
        "Gradient check passed: ",
    ):
        assert word in outcome.out
    assert "Model saved to digits-model; report: digits-model/report.html" in outcome.out
    assert (tmp_path / "digits-model" / "report.html").exists()
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "\x1b" not in outcome.out


def test_the_columns_and_their_roles_are_listed(pminusy, table):
    outcome = pminusy("fit", table, "--target", "answer")
    lines = outcome.out.splitlines()
    assert lines[0] == "table: 40 rows of 2 columns; target: answer, 2 classes"
    assert lines[1].split() == ["numeric", "size"]
    assert lines[2].split() == ["category", "colour"]


def test_every_option_is_heeded(pminusy, table, tmp_path):
    options = [
        "--target",
        "answer",
        "--drop",
        "colour",
        "--role",
        "size=category",
        "--C",
        "0.5",
        "--tol",
        "0.5",
    ]
    more = ["--max-iter", "9", "--seed", "4", "--threads", "1", "--test-size", "0.5", "--out", "here"]
    outcome = pminusy("fit", table, *options, *more)
    assert outcome.code == 0
    report = json.loads((tmp_path / "here" / "report.json").read_text())
    assert [(column["name"], column["role"]) for column in report["data"]["columns"]] == [
        ("size", "category")
    ]
    assert report["test"]["n"] == 20
    assert report["solver"]["tolerance"] == 0.5
    settings = {fact["name"]: fact["value"] for fact in report["settings"]}
    assert settings["C"] == "0.5"
    assert settings["max_iter"] == "9"
    assert settings["threads"] == "1"
    assert settings["seed"] == "4"
    assert settings["dropped columns"] == "colour"
    assert settings["roles given"] == "size=category"


def test_a_test_file_is_used(pminusy, table, tmp_path):
    (tmp_path / "test.csv").write_text("size,colour,answer\n3,red,yes\n14,blue,no\n5,red,yes\n")
    assert pminusy("fit", table, "--target", "answer", "--test", "test.csv").code == 0
    assert json.loads((tmp_path / "table-model" / "metrics.json").read_text())["test"]["n"] == 3


def test_a_test_file_may_hold_one_class_and_new_categories(pminusy, table, tmp_path):
    (tmp_path / "test.csv").write_text("size,colour,answer\n3,mauve,yes\n4,blue,yes\n")
    outcome = pminusy("fit", table, "--target", "answer", "--test", "test.csv")
    assert outcome.code == 0
    assert "test data: column 'colour': 1 of 2 rows have a category" in " ".join(outcome.out.split())
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_no_convergence_is_said_and_is_no_error(pminusy):
    outcome = pminusy("fit", "digits", "--max-iter", "2")
    assert outcome.code == 0
    assert "Not converged: " in outcome.out
    assert "Suggestion: " in outcome.out
    assert outcome.message == ""


def test_no_iterations_leave_the_class_frequencies(pminusy):
    outcome = pminusy("fit", "digits", "--max-iter", "0")
    assert (outcome.code, outcome.message) == (0, "")
    assert "Not converged: Reached max_iter" in outcome.out


def test_a_directory_that_exists_is_kept_without_force(pminusy, table, tmp_path):
    fit = ("fit", table, "--target", "answer", "--out", "model")
    assert pminusy(*fit).code == 0
    before = (tmp_path / "model" / "metrics.json").read_bytes()
    outcome = pminusy(*fit, "--C", "0.1")
    assert outcome.code == 2
    assert (
        outcome.message
        == "error: model: already exists; use --force to overwrite it, or --out to choose another directory\n"
    )
    assert (tmp_path / "model" / "metrics.json").read_bytes() == before
    assert pminusy(*fit, "--C", "0.1", "--force").code == 0
    assert (tmp_path / "model" / "metrics.json").read_bytes() != before


def test_C_is_chosen_and_the_features_in_use_are_named(pminusy, tmp_path):
    options = ("--l1-ratio", "1", "--group", "--C", "auto", "--one-standard-error", "--out", "few")
    outcome = pminusy("fit", "iris", *options)
    assert outcome.code == 0
    told = " ".join(outcome.out.split())
    assert "Choice of C: C = " in told
    assert "within one standard error" in told
    assert (
        "Features: 3 of 4 features are used: petal width (cm), petal length (cm), sepal width (cm)." in told
    )
    page = (tmp_path / "few" / "report.html").read_text(encoding="utf-8")
    for section in ("path", "features"):
        assert f'<section id="{section}">' in page
        assert f'href="#{section}"' in page
    assert pminusy("report", "few").code == 0
    assert pminusy("predict", "few", "iris").code == 0


BAD_INPUT = {
    "missing file": (["none.csv"], "none.csv: no such file"),
    "unknown format": (["data.xyz"], "data.xyz: this is binary data of an unknown format"),
    "missing target": (["table.csv", "--target", "anser"], "no column 'anser'; did you mean 'answer'?"),
    "no target": (["table.csv"], "target: specify the column to predict, one of: size, colour, answer"),
    "one class": (["one.csv"], "target 'class': expected two classes or more, got x in all 2 rows"),
    "ragged rows": (["ragged.csv"], "expected 2 fields as in the header, got 3 at line 3"),
    "infinite number": (["infinite.csv"], "column 'a': expected finite numbers, got inf in line 3"),
    "unseen label": (
        ["table.csv", "--target", "answer", "--test", "unseen.csv"],
        "got 'maybe'",
    ),
    "two test parts": (["table.csv", "--test", "table.csv", "--test-size", "0.5"], "got both"),
    "share of one": (["table.csv", "--test-size", "1"], "[0, 1), got 1"),
    "bad role": (["table.csv", "--target", "answer", "--role", "size=big"], "for 'size', got 'big'"),
    "half a role": (
        ["table.csv", "--role", "size"],
        "expected COLUMN=numeric, category, date or text, got 'size'",
    ),
    "drop of nothing": (["table.csv", "--target", "answer", "--drop", "siz"], "did you mean 'size'"),
    "C of zero": (["table.csv", "--target", "answer", "--C", "0"], "C: expected a number > 0 or auto, got 0"),
    "no number": (["table.csv", "--seed", "x"], "--seed"),
    "unknown option": (["table.csv", "--tset", "x"], "No such option: --tset"),
    "no data": ([], "Missing argument 'DATA...'"),
    "a file for out": (["table.csv", "--out", "table.csv"], "expected a directory or a new path"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_an_error_of_a_line_or_two_and_writes_nothing(pminusy, table, tmp_path, case):
    (tmp_path / "data.xyz").write_bytes(bytes(range(99)))
    (tmp_path / "one.csv").write_text("a,class\n1,x\n2,x\n")
    (tmp_path / "ragged.csv").write_text("a,class\n1,x\n2,y,z\n")
    (tmp_path / "infinite.csv").write_text("a,class\n1,x\ninf,y\n")
    (tmp_path / "unseen.csv").write_text("size,colour,answer\n1,red,yes\n1,red,maybe\n")
    before = sorted(os.listdir(tmp_path))
    arguments, message = BAD_INPUT[case]
    outcome = pminusy("fit", *arguments)
    assert outcome.code == 2
    assert outcome.message.startswith("error: ")
    assert message in outcome.message
    assert len(outcome.message.splitlines()) <= 2
    assert sorted(os.listdir(tmp_path)) == before


def test_an_interrupt_ends_in_a_line_and_leaves_the_old_model(pminusy, table, tmp_path, monkeypatch):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    fit = ("fit", table, "--target", "answer", "--out", "model")
    pminusy(*fit)
    before = (tmp_path / "model" / "metrics.json").read_bytes()
    monkeypatch.setattr("pminusy.runs.directory.put_in_place", interrupt)
    outcome = pminusy(*fit, "--force")
    assert outcome.code == 130
    assert outcome.message == "error: interrupted; no partial files were left behind\n"
    assert (tmp_path / "model" / "metrics.json").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["model", "table.csv"]


def test_no_progress_is_shown_where_there_is_no_terminal(pminusy, monkeypatch):
    monkeypatch.setattr(display, "_PATIENCE", 0.0)
    assert pminusy("fit", "iris").err == ""


def _in_two(folder, table, ending="csv"):
    header, *rows = (folder / table).read_text().splitlines()
    (folder / "parts").mkdir()
    for name, part in (("a", rows[:7]), ("b", rows[7:])):
        (folder / "parts" / f"{name}.{ending}").write_text("\n".join([header, *part, ""]))


def test_several_files_a_folder_and_a_pattern_are_one_table(pminusy, table, tmp_path):
    _in_two(tmp_path, table)
    outcomes = [
        pminusy("fit", *data, "--target", "answer", "--out", f"model{number}")
        for number, data in enumerate((["parts"], ["parts/*.csv"], ["parts/a.csv", "parts/b.csv"], [table]))
    ]
    assert [outcome.code for outcome in outcomes] == [0] * 4
    reports = [json.loads((tmp_path / f"model{number}" / "report.json").read_text()) for number in range(4)]
    for report in reports:
        assert (report["test"], report["weights"]) == (reports[3]["test"], reports[3]["weights"])
    assert outcomes[0].out.startswith("parts: 40 rows of 2 columns; target: answer, 2 classes")


def test_a_fit_in_pieces_says_so_within_80_columns(pminusy, table, tmp_path):
    pytest.importorskip("pyarrow")
    _in_two(tmp_path, table)
    outcome = pminusy("fit", "parts", "--target", "answer", "--stream")
    assert (outcome.code, outcome.message) == (0, "")
    assert "read in pieces from 2 files\n" in outcome.out
    assert "rows by a hash of their number (seed 0)" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80
    assert "\x1b" not in outcome.out
    assert pminusy("predict", "parts-model", table).code == 0
    assert pminusy("report", "parts-model").code == 0
    small = pminusy("fit", "parts", "--target", "answer", "--memory", "100 B", "--out", "small")
    assert "at once they would take about" in small.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["parts", "--stream", "--model", "network"],
            "model: on the command line, a network needs all rows in memory",
        ),
        (["parts", "--memory", "much"], 'memory: expected a size such as "1 GB"'),
        (["parts", "odd.csv", "--stream"], "odd.csv: no column 'size'; columns: a, which parts/a.csv has"),
        (["parts", "odd.csv"], "odd.csv: no column 'size'; columns: a, which parts/a.csv has"),
        (["empty", "--stream"], "empty: expected files that end in .parquet"),
        (["none/*.csv"], "none/*.csv: expected files that match it, found none"),
    ],
)
def test_bad_files_are_named_and_nothing_is_written(pminusy, table, tmp_path, options, message):
    pytest.importorskip("pyarrow")
    _in_two(tmp_path, table)
    (tmp_path / "odd.csv").write_text("a\n1\n")
    (tmp_path / "empty").mkdir()
    before = sorted(os.listdir(tmp_path))
    outcome = pminusy("fit", *options, "--target", "answer", "--out", "model")
    assert outcome.code == 2
    assert message in outcome.message
    assert sorted(os.listdir(tmp_path)) == before
