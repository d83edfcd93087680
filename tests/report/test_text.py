import io
import re
from dataclasses import replace

import pytest
from rich.console import Console

from pminusy.report import words
from pminusy.report.text import render_text


def _render(report, **options):
    buffer = io.StringIO()
    console = Console(file=buffer, width=80, force_terminal=options.pop("terminal", False))
    render_text(report, console, **options)
    return buffer.getvalue().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", ["digits_report", "table_report", "many_classes_report", "wine_report"])
def test_every_line_fits_80_columns_and_is_plain_off_a_terminal(name, full, request):
    text = _render(request.getfixturevalue(name), full=full)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_a_terminal_gets_colour(digits_report):
    assert "\x1b[" in _render(digits_report, terminal=True)


def test_the_short_form_has_scores_and_verdicts(digits_report):
    text = _render(digits_report)
    scores = digits_report.test
    assert re.search(rf"accuracy +{100 * scores.accuracy:.1f} %", text)
    assert re.search(rf"log loss +{scores.log_loss:.3f}", text)
    assert re.search(r"images +450 +1,347 +450", text)
    assert "Converged: The gradient and the expected decrease " in text
    assert "Gradient check passed: " in text
    assert "Worst mistakes" not in text


def test_without_a_test_part_there_is_no_column_for_it(wine_report):
    assert re.search(r"^ +training +class frequencies", _render(wine_report), flags=re.MULTILINE)


def test_trouble_is_told_with_what_to_try(table_report):
    text = _render(table_report)
    assert "Not converged: Reached max_iter before convergence." in text
    assert "Suggestion: Increase max_iter" in text
    assert "Gradient check failed: " in text


def test_the_full_form_goes_on_to_classes_weights_and_mistakes(wine_report):
    text = " ".join(_render(wine_report, full=True).split())
    for heading in ("What the scores mean", "hardest first", "Most frequent mistakes", "Strongest weights"):
        assert heading in text
    assert all(" ".join(finding.meaning.split()) in text for finding in words.findings(wine_report))
    strongest = wine_report.weights[0].supporting[0]
    assert f"{strongest.feature} {strongest.weight:.3f}" in text


def test_brackets_in_the_data_are_no_markup(table_report):
    assert "[red]yes[/]" in _render(table_report, full=True)


@pytest.mark.parametrize("name", ["network_report", "cnn_report", "table_network_report"])
def test_a_network_is_told_by_its_layers_and_epochs(name, request):
    report = request.getfixturevalue(name)
    text = _render(report, full=True)
    assert max(map(len, text.splitlines())) <= 80
    assert "Trained: Completed all epochs. Training took 3 epochs and " in " ".join(text.split())
    for layer in report.network.layers:
        assert layer.name in text
    assert re.search(r"epoch +loss +accuracy +validation loss +accuracy +learning rate", text)
    assert re.search(rf"^ +3 +{report.network.history[-1].loss:.3f} ", text, flags=re.MULTILINE)
    assert "Strongest weights" not in text


def test_long_lists_say_how_much_is_left(many_classes_report):
    assert "and 58 more classes" in _render(many_classes_report, full=True)


def test_wide_layers_are_shown_with_separators(network_report):
    network = network_report.network
    layers = (replace(network.layers[0], shape=(12_345, 3)), *network.layers[1:])
    report = replace(network_report, network=replace(network, layers=layers))
    assert "12,345 × 3" in _render(report, full=True)
