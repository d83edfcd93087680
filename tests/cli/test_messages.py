import pytest

from pminusy.cli.messages import complain, note


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")


def test_messages_fit_the_terminal(narrow, capsys):
    complain("one word after the other, until the line is full, and --two-more --skip-rows 5")
    note("all  is\nwell, so that there is nothing to say")
    assert capsys.readouterr().err.splitlines() == [
        "error: one word after the",
        "  other, until the line is",
        "  full, and --two-more",
        "  --skip-rows 5",
        "note: all is well, so that",
        "  there is nothing to say",
    ]


def test_what_can_be_copied_stays_whole(narrow, capsys):
    complain(
        "/home/somebody/with/a/long/path/table.csv: no such file",
        "Try 'pminusy fit --help' for all options.",
    )
    assert capsys.readouterr().err.splitlines() == [
        "error:",
        "  /home/somebody/with/a/long/path/table.csv:",
        "  no such file",
        "Try 'pminusy fit --help' for all options.",
    ]


def test_an_empty_message_is_a_label(narrow, capsys):
    note("")
    assert capsys.readouterr().err.strip() == "note:"
