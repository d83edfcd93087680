from pminusy.cli.optional_value import filled_in


def test_an_option_without_a_number_means_all():
    assert list(filled_in(["notes.md", "--why"], "--why")) == ["notes.md", "--why=all"]
    assert list(filled_in(["--why", "notes.md", "--json"], "--why")) == ["--why=all", "notes.md", "--json"]


def test_a_number_stays():
    assert list(filled_in(["--why", "7", "notes.md"], "--why")) == ["--why", "7", "notes.md"]
    assert list(filled_in(["--why=7"], "--why")) == ["--why=7"]
