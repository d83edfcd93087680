import io

from rich.console import Console

from pminusy.report.derivation.text import render_text


def printed(derivation):
    console = Console(file=io.StringIO(), width=80)
    render_text(derivation, console)
    return console.file.getvalue()


def test_it_fits_eighty_columns_and_ends_with_the_result(loss):
    text = printed(loss)
    assert max(map(len, text.splitlines())) <= 80
    assert r"Result: \frac{\partial L}{\partial o_i} = p_i - y_i" in text
    assert "definition put in: By the definition of p." in text


def test_where_it_stops_is_said(unfinished):
    text = printed(unfinished)
    assert "It stops here" in text
    assert "Result" not in text
