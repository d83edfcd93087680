import json

import pytest

from pminusy.cli.reading_options import reading_options
from pminusy.datasets import Reading

ROWS = [
    f"{i * 7 % 40},{i % 10};{'-999' if i % 9 == 0 else i % 5};{'NA' if i % 2 else 'DE'}" for i in range(60)
]


@pytest.fixture
def odd(tmp_path):
    """A table without a header, in German notation and an old encoding, with a marker that is a number."""
    (tmp_path / "odd.txt").write_bytes("\n".join(ROWS).replace("DE", "Österreich").encode("cp1252"))
    return "odd.txt"


OPTIONS = (
    *("--no-header", "--separator", ";", "--decimal", ","),
    *("--encoding", "cp1252", "--missing", "-999", "--target", "column_3"),
)


@pytest.mark.parametrize(
    ("given", "reading"),
    [
        ({}, Reading()),
        ({"missing": ""}, Reading(missing=())),
        ({"missing": '-, "a, b" ,n/a'}, Reading(missing=("-", "a, b", "n/a"))),
        ({"separator": "tab"}, Reading(separator="\t")),
        ({"separator": "\\t"}, Reading(separator="\t")),
        ({"separator": "space", "no_header": True}, Reading(separator=" ", header=False)),
        ({"decimal": ",", "encoding": "latin-1"}, Reading(decimal=",", encoding="latin-1")),
    ],
)
def test_values_are_taken_apart(given, reading):
    rest = {"C": 2.0}
    assert reading_options(given | rest)() == reading


def test_options_of_others_are_left():
    given = {"missing": "-", "C": 2.0}
    reading_options(given)
    assert given == {"C": 2.0}


def test_a_fit_heeds_them_and_its_model_remembers_them(pminusy, odd, tmp_path):
    outcome = pminusy("fit", odd, *OPTIONS)
    assert (outcome.code, outcome.message) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "odd: 60 rows of 2 columns; target: column_3, 2 classes"
    assert lines[1].split() == ["numeric", "column_1,", "column_2"]
    assert "  • read as missing: '-999' (7 cells)" in lines
    assert "  • column 'column_1': numbers with a decimal comma" in lines
    assert max(map(len, lines)) <= 80
    model = json.loads((tmp_path / "odd-model" / "metrics.json").read_text())["model"]
    assert model["classes"] == ["NA", "Österreich"]
    assert model["reading"] == {
        "missing": ["-999"],
        "decimal": ",",
        "encoding": "cp1252",
        "separator": ";",
        "header": False,
        "sheet": None,
        "skip_rows": None,
    }
    answers = pminusy("predict", "odd-model", odd)
    assert (answers.code, answers.err) == (0, "")
    assert len(answers.out.splitlines()) == 61


def test_rows_to_predict_may_be_written_differently(pminusy, odd, tmp_path):
    pminusy("fit", odd, *OPTIONS)
    expected = pminusy("predict", "odd-model", odd, "--proba").out
    rows = [row.replace(",", ".").replace(";", "|").replace("DE", "Österreich") for row in ROWS]
    (tmp_path / "new.txt").write_bytes("\n".join(rows).encode("utf-16"))
    options = ("--separator", "|", "--decimal", ".", "--encoding", "utf-16")
    assert pminusy("predict", "odd-model", "new.txt", "--proba", *options).out == expected


@pytest.mark.parametrize(
    ("command", "options", "message"),
    [
        ("fit", ["--decimal", ";"], "decimal: expected '.' or ',', got ';'"),
        ("fit", ["--separator", "ab"], "separator: expected one character, or 'tab', got 'ab'"),
        ("fit", ["--encoding", "martian"], "encoding: expected the name of a text encoding"),
        ("predict", ["--encoding", "utf-8"], "odd.txt: not text in the encoding utf-8: byte 0xd6 in line 1"),
    ],
)
def test_bad_input_is_an_error_of_a_line(pminusy, odd, command, options, message):
    if command == "predict":
        pminusy("fit", odd, *OPTIONS)
    arguments = ["fit", odd] if command == "fit" else ["predict", "odd-model", odd]
    outcome = pminusy(*arguments, *options)
    assert outcome.code == 2
    assert message in outcome.message
    assert len(outcome.message.splitlines()) == 1
